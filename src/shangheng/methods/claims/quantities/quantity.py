"""A quantity as it stands in a text: its figure, unit and bounds, and what it can stand for."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from shangheng.methods.claims.interval import INFINITY, Interval
from shangheng.methods.claims.quantities.units import Unit


class Role(StrEnum):
    """What a number is used for."""

    QUANTITY = "quantity"
    THRESHOLD = "threshold"
    ORDINAL = "ordinal"
    LABEL = "label"


class Bound(StrEnum):
    """How the words around a figure bound it."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    RANGE = "range"


@dataclass(slots=True)
class Measure:
    """What a number with its unit says, wherever it stands; `value` and `step` are in units of `unit`.

    `figure` is the number as printed (its precision is what the writer chose), `half` is half a unit of its
    last digit (nothing for whole things), `upper` the upper end of a vague one. A report prints the same figures
    again and again, and most are compared with none: one object serves all that are printed alike, and `interval`
    is made when it is first asked for; a range is made with its own, in `within`.
    """

    figure: str
    value: Decimal
    step: Decimal
    unit: Unit
    bound: Bound = Bound.EXACT
    half: Decimal = Decimal(0)
    upper: Decimal | None = None
    within: Interval | None = None

    @property
    def interval(self) -> Interval:
        """What the figure can stand for, in the common unit of its dimension."""
        if self.within is None:
            made = _interval(self.value, self.half, self.bound, self.upper)
            self.within = made.scaled(self.unit.size)
        return self.within

    @property
    def size(self) -> Decimal:
        """The value in the common unit of its dimension."""
        return self.value * self.unit.size


class Quantity(NamedTuple):
    """A number with its unit where it stands, at `start:end`; `lead` is how many characters of bounding words
    stand before it."""

    start: int
    end: int
    measure: Measure
    role: Role = Role.QUANTITY
    lead: int = 0


def _interval(value: Decimal, half: Decimal, bound: Bound, upper: Decimal | None) -> Interval:
    if upper is not None:
        return Interval(value, upper)
    if bound is Bound.OVER:
        return Interval(value, INFINITY)
    if bound is Bound.UNDER:
        return Interval(min(Decimal(0), value), value)
    if bound is Bound.ABOUT:
        margin = max(half, abs(value) / 20)
        return Interval(value - margin, value + margin)
    return Interval(value - half, value + half) if half else Interval(value, value)


@cache
def half_of(step: Decimal) -> Decimal:
    """Half of one unit of the last printed digit."""
    return step / 2
