"""A quantity as it stands in a text: its figure, unit and bounds, and what it can stand for."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

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
class Quantity:
    """A number with its unit at `start:end`; `value` and `step` are in units of `unit`.

    `figure` is the number as printed (its precision is what the writer chose), `lead` how many characters of
    bounding words stand before it, `half` is half a unit of its
    last digit (nothing for whole things), `upper` the upper end of a vague one. Most figures are compared with
    none, so `interval` is made when asked for and not kept; a range is made with its own, in `within`.
    """

    start: int
    end: int
    figure: str
    value: Decimal
    step: Decimal
    unit: Unit
    bound: Bound
    role: Role
    lead: int
    half: Decimal = Decimal(0)
    upper: Decimal | None = None
    within: Interval | None = None

    @property
    def interval(self) -> Interval:
        """What the figure can stand for, in the common unit of its dimension."""
        return self.within or _within(self.value, self.half, self.bound, self.upper, self.unit.size)

    @property
    def size(self) -> Decimal:
        """The value in the common unit of its dimension."""
        return self.value * self.unit.size


@lru_cache(maxsize=4096)
def _within(
    value: Decimal, half: Decimal, bound: Bound, upper: Decimal | None, size: Decimal
) -> Interval:
    return _interval(value, half, bound, upper).scaled(size)


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
