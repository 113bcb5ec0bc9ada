"""Reading sums of postings and recognition steps out of the database.

Flows come from the rollups up to the last day that is both rolled and wholly known, and from the
postings after it; stocks and counts, which do not add up, always from the postings.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from shangheng.engines.ledger.domain.figure import Tally
from shangheng.engines.ledger.domain.instant import last_day_known
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting, RecognitionStep, Rollup, Seal, Series

ONE_DAY = timedelta(days=1)
Value = str | int | date | datetime


@dataclass(frozen=True)
class Scope:
    """Whose postings: an area, some of its units or all, some values of dimensions."""

    area: str
    units: frozenset[int] | None = None
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass
class Sums:
    """A tally in the making."""

    amounts: dict[Status, int] = field(default_factory=lambda: defaultdict(int))
    postings: int = 0
    samples: int = 0
    reversals: int = 0

    def add(self, status: int, amount: int, postings: int, samples: int, reversals: int) -> None:
        """Add a group of postings."""
        self.amounts[Status(status)] += int(amount)
        self.postings += postings
        self.samples += samples
        self.reversals += reversals

    def tally(self) -> Tally:
        """The finished tally."""
        return Tally(dict(self.amounts), self.postings, self.samples, self.reversals)


TOTALS = {
    "total": Sum("amount"),
    "live": Sum("n"),
    "sampled": Sum("n", filter=Q(is_sample=True), default=0),
    "reversed": Count("pk", filter=Q(n=-1)),
}


@dataclass(frozen=True)
class Window:
    """What is asked of the tables: indicators (key → code), whose, which months, known when."""

    indicators: Mapping[int, str]
    scope: Scope
    span: Period
    known_at: datetime
    rolled: date | None = None  # the last day that may be read from the rollups
    after: datetime | None = None  # only what was recorded at or after this instant


def flows(window: Window, recognised: Collection[int]) -> dict[str, dict[Month, Tally]]:
    """Tallies by month of each flow. `recognised` are the indicators that can have steps."""
    sums: dict[tuple[int, date], Sums] = defaultdict(Sums)
    if window.rolled:
        for row in _rollup_rows(window, window.rolled):
            sums[row[:2]].add(*row[2:])
        days_are_rolled = window.scope.units is None
        first = window.rolled.replace(day=1)
        window = replace(
            window, after=day_after(window.rolled) if days_are_rolled else start_of(first)
        )
    for row in _postings(window, "month", month=TruncMonth("occurred_on")):
        sums[row[:2]].add(*row[2:])
    month = TruncMonth("posting__occurred_on")
    for *where, origin, destination, amount in _steps(window, recognised, "month", month=month):
        _move(sums[where[0], where[1]], origin, destination, amount)
    result: dict[str, dict[Month, Tally]] = defaultdict(dict)
    for (indicator, first), item in sums.items():
        if item.postings or item.reversals:
            result[window.indicators[indicator]][Month.of(first)] = item.tally()
    return result


def flows_by_series(
    window: Window, recognised: Collection[int]
) -> dict[tuple[str, int], dict[Month, Tally]]:
    """Tallies by month of each flow (code) and series (key), always from the postings."""
    sums: dict[tuple[int, int, date], Sums] = defaultdict(Sums)
    for row in _postings(window, "series", "month", month=TruncMonth("occurred_on")):
        sums[row[:3]].add(*row[3:])
    fields = ("posting__series", "month")
    month = TruncMonth("posting__occurred_on")
    for *where, origin, destination, amount in _steps(window, recognised, *fields, month=month):
        _move(sums[where[0], where[1], where[2]], origin, destination, amount)
    result: dict[tuple[str, int], dict[Month, Tally]] = defaultdict(dict)
    for (indicator, series, first), item in sums.items():
        result[window.indicators[indicator], series][Month.of(first)] = item.tally()
    return result


@dataclass(frozen=True)
class Observation:
    """What stands on one day under one key: a series of a stock, a subject of a count."""

    key: object
    day: date
    tally: Tally


def observations(
    window: Window, recognised: Collection[int], key: str
) -> dict[str, list[Observation]]:
    """Observations of indicators that do not add up, by day, of each `key` field of a posting."""
    sums: dict[tuple[int, Any, date], Sums] = defaultdict(Sums)
    for row in _postings(window, key, "occurred_on"):
        sums[row[:3]].add(*row[3:])
    steps = _steps(window, recognised, f"posting__{key}", "posting__occurred_on")
    for *where, origin, destination, amount in steps:
        _move(sums[where[0], where[1], where[2]], origin, destination, amount)
    result: dict[str, list[Observation]] = defaultdict(list)
    for (indicator, value, day), item in sums.items():
        result[window.indicators[indicator]].append(Observation(value, day, item.tally()))
    return result


def rolled_day(known_at: datetime) -> date | None:
    """The last day that stands in the rollups and had wholly passed at an instant."""
    seal = Seal.objects.first()
    if seal is None or seal.rolled_through is None:
        return None
    return min(seal.rolled_through, last_day_known(timezone.localtime(known_at)))


def start_of(day: date) -> datetime:
    """The first instant of a day, in the bureau's time."""
    return timezone.make_aware(datetime.combine(day, time.min))


def in_sql(at: datetime) -> Any:
    """An instant for raw SQL, as the database keeps it; the ORM does this by itself."""
    return connection.ops.adapt_datetimefield_value(at)


def day_after(day: date) -> datetime:
    """The first instant after a day."""
    return start_of(day + ONE_DAY)


def _move(sums: Sums, origin: int, destination: int, amount: int) -> None:
    sums.add(origin, -amount, 0, 0, 0)
    sums.add(destination, amount, 0, 0, 0)


def _rollup_rows(window: Window, rolled: date) -> Iterator[tuple[Any, ...]]:
    """Whole months by month, the days of the last month one by one (not for single units).

    Nothing is recorded before it occurs, so no rollup before the span can hold any of it.
    """
    first, units = rolled.replace(day=1), window.scope.units
    start = window.span.start.first
    whose: dict[str, Any] = {"unit": None} if units is None else {"unit__in": units}
    rows = (
        Rollup.objects.filter(
            **whose,
            area=window.scope.area,
            indicator__in=list(window.indicators),
            month__range=(start, window.span.end.first),
        )
        .values_list("indicator", "month", "status")
        .annotate(Sum("amount"), Sum("postings"), Sum("samples"), Sum("reversals"))
    )
    yield from rows.filter(grain=Rollup.MONTH, known_on__range=(start, first - ONE_DAY))
    if units is None:
        yield from rows.filter(grain=Rollup.DAY, known_on__range=(first, rolled))


def _postings(window: Window, *fields: str, **extra: Any) -> Iterable[tuple[Any, ...]]:
    """Rows of `fields`, status and totals."""
    return (
        Posting.objects.filter(
            **_reach(window, "series", window.indicators),
            occurred_on__range=(window.span.start.first, window.span.end.last),
            **_recorded(window),
        )
        .annotate(**extra)
        .values_list("series__indicator", *fields, "status")
        .annotate(**TOTALS)
    )


def _steps(
    window: Window, recognised: Collection[int], *fields: str, **extra: Any
) -> Iterable[tuple[Any, ...]]:
    """Rows of `fields`, origin, destination and amount; none where nothing can be recognised."""
    keys = set(recognised) & set(window.indicators)
    if not keys:
        return ()
    return (
        RecognitionStep.objects.filter(
            **_reach(window, "posting__series", keys),
            posting__occurred_on__range=(window.span.start.first, window.span.end.last),
            **_recorded(window),
        )
        .annotate(**extra)
        .values_list("posting__series__indicator", *fields, "origin", "destination")
        .annotate(Sum("amount"))
    )


def _recorded(window: Window) -> dict[str, datetime]:
    limits = {"recorded_at__lte": window.known_at}
    return limits if window.after is None else {**limits, "recorded_at__gte": window.after}


def _reach(window: Window, path: str, indicators: Collection[int]) -> dict[str, Any]:
    scope = window.scope
    if scope.dimensions:
        series = Series.objects.filter(indicator__in=list(indicators), area=scope.area)
        return {f"{path}__in": [row.pk for row in series if has(row, scope)]}
    reach = {f"{path}__indicator__in": list(indicators), f"{path}__area": scope.area}
    return reach if scope.units is None else {**reach, f"{path}__unit__in": scope.units}


def has(series: Series, scope: Scope) -> bool:
    """Whether a series lies within a scope's units and values of dimensions."""
    values = set(series.dimensions.split(";"))
    fits = all(f"{name}={value}" in values for name, value in scope.dimensions)
    return fits and (scope.units is None or series.unit_id in scope.units)


def reach(window: Window) -> tuple[str, list[Value]]:
    """The same reach as a condition in SQL on `s` (series) and `p` (postings), with its values."""
    scope = window.scope
    parts = [f"s.indicator_id IN ({_marks(window.indicators)})", "s.area = %s"]
    values: list[Value] = [*window.indicators, scope.area]
    if scope.units is not None:
        parts.append(f"s.unit_id IN ({_marks(scope.units) or 'NULL'})")
        values += scope.units
    for name, value in scope.dimensions:
        parts.append("(';' || s.dimensions || ';') LIKE %s")
        values.append(f"%;{name}={value};%")
    parts += ["p.occurred_on BETWEEN %s AND %s", "p.recorded_at <= %s"]
    return " AND ".join(parts), [
        *values,
        window.span.start.first,
        window.span.end.last,
        in_sql(window.known_at),
    ]


def _marks(keys: Collection[int]) -> str:
    return ", ".join(["%s"] * len(keys))
