"""The clock of a case stands still while it waits for others, and goes on afterwards."""

from datetime import date, datetime

from django.db import transaction

from shangheng.core.accounts.models import User
from shangheng.engines.cases.domain.history import Act
from shangheng.engines.cases.domain.workflow import UnknownWorkflow
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case, Pause, Step
from shangheng.engines.cases.selectors.cases import workflow_of
from shangheng.engines.cases.services.recording import (
    add_step,
    day_of,
    held,
    must,
    must_be_open,
    plain,
    reasoned,
)
from shangheng.methods.wording import say


@transaction.atomic
def pause_case(
    *, actor: User, at: datetime, case: Case, kind: str, reason: str, seen: int | None = None
) -> Step:
    """Let the clock stand still from today, for a kind of reason that the workflow knows.

    Raises CannotDo, StaleEdit, PermissionDenied.
    """
    current = held(case, seen)
    must(actor, "cases.act", current)
    must_be_open(current)
    reason = reasoned(reason, say("暂停要写明理由。"))
    if current.paused:
        raise CannotDo(say("事项已经暂停。"))
    try:
        workflow_of(current)[1].pause(kind)
    except UnknownWorkflow:
        raise CannotDo(say("这个流程没有这种暂停。")) from None
    Pause.objects.create(case=current, kind=kind, since=day_of(at))
    return add_step(case=current, actor=actor, at=at, act=Act.PAUSE, detail=kind, reason=reason)


@transaction.atomic
def resume_case(
    *, actor: User, at: datetime, case: Case, reason: str = "", seen: int | None = None
) -> Step:
    """Go on: today counts again, and the deadline moves by the days in between.

    Raises CannotDo, StaleEdit, PermissionDenied.
    """
    current = held(case, seen)
    must(actor, "cases.act", current)
    if not current.paused:
        raise CannotDo(say("事项没有暂停。"))
    _end(current, day_of(at))
    return add_step(case=current, actor=actor, at=at, act=Act.RESUME, reason=plain(reason))


def _end(case: Case, today: date) -> None:
    pause = case.pauses.get(until=None)
    pause.until = max(today, pause.since)
    pause.save(update_fields=["until"])
