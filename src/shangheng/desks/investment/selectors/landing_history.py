"""What the bureau's own past tells of landing: stays in stages and money that came, by case."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, OuterRef, Value
from django.utils import timezone

from shangheng import rules
from shangheng.desks.investment.models import Arrival, Project, Status
from shangheng.engines.cases.models import Milestone
from shangheng.methods import landing

GONE = (Status.LOST, Status.WITHDRAWN)


def rule_on(day: date) -> landing.Rule:
    """Which stages count as landed and which as lost. Raises LookupError."""
    row = rules.in_force("landing_forecast.yaml", day)
    return landing.Rule(frozenset(row["arrivals"]), frozenset(row["losses"]))


def facts(at: datetime) -> dict[str, int]:
    """How many facts were on record at an instant: a forecast of fewer is an old one."""
    came = Arrival.objects.filter(entered_at__lte=at)
    gone = Project.objects.filter(status__in=GONE, status_since__lte=timezone.localdate(at))
    first, *others = (
        rows.order_by().values(what=Value(name)).annotate(n=Count("pk")).values_list("what", "n")
        for name, rows in (
            ("milestones", Milestone.objects.filter(recorded_at__lte=at)),
            ("arrivals", came),
            ("arrivals", came.filter(taken_back_at__lte=at)),
            ("gone", gone),
        )
    )
    found = dict.fromkeys(("milestones", "arrivals", "gone"), 0)
    for name, n in first.union(*others, all=True).order_by():
        found[name] += n
    return found


def histories(at: datetime) -> dict[int, list[landing.Spell]]:
    """The stays of every project of the bureau, by the key of its case, as known at an instant."""
    day = timezone.localdate(at)
    undone = Milestone.objects.filter(reverses=OuterRef("pk"), recorded_at__lte=at)
    found = (
        Milestone.objects.filter(
            ~Exists(undone),
            case__in=Project.objects.values("case"),
            n=1,
            occurred_on__lte=day,
            recorded_at__lte=at,
        )
        .order_by("case", "occurred_on", "rank")
        .values_list("case", "stage", "occurred_on")
    )
    lost: dict[int, tuple[str, date]] = {
        case: (status, since)
        for case, status, since in Project.objects.filter(
            status__in=GONE, status_since__lte=day
        ).values_list("case", "status", "status_since")
        if case is not None and since is not None
    }
    return {
        case: landing.spells_of(_events(rows), _gone(rows, lost.get(case)))
        for case, some in groupby(found, key=lambda row: row[0])
        if (rows := list(some))
    }


def courses(
    past: Mapping[int, Sequence[landing.Spell]], projects: Sequence[Project], at: datetime
) -> dict[int, landing.Course]:
    """The projects with their money, by the key of their case, as known at an instant.

    Money counts in 亿元 as the ledger holds it; what was taken back does not.
    """
    day = timezone.localdate(at)
    money: dict[int, list[tuple[date, float]]] = defaultdict(list)
    rows = Arrival.objects.filter(entered_at__lte=at, paid_on__lte=day, counted_cny__gt=0)
    for project, on, amount in (
        rows.exclude(taken_back_at__lte=at)
        .order_by()
        .values_list("project", "paid_on", "counted_cny")
    ):
        money[project].append((on, float(amount)))
    found: dict[int, landing.Course] = {}
    for row in projects:
        case = row.case_id or 0
        if case in past:
            agreed = None if row.agreed_cny is None else float(row.agreed_cny)
            found[case] = landing.Course(
                past[case], landing.payments_of(money[row.pk], agreed), agreed
            )
    return found


def _events(rows: Sequence[Any]) -> list[tuple[str, date]]:
    return [(stage, day) for _case, stage, day in rows]


def _gone(rows: Sequence[Any], lost: tuple[str, date] | None) -> tuple[str, date] | None:
    """How a project was lost, unless a later milestone says that it went on."""
    return lost if lost and lost[1] >= rows[-1][2] else None
