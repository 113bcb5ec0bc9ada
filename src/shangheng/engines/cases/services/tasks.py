"""Tasks within a case: given, passed on, done."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shangheng.core.accounts.models import User
from shangheng.core.audit.services import take_turn
from shangheng.core.database.edits import take
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case, Task
from shangheng.engines.cases.models.cases import TITLE
from shangheng.engines.cases.selectors.cases import reaches
from shangheng.engines.cases.services.recording import (
    must,
    must_be_open,
    must_take_part,
    must_work,
    plain,
    record,
)
from shangheng.engines.cases.services.telling import can_see, tell
from shangheng.methods.wording import say


@transaction.atomic
def give_task(
    *,
    actor: User,
    at: datetime,
    case: Case,
    title: str,
    assignee: User,
    due_on: date | None = None,
) -> Task:
    """Give somebody who may see the case something to do by a day. Raises CannotDo, PermissionDenied."""
    must(actor, "cases.act", case)
    must_be_open(case)
    if not title.strip() or len(title.strip()) > TITLE:
        raise CannotDo(say("请写明任务，最多200字。"))
    _must_be_able(assignee, case)
    task = Task.objects.create(
        case=case,
        title=title.strip(),
        assignee=assignee,
        due_on=due_on,
        created_by=actor,
        created_at=at,
    )
    after = {"task": task.pk, "title": task.title, "assignee": assignee.username, "due_on": due_on}
    record(actor=actor, at=at, act="cases.task.give", case=case, after=_dated(after))
    _tell(task, actor, at)
    return task


@transaction.atomic
def pass_task(*, actor: User, at: datetime, task: Task, to: User, seen: int | None = None) -> Task:
    """Give a task to somebody else. Raises CannotDo, StaleEdit, PermissionDenied."""
    current = _held(actor, task, seen)
    _must_be_able(to, current.case)
    return hand_on(actor=actor, at=at, task=current, to=to)


def hand_on(*, actor: User, at: datetime, task: Task, to: User) -> Task:
    """Write that a held task has another assignee."""
    before = {"assignee": task.assignee.username}
    task.assignee = to
    task.save(update_fields=["assignee"])
    after = {"task": task.pk, "assignee": to.username}
    record(actor=actor, at=at, act="cases.task.pass", case=task.case, before=before, after=after)
    _tell(task, actor, at)
    return task


@transaction.atomic
def finish_task(
    *, actor: User, at: datetime, task: Task, result: str = "", seen: int | None = None
) -> Task:
    """Say that a task is done, and what came of it. Raises CannotDo, StaleEdit, PermissionDenied."""
    current = _held(actor, task, seen)
    current.done_at, current.result = at, plain(result)
    current.save(update_fields=["done_at", "result"])
    after = {"task": current.pk, "title": current.title, "result": current.result}
    record(actor=actor, at=at, act="cases.task.finish", case=current.case, after=after)
    return current


def _held(actor: User, task: Task, seen: int | None) -> Task:
    """The task as it is now. Raises CannotDo once it is done, StaleEdit, PermissionDenied."""
    must_work(actor)
    take_turn()
    rows = Task.objects.select_for_update(of=("self",)).select_related("case", "assignee")
    current = rows.get(pk=task.pk)
    if current.assignee_id != actor.pk and not reaches(actor, "cases.act", current.case):
        raise PermissionDenied
    if current.done_at is not None:
        raise CannotDo(say("任务“%(task)s”已经办结。", task=current.title))
    take(current, seen=seen)
    return current


def _must_be_able(person: User, case: Case) -> None:
    must_take_part(person)
    if not person.is_active or not can_see(person, case):
        raise CannotDo(
            say("%(person)s看不到这件事，不能承办它的任务。", person=person.display_name)
        )


def _dated(told: dict[str, object]) -> dict[str, object]:
    return {key: str(value) if isinstance(value, date) else value for key, value in told.items()}


def _tell(task: Task, actor: User, at: datetime) -> None:
    tell(
        kind="case.assigned",
        case=task.case,
        to=[task.assignee],
        subject=lambda: say("任务：%(task)s", task=task.title),
        body=task.case.title,
        at=at,
        actor=actor,
        key=f"cases.task:{task.pk}:{task.version}:{task.assignee_id}",
    )
