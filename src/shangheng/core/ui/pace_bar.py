"""The pace bar: one indicator on one line, from 0 to its highest tier.

This module only measures: it turns amounts into per cent of the track and gives every tier label a place
of its own. ``pace_svg`` draws what it returns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

LABEL_UNIT = Decimal("2.4")  # per cent of the track taken by half a Chinese character at 250 px
HUNDRED = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Tier:
    """A target tier: its printed name and its value in the unit of the bar."""

    name: str
    value: Decimal


@dataclass(frozen=True)
class Projection:
    """The year end as projected: the middle and the ends of the interval, in the unit of the bar."""

    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True)
class PaceBar:
    """Where one indicator stands in its year. All amounts are in ``unit``; None is unknown, not zero.

    ``recognised`` and ``pending`` add up to what was claimed. ``linear`` and ``seasonal`` are the amounts
    that the linear pace (months ÷ 12) and the seasonal pace ask for on this day.
    """

    label: str
    unit: str
    recognised: Decimal | None
    pending: Decimal | None = None
    tiers: Sequence[Tier] = ()
    linear: Decimal | None = None
    seasonal: Decimal | None = None
    projection: Projection | None = None


@dataclass(frozen=True)
class Tick:
    """A tier on the track: ``at`` its value, ``label_at`` the middle of its name, in per cent."""

    name: str
    at: Decimal
    label_at: Decimal


@dataclass(frozen=True)
class Span:
    """A part of the track, in per cent from its left end."""

    start: Decimal
    end: Decimal

    @property
    def width(self) -> Decimal:
        """The length of the part in per cent."""
        return self.end - self.start


@dataclass(frozen=True)
class Bracket:
    """The projected interval on the track; a cut end lies beyond the track."""

    span: Span
    middle: Decimal
    cut: bool


@dataclass(frozen=True)
class PaceLayout:
    """The bar in per cent of its track; every place lies between 0 and 100.

    ``beyond`` tells that more was reached than the track can show, ``below`` that the value is negative.
    """

    recognised: Span
    pending: Span
    ticks: tuple[Tick, ...]
    linear: Decimal | None
    seasonal: Decimal | None
    bracket: Bracket | None
    beyond: bool
    below: bool


def layout(bar: PaceBar) -> PaceLayout:
    """Measure ``bar``: the track ends at the highest tier, without tiers at the largest amount."""
    recognised = bar.recognised or ZERO
    claimed = recognised + (bar.pending or ZERO)
    end = _track_end(bar, claimed)
    filled = Span(ZERO, _place(recognised, end))
    hatched = Span(filled.end, max(filled.end, _place(claimed, end)))
    return PaceLayout(
        recognised=filled,
        pending=hatched,
        ticks=_ticks(bar.tiers, end),
        linear=None if bar.linear is None else _place(bar.linear, end),
        seasonal=None if bar.seasonal is None else _place(bar.seasonal, end),
        bracket=_bracket(bar.projection, end),
        beyond=claimed > end,
        below=claimed < ZERO,
    )


def reached(bar: PaceBar) -> Tier | None:
    """Return the highest tier that the recognised amount has reached."""
    if bar.recognised is None:
        return None
    passed = [tier for tier in bar.tiers if tier.value <= bar.recognised]
    return max(passed, key=lambda tier: tier.value, default=None)


def _track_end(bar: PaceBar, claimed: Decimal) -> Decimal:
    if bar.tiers:
        return max(tier.value for tier in bar.tiers)
    high = bar.projection.high if bar.projection else ZERO
    return max(claimed, bar.linear or ZERO, bar.seasonal or ZERO, high)


def _place(value: Decimal, end: Decimal) -> Decimal:
    """Per cent of the track at ``value``, held inside the track, to a hundredth."""
    if end <= ZERO or value <= ZERO:
        return ZERO
    if value >= end:
        return HUNDRED
    return (value / end * HUNDRED).quantize(Decimal("0.01"))


def _bracket(projection: Projection | None, end: Decimal) -> Bracket | None:
    if projection is None:
        return None
    low, high = sorted((projection.low, projection.high))
    span = Span(_place(low, end), _place(high, end))
    middle = min(max(_place(projection.middle, end), span.start), span.end)
    return Bracket(span=span, middle=middle, cut=high > end or low < ZERO)


def _ticks(tiers: Sequence[Tier], end: Decimal) -> tuple[Tick, ...]:
    ordered = sorted(tiers, key=lambda tier: tier.value)
    places = [_place(tier.value, end) for tier in ordered]
    labels = _spread(places, [_half_width(tier.name) for tier in ordered])
    return tuple(
        Tick(tier.name, place, label)
        for tier, place, label in zip(ordered, places, labels, strict=True)
    )


def _half_width(name: str) -> Decimal:
    """Half the width of a label in per cent of the narrowest track, with half a gap."""
    units = sum(2 if ord(c) > 0x2E80 else 1 for c in name) + 1
    return min(LABEL_UNIT * units / 2, HUNDRED / 2)


def _spread(places: Sequence[Decimal], halves: Sequence[Decimal]) -> list[Decimal]:
    """Move label middles off each other, as little as may be: leftwards from the right end, then back.

    When there are more names than the track has room for they overlap at its left end.
    """
    middles = [
        min(max(place, half), HUNDRED - half) for place, half in zip(places, halves, strict=True)
    ]
    for i in range(len(middles) - 2, -1, -1):
        room = middles[i + 1] - halves[i + 1] - halves[i]
        middles[i] = max(min(middles[i], room), halves[i])
    return middles
