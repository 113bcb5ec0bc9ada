"""Counting milestones: how many cases had reached a stage, and where each was furthest, as at any day.

`day` is when it occurred, `known_at` when it was on record: last month's report can be asked for as
it was, and as it is known today.
"""

from collections import Counter
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, QuerySet

from shangheng.engines.cases.domain.milestones import Event
from shangheng.engines.cases.domain.workflow import Version
from shangheng.engines.cases.models import Case, Milestone


def reached(cases: QuerySet[Case], day: date, known_at: datetime) -> Counter[str]:
    """By stage: how many of the cases had reached it by a day, as known at an instant."""
    pairs = _holding(cases, day, known_at).values_list("stage", "case").distinct()
    return Counter(stage for stage, _case in pairs)


def now_at(cases: QuerySet[Case], version: Version, day: date, known_at: datetime) -> Counter[str]:
    """By stage: for how many of the cases it was the furthest reached by a day; each counts once.

    The cases must be of that version, whose order of stages says what is further.
    """
    furthest = _holding(cases, day, known_at).values("case").annotate(top=Max("rank"))
    return Counter(version.stages[top].id for top in furthest.values_list("top", flat=True))


def events_of(case: Case) -> list[Event]:
    """The milestones of one case, as the domain reads them."""
    rows = case.milestones.filter(n=1).select_related("reversal")
    return [
        Event(
            row.stage,
            row.occurred_on,
            row.recorded_at,
            row.reversal.recorded_at if hasattr(row, "reversal") else None,
        )
        for row in rows
    ]


def holding(day: date, known_at: datetime) -> QuerySet[Milestone]:
    """The milestones of all cases that had occurred by a day and held, as known at an instant."""
    reversed_by_then = Milestone.objects.filter(reverses=OuterRef("pk"), recorded_at__lte=known_at)
    return Milestone.objects.filter(
        ~Exists(reversed_by_then),
        n=1,
        occurred_on__lte=day,
        recorded_at__lte=known_at,
    ).order_by()


def _holding(cases: QuerySet[Case], day: date, known_at: datetime) -> QuerySet[Milestone]:
    return holding(day, known_at).filter(case__in=cases.values("pk"))
