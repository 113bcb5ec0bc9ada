"""The pace bar: one indicator on one line, from 0 to its highest tier.

This module only measures: it turns amounts into per cent of the track and gives every tier label a place
of its own. ``pace_svg`` draws what it returns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

NARROW, WIDE = Decimal(240), Decimal(480)  # widths of a track in px for which names are placed
LETTER = Decimal(6)  # half a Chinese character of the small size, in px
GAP = Decimal(6)
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
    """A tier on the track: ``at`` its value; ``narrow`` and ``wide`` the right end of its name, in per cent.

    A narrow track needs its names spread further than a wide one.
    """

    name: str
    at: Decimal
    narrow: Decimal
    wide: Decimal


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
    names = [tier.name for tier in ordered]
    places = [_place(tier.value, end) for tier in ordered]
    narrow, wide = _spread(places, names, NARROW), _spread(places, names, WIDE)
    return tuple(map(Tick, names, places, narrow, wide))


def _name_width(name: str, track: Decimal) -> Decimal:
    """The width of a name with its gap in per cent of a track of ``track`` px."""
    letters = sum(2 if ord(c) > 0x2E80 else 1 for c in name)
    return min((letters * LETTER + GAP) / track * HUNDRED, HUNDRED)


def _spread(places: Sequence[Decimal], names: Sequence[str], track: Decimal) -> list[Decimal]:
    """Find the right end of each name: at its tick, or further left where the next name stands.

    A name never begins before the track. When there are more names than the track has room for they
    overlap at its left end.
    """
    ends = list(places)
    widths = [_name_width(name, track) for name in names]
    for i in reversed(range(len(ends))):
        if i + 1 < len(ends):
            ends[i] = min(ends[i], ends[i + 1] - widths[i + 1])
        ends[i] = max(ends[i], widths[i]).quantize(Decimal("0.01"))
    return ends
