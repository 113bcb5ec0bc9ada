"""Meetings (主任办公会): convened, their agenda set from the register, held with what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.database.edits import StaleEdit, take
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import AgendaItem, Meeting, Obstacle, ObstacleState
from shangheng.engines.cases.services.obstacles import lead_by, put_on
from shangheng.engines.cases.services.recording import plain, reasoned
from shangheng.methods.wording import say


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decides on an obstacle: who does what by when."""

    text: str
    responsible: User
    due_on: date | None = None


@transaction.atomic
def convene(
    *,
    actor: User,
    at: datetime,
    title: str,
    held_on: date,
    chair: str,
    place: str = "",
    is_sample: bool = False,
) -> Meeting:
    """Plan a meeting. Raises CannotDo, PermissionDenied without `cases.meet`."""
    _must_meet(actor)
    if not title.strip() or not chair.strip():
        raise CannotDo(say("请写明会议名称和主持人。"))
    made = Meeting(
        title=title.strip(),
        held_on=held_on,
        chair=chair.strip(),
        place=place.strip(),
        convened_by=actor,
        convened_at=at,
        is_sample=is_sample,
    )
    made.clean_fields()
    made.save()
    _record(actor, at, "cases.meeting.convene", made, {"held_on": str(held_on)})
    return made


@transaction.atomic
def arrange(
    *,
    actor: User,
    at: datetime,
    meeting: Meeting,
    agenda: Sequence[tuple[Obstacle, str]],
    seen: int | None = None,
) -> None:
    """Make the agenda of these obstacles in this order, each with what is asked. Whatever is left out
    goes back to the register, what is new comes from it. Raises CannotDo, StaleEdit, PermissionDenied."""
    current = _held(actor, meeting, seen)
    items = {item.obstacle_id: item for item in current.items.all()}
    wanted = [obstacle.pk for obstacle, _asks in agenda]
    if len(set(wanted)) != len(wanted):
        raise CannotDo(say("同一个堵点在议程上只能列一次。"))
    dropped = [pk for pk in items if pk not in wanted]
    Obstacle.objects.filter(pk__in=dropped).update(state=ObstacleState.OPEN)
    current.items.filter(obstacle__in=dropped).delete()
    for position, (obstacle, asks) in enumerate(agenda, 1):
        item = items.get(obstacle.pk)
        if item is None:
            item = put_on(
                current, actor=actor, at=at, obstacle=obstacle, asks=asks, by="cases.meet"
            )
        item.position, item.asks = position, reasoned(asks, say("请写明提请会议议定什么。"))
        item.save(update_fields=["position", "asks"])
    after = {"obstacles": wanted, "dropped": dropped}
    _record(actor, at, "cases.meeting.arrange", current, after)


@transaction.atomic
def close_meeting(
    *,
    actor: User,
    at: datetime,
    meeting: Meeting,
    attending: str,
    decisions: Mapping[int, Decision],
    seen: int | None = None,
) -> Meeting:
    """Record what was decided on every item (by key), and freeze the minutes. Each obstacle goes on
    under who was made responsible. Raises CannotDo, StaleEdit, PermissionDenied."""
    current = _held(actor, meeting, seen)
    items = list(current.items.select_related("obstacle__case", "obstacle__owner"))
    if {item.pk for item in items} != set(decisions):
        raise CannotDo(say("每个议题都要有议定事项，暂缓的也请写明。"))
    for item in items:
        _decide(item, decisions[item.pk], actor, at)
    current.attending = reasoned(attending, say("请写明参会人员。"))
    current.closed_at = at
    current.save(update_fields=["attending", "closed_at"])
    after = {"items": len(items), "attending": current.attending}
    _record(actor, at, "cases.meeting.close", current, after)
    return current


def _decide(item: AgendaItem, decision: Decision, actor: User, at: datetime) -> None:
    item.decision = reasoned(decision.text, say("请写明议定事项。"))
    item.responsible, item.due_on, item.decided_at = decision.responsible, decision.due_on, at
    item.save(update_fields=["decision", "responsible", "due_on", "decided_at"])
    obstacle = item.obstacle
    obstacle.state = ObstacleState.OPEN
    obstacle.save(update_fields=["state"])
    take(obstacle, seen=None)
    lead_by(
        obstacle,
        decision.responsible,
        decision.due_on or obstacle.due_on,
        actor=actor,
        at=at,
        reason=plain(decision.text),
    )


def _held(actor: User, meeting: Meeting, seen: int | None) -> Meeting:
    _must_meet(actor)
    audit.take_turn()
    current = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if current.closed_at is not None:  # its row is frozen
        if seen not in {None, current.version}:
            raise StaleEdit(current)
        raise CannotDo(say("会议“%(meeting)s”已经开过，纪要不再改动。", meeting=current.title))
    take(current, seen=seen)
    return current


def _must_meet(actor: User) -> None:
    if not allows(actor, "cases.meet"):
        raise PermissionDenied


def _record(
    actor: User, at: datetime, act: str, meeting: Meeting, after: Mapping[str, object]
) -> None:
    audit.record(
        actor=actor,
        act=act,
        at=at,
        target=f"cases.meeting:{meeting.pk}",
        label=meeting.title,
        after=after,
    )
