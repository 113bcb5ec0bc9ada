"""Passing a gate though something is missing: one person asks and says why, another agrees."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shangheng.core.accounts.models import User
from shangheng.core.database.edits import StaleEdit
from shangheng.engines.cases.domain.interpreter import Lack
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case, Override
from shangheng.engines.cases.selectors.cases import missing, reaches
from shangheng.engines.cases.selectors.wording import lacks_in_words
from shangheng.engines.cases.services.moving import go, leading_from, refuse
from shangheng.engines.cases.services.recording import held, must, plain, reasoned, record
from shangheng.engines.cases.services.telling import can_see, tell
from shangheng.methods.wording import say


@transaction.atomic
def ask_override(
    *,
    actor: User,
    at: datetime,
    case: Case,
    transition: str,
    reason: str,
    second: User,
    occurred_on: date | None = None,
    seen: int | None = None,
) -> Override:
    """Ask `second` to agree that a case passes a gate though something is missing.

    Raises CannotDo when nothing is missing; GateClosed when what is missing cannot be passed over;
    StaleEdit, PermissionDenied.
    """
    current = held(case, seen)
    way = leading_from(current, transition)
    reason = reasoned(reason, say("破例要写明理由。"))
    lacks = missing(current, way, actor)
    if any(each.lack is Lack.PERMISSION for each in lacks):
        raise PermissionDenied
    refuse(current, way, [each for each in lacks if not each.waivable])
    if not lacks:
        raise CannotDo(say("条件已经齐全，不必破例。"))
    if second.pk == actor.pk:
        raise CannotDo(say("破例须由另一个人同意。"))
    if not reaches(second, "cases.override", current) or not can_see(second, current):
        raise CannotDo(say("%(person)s不能决定这件事能否破例。", person=second.display_name))
    made = Override.objects.create(
        case=current,
        transition=way.id,
        occurred_on=occurred_on,
        reason=reason,
        lacks=[{"lack": each.lack.value, "codes": list(each.codes)} for each in lacks],
        seen=current.version,
        asked_by=actor,
        asked_at=at,
    )
    told = lacks_in_words(current, lacks)
    after = {"transition": way.id, "reason": reason, "lacks": told, "second": second.username}
    record(actor=actor, at=at, act="cases.override.ask", case=current, after=after)
    _ask(made, second, at)
    return made


@transaction.atomic
def decide_override(
    *, actor: User, at: datetime, override: Override, granted: bool, note: str = ""
) -> Override:
    """Agree, and the case moves at once; or not, with a reason.

    Raises CannotDo for the person who asked and for what was decided before, StaleEdit when the case
    has changed since it was asked, PermissionDenied without `cases.override` for the case.
    """
    current = held(override.case, None)
    must(actor, "cases.override", current)
    row = Override.objects.select_related("asked_by").get(pk=override.pk)
    if row.decided_at is not None:
        raise CannotDo(say("这次破例申请已有结果。"))
    if actor.pk == row.asked_by_id:
        raise CannotDo(say("破例须由另一个人同意。"))
    if not granted:
        reasoned(note, say("不同意破例要写明理由。"))
    elif current.version != row.seen + 1:  # holding the case has just counted one
        raise StaleEdit(current)
    row.granted, row.decided_by, row.decided_at, row.note = granted, actor, at, plain(note)
    row.save(update_fields=["granted", "decided_by", "decided_at", "note"])
    act = "cases.override.grant" if granted else "cases.override.refuse"
    after = {"override": row.pk, "transition": row.transition, "note": row.note}
    record(actor=actor, at=at, act=act, case=current, after=after)
    if granted:
        _pass(current, row, at)
    tell(
        kind="case.answered",
        case=current,
        to=[row.asked_by],
        subject=lambda: (
            say("“%(case)s”同意破例", case=current.title)
            if granted
            else say("“%(case)s”不同意破例", case=current.title)
        ),
        body=row.note,
        at=at,
        actor=actor,
        key=f"cases.override.decided:{row.pk}",
    )
    return row


@transaction.atomic
def withdraw_override(*, actor: User, at: datetime, override: Override) -> None:
    """Take back what one asked, as long as nobody has decided on it; nobody stands as its judge.

    Raises CannotDo, PermissionDenied for others.
    """
    current = held(override.case, None)
    row = Override.objects.get(pk=override.pk)
    if actor.pk != row.asked_by_id:
        raise PermissionDenied
    if row.decided_at is not None:
        raise CannotDo(say("这次破例申请已有结果。"))
    row.granted, row.decided_at = False, at
    row.save(update_fields=["granted", "decided_at"])
    after = {"override": row.pk, "transition": row.transition}
    record(actor=actor, at=at, act="cases.override.withdraw", case=current, after=after)


def _ask(row: Override, second: User, at: datetime) -> None:
    tell(
        kind="case.asked",
        case=row.case,
        to=[second],
        subject=lambda: say("请决定“%(case)s”能否破例", case=row.case.title),
        body=row.reason,
        at=at,
        actor=row.asked_by,
        key=f"cases.override:{row.pk}",
    )


def _pass(case: Case, row: Override, at: datetime) -> None:
    """Move a case on the word of two; what can never be passed over still refuses."""
    way = leading_from(case, row.transition)
    lacks = missing(case, way, row.asked_by)
    refuse(case, way, [each for each in lacks if not each.waivable])
    go(
        case,
        way,
        actor=row.asked_by,
        at=at,
        reason=row.reason,
        occurred_on=row.occurred_on,
        override=row,
    )


def waiting_overrides(case: Case) -> list[Override]:
    """What was asked of a case and still holds: not decided, and nothing has changed since."""
    return list(
        case.overrides.filter(decided_at=None, seen=case.version).select_related("asked_by")
    )
