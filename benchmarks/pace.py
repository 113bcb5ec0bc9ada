"""Accuracy of year-end projections: every month of past years replayed, without peeking.

Reads China's monthly trade (``../shared/data/china-monthly-trade``, from China Customs) and writes
``docs/reference/pace-accuracy.md``. Run: ``python benchmarks/pace.py``.
"""

import csv
import os
import platform
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from shangheng.methods import pace

ROOT = Path(__file__).resolve().parents[1]
TRADE = ROOT.parent / "shared/data/china-monthly-trade/cn_trade_monthly.csv"
OUT = ROOT / "docs/reference/pace-accuracy.md"
YEARS = range(1998, 2014)
EARLIER = range(1989, 1998)
MONTHS = range(1, 12)

HEAD = """# Accuracy of the year-end projection

Mean absolute percentage error of the projected year end, by the last month known. Each year is
projected from the five years before it and from nothing later. *Linear* carries the months on
evenly, *last year* learns from one past year only, *mean share* divides by the mean cumulative share
of five years, *ours* is `pace.project`. *Inside* is how many of the 80 % intervals held the year
end. For the made-up series the error is in percent of their mean year end. How to read it:
[Pace](../explanation/pace.md). Written by `python benchmarks/pace.py`.
"""


def read_trade(path: Path = TRADE) -> dict[str, dict[int, list[Decimal | None]]]:
    """Exports, imports and their total by year and month, in 100 million US dollars."""
    series: dict[str, dict[int, list[Decimal | None]]] = {"Exports": {}, "Imports": {}, "Total": {}}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year, month = map(int, row["month"].split("-"))
            out, into = Decimal(row["exports_100m_usd"]), Decimal(row["imports_100m_usd"])
            for name, value in zip(series, (out, into, out + into), strict=True):
                series[name].setdefault(year, [None] * 12)[month - 1] = value
    return series


def made_up() -> dict[str, list[pace.History]]:
    """Three kinds of series a district may have, 200 of each, six years long, from a fixed seed."""
    chance = random.Random(726)

    def steady(year: int, month: int) -> float:
        season = (5, 5, 8, 8, 8, 9, 8, 8, 9, 9, 10, 13)[month]
        return season * 1.08**year * chance.lognormvariate(0, 0.1)

    def projects(year: int, _month: int) -> float:
        return chance.lognormvariate(0, 0.8) * 1.05**year if chance.random() < 0.8 else 0.01

    def windfalls(_year: int, _month: int) -> float:
        return chance.lognormvariate(0, 1.2) if chance.random() < 0.3 else 0.0

    return {
        f"{kind.__name__.capitalize()}: {about}": [
            {y: [Decimal(f"{kind(y, m):.2f}") for m in range(12)] for y in range(6)}
            for _ in range(200)
        ]
        for kind, about in (
            (steady, "8 % growth a year, a season, 10 % noise"),
            (projects, "payments of uneven projects in four months of five"),
            (windfalls, "large single payments, most months nothing"),
        )
    }


def mean_share(series: pace.History, year: int, month: int) -> Decimal:
    """Absolute percentage error of dividing by the mean share of five years."""
    shares = pace.seasonal_shares({y: series[y] for y in range(year - 5, year)})
    done, actual = (pace.year_to_date(series[year], end) for end in (month, 12))
    if shares is None or done is None or actual is None:
        raise ValueError(f"{year} or its past is not fully reported")
    return abs(100 * (100 * done / shares.at(month) - actual) / actual)


def trade_rows(series: pace.History, years: range) -> Iterator[str]:
    """One table row per month."""
    for month in MONTHS:
        linear, last, ours = (
            pace.replay(series, years, month, window=window) for window in (0, 1, 5)
        )
        shares = sum(mean_share(series, year, month) for year in years) / len(years)
        errors = [pace.mean_absolute_error(each) for each in (linear, last, ours)]
        errors.insert(2, Decimal(shares))
        yield row(month, *(f"{error:.2f}" for error in errors), inside(ours))


def made_up_rows(many: list[pace.History]) -> Iterator[str]:
    """One table row for some months, over the last year of many series."""
    for month in (2, 4, 6, 9):
        linear, ours = (
            [each for series in many for each in pace.replay(series, [5], month, window=window)]
            for window in (0, 5)
        )
        errors = (scaled_error(each) for each in (linear, ours))
        yield row(month, *(f"{error:.1f}" for error in errors), inside(ours))


def scaled_error(replays: list[pace.Replay]) -> Decimal:
    """Mean absolute error in percent of the mean year end: a tiny year must not count for all."""
    missed = sum(abs(each.projection.point - each.actual) for each in replays)
    return Decimal(100 * missed / sum(each.actual for each in replays))


def inside(replays: list[pace.Replay] | tuple[pace.Replay, ...]) -> str:
    """Intervals that held, of those given, and their share."""
    given = [each for each in replays if each.inside is not None]
    return (
        f"{sum(map(bool, (e.inside for e in given)))}/{len(given)} ({pace.coverage(given):.0f} %)"
    )


def row(*cells: object) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def table(*heads: str) -> list[str]:
    """The first two lines of a Markdown table."""
    return [row(*heads), row(*["--:"] * len(heads))]


def page() -> Iterator[str]:
    """The lines of the reference page."""
    yield HEAD
    yield f"- Date: {datetime.now(tz=UTC):%Y-%m-%d}"
    yield f"- Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    yield f"- Python {platform.python_version()}; one run gives the same figures anywhere"
    for years in (YEARS, EARLIER):
        for name, series in read_trade().items():
            yield f"\n## {name} of China, {years[0]}–{years[-1]}\n"
            yield from table("Known to", "Linear", "Last year", "Mean share", "Ours", "Inside")
            yield from trade_rows(series, years)
    for name, many in made_up().items():
        yield f"\n## Made up, 200 series. {name}\n"
        yield from table("Known to", "Linear", "Ours", "Inside")
        yield from made_up_rows(many)


if __name__ == "__main__":
    if not TRADE.exists():
        raise SystemExit(f"The series is not there: {TRADE}. Nothing was written.")
    text = "\n".join(page()) + "\n"
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(text, encoding="utf-8")
    print(text)
