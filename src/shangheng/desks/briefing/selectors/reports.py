"""Lists of reports, and what waits for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, StringAgg, Subquery, Value
from django.db.models.functions import Cast
from django.utils import timezone

from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.models import User
from shangheng.core.ui.waiting import HowMany, Waits
from shangheng.desks.briefing.models import Draft, Report, State
from shangheng.desks.briefing.selectors.restatements import (
    kept_counts,
    restated_counts,
    watermark,
)

VIEW = "briefing.view"


@dataclass(frozen=True)
class Row:
    """A report in the list; `restated` counts its figures that have changed since."""

    report: Report
    restated: int

    @property
    def pk(self) -> int:
        """The key of the report."""
        return self.report.pk


def visible_to(user: User) -> QuerySet[Report]:
    """The reports that a person may see, newest first."""
    rows = Report.objects.select_related("owner", "unit", "build__draft")
    return scope_of(user, VIEW).filter(rows, owner="owner").order_by("-pk")


def filtered(
    user: User, *, state: str = "", template: str = "", words: str = ""
) -> QuerySet[Report]:
    """Those in a state, of a template, with words in the title."""
    rows = visible_to(user)
    if state:
        rows = rows.filter(state=state)
    if template:
        rows = rows.filter(template=template)
    return rows.filter(title__icontains=words) if words else rows


def state_counts(rows: QuerySet[Report]) -> dict[str, int]:
    """How many of these reports stand in each state."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def with_marks(reports: Sequence[Report], *, now: datetime) -> list[Row]:
    """Reports with what has been restated since they were issued."""
    found = restated_counts(reports, now=now)
    return [Row(report, found[report.pk]) for report in reports]


def waiting_for(user: User) -> Waits:
    """The reports that wait for a person: to be checked, signed, issued, or restated and theirs."""
    tasks = Q(pk__in=[])
    if allows(user, "briefing.check"):
        not_written = ~Q(owner=user) & ~Q(drafts__author=user)
        tasks |= Q(state=State.DRAFT, build__isnull=False) & not_written
    if allows(user, "briefing.sign"):
        tasks |= Q(state=State.CHECKED)
    if allows(user, "briefing.issue"):
        tasks |= Q(state=State.SIGNED)
    every = visible_to(user).order_by()
    issued = every.filter(state=State.ISSUED, owner=user).values("owner")
    builds = issued.annotate(keys=StringAgg(Cast("build", CharField()), Value(",")))
    asked = {
        "tasks": HowMany(every.filter(tasks).distinct().values("pk")),
        "issued": Subquery(builds.values("keys")),
    }
    return Waits(asked | watermark(), _come_to)


def _come_to(found: Mapping[str, Any]) -> int:
    """How many there are to do; of the issued ones those that print figures restated since."""
    mark = {name: value for name, value in found.items() if name not in {"tasks", "issued"}}
    builds = [int(key) for key in (found["issued"] or "").split(",") if key]
    changed = kept_counts(builds, mark, now=timezone.now()) if builds else {}
    tasks: int = found["tasks"]
    return tasks + sum(map(bool, changed.values()))


def drafts_of(report: Report) -> QuerySet[Draft]:
    """Every version of the text, newest first."""
    return report.drafts.select_related("author").order_by("-number")
