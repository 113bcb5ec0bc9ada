"""`figure` and `figures`: the one way in which anything reads a number out of the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.evaluate import Evaluator
from shangheng.engines.ledger.domain.figure import NOTHING, Figure, Tally
from shangheng.engines.ledger.domain.indicator import Form
from shangheng.engines.ledger.domain.instant import last_day_known
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Indicator
from shangheng.engines.ledger.selectors.reading import (
    Observation,
    Scope,
    Window,
    flows,
    observations,
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


class Snapshot:
    """All that some queries need, read once: postings of their indicators, as known at an instant."""

    def __init__(
        self, queries: Iterable[Query], known_at: datetime, from_postings: bool = False
    ) -> None:
        self._from_postings = from_postings
        self._flows: dict[Scope, dict[str, dict[Month, Tally]]] = {}
        self._stocks: dict[Scope, dict[str, list[Observation]]] = {}
        self._counts: dict[Scope, dict[str, list[Observation]]] = {}
        wanted: dict[Scope, dict[str, Period]] = defaultdict(dict)
        for query in queries:
            scope = _scope(query)
            for code in _leaves(query.indicator, query.period):
                wanted[scope][code] = _wider(wanted[scope].get(code), query.period)
        codes = {code for spans in wanted.values() for code in spans}
        keys = {r.code: r.pk for r in Indicator.objects.filter(code__in=codes)} if codes else {}
        for scope, spans in wanted.items():
            self._read(scope, spans, keys, known_at)

    def monthly(self, query: Query) -> Mapping[Month, Tally]:
        """The tallies of one indicator by month over the period of the query."""
        scope, code, period = _scope(query), query.indicator, query.period
        if code in self._counts[scope]:
            return _first_occurrences(self._counts[scope][code], period)
        if code in self._stocks[scope]:
            return _carried(self._stocks[scope][code], period)
        tallies = self._flows[scope].get(code, {})
        return {m: tally for m, tally in tallies.items() if period.start <= m <= period.end}

    def _read(
        self,
        scope: Scope,
        spans: Mapping[str, Period],
        keys: Mapping[str, int],
        known_at: datetime,
    ) -> None:
        forms: dict[str, dict[int, str]] = {"flow": {}, "stock": {}, "count": {}}
        recognised = []
        for code, span in spans.items():
            if code in keys:
                definition = catalogue.definition(code, span.end.last)
                forms[_kind(definition.form)][keys[code]] = code
                if definition.recognition:
                    recognised.append(keys[code])
        span = Period(min(s.start for s in spans.values()), max(s.end for s in spans.values()))

        def window(kind: str) -> Window:
            return Window(forms[kind], scope, span, known_at, self._from_postings)

        self._flows[scope] = flows(window("flow"), recognised) if forms["flow"] else {}
        self._stocks[scope] = (
            observations(window("stock"), recognised, "series") if forms["stock"] else {}
        )
        self._counts[scope] = (
            observations(window("count"), recognised, "subject") if forms["count"] else {}
        )


def _kind(form: Form) -> str:
    """How postings are read: shares and growths that others published are read like stocks."""
    return form.value if form in {Form.FLOW, Form.COUNT} else "stock"


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


def _wider(span: Period | None, period: Period) -> Period:
    start = period.year_earlier().start
    if span is None:
        return Period(start, period.end)
    return Period(min(span.start, start), max(span.end, period.end))


def _carried(rows: Collection[Observation], period: Period) -> dict[Month, Tally]:
    """The state at the end of each month with data: the last value of every series so far."""
    state: dict[object, Tally] = {}
    result: dict[Month, Tally] = {}
    for row in sorted(rows, key=lambda row: row.day):
        month = Month.of(row.day)
        if not period.start <= month <= period.end or not row.tally.postings:
            continue
        state[row.key] = row.tally
        result[month] = sum(state.values(), NOTHING)
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
