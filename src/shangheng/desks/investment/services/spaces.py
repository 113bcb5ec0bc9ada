"""Writing spaces: each act authorises, validates, and stands or falls with its row of the audit."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.core.database.edits import take
from shangheng.core.search import services as search
from shangheng.desks.investment.access import may, may_keep
from shangheng.desks.investment.models import (
    Project,
    Space,
    SpaceEvent,
    SpaceKind,
    SpaceNeed,
    SpaceState,
)
from shangheng.desks.investment.selectors.spaces import need_of, standing_rows, version_on
from shangheng.desks.investment.services.announcing import tell_space
from shangheng.desks.investment.services.writing import Values, differing, record, told

FIELDS = (
    "code", "name", "kind", "site", "address", "area", "clear_height", "floor_load", "power",
    "price", "price_unit", "price_on", "longitude", "latitude", "unit", "note",
)  # fmt: skip
NEEDS = ("clear_height", "floor_load", "power", "price", "price_unit")
GIVEN = frozenset({SpaceState.LET, SpaceState.SOLD})


@transaction.atomic
def enter_space(
    *,
    actor: User,
    at: datetime,
    values: Values,
    state: str = SpaceState.FREE,
    since: date | None = None,
    is_sample: bool = False,
) -> Space:
    """Enter a space (some of `FIELDS`) that is free, let or sold since a day, today unless told.

    Raises ValidationError, PermissionDenied.
    """
    row = Space(created_by=actor, created_at=at, is_sample=is_sample)
    _fill(row, values, at)
    if not may_keep(actor, row):
        raise PermissionDenied
    if state == SpaceState.RESERVED:
        raise ValidationError({"state": _("预留要在项目的“找载体”页上办。")})
    row.save()
    _add(row, state, actor, at, on=_past(since, at))
    record(actor=actor, at=at, act="enter", row=row, after=told(row, FIELDS) | {"state": state})
    return row


@transaction.atomic
def change_space(
    *, actor: User, at: datetime, row: Space, values: Values, seen: int | None
) -> None:
    """Change some of `FIELDS` of the version `seen`.

    Raises StaleEdit, ValidationError, PermissionDenied.
    """
    if not may_keep(actor, row):
        raise PermissionDenied
    take(row, seen=seen)
    row.refresh_from_db()
    before = told(row, FIELDS)
    _fill(row, values, at)
    if not may_keep(actor, row):
        raise PermissionDenied
    row.save(update_fields=FIELDS)
    old, new = differing(before, told(row, FIELDS))
    if new:
        record(actor=actor, at=at, act="change", row=row, before=old, after=new)


@transaction.atomic
def remove_space(*, actor: User, at: datetime, row: Space) -> None:
    """Take back a space with which nothing has been done since it was entered.

    Raises ValidationError, PermissionDenied.
    """
    if not may_keep(actor, row):
        raise PermissionDenied
    take(row, seen=None)
    if row.events.count() > 1:
        raise ValidationError(_("“%s”登记以后办过预留或租售，不能删去。") % row.name)
    record(actor=actor, at=at, act="remove", row=row, before=told(row, FIELDS))
    search.forget(row)
    row.delete()


@transaction.atomic
def set_state(
    *,
    actor: User,
    at: datetime,
    row: Space,
    state: str,
    seen: int | None,
    on: date | None = None,
    note: str = "",
) -> SpaceEvent:
    """Say that a space, of the version `seen`, is free, let or sold since a day. What was reserved
    is let or sold to the project it was reserved for.

    Raises StaleEdit, ValidationError, PermissionDenied.
    """
    if not may_keep(actor, row):
        raise PermissionDenied
    if state not in {SpaceState.FREE, *GIVEN}:
        raise ValidationError({"state": _("没有这种状态。")})
    now = _held(row, at, seen)
    if state == now.state:
        raise ValidationError({"state": _("“%s”本来就是这个状态。") % row.name})
    if now.state == SpaceState.SOLD and not note.strip():
        raise ValidationError({"note": _("已售的载体要改状态，请写明为什么。")})
    kept = now.project if now.state == SpaceState.RESERVED and state in GIVEN else None
    event = _add(row, state, actor, at, on=_after(now, _past(on, at)), project=kept, note=note)
    _record_event(actor, at, "state", row, event, now.state)
    tell_space(actor=actor, at=at, kind="space.state", row=row, event=event)
    return event


@transaction.atomic
def reserve(
    *,
    actor: User,
    at: datetime,
    row: Space,
    project: Project,
    until: date,
    note: str = "",
) -> SpaceEvent:
    """Hold a free space for a project until a day, that day included.

    Raises ValidationError, PermissionDenied.
    """
    if not may(actor, project, "edit"):
        raise PermissionDenied
    today = timezone.localdate(at)
    most = int(version_on(today)["reserve_most"])
    if not today <= until <= today + timedelta(most):
        message = _("到期日要在今天以后、%d天以内。") % most
        raise ValidationError({"until": message})
    now = _held(row, at, None)
    if now.state != SpaceState.FREE:
        message = _("“%(name)s”现在是%(state)s，不能预留。")
        label = SpaceState(now.state).label
        raise ValidationError(message % {"name": row.name, "state": label})
    event = _add(
        row,
        SpaceState.RESERVED,
        actor,
        at,
        on=_after(now, today),
        until=until,
        project=project,
        note=note,
    )
    _record_event(actor, at, "reserve", row, event, now.state)
    tell_space(actor=actor, at=at, kind="space.reserved", row=row, event=event)
    return event


@transaction.atomic
def undo_event(*, actor: User, at: datetime, row: Space, event: int) -> SpaceEvent:
    """Undo the last event of a space, which has to be the one of that key; the space stands again
    as before. Its first state stays.

    Raises ValidationError, PermissionDenied.
    """
    take(row, seen=None)
    events = list(row.events.filter(undone_at=None)[:2])
    if not may_undo(actor, row, events[0]):
        raise PermissionDenied
    if len(events) == 1:
        raise ValidationError(_("登记时的状态不能撤销；不对就改正它。"))
    last = events[0]
    if last.pk != event:
        raise ValidationError(_("您打开之后，这个载体又有变动；请看过再办。"))
    last.undone_by, last.undone_at = actor, at
    last.save(update_fields=["undone_by", "undone_at"])
    _record_event(actor, at, "undo", row, events[1], last.state)
    tell_space(actor=actor, at=at, kind="space.undone", row=row, event=last)
    return last


def may_undo(actor: User, row: Space, event: SpaceEvent) -> bool:
    """Whether somebody may undo an event: who keeps the space, or has recorded it."""
    mine = event.recorded_by_id == actor.pk and scope_of(actor, "investment.edit").covers(
        unit_id=actor.unit_id, owner_id=actor.pk
    )
    return mine or may_keep(actor, row)


@transaction.atomic
def set_need(
    *, actor: User, at: datetime, project: Project, values: Values, seen: int | None
) -> None:
    """Say what a project asks of a space (some of `NEEDS`).

    Raises StaleEdit, ValidationError, PermissionDenied.
    """
    if not may(actor, project, "edit"):
        raise PermissionDenied
    row = need_of(project)
    before = told(row, NEEDS)
    if row.pk is None:
        row, _new = SpaceNeed.objects.get_or_create(project=project)
    take(row, seen=seen)
    row.refresh_from_db()
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude=["version"])
    row.save(update_fields=NEEDS)
    old, new = differing(before, told(row, NEEDS))
    if new:
        record(actor=actor, at=at, act="need", row=project, before=old, after=new)


def _fill(row: Space, values: Values, at: datetime) -> None:
    """Set fields. Raises ValidationError."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"a space has no {sorted(unknown)}")
    for name, entered in values.items():
        setattr(row, name, entered.strip() if isinstance(entered, str) else entered)
    if row.price_on and row.price_on > timezone.localdate(at):
        raise ValidationError({"price_on": _("报价日期不能晚于今天。")})
    if row.kind == SpaceKind.PARCEL and (row.clear_height or row.floor_load):
        raise ValidationError({"clear_height": _("地块没有净高和楼面荷载。")})
    row.full_clean(exclude=["version"])


def _held(row: Space, at: datetime, seen: int | None) -> SpaceEvent:
    """The last event of a space, which is taken over; its state is what stands today."""
    take(row, seen=seen)
    event = row.events.filter(undone_at=None).select_related("project").first()
    if event is None:
        raise SpaceEvent.DoesNotExist(f"space {row.pk} has no state")
    event.state = standing_rows(at).values_list("state", flat=True).get(pk=row.pk)
    return event


def _past(day: date | None, at: datetime) -> date:
    """A day that is not still to come; today for none. Raises ValidationError."""
    today = timezone.localdate(at)
    if day and day > today:
        raise ValidationError({"on": _("日期不能晚于今天。")})
    return day or today


def _after(last: SpaceEvent, day: date) -> date:
    """A day on which something can still happen to a space. Raises ValidationError."""
    if day < last.on:
        message = _("这个载体%s已有变动，日期不能更早；登记错了请先撤销那一步。")
        raise ValidationError({"on": message % last.on.isoformat()})
    return day


def _add(
    row: Space,
    state: str,
    actor: User,
    at: datetime,
    *,
    on: date,
    until: date | None = None,
    project: Project | None = None,
    note: str = "",
) -> SpaceEvent:
    event = SpaceEvent(
        space=row,
        state=state,
        on=on,
        until=until,
        project=project,
        note=note.strip(),
        recorded_by=actor,
        recorded_at=at,
    )
    event.full_clean(exclude=["undone_by", "undone_at"])
    event.save()
    return event


def _record_event(
    actor: User, at: datetime, act: str, row: Space, event: SpaceEvent, before: str
) -> None:
    fields = ("state", "on", "until", "project", "note")
    after = {key: value for key, value in told(event, fields).items() if value}
    record(actor=actor, at=at, act=act, row=row, before={"state": before}, after=after)
