"""Interval arithmetic on exact decimals: what a printed figure can stand for.

A printed figure stands for every value that rounds to it, so 62.5 % stands for 62.45 % to 62.55 %.
Both ends belong to the interval: half-up and half-even rounding (GB/T 8170-2008) are both accepted.
"""

from dataclasses import dataclass
from decimal import Decimal

INFINITY = Decimal("Infinity")
_HUNDRED = Decimal(100)


@dataclass(slots=True, unsafe_hash=True)
class Interval:
    """All values from `low` to `high`, both included; never changed, though not frozen, which takes three times as long to make."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def widened(self, margin: Decimal) -> "Interval":
        """The interval with `margin` more at both ends."""
        return Interval(self.low - margin, self.high + margin)

    def scaled(self, factor: Decimal) -> "Interval":
        """Every value times `factor`."""
        if factor == 1:
            return self
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: "Interval") -> "Interval | None":
        """The quotient; None when the divisor may be zero or an end is not finite."""
        if other.low <= 0 <= other.high or not other.high.is_finite() or not self.high.is_finite():
            return None
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def percent_of(self, whole: "Interval") -> "Interval | None":
        """This as a percentage of `whole`."""
        share = self.over(whole)
        return None if share is None else share.scaled(_HUNDRED)

    def growth_from(self, base: "Interval") -> "Interval | None":
        """Growth in percent from `base` to this."""
        share = self.percent_of(base)
        return None if share is None else Interval(share.low - _HUNDRED, share.high - _HUNDRED)


def total(parts: "list[Interval]") -> Interval:
    """The sum of intervals; the sum of none is exactly zero."""
    summed = Interval(Decimal(0), Decimal(0))
    for part in parts:
        summed = summed + part
    return summed
