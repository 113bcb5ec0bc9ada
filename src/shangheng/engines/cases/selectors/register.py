"""Reading obstacles, meetings and tasks, as far as somebody may see their cases."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.models import User
from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain.deadlines import Due, Pressure, pressure
from shangheng.engines.cases.domain.minutes import Item, Session, agenda, minutes
from shangheng.engines.cases.models import (
    AgendaItem,
    Case,
    Meeting,
    Obstacle,
    ObstacleKind,
    ObstacleState,
)
from shangheng.engines.cases.selectors.cases import visible_to
from shangheng.methods.documents.model import Document

ESCALATE = 3
"""Working days after which those who lead hear of an overdue task or obstacle."""


def obstacles_for(actor: User) -> QuerySet[Obstacle]:
    """Obstacles of the cases that somebody may see, and those that they lead."""
    cases = visible_to(actor).values("pk")
    found = Obstacle.objects.filter(Q(case__in=cases) | Q(owner=actor))
    return found.select_related("case", "owner", "unit")


def open_obstacles_for(actor: User) -> QuerySet[Obstacle]:
    """Those that are not closed, the nearest deadline first and those without one last."""
    found = obstacles_for(actor).exclude(state=ObstacleState.CLOSED)
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def obstacles_to_decide(actor: User) -> QuerySet[Obstacle]:
    """Open ones that are on no agenda and that somebody who holds meetings may take to one."""
    cases = scope_of(actor, "cases.meet").filter(Case.objects.all(), owner="owner")
    mine = Q(owner=actor) | Q(case__in=cases.values("pk"))
    return open_obstacles_for(actor).filter(mine, state=ObstacleState.OPEN)


def due_on(last: date | None, today: date) -> Due:
    """How the last day of a task or an obstacle looks from today."""
    if last is None:
        return Due(None, Pressure.NONE)
    return pressure(rulebook.calendar(), last, today, escalate=ESCALATE)


def meetings_for(actor: User) -> QuerySet[Meeting]:
    """Meetings: all for those who hold them, else those with an obstacle that somebody may see."""
    if allows(actor, "cases.meet"):
        return Meeting.objects.all()
    seen = obstacles_for(actor).values("pk")
    return Meeting.objects.filter(items__obstacle__in=seen).distinct()


def items_for(actor: User, meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items of a meeting that somebody may see, in order."""
    items = meeting.items.select_related("obstacle__case", "obstacle__owner", "responsible")
    if not allows(actor, "cases.meet"):
        items = items.filter(obstacle__in=obstacles_for(actor).values("pk"))
    return items.order_by("position", "pk")


def paper_of(actor: User, meeting: Meeting, made_at: datetime) -> Document:
    """The minutes of a meeting that was held, else its agenda, with what somebody may see of it."""
    session = Session(
        title=meeting.title,
        held_on=meeting.held_on,
        place=meeting.place,
        chair=meeting.chair,
        attending=meeting.attending,
        issuer=settings.BUREAU_NAME,
        items=tuple(_item(each) for each in items_for(actor, meeting)),
    )
    return (minutes if meeting.closed_at else agenda)(session, made_at)


def _item(item: AgendaItem) -> Item:
    obstacle = item.obstacle
    with translation.override(settings.LANGUAGE_CODE):  # an official document is in Chinese
        kind = str(ObstacleKind(obstacle.kind).label)
    return Item(
        title=obstacle.title,
        kind=kind,
        case=obstacle.case.title,
        since=timezone.localtime(obstacle.raised_at).date(),
        owner=obstacle.owner.display_name,
        detail=obstacle.detail,
        asks=item.asks,
        decision=item.decision,
        responsible=item.responsible.display_name if item.responsible else "",
        due_on=item.due_on,
    )
