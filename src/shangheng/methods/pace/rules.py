"""The two ways to carry a started year to its end, and how they fared in past years.

A rule sees the amount done this year and, of past years, the amount of the same months (done) and
of the others (rest). It says what the rest of this year will be, and measures how far off it was.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, inf, log
from statistics import fmean
from typing import override

from shangheng.methods.pace.months import Split

TIMING = 0.15
"""How much of an unusual start is taken as timing rather than growth.

Chosen once on China's monthly trade of 1998-2013, where 0.14 to 0.17 keeps exports,
imports and their sum within the same bounds; it also helped on 1989-1997 and on made-up series.
"""

_LARGEST_EXPONENT = 600.0  # beyond it an interval has no meaning and a float no room


class Method(StrEnum):
    """How a projection was made."""

    COMPLETE = "complete"
    """Nothing is projected: all twelve months are reported."""
    SHARES = "shares"
    """The amount done, carried on by its usual share of a year."""
    REMAINDER = "remainder"
    """The amount done, plus what past years brought in the other months."""
    LINEAR = "linear"
    """The amount done, carried on evenly: there is no past year to learn from."""


class Rule(ABC):
    """One way to project, with the scale on which its errors spread."""

    method: Method

    @abstractmethod
    def rest(self, done: float, past: Sequence[Split]) -> float:
        """Amount still to come, given the amount done and at least one past year."""

    @abstractmethod
    def error(self, actual: float, projected: float) -> float:
        """Distance of the actual rest from the projected one, positive when more came."""

    @abstractmethod
    def shift(self, projected: float, error: float) -> float:
        """The rest at that distance from the projected one: the inverse of ``error``."""


class Shares(Rule):
    """Seasonal shares of past years; errors are relative to the rest (logarithmic).

    A start out of line with last year is growth for the most part, but partly timing: a festival,
    a shipment brought forward, a voucher late. So the rest that the mean share implies is drawn, by
    ``TIMING`` and as a weighted geometric mean, to the rest of the last year as it was.
    """

    method = Method.SHARES

    @override
    def rest(self, done: float, past: Sequence[Split]) -> float:
        """Done, times the usual share to come over the usual share done, drawn to last year."""
        usual_done = fmean(year.done / (year.done + year.rest) for year in past)
        usual_rest = fmean(year.rest / (year.done + year.rest) for year in past)
        by_share = done * usual_rest / usual_done
        return exp((1 - TIMING) * log(by_share) + TIMING * log(past[-1].rest))

    @override
    def error(self, actual: float, projected: float) -> float:
        """Logarithm of actual over projected; minus infinity when nothing need come."""
        return log(actual / projected) if actual > 0 else -inf

    @override
    def shift(self, projected: float, error: float) -> float:
        """Projected, scaled by the error."""
        return projected * exp(min(error, _LARGEST_EXPONENT))


class Remainder(Rule):
    """Amounts of past years as they were; errors are amounts too. Any sign and zero will do."""

    method = Method.REMAINDER

    @override
    def rest(self, done: float, past: Sequence[Split]) -> float:
        """Mean amount that past years brought in the same remaining months."""
        return fmean(year.rest for year in past)

    @override
    def error(self, actual: float, projected: float) -> float:
        """Actual minus projected."""
        return actual - projected

    @override
    def shift(self, projected: float, error: float) -> float:
        """Projected plus the error."""
        return projected + error


SHARES = Shares()
REMAINDER = Remainder()


@dataclass(frozen=True)
class Trial:
    """A past year projected as if only its done part were known."""

    year: int
    projected: float
    actual: Split


def back_test(rule: Rule, past: Mapping[int, Split]) -> tuple[Trial, ...]:
    """Project each past year but the first from the years before it only."""
    years = list(past.values())
    return tuple(
        Trial(year, rule.rest(split.done, years[:earlier]), split)
        for earlier, (year, split) in enumerate(past.items())
        if earlier
    )


def choose(done: float, past: Sequence[Split]) -> Rule:
    """Seasonal shares where they can be formed, amounts elsewhere.

    Shares need a positive part done and a positive part to come, in this year and in every past
    year: a month of zero so far, a net reversal or a year finished early leave only amounts.
    """
    parts = (part for year in past for part in (year.done, year.rest))
    return SHARES if done > 0 and all(part > 0 for part in parts) else REMAINDER
