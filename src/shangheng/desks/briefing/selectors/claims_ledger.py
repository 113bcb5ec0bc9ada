"""Claims of a report held against the ledger: a handful of queries for all of them together."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from shangheng.desks.briefing.domain.claims_judge import Held, judge, with_ledger
from shangheng.desks.briefing.domain.claims_match import Match, Matcher, Measure
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.selectors.figures import answer
from shangheng.engines.ledger.selectors.targets import Goal, goals_of, rows_in_force
from shangheng.methods.claims.audit import Audit


def against_ledger(audit: Audit, *, now: datetime, as_known: datetime | None = None) -> Audit:
    """The audit with a finding for every claim that the ledger can answer for.

    Compared as known at `as_known` (else at the end of the month in which the report says that it
    was published) and as known now. Nothing is said of a claim that is not surely understood.
    """
    kinds = {code: unit.kind for code, unit in catalogue.units().items()}
    matcher = Matcher(catalogue.indicators().values(), kinds)
    matches = list(matcher.matches(audit.statements))
    then = as_known or _published(audit)
    moments = [then, now] if then is not None and then < now else [now]
    held = [_held(matches, known_at=moment) for moment in moments]
    found = [
        judge(match, audit.document.text, answers)
        for match, *answers in zip(matches, *held, strict=True)
        if match.measure is not Measure.TARGET or any(a.value is not None for a in answers)
    ]
    return with_ledger(audit, found)


def _published(audit: Audit) -> datetime | None:
    """The end of the month in which the report was published, where it says so."""
    if audit.document.published is None:
        return None
    year, month = audit.document.published
    if not (1 <= month <= 12 and year >= 1900):
        return None
    last = date(year, month, monthrange(year, month)[1])
    return timezone.make_aware(datetime.combine(last, time.max))


def _held(matches: Sequence[Match], *, known_at: datetime) -> list[Held]:
    stated = [match for match in matches if match.measure is not Measure.TARGET]
    queries = [_query(match, counting) for match in stated for counting in Counting]
    figures = answer(queries, known_at=known_at)
    years = {m.period.end.year for m in matches if m.measure is Measure.TARGET}
    goals = _goals(years, known_at) if years else {}
    day = timezone.localtime(known_at).date()
    result = []
    for match in matches:
        if match.measure is Measure.TARGET:
            key = (match.period.end.year, match.indicator.code, match.claim.tier)
            goal = goals.get(key)
            result.append(Held(day, goal.value if goal else None))
        else:
            values = [_measured(match, figures[_query(match, c)]) for c in Counting]
            result.append(Held(day, *values))
    return result


def _goals(years: set[int], known_at: datetime) -> dict[tuple[int, str, str], Goal]:
    """The targets in force for the whole area and the whole year, by year, code and tier."""
    rows = rows_in_force(sorted(years), area=settings.HOME_AREA, known_at=known_at)
    return {
        (goal.row.sheet.year, goal.row.indicator.code, goal.tier_zh): goal
        for found in rows.values()
        for goal in goals_of(found, {})
        if goal.row.month == 12 and goal.row.unit_id is None
    }


def _query(match: Match, counting: Counting) -> Query:
    return Query(match.indicator.code, match.period, settings.HOME_AREA, counting=counting)


def _measured(match: Match, figure: Figure) -> Decimal | None:
    return figure.growth.percent if match.measure is Measure.GROWTH else figure.value
