"""What waits for one person in all cases: tasks, signatures, overrides, obstacles, clocks of stages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import F, OuterRef, Subquery

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.engines.cases.models import (
    Case,
    Obstacle,
    ObstacleState,
    Override,
    Signing,
    Task,
)
from shangheng.engines.cases.selectors.cases import due_cases, stage_of, workflow_of
from shangheng.engines.cases.subjects import subject_kind


class Kind(StrEnum):
    """What waits."""

    TASK = "task"
    SIGNING = "signing"
    OVERRIDE = "override"
    OBSTACLE = "obstacle"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that somebody is to do: of which case, what, by when (None: no day was set)."""

    kind: Kind
    case: Case
    what: str
    on: date | None

    @property
    def url(self) -> str:
        """The page of what the case is about."""
        return subject_kind(self.case.subject_type).url(self.case.subject_id)


def waiting_for(actor: User, today: date) -> Iterator[Waiting]:
    """Everything that waits for somebody; five queries, however much it is."""
    for task in Task.objects.filter(assignee=actor, done_at=None).select_related("case"):
        yield Waiting(Kind.TASK, task.case, task.title, task.due_on)
    for asked in _signings(actor):
        yield Waiting(Kind.SIGNING, asked.case, asked.question, asked.case.due_on)
    for override in _overrides(actor):
        way = workflow_of(override.case)[1].transition(override.transition)
        what = f"{way.name} {override.reason}"
        yield Waiting(Kind.OVERRIDE, override.case, what, override.case.due_on)
    mine = Obstacle.objects.filter(owner=actor).exclude(state=ObstacleState.CLOSED)
    for obstacle in mine.select_related("case"):
        yield Waiting(Kind.OBSTACLE, obstacle.case, obstacle.title, obstacle.due_on)
    for one in due_cases(actor, today, own=True):
        yield Waiting(Kind.CLOCK, one.case, stage_of(one.case).name, one.due.on)


def _signings(actor: User) -> list[Signing]:
    """Signatures asked of somebody in the present stage of open cases, the last question of each."""
    rows = Signing.objects.filter(visit=F("case__visit"), case__closed=False, person=actor)
    later = rows.filter(case=OuterRef("case")).order_by("-pk").values("pk")[:1]
    return list(rows.filter(pk=Subquery(later), answered_at=None).select_related("case"))


def _overrides(actor: User) -> list[Override]:
    """Overrides that somebody may decide on and that still hold: nothing has changed since."""
    reached = scope_of(actor, "cases.override").filter(Case.objects.all(), owner="owner")
    rows = Override.objects.filter(decided_at=None, seen=F("case__version"), case__closed=False)
    return list(
        rows.filter(case__in=reached.values("pk")).exclude(asked_by=actor).select_related("case")
    )
