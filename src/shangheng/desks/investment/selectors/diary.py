"""Projects in the calendar of a month: milestones reached, and what is due."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.lists.declaring import Asked
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.projects import project_url
from shangheng.engines.cases.models import Case, Milestone, Obstacle, ObstacleState, Task
from shangheng.engines.cases.rulebook import version_now


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day: a milestone (`reached`) or something due."""

    day: date
    what: str
    project: str
    url: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; of another month it is empty."""

    day: date
    within: bool
    today: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Diary:
    """A month by weeks, from Monday on; `previous` and `following` are periods to go to."""

    first: date
    weeks: list[list[Day]]
    previous: str
    following: str


def diary_of(rows: QuerySet[Project], asked: Asked) -> Diary:
    """The month of the page for what was found. Four queries."""
    first = month_of(asked.moment.period)
    cases = rows.order_by().values("case")
    by_day: dict[date, list[Entry]] = {}
    for entry in _entries(cases, first):
        by_day.setdefault(entry.day, []).append(entry)
    today = timezone.localdate()
    weeks = [
        [
            Day(
                day,
                day.month == first.month,
                day == today,
                tuple(by_day.get(day, ())) if day.month == first.month else (),
            )
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Diary(first, weeks, _shifted(first, -1), _shifted(first, 1))


def month_of(period: str) -> date:
    """The first day of the month that a period stands for: its last one, but none in the future."""
    last = period.rpartition("/")[2]
    year, _dash, part = last.partition("-")
    month = int(part[1:]) * 3 if part.startswith("Q") else int(part or 12)
    today = timezone.localdate()
    return (
        date(int(year), month, 1) if part else min(date(int(year), month, 1), today.replace(day=1))
    )


def _shifted(first: date, by: int) -> str:
    months = first.year * 12 + first.month - 1 + by
    return f"{months // 12}-{months % 12 + 1:02d}"


def _entries(cases: QuerySet[Project, Any], first: date) -> Iterator[Entry]:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    span = (first, last)
    names = {stage.id: stage.name for stage in version_now("investment_project").stages}
    held = Milestone.objects.filter(n=1, reversal=None, case__in=cases, occurred_on__range=span)
    for row in held.select_related("case").order_by("occurred_on", "pk"):
        yield _entry(row.occurred_on, names[row.stage], row.case, reached=True)
    due = Case.objects.filter(pk__in=cases, closed=False, due_on__range=span)
    for case in due.order_by("due_on", "pk"):
        yield _entry(case.due_on, _("办理到期"), case)
    tasks = Task.objects.filter(case__in=cases, done_at=None, due_on__range=span)
    for task in tasks.select_related("case").order_by("due_on", "pk"):
        yield _entry(task.due_on, task.title, task.case)
    obstacles = Obstacle.objects.filter(case__in=cases, due_on__range=span)
    open_ones = obstacles.exclude(state=ObstacleState.CLOSED)
    for obstacle in open_ones.select_related("case").order_by("due_on", "pk"):
        yield _entry(obstacle.due_on, obstacle.title, obstacle.case)


def _entry(day: date | None, what: str, case: Case, *, reached: bool = False) -> Entry:
    if day is None:
        raise ValueError("what has no day stands in no calendar")
    return Entry(day, what, case.title, project_url(case.subject_id), reached)
