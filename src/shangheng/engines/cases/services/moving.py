"""A case goes its way: opened, moved on, sent back, undone."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain import history
from shangheng.engines.cases.domain.history import Act
from shangheng.engines.cases.domain.interpreter import Lack, Missing
from shangheng.engines.cases.domain.workflow import Transition
from shangheng.engines.cases.errors import CannotDo, GateClosed
from shangheng.engines.cases.models import Case, Override, Step
from shangheng.engines.cases.selectors.cases import (
    about,
    entries_of,
    missing,
    ways_back,
    workflow_of,
)
from shangheng.engines.cases.selectors.wording import lacks_in_words
from shangheng.engines.cases.services import milestones
from shangheng.engines.cases.services.recording import add_step, day_of, held, must, plain, reasoned
from shangheng.engines.cases.subjects import subject_kind
from shangheng.methods.wording import say


@transaction.atomic
def open_case(
    *,
    actor: User,
    at: datetime,
    workflow: str,
    subject_id: int,
    title: str,
    owner: User | None = None,
    unit: OrgUnit | None = None,
    occurred_on: date | None = None,
    is_sample: bool = False,
) -> Case:
    """Begin a case about a subject, in the version of the workflow that is valid on that day.

    `owner` and `unit` default to the actor's own. Raises CannotDo when an open case of this workflow
    is about the same subject, PermissionDenied, UnknownWorkflow, UnknownSubject.
    """
    owner, unit = owner or actor, unit or actor.unit
    unit_id = unit.pk if unit else None
    if not scope_of(actor, "cases.act").covers(unit_id=unit_id, owner_id=owner.pk):
        raise PermissionDenied
    rule = rulebook.workflow(workflow)
    subject_kind(rule.subject)
    version = rule.on(day_of(at))
    _must_be_only_one(workflow, rule.subject, subject_id)
    case = Case.objects.create(
        workflow=rule.id,
        workflow_version=version.number,
        subject_type=rule.subject,
        subject_id=subject_id,
        title=title,
        stage=version.start,
        owner=owner,
        unit=unit,
        visit=1,
        entered_at=at,
        opened_by=actor,
        opened_at=at,
        is_sample=is_sample,
    )
    step = add_step(case=case, actor=actor, at=at, act=Act.OPEN)
    milestones.reached_by(step, case, occurred_on)
    return case


@transaction.atomic
def move(
    *,
    actor: User,
    at: datetime,
    case: Case,
    transition: str,
    seen: int | None = None,
    reason: str = "",
    occurred_on: date | None = None,
) -> Step:
    """Take a case through a transition; `occurred_on` is the day of the milestone that it reaches.

    Raises GateClosed with what is missing, CannotDo, StaleEdit, PermissionDenied.
    """
    current = held(case, seen)
    way = leading_from(current, transition)
    lacks = missing(current, way, actor)
    if any(each.lack is Lack.PERMISSION for each in lacks):
        raise PermissionDenied
    refuse(current, way, lacks)
    return go(current, way, actor=actor, at=at, reason=reason, occurred_on=occurred_on)


def go(
    case: Case,
    way: Transition,
    *,
    actor: User,
    at: datetime,
    reason: str,
    occurred_on: date | None,
    override: Override | None = None,
) -> Step:
    """Write the move of a held case whose gate has been looked at. Raises CannotDo."""
    if way.reason:
        reasoned(reason, say("“%(way)s”要写明理由。", way=way.name))
    step = add_step(
        case=case,
        actor=actor,
        at=at,
        act=Act.MOVE,
        stage=way.target,
        detail=way.id,
        reason=plain(reason),
        override=override,
        recorded_by=override.decided_by if override else None,
    )
    milestones.reached_by(step, case, occurred_on)
    return step


def leading_from(case: Case, transition: str) -> Transition:
    """The transition of that id, if it leads on from where a case stands. Raises CannotDo."""
    _workflow, version = workflow_of(case)
    way = version.transition(transition)
    if case.stage not in way.origins:
        words = {"stage": version.stage(case.stage).name, "way": way.name}
        raise CannotDo(
            say("现在处于“%(stage)s”，不能“%(way)s”；请刷新页面看看别人做了什么。", **words)
        )
    return way


def refuse(case: Case, way: Transition, lacks: Sequence[Missing]) -> None:
    """Raises GateClosed when anything is missing."""
    if lacks:
        told = say("、").join(lacks_in_words(case, lacks))
        raise GateClosed(say("还不能“%(way)s”：%(lacks)s。", way=way.name, lacks=told), lacks)


@transaction.atomic
def send_back(
    *, actor: User, at: datetime, case: Case, stage: str, reason: str, seen: int | None = None
) -> Step:
    """Send a case back to a stage that it has been in (退回); a closed one is open again.

    Milestones of later stages are reversed. Raises CannotDo, also where one of them is verified;
    StaleEdit, PermissionDenied.
    """
    current = held(case, seen)
    must(actor, "cases.act", current)
    reason = reasoned(reason, say("退回要写明理由，让经办人知道改什么。"))
    if stage not in {each.id for each in ways_back(current)}:
        raise CannotDo(say("不能退回到这个环节：只能退回到办理过的、流程允许的环节。"))
    if current.closed:
        _must_be_only_one(current.workflow, current.subject_type, current.subject_id)
    step = add_step(case=current, actor=actor, at=at, act=Act.RETURN, stage=stage, reason=reason)
    milestones.taken_back_by(step, current)
    return step


@transaction.atomic
def undo(*, actor: User, at: datetime, case: Case, seen: int | None = None) -> Step:
    """Take back the last step: a move, a return or a transfer, by whoever made it.

    The case stands as before, its milestones with it. Raises CannotDo, StaleEdit, PermissionDenied
    for those who may not act on it; whoever else wants it changed sends it back.
    """
    current = held(case, seen)
    last = history.last_undoable(entries_of(current))
    if last is None:
        raise CannotDo(say("上一步不能撤销。暂停的请恢复办理，别的请退回。"))
    undone = current.steps.get(number=last.number)
    if not allows(actor, "cases.view"):
        raise PermissionDenied
    if actor.pk not in {undone.actor_id, undone.override and undone.override.decided_by_id}:
        must(actor, "cases.act", current)
        raise CannotDo(say("只有做这一步的人可以撤销，别人请用“退回”。"))
    if current.closed:
        _must_be_only_one(current.workflow, current.subject_type, current.subject_id)
    step = add_step(case=current, actor=actor, at=at, act=Act.UNDO, undoes=undone)
    milestones.restored_by(step, undone, current)
    return step


def _must_be_only_one(workflow: str, subject_type: str, subject_id: int) -> None:
    same = about(subject_type, subject_id).filter(workflow=workflow, closed=False)
    if other := same.first():
        raise CannotDo(say("“%(case)s”正在办理，同一对象不能再开一件。", case=other.title))
