"""Lists of reports, and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.models import User
from shangheng.desks.briefing.models import Draft, Report, State
from shangheng.desks.briefing.selectors.restatements import restated_counts

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


def waiting_for(user: User) -> int:
    """How many reports wait for a person: to be checked, signed, issued, or restated and theirs."""
    tasks = Q(pk__in=[])
    if allows(user, "briefing.check"):
        not_written = ~Q(owner=user) & ~Q(drafts__author=user)
        tasks |= Q(state=State.DRAFT, build__isnull=False) & not_written
    if allows(user, "briefing.sign"):
        tasks |= Q(state=State.CHECKED)
    if allows(user, "briefing.issue"):
        tasks |= Q(state=State.SIGNED)
    mine = Q(state=State.ISSUED, owner=user)
    rows = list(visible_to(user).filter(tasks | mine).distinct())
    issued = [row for row in rows if row.state == State.ISSUED]
    changed = restated_counts(issued, now=timezone.now())
    return len(rows) - len(issued) + sum(bool(found) for found in changed.values())


def drafts_of(report: Report) -> QuerySet[Draft]:
    """Every version of the text, newest first."""
    return report.drafts.select_related("author").order_by("-number")
