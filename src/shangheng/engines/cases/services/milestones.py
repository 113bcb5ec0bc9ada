"""Milestones are recorded, verified by a second person, and corrected only by reversal."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from shangheng.core.accounts.models import User
from shangheng.engines.cases.domain.history import Act
from shangheng.engines.cases.domain.interpreter import Lack, barred
from shangheng.engines.cases.domain.workflow import Stage
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case, Milestone, Step, Verification
from shangheng.engines.cases.selectors.cases import actor_for, snapshot, workflow_of
from shangheng.engines.cases.services.recording import day_of, held, must, plain, reasoned, record
from shangheng.engines.cases.subjects import subject_kind
from shangheng.methods.wording import say


def standing(case: Case) -> QuerySet[Milestone]:
    """The milestones of a case that hold: neither reversed nor reversals."""
    return case.milestones.filter(n=1, reversal=None)


@transaction.atomic
def record_milestone(
    *,
    actor: User,
    at: datetime,
    case: Case,
    stage: str,
    occurred_on: date,
    note: str = "",
    seen: int | None = None,
) -> Milestone:
    """Record that a stage was reached on a day, without moving the case: out of turn, or afterwards.

    What the workflow asks of who takes a case into the stage (a permission, another person, a reason)
    is asked here as well; its evidence may follow, and nobody verifies before. Raises CannotDo,
    StaleEdit, PermissionDenied.
    """
    current = held(case, seen)
    must(actor, "cases.act", current)
    _must_be_let_in(current, _stage(current, stage), actor, note)
    return _record_new(current, stage, actor, at, occurred_on, note)


@transaction.atomic
def reverse_milestone(
    *, actor: User, at: datetime, milestone: Milestone, reason: str, seen: int | None = None
) -> Milestone:
    """Let a milestone no longer hold. A verified one takes somebody else than the owner, with
    `cases.verify`. Raises CannotDo, StaleEdit, PermissionDenied.
    """
    current = held(milestone.case, seen)
    return _reverse_one(current, milestone, actor, at, reason)


@transaction.atomic
def correct_milestone(
    *,
    actor: User,
    at: datetime,
    milestone: Milestone,
    occurred_on: date,
    reason: str,
    seen: int | None = None,
) -> Milestone:
    """Put another day in the place of a milestone's: a reversal and a new row, to be verified anew.

    Raises CannotDo, StaleEdit, PermissionDenied.
    """
    current = held(milestone.case, seen)
    _reverse_one(current, milestone, actor, at, reason)
    return _record_new(current, milestone.stage, actor, at, occurred_on, reason, milestone.step)


@transaction.atomic
def verify_milestone(
    *, actor: User, at: datetime, milestone: Milestone, note: str = "", seen: int | None = None
) -> Verification:
    """Hold a milestone against its evidence and lock it, with the fields of the subject as they are.

    Raises CannotDo for the owner of the case, for who recorded it, and while no evidence bears it
    out; StaleEdit, PermissionDenied.
    """
    current = held(milestone.case, seen)
    must(actor, "cases.verify", current)
    row = _standing_one(current, milestone)
    if Verification.objects.filter(milestone=row).exists():
        raise CannotDo(say("这个里程碑已经核实。"))
    if actor.pk in {current.owner_id, row.recorded_by_id}:
        raise CannotDo(say("核实人不能是经办人或登记人，请由别人核实。"))
    if not _borne_out(current, row.stage):
        raise CannotDo(say("还没有这个里程碑要求的凭证，请先补附凭证再核实。"))
    facts = subject_kind(current.subject_type).values(current.subject_id)
    made = Verification.objects.create(
        milestone=row,
        verifier=actor,
        at=at,
        facts={key: _plain(value) for key, value in facts.items()},
        note=plain(note),
    )
    after = {"milestone": row.pk, "stage": row.stage, "occurred_on": str(row.occurred_on)}
    record(actor=actor, at=at, act="cases.milestone.verify", case=current, after=after)
    return made


def reached_by(step: Step, case: Case, occurred_on: date | None) -> None:
    """A step has brought a case into a stage: if that is a milestone, it was reached on a day.

    One that was recorded before keeps its day. Raises CannotDo for another day, or one to come.
    """
    stage = _stage(case, step.stage)
    if not stage.milestone:
        return
    there = standing(case).filter(stage=stage.id).first()
    if there is None:
        day = occurred_on or day_of(step.at)
        _must_be_past(day, step.at)
        _add(case, stage, step.actor, step.at, day, step=step)
    elif occurred_on not in {None, there.occurred_on}:
        raise CannotDo(
            say(
                "“%(stage)s”已登记为%(day)s，日期不同请先更正里程碑。",
                stage=stage.name,
                day=there.occurred_on,
            )
        )


def taken_back_by(step: Step, case: Case) -> None:
    """A return reverses what lies after the stage that it leads to. Raises CannotDo if verified."""
    rank = workflow_of(case)[1].rank(step.stage)
    for row in standing(case).filter(rank__gt=rank):
        _must_not_be_verified(row)
        _reversal(row, step.actor, step.at, step.reason, step=step)


def restored_by(step: Step, undone: Step, case: Case) -> None:
    """An undoing reverses what the undone step has reached, and restores what it had reversed."""
    if undone.act == Act.MOVE:
        for row in standing(case).filter(step=undone):
            _must_not_be_verified(row)
            _reversal(row, step.actor, step.at, say("撤销上一步"), step=step)
    for reversal in undone.milestones.filter(n=-1).select_related("reverses"):
        old = reversal.reverses
        if old is not None:
            _add(case, _stage(case, old.stage), step.actor, step.at, old.occurred_on, step=old.step)


def _record_new(
    case: Case,
    code: str,
    actor: User,
    at: datetime,
    occurred_on: date,
    note: str,
    step: Step | None = None,
) -> Milestone:
    stage = _stage(case, code)
    if not stage.milestone:
        raise CannotDo(say("“%(stage)s”不是里程碑。", stage=stage.name))
    _must_be_past(occurred_on, at)
    if standing(case).filter(stage=code).exists():
        raise CannotDo(say("“%(stage)s”已经登记，日期有误请更正。", stage=stage.name))
    made = _add(case, stage, actor, at, occurred_on, step=step, note=plain(note))
    after = {"milestone": made.pk, "stage": code, "occurred_on": str(occurred_on)}
    record(actor=actor, at=at, act="cases.milestone.record", case=case, after=after)
    return made


def _reverse_one(
    case: Case, milestone: Milestone, actor: User, at: datetime, reason: str
) -> Milestone:
    row = _standing_one(case, milestone)
    verified = Verification.objects.filter(milestone=row).exists()
    must(actor, "cases.verify" if verified else "cases.act", case)
    reason = reasoned(reason, say("冲正要写明理由。"))
    if verified and actor.pk == case.owner_id:
        raise CannotDo(say("已核实的里程碑，经办人不能自己冲正，请由别人冲正。"))
    made = _reversal(row, actor, at, reason)
    after = {"milestone": row.pk, "stage": row.stage, "reason": reason}
    record(actor=actor, at=at, act="cases.milestone.reverse", case=case, after=after)
    return made


def _add(
    case: Case,
    stage: Stage,
    actor: User,
    at: datetime,
    day: date,
    *,
    step: Step | None = None,
    note: str = "",
) -> Milestone:
    return Milestone.objects.create(
        case=case,
        stage=stage.id,
        rank=workflow_of(case)[1].rank(stage.id),
        occurred_on=day,
        recorded_at=at,
        recorded_by=actor,
        step=step,
        note=note,
    )


def _reversal(
    row: Milestone, actor: User, at: datetime, reason: str, step: Step | None = None
) -> Milestone:
    return Milestone.objects.create(
        case_id=row.case_id,
        stage=row.stage,
        rank=row.rank,
        occurred_on=row.occurred_on,
        recorded_at=at,
        recorded_by=actor,
        step=step,
        n=-1,
        reverses=row,
        note=reason,
    )


def _standing_one(case: Case, milestone: Milestone) -> Milestone:
    row = standing(case).filter(pk=milestone.pk).first()
    if row is None:
        raise CannotDo(say("这个里程碑已被冲正，请刷新页面。"))
    return row


def _must_not_be_verified(row: Milestone) -> None:
    if Verification.objects.filter(milestone=row).exists():
        raise CannotDo(say("%(day)s的里程碑已经核实，请先由核实人冲正。", day=row.occurred_on))


def _must_be_past(day: date, at: datetime) -> None:
    if day > day_of(at):
        raise CannotDo(say("里程碑是已经发生的事，日期不能晚于今天。"))


def _must_be_let_in(case: Case, stage: Stage, actor: User, reason: str) -> None:
    ways = [each for each in workflow_of(case)[1].transitions if each.target == stage.id]
    seen, who = snapshot(case), actor_for(actor, case)
    lacks = [barred(way, seen, who) for way in ways]
    if lacks and all(lacks):
        if all(any(one.lack is Lack.PERMISSION for one in each) for each in lacks):
            raise PermissionDenied
        raise CannotDo(say("“%(stage)s”要由经办人以外的人登记。", stage=stage.name))
    if ways and all(way.reason for way in ways) and not reason.strip():
        raise CannotDo(say("登记“%(stage)s”要写明理由。", stage=stage.name))


def _borne_out(case: Case, stage: str) -> bool:
    """Whether there is the evidence that some transition to a stage asks for."""
    seen = snapshot(case)
    ways = [each for each in workflow_of(case)[1].transitions if each.target == stage]
    return not ways or any(
        all(
            not seen.evidence.isdisjoint(need.any_of)
            for need in way.evidence
            if seen.meets(need.when)
        )
        for way in ways
    )


def _stage(case: Case, code: str) -> Stage:
    return workflow_of(case)[1].stage(code)


def _plain(value: object) -> object:
    """A value as JSON keeps it exactly."""
    return str(value) if isinstance(value, date | datetime | Decimal) else value
