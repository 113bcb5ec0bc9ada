"""One indicator in depth: its year, its past, who contributed, what contradicts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shangheng.core.accounts.models import OrgUnit
from shangheng.desks.targets.selectors.cockpit import PAST_YEARS, Row, rows_for
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.models import PublishedFigure, Series
from shangheng.engines.ledger.selectors.figures import answer


@dataclass(frozen=True)
class Part:
    """What one unit, or one value of a dimension, contributed."""

    name: str
    figure: Figure
    share: Decimal | None


@dataclass(frozen=True)
class Breakdown:
    """An indicator split by unit or by a dimension."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class IndicatorPage:
    """All that the page of one indicator shows."""

    row: Row
    past: tuple[Figure, ...]
    breakdowns: tuple[Breakdown, ...]
    published: tuple[PublishedFigure, ...]


def indicator_page(code: str, period: Period, *, area: str, known_at: datetime) -> IndicatorPage:
    """One indicator over a period, as known at an instant. Raises UnknownIndicator."""
    query = Query(code, period, area)
    rows, _ = rows_for([query], known_at=known_at)
    earlier = [period.year_earlier()]
    while len(earlier) < PAST_YEARS:
        earlier.append(earlier[-1].year_earlier())
    past = answer((Query(code, span, area) for span in earlier), known_at=known_at)
    return IndicatorPage(
        row=rows[0],
        past=tuple(figure for figure in past.values() if figure.value is not None),
        breakdowns=_breakdowns(query, rows[0].figure, known_at),
        published=tuple(_published(code, period, area, known_at)),
    )


def _breakdowns(query: Query, total: Figure, known_at: datetime) -> tuple[Breakdown, ...]:
    if total.value is None or total.parts:
        return ()
    series = Series.objects.filter(indicator__code=query.indicator, area=query.area)
    units = OrgUnit.objects.filter(pk__in=series.values("unit")).order_by("path")
    asked = [
        (unit.label, Query(query.indicator, query.period, query.area, frozenset({unit.pk})))
        for unit in units
    ]
    breakdowns = [Breakdown("", _parts(asked, total, known_at))] if len(asked) > 1 else []
    names = {row["code"]: row for row in catalogue.dimensions()}
    for name, values in total.definition.dimensions.items():
        labels = {row["code"]: catalogue.name_of(row) for row in names[name]["values"]}
        by_value = [
            (
                labels[value],
                Query(query.indicator, query.period, query.area, None, ((name, value),)),
            )
            for value in values
        ]
        parts = _parts(by_value, total, known_at)
        if parts:
            breakdowns.append(Breakdown(catalogue.name_of(names[name]), parts))
    return tuple(breakdowns)


def _parts(
    asked: Sequence[tuple[str, Query]], total: Figure, known_at: datetime
) -> tuple[Part, ...]:
    """The parts that have a value, largest first, with their share of the total in per cent."""
    answers = answer((query for _, query in asked), known_at=known_at)
    found = [(name, answers[query]) for name, query in asked]
    parts = [
        Part(name, figure, _share(figure.value, total.value))
        for name, figure in found
        if figure.value is not None
    ]
    return tuple(sorted(parts, key=lambda part: part.figure.value or 0, reverse=True))


def _share(part: Decimal | None, total: Decimal | None) -> Decimal | None:
    return None if part is None or not total else part / total * 100


def _published(
    code: str, period: Period, area: str, known_at: datetime
) -> Sequence[PublishedFigure]:
    rows = PublishedFigure.objects.filter(
        indicator__code=code, area=area, recorded_at__lte=known_at
    ).order_by("pk")
    return [row for row in rows if Period.parse(row.period).end.year == period.end.year]
