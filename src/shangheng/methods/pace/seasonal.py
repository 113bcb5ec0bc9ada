"""Seasonal shares: how much of a year was usually done by the end of each month."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from shangheng.methods.pace.months import (
    MONTHS,
    History,
    Known,
    checked,
    complete_years,
    passed_over,
)

WINDOW = 5
"""Past years that shape the season: enough to average a moving Spring Festival, few enough to
follow a changing trade."""


@dataclass(frozen=True)
class Shares:
    """Mean cumulative share of the year's total by month, in percent, unrounded.

    ``years`` are the past years averaged. ``left_out`` are the years no older than these that could
    not be used, because a month is missing or the total is not positive.
    """

    percent: tuple[Decimal, ...]
    years: tuple[int, ...]
    left_out: tuple[int, ...]

    def at(self, month: int) -> Decimal:
        """Share in percent done by the end of ``month``; exactly 100 in December."""
        return self.percent[checked(month) - 1]


def seasonal_shares(history: History, *, window: int = WINDOW) -> Shares | None:
    """Average the cumulative monthly shares of the latest ``window`` usable years.

    Every year weighs the same, however large its total. Returns None when no past year is complete
    with a positive total. Raises ValueError for a year of more than twelve months.
    """
    positive = {year: months for year, months in history.items() if Known.of(months).total > 0}
    past = complete_years(positive, window)
    if not past:
        return None
    by_year = [_cumulative(year) for year in past.values()]
    mean = [sum(shares, Decimal(0)) / len(by_year) for shares in zip(*by_year, strict=True)]
    return Shares(
        percent=(*mean[:-1], Decimal(100)),
        years=tuple(past),
        left_out=passed_over(history, past),
    )


def _cumulative(year: Known) -> Sequence[Decimal]:
    monthly = (year.values[number] for number in range(1, MONTHS + 1))
    return [100 * done / year.total for done in accumulate(monthly)]
