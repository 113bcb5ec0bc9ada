"""Where a year will end: a point, an interval and the chance of reaching a target.

Statistics run in floating point; everything a caller gives or sees is Decimal. Only the part of
the year that is still unknown is rounded, to ``DIGITS`` significant digits; what is reported stays
exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal

from shangheng.methods.pace.months import (
    MONTHS,
    History,
    Known,
    Months,
    complete_years,
    passed_over,
)
from shangheng.methods.pace.outlook import Outlook
from shangheng.methods.pace.rules import Method, Trial, back_test, choose
from shangheng.methods.pace.seasonal import WINDOW

DIGITS = 6
"""Significant digits of a projected rest; its interval is coarser by orders of magnitude."""

STEP = Decimal("0.001")
"""Step of probabilities; while a year runs they also keep this distance from 0 and 1."""


@dataclass(frozen=True)
class BackTest:
    """A past year as the same rule would have projected it after the same months.

    Only years before it were used. Both totals are in the unit of the series.
    """

    year: int
    projected: Decimal
    actual: Decimal

    @property
    def error(self) -> Decimal | None:
        """Projected over actual minus one, in percent; None when the year came to zero."""
        return 100 * (self.projected - self.actual) / self.actual if self.actual else None


@dataclass(frozen=True)
class Projection:
    """The projected total of a year, in the unit of its months.

    ``low`` and ``high`` hold the year end with probability ``level``, with equal tails; both are
    None when the past is too short for it (fewer than three complete years). ``done`` is the
    total of the months reported, ``through`` the last of them and ``gaps`` the earlier ones not
    reported, which are projected like those to come. ``years`` are the past years learnt from and
    ``left_out`` the given years, no older, that miss a month. ``trials`` are the back-tests that
    the interval rests on.
    """

    point: Decimal
    low: Decimal | None
    high: Decimal | None
    level: Decimal
    method: Method
    done: Decimal
    through: int
    gaps: tuple[int, ...]
    years: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    trials: tuple[BackTest, ...] = ()
    never_falls: bool = False
    outlook: Outlook | None = field(default=None, repr=False)

    def probability(self, target: Decimal) -> Decimal | None:
        """Chance that the year ends at ``target`` or above, rounded to 0.001.

        None when the past is too short to know. Certainty is said only of a complete year, and of
        a target already reached by a total that has never fallen; otherwise 0.001 to 0.999.
        """
        if self.method is Method.COMPLETE:
            return Decimal(self.done >= target)
        if self.outlook is None:
            return None
        if self.never_falls and self.done >= target:
            return Decimal(1)
        chance = Decimal(self.outlook.chance(float(target - self.done))).quantize(STEP)
        return min(max(chance, STEP), 1 - STEP)


def project(
    months: Months,
    history: History,
    *,
    level: Decimal = Decimal("0.8"),
    window: int = WINDOW,
) -> Projection | None:
    """Project the year end from its reported months and the latest ``window`` complete years.

    ``history`` must hold past years only. Past years are compared over the very months that this
    year has reported, so a gap is never read as zero. Seasonal shares are used, or amounts where
    shares cannot be formed (see ``Method``); without a complete past year, months/12.
    Returns None when no month is reported. Raises ValueError for a level outside 0 to 1, a year of
    more than twelve months or a window below one.
    """
    if not 0 < level < 1:
        raise ValueError(f"the level of an interval lies between 0 and 1, not {level}")
    year, past = Known.of(months), complete_years(history, window)
    if not year.values:
        return None
    known = Projection(
        point=year.total,
        low=year.total,
        high=year.total,
        level=level,
        method=Method.COMPLETE,
        done=year.total,
        through=year.through,
        gaps=year.gaps,
        years=tuple(past),
        left_out=passed_over(history, past),
    )
    if year.complete:
        return known
    if past:
        return _learnt(known, year, past)
    even = float(year.total) * (MONTHS - len(year.values)) / len(year.values)
    return replace(
        known, point=known.done + _rounded(even), low=None, high=None, method=Method.LINEAR
    )


def _learnt(known: Projection, year: Known, past: Mapping[int, Known]) -> Projection:
    splits = {number: other.split(year.values) for number, other in past.items()}
    done = float(year.total)
    seen = list(splits.values())
    rule = choose(done, seen)
    rest = rule.rest(done, seen)
    trials = back_test(rule, splits)
    projected = replace(
        known,
        point=known.done + _rounded(rest),
        low=None,
        high=None,
        method=rule.method,
        trials=tuple(_shown(trial, past[trial.year], year) for trial in trials),
        never_falls=all(each.never_falls for each in (year, *past.values())),
        outlook=Outlook.learn(rule, rest, trials),
    )
    if projected.outlook is None:
        return projected
    low, high = map(_rounded, projected.outlook.interval(float(known.level)))
    if projected.never_falls:
        low = max(low, Decimal(0))
    return replace(projected, low=known.done + low, high=known.done + high)


def _shown(trial: Trial, past: Known, year: Known) -> BackTest:
    done = past.total_of(year.values)
    return BackTest(trial.year, projected=done + _rounded(trial.projected), actual=past.total)


def _rounded(rest: float) -> Decimal:
    return Context(prec=DIGITS).create_decimal_from_float(rest)
