"""Every morning: who must hear that something is due, overdue, or overdue for too long."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain.deadlines import Due, Pressure
from shangheng.engines.cases.models import Case, Obstacle, ObstacleState, Task
from shangheng.engines.cases.selectors.cases import due_of, last_day
from shangheng.engines.cases.selectors.register import due_on
from shangheng.engines.cases.services.telling import tell
from shangheng.methods.wording import say

KINDS = {
    Pressure.SOON: "case.due_soon",
    Pressure.OVERDUE: "case.overdue",
    Pressure.ESCALATED: "case.escalated",
}


def look_at_deadlines(*, at: datetime, go_on: Callable[[], None] = lambda: None) -> int:
    """Tell owners, assignees and, once it is late enough, those who lead; returns how many were looked
    at. Each is told once for each deadline, however often this runs. Nobody is told on a day off.
    """
    today = timezone.localtime(at).date()
    _fill_in()
    if not rulebook.is_worked(today):
        return 0
    looked_at = 0
    for case in _cases().iterator(chunk_size=500):
        go_on()
        looked_at += 1
        _tell(case, case.title, case.owner, due_of(case, today), f"case:{case.pk}:{case.visit}", at)
    for thing in _things():
        go_on()
        looked_at += 1
        person = thing.assignee if isinstance(thing, Task) else thing.owner
        key = f"{thing._meta.model_name}:{thing.pk}"
        _tell(thing.case, thing.title, person, due_on(thing.due_on, today), key, at)
    return looked_at


def _cases() -> QuerySet[Case]:
    cases = Case.objects.filter(closed=False, paused=False, due_on__isnull=False)
    return cases.select_related("owner", "unit").order_by("pk")


def _things() -> Iterable[Task | Obstacle]:
    """Open tasks and obstacles with a deadline."""
    tasks = Task.objects.filter(done_at=None, due_on__isnull=False, case__closed=False)
    yield from tasks.select_related("case__unit", "assignee").iterator(chunk_size=500)
    obstacles = Obstacle.objects.filter(due_on__isnull=False).exclude(state=ObstacleState.CLOSED)
    yield from obstacles.select_related("case__unit", "owner").iterator(chunk_size=500)


def _fill_in() -> None:
    """Set the deadlines that fell into a year whose holidays have become known since."""
    waiting = Case.objects.filter(closed=False, paused=False, due_on=None)
    for case in waiting.order_by("pk").iterator(chunk_size=500):
        if (day := last_day(case).on) is not None:
            Case.objects.filter(pk=case.pk, visit=case.visit, paused=False).update(due_on=day)


def _tell(case: Case, title: str, person: User, due: Due, key: str, at: datetime) -> None:
    kind = KINDS.get(due.pressure)
    if kind is None:
        return
    with transaction.atomic():
        tell(
            kind=kind,
            case=case,
            to=[person],
            subject=lambda: _subject(title, due),
            body=case.title if title != case.title else "",
            at=at,
            key=f"cases.due:{key}:{due.on}:{due.pressure}",
        )


def _subject(title: str, due: Due) -> str:
    if due.pressure is Pressure.SOON:
        return say("%(day)s到期：%(title)s", day=due.on, title=title)
    days = abs(due.left) if due.left is not None else 0
    return say(
        "已逾期%(days)d个工作日（%(day)s到期）：%(title)s", days=days, day=due.on, title=title
    )
