"""`figure` and `figures`: the one way in which anything reads a number out of the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from django.utils import timezone

from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.evaluate import Evaluator
from shangheng.engines.ledger.domain.figure import NOTHING, Figure, Tally, total
from shangheng.engines.ledger.domain.indicator import Definition, Form
from shangheng.engines.ledger.domain.instant import last_day_known
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Series
from shangheng.engines.ledger.selectors.counting import counts
from shangheng.engines.ledger.selectors.reading import (
    Observation,
    Scope,
    Window,
    flows,
    flows_by_series,
    has,
    observations,
    rolled_day,
)


def figure(query: Query, *, known_at: datetime) -> Figure:
    """The answer to one query as known at an instant. Raises UnknownIndicator."""
    return figures([query], known_at=known_at)[0]


def figures(
    queries: Sequence[Query], *, known_at: datetime, from_postings: bool = False
) -> list[Figure]:
    """The answers to many queries, read together: a handful of database queries for all of them.

    `from_postings` leaves the rollups aside; the answers are the same, only slower.
    """
    snapshot = Snapshot(queries, known_at, from_postings)
    evaluator = Evaluator(
        known_at=known_at,
        known_on=last_day_known(timezone.localtime(known_at)),
        indicator=catalogue.indicator,
        unit_of=catalogue.unit_of,
        monthly=snapshot.monthly,
    )
    return [evaluator.figure(query) for query in queries]


def answer(queries: Iterable[Query], *, known_at: datetime) -> dict[Query, Figure]:
    """The answers by query; asks the database nothing when there is no query."""
    wanted = list(dict.fromkeys(queries))
    return dict(zip(wanted, figures(wanted, known_at=known_at), strict=True)) if wanted else {}


class Reading(StrEnum):
    """How an indicator is read; the value of an observed one is the field that tells them apart."""

    FLOWS = "flows"
    COUNTS = "counts"
    SUBJECTS = "subject"
    SERIES = "series"


class Snapshot:
    """All that some queries need, read once: postings of their indicators, as known at an instant."""

    def __init__(
        self, queries: Iterable[Query], known_at: datetime, from_postings: bool = False
    ) -> None:
        self._known_at = known_at
        self._rolled = None if from_postings else rolled_day(known_at)
        self._summed: dict[tuple[Scope, str], Mapping[Month, Tally]] = {}
        self._observed: dict[tuple[Scope, str], tuple[Form, list[Observation]]] = {}
        self._split: dict[object, list[tuple[str, Series, dict[Month, Tally]]]] = {}
        self._answers: dict[Query, Mapping[Month, Tally]] = {}
        wanted: dict[Scope, dict[str, set[Period]]] = defaultdict(lambda: defaultdict(set))
        for query in queries:
            for code in _leaves(query.indicator, query.period):
                wanted[_scope(query)][code].add(query.period)
        present, keys = _present(wanted)
        for scope, periods in wanted.items():
            posted = {c: spans for c, spans in periods.items() if (scope.area, c) in present}
            self._read(scope, posted, keys)

    def monthly(self, query: Query) -> Mapping[Month, Tally]:
        """The tallies of one indicator by month over the period of the query."""
        asked = replace(query, counting=Counting.CLAIMED)  # how it is counted comes later
        if asked not in self._answers:
            self._answers[asked] = self._find(asked)
        return self._answers[asked]

    def _find(self, query: Query) -> Mapping[Month, Tally]:
        place, period = (_scope(query), query.indicator), query.period
        if place in self._observed:
            form, rows = self._observed[place]
            return (_first_occurrences if form is Form.COUNT else _carried)(rows, period)
        tallies = self._summed.get(place, {})
        return {m: tally for m, tally in tallies.items() if period.start <= m <= period.end}

    def _read(
        self, scope: Scope, wanted: Mapping[str, set[Period]], keys: Mapping[str, int]
    ) -> None:
        definitions = {
            code: catalogue.definition(code, max(p.end for p in periods).last)
            for code, periods in wanted.items()
        }
        recognised = {keys[code] for code, found in definitions.items() if found.recognition}
        groups: dict[Reading, list[str]] = defaultdict(list)
        for code, periods in wanted.items():
            groups[_reading(definitions[code], periods)].append(code)
        for reading, codes in groups.items():
            span = _span(period for code in codes for period in wanted[code])
            indicators = {keys[code]: code for code in codes}
            window = Window(indicators, scope, span, self._known_at, self._rolled)
            self._fill(reading, window, recognised)

    def _fill(self, reading: Reading, window: Window, recognised: Collection[int]) -> None:
        scope = window.scope
        if reading is Reading.FLOWS and scope.dimensions:
            self._keep(scope, self._parts(window, recognised))
        elif reading is Reading.FLOWS:
            self._keep(scope, flows(window, recognised))
        elif reading is Reading.COUNTS:
            self._keep(scope, counts(window))
        else:
            form = Form.COUNT if reading is Reading.SUBJECTS else Form.STOCK
            found = observations(window, recognised, reading.value)
            for code in window.indicators.values():
                self._observed[scope, code] = (form, found.get(code, []))

    def _parts(self, window: Window, recognised: Collection[int]) -> dict[str, dict[Month, Tally]]:
        """Flows of some values of dimensions: the series of the whole are read once for all parts."""
        whole = replace(window, scope=replace(window.scope, dimensions=()))
        place = (whole.scope, whole.span, frozenset(whole.indicators))
        if place not in self._split:
            found = flows_by_series(whole, recognised)
            series = Series.objects.in_bulk({key for _, key in found})
            self._split[place] = [(code, series[key], t) for (code, key), t in found.items()]
        sums: dict[str, dict[Month, Tally]] = defaultdict(dict)
        for code, series_row, tallies in self._split[place]:
            if has(series_row, window.scope):
                for month, tally in tallies.items():
                    sums[code][month] = sums[code].get(month, NOTHING) + tally
        return sums

    def _keep(self, scope: Scope, found: Mapping[str, Mapping[Month, Tally]]) -> None:
        self._summed |= {(scope, code): tallies for code, tallies in found.items()}


def _present(
    wanted: Mapping[Scope, Collection[str]],
) -> tuple[set[tuple[str, str]], dict[str, int]]:
    """Which indicators have any series in which areas: there is nothing to read of the others."""
    codes = {code for asked in wanted.values() for code in asked}
    if not codes:
        return set(), {}
    rows = list(
        Series.objects.filter(indicator__code__in=codes, area__in={scope.area for scope in wanted})
        .values_list("area", "indicator__code", "indicator")
        .distinct()
    )
    return {(area, code) for area, code, _ in rows}, {code: key for _, code, key in rows}


def _reading(definition: Definition, periods: Iterable[Period]) -> Reading:
    """Counts whose amounts never move are counted in the database, year by year."""
    if definition.form is Form.FLOW:
        return Reading.FLOWS
    if definition.form is not Form.COUNT:
        return Reading.SERIES  # what others published of a share or a growth is read like a stock
    from_january = all(p.start.number == 1 and p.start.year == p.end.year for p in periods)
    return Reading.COUNTS if from_january and not definition.recognition else Reading.SUBJECTS


def _span(periods: Iterable[Period]) -> Period:
    """All periods and the same months one year earlier."""
    found = list(periods)
    return Period(
        min(period.year_earlier().start for period in found), max(period.end for period in found)
    )


def _scope(query: Query) -> Scope:
    return Scope(query.area, query.units, query.dimensions)


def _leaves(code: str, period: Period) -> set[str]:
    """The indicator and all that its formula is made of."""
    formula = catalogue.definition(code, period.end.last).formula
    found = {code}
    if formula:
        for part in (*formula.numerator, *formula.denominator):
            found |= _leaves(part, period)
    return found


def _carried(rows: Collection[Observation], period: Period) -> dict[Month, Tally]:
    """The state at the end of each month with data: the last value of every series so far."""
    state: dict[object, Tally] = {}
    result: dict[Month, Tally] = {}
    live = [row for row in rows if row.tally.postings]
    live.sort(key=lambda row: row.day)
    for month, group in groupby(live, key=lambda row: Month.of(row.day)):
        if period.start <= month <= period.end:
            state |= {row.key: row.tally for row in group}
            result[month] = total(state.values())
    return result


def _first_occurrences(rows: Collection[Observation], period: Period) -> dict[Month, Tally]:
    """Each subject once, in the month where it first occurs, at the best status that it reached."""
    subjects: dict[object, tuple[Month, Tally]] = {}
    result: dict[Month, Tally] = {}
    for row in sorted(rows, key=lambda row: row.day):
        month = Month.of(row.day)
        if not period.start <= month <= period.end:
            continue
        if row.key == "":
            result[month] = result.get(month, NOTHING) + row.tally
        else:
            first, tally = subjects.get(row.key, (month, NOTHING))
            subjects[row.key] = (first if tally.postings else month, tally + row.tally)
    for month, tally in subjects.values():
        if tally.postings > 0 or tally.reversals:
            result[month] = result.get(month, NOTHING) + _once(tally)
    return {month: tally for month, tally in result.items() if tally.postings or tally.reversals}


def _once(tally: Tally) -> Tally:
    order = (Status.RECOGNISED, Status.SUBMITTED, Status.CLAIMED, Status.REJECTED)
    best = next((status for status in order if tally.amounts.get(status, 0) > 0), None)
    amounts = {best: 1} if best is not None and tally.postings > 0 else {}
    return Tally(amounts, tally.postings, tally.samples, tally.reversals)
