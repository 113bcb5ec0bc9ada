"""Obstacles (堵点): raised, led by somebody until a day, taken to a meeting, closed with a result."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit import services as audit
from shangheng.core.database.edits import take
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import (
    AgendaItem,
    Case,
    Meeting,
    Obstacle,
    ObstacleKind,
    ObstacleState,
)
from shangheng.engines.cases.models.cases import TITLE
from shangheng.engines.cases.selectors.cases import reaches
from shangheng.engines.cases.services.recording import (
    day_of,
    must,
    must_take_part,
    must_work,
    plain,
    reasoned,
    record,
)
from shangheng.engines.cases.services.telling import tell
from shangheng.methods.wording import say


@transaction.atomic
def raise_obstacle(
    *,
    actor: User,
    at: datetime,
    case: Case,
    kind: str,
    title: str,
    owner: User,
    detail: str = "",
    unit: OrgUnit | None = None,
    due_on: date | None = None,
    is_sample: bool = False,
) -> Obstacle:
    """Note what holds a case up, who leads in removing it, and by when.

    Raises CannotDo, PermissionDenied.
    """
    must(actor, "cases.act", case)
    if kind not in ObstacleKind.values:
        raise CannotDo(say("没有这一类堵点。"))
    if not title.strip() or len(title.strip()) > TITLE:
        raise CannotDo(say("请写明是什么堵点，最多200字。"))
    if not owner.is_active:
        raise CannotDo(say("牵头人须是在用人员。"))
    must_take_part(owner)
    made = Obstacle.objects.create(
        case=case,
        kind=kind,
        title=title.strip(),
        detail=plain(detail),
        owner=owner,
        unit=unit or owner.unit,
        due_on=due_on,
        raised_by=actor,
        raised_at=at,
        is_sample=is_sample,
    )
    after = {"obstacle": made.pk, "kind": kind, "title": made.title, "owner": owner.username}
    record(actor=actor, at=at, act="cases.obstacle.raise", case=case, after=after)
    tell_owner(made, actor, at)
    return made


@transaction.atomic
def hand_obstacle(
    *,
    actor: User,
    at: datetime,
    obstacle: Obstacle,
    owner: User,
    due_on: date | None,
    reason: str,
    seen: int | None = None,
) -> Obstacle:
    """Let somebody else lead, or set another day. Raises CannotDo, StaleEdit, PermissionDenied."""
    current = _held(actor, obstacle, seen)
    reason = reasoned(reason, say("请写明调整的理由。"))
    return lead_by(current, owner, due_on, actor=actor, at=at, reason=reason)


def lead_by(
    obstacle: Obstacle, owner: User, due_on: date | None, *, actor: User, at: datetime, reason: str
) -> Obstacle:
    """Write who leads in removing a held obstacle, and by when."""
    must_take_part(owner)
    before = {"owner": obstacle.owner.username, "due_on": _text(obstacle.due_on)}
    new = owner.pk != obstacle.owner_id
    obstacle.owner, obstacle.due_on = owner, due_on
    obstacle.unit = owner.unit or obstacle.unit
    obstacle.save(update_fields=["owner", "due_on", "unit"])
    after = {"obstacle": obstacle.pk, "owner": owner.username, "due_on": _text(due_on)}
    record(
        actor=actor,
        at=at,
        act="cases.obstacle.hand",
        case=obstacle.case,
        before=before,
        after=after | {"reason": reason},
    )
    if new:
        tell_owner(obstacle, actor, at)
    return obstacle


@transaction.atomic
def escalate(
    *,
    actor: User,
    at: datetime,
    obstacle: Obstacle,
    meeting: Meeting,
    asks: str,
    seen: int | None = None,
) -> AgendaItem:
    """Take an obstacle to a meeting that has not been held, saying what it is asked to decide.

    Raises CannotDo, StaleEdit, PermissionDenied.
    """
    audit.take_turn()
    planned = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if planned.closed_at is not None or planned.held_on < day_of(at):
        raise CannotDo(say("会议“%(meeting)s”已经开过，请选择另一次。", meeting=planned.title))
    item = put_on(planned, actor=actor, at=at, obstacle=obstacle, asks=asks, seen=seen)
    take(planned, seen=None)  # whoever has its agenda open is told
    audit.record(
        actor=actor,
        act="cases.meeting.add",
        at=at,
        target=f"cases.meeting:{planned.pk}",
        label=planned.title,
        after={"obstacle": item.obstacle_id, "asks": item.asks},
    )
    return item


def put_on(
    meeting: Meeting,
    *,
    actor: User,
    at: datetime,
    obstacle: Obstacle,
    asks: str,
    seen: int | None = None,
    by: str = "cases.act",
) -> AgendaItem:
    """Put an obstacle at the end of the agenda of a held meeting, `by` what right. Raises as
    `escalate` does."""
    current = _held(actor, obstacle, seen, by)
    asks = reasoned(asks, say("请写明提请会议议定什么。"))
    if current.items.filter(decided_at=None).exists():
        raise CannotDo(say("堵点“%(title)s”已列入会议议程。", title=current.title))
    item = AgendaItem.objects.create(
        meeting=meeting,
        obstacle=current,
        position=meeting.items.count() + 1,
        asks=asks,
        asked_by=actor,
    )
    current.state = ObstacleState.ESCALATED
    current.save(update_fields=["state"])
    after = {"obstacle": current.pk, "meeting": meeting.pk, "asks": asks}
    record(actor=actor, at=at, act="cases.obstacle.escalate", case=current.case, after=after)
    return item


@transaction.atomic
def close_obstacle(
    *, actor: User, at: datetime, obstacle: Obstacle, result: str, seen: int | None = None
) -> Obstacle:
    """Close an obstacle with what came of it. Raises CannotDo while a meeting has yet to decide on
    it, StaleEdit, PermissionDenied."""
    current = _held(actor, obstacle, seen)
    result = reasoned(result, say("销号要写明结果。"))
    if current.items.filter(decided_at=None).exists():
        raise CannotDo(say("这个堵点在会议议程上，请先记录议定事项或者从议程撤下。"))
    current.state, current.result = ObstacleState.CLOSED, result
    current.closed_by, current.closed_at = actor, at
    current.save(update_fields=["state", "result", "closed_by", "closed_at"])
    after = {"obstacle": current.pk, "result": result}
    record(actor=actor, at=at, act="cases.obstacle.close", case=current.case, after=after)
    return current


def tell_owner(obstacle: Obstacle, actor: User, at: datetime) -> None:
    """Tell the person who leads that they do."""
    tell(
        kind="case.assigned",
        case=obstacle.case,
        to=[obstacle.owner],
        subject=lambda: say("请牵头解决堵点：%(title)s", title=obstacle.title),
        body=obstacle.case.title,
        at=at,
        actor=actor,
        key=f"cases.obstacle:{obstacle.pk}:{obstacle.version}:{obstacle.owner_id}",
    )


def _held(actor: User, obstacle: Obstacle, seen: int | None, by: str = "cases.act") -> Obstacle:
    """The obstacle as it is now. Raises CannotDo once closed, StaleEdit, PermissionDenied."""
    must_work(actor)
    audit.take_turn()
    rows = Obstacle.objects.select_for_update(of=("self",)).select_related("case", "owner__unit")
    current = rows.get(pk=obstacle.pk)
    if current.owner_id != actor.pk and not reaches(actor, by, current.case):
        raise PermissionDenied
    if current.state == ObstacleState.CLOSED:
        raise CannotDo(say("堵点“%(title)s”已经销号。", title=current.title))
    take(current, seen=seen)
    return current


def _text(day: date | None) -> str:
    return str(day or "")
