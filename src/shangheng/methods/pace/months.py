"""Months of a year, some of them unknown.

A year is a sequence of up to twelve monthly values, January first. ``None`` is a month nobody has
reported yet; it is never read as zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

MONTHS = 12

type Months = Sequence[Decimal | None]
"""Up to twelve monthly amounts in one unit, January first; ``None`` is not reported."""

type History = Mapping[int, Months]
"""Past years by calendar year; the caller leaves the current year out."""


@dataclass(frozen=True)
class Split:
    """A year in two parts, as statistics need it: what is done and what is still to come."""

    done: float
    rest: float


@dataclass(frozen=True)
class Known:
    """What is known of one year: the months reported, by number, and their values."""

    values: Mapping[int, Decimal]

    @classmethod
    def of(cls, months: Months) -> Self:
        """Read a year; raise ValueError if it has more than twelve months."""
        if len(months) > MONTHS:
            raise ValueError(f"a year has {MONTHS} months, {len(months)} were given")
        return cls({number: value for number, value in enumerate(months, 1) if value is not None})

    @property
    def complete(self) -> bool:
        """Whether all twelve months are reported."""
        return len(self.values) == MONTHS

    @property
    def total(self) -> Decimal:
        """Sum of the months reported."""
        return sum(self.values.values(), Decimal(0))

    @property
    def through(self) -> int:
        """Number of the last month reported, 0 when there is none."""
        return max(self.values, default=0)

    @property
    def gaps(self) -> tuple[int, ...]:
        """Months before the last reported one that are not reported themselves."""
        return tuple(number for number in range(1, self.through) if number not in self.values)

    @property
    def never_falls(self) -> bool:
        """Whether no month reported is negative, so that the running total only grows."""
        return all(value >= 0 for value in self.values.values())

    def total_of(self, numbers: Iterable[int]) -> Decimal:
        """Sum of the months numbered; KeyError when one is not reported."""
        return sum((self.values[number] for number in numbers), Decimal(0))

    def split(self, done: Iterable[int]) -> Split:
        """Part a complete year into the months numbered in ``done`` and the rest."""
        amount = self.total_of(done)
        return Split(done=float(amount), rest=float(self.total - amount))


def year_to_date(months: Months, month: int) -> Decimal | None:
    """Total of January to ``month``, or None when one of these months is not reported."""
    known, wanted = Known.of(months), range(1, checked(month) + 1)
    return known.total_of(wanted) if known.values.keys() >= set(wanted) else None


def january_in_february(months: Months) -> tuple[Decimal | None, ...]:
    """Fold January into February, for statistics published as 1—2月 together.

    January becomes an exact zero and February the two-month sum, whether or not January was
    reported apart. Without February both are unknown. Fold the current year and its history alike.
    """
    year = [*months, *[None] * (2 - len(months))]
    january, february = year[:2]
    if february is None:
        return (None, None, *year[2:])
    return (Decimal(0), february + (january or Decimal(0)), *year[2:])


def complete_years(history: History, window: int) -> dict[int, Known]:
    """The latest ``window`` years of which all twelve months are reported, oldest first."""
    if window < 1:
        raise ValueError(f"the window must be at least one year, not {window}")
    known = {year: Known.of(history[year]) for year in sorted(history)}
    complete = {year: values for year, values in known.items() if values.complete}
    return dict(list(complete.items())[-window:])


def passed_over(history: History, used: Iterable[int]) -> tuple[int, ...]:
    """Years of the history no older than the oldest one used, that were not used."""
    taken = set(used)
    return tuple(y for y in sorted(history) if y not in taken and y > min(taken, default=y - 1))


def checked(month: int) -> int:
    """Return ``month``, or raise ValueError when it is not 1 to 12."""
    if not 1 <= month <= MONTHS:
        raise ValueError(f"a month is 1 to {MONTHS}, not {month}")
    return month
