"""Entering events, the stands of enterprises at fairs, and what events did for projects."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit import services as audit
from shangheng.core.database.edits import take
from shangheng.desks.investment.access import may_enter
from shangheng.desks.investment.models import Event, EventKind, EventProject, Project, Stands
from shangheng.desks.investment.services.naming import organisation_for
from shangheng.desks.investment.services.writing import Values, differing, told

FIELDS = ("kind", "name", "session", "starts_on", "ends_on", "place", "note")
STAND_FIELDS = ("organisation", "hall", "applied", "allotted", "result")


@transaction.atomic
def enter_event(
    *, actor: User, at: datetime, unit: OrgUnit, values: Values, is_sample: bool = False
) -> Event:
    """Enter an event (some of `FIELDS`) that a unit holds. Raises ValidationError, PermissionDenied."""
    if not may_enter(actor, unit):
        raise PermissionDenied
    row = Event(unit=unit, entered_by=actor, entered_at=at, is_sample=is_sample, **values)
    if row.kind == EventKind.FAIR and not row.session.strip():
        raise ValidationError({"session": _("展会要填届次。")})
    row.full_clean()
    row.save()
    _record(actor, at, "enter", row, told(row, (*FIELDS, "unit")))
    return row


@transaction.atomic
def change_event(
    *, actor: User, at: datetime, row: Event, values: Values, seen: int | None
) -> None:
    """Put right some of `FIELDS` of the version `seen`. Raises StaleEdit, ValidationError,
    PermissionDenied."""
    if not may_enter(actor, row.unit):
        raise PermissionDenied
    take(row, seen=seen)
    row.refresh_from_db()
    before = told(row, FIELDS)
    for name in FIELDS:
        setattr(row, name, values.get(name, getattr(row, name)))
    if row.kind == EventKind.FAIR and not row.session.strip():
        raise ValidationError({"session": _("展会要填届次。")})
    if row.kind != EventKind.FAIR and row.stands.exists():
        raise ValidationError({"kind": _("已经登记了展位，只能是展会。")})
    row.full_clean()
    row.save(update_fields=FIELDS)
    old, new = differing(before, told(row, FIELDS))
    if new:
        _record(actor, at, "change", row, new, old)


@transaction.atomic
def set_stands(*, actor: User, at: datetime, event: Event, values: Values) -> Stands:
    """Enter, or change, the stands of an enterprise in a hall of a fair (`STAND_FIELDS`).

    Raises ValidationError, PermissionDenied.
    """
    if not may_enter(actor, event.unit):
        raise PermissionDenied
    if event.kind != EventKind.FAIR:
        raise ValidationError(_("只有展会才有展位。"))
    found = organisation_for(actor=actor, at=at, text=values["organisation"])
    if found is None:
        raise ValidationError({"organisation": _("请填企业名称。")})
    hall = values.get("hall", "")
    row = Stands.objects.filter(event=event, organisation=found, hall=hall).first()
    before = told(row, STAND_FIELDS) if row else None
    row = row or Stands(event=event, organisation=found, hall=hall)
    for name in ("applied", "allotted", "result"):
        if (told_now := values.get(name)) not in {None, ""}:  # what is left empty stays
            setattr(row, name, told_now)
    if row.allotted is not None and row.applied is not None and row.allotted > row.applied:
        raise ValidationError({"allotted": _("获批展位不能多于申请的。")})
    row.full_clean()
    row.save()
    _record(actor, at, "stands", event, told(row, STAND_FIELDS), before)
    return row


@transaction.atomic
def set_outcome(
    *, actor: User, at: datetime, event: Event, project: Project, outcome: str
) -> EventProject:
    """Say what an event did for a project. Raises ValidationError, PermissionDenied."""
    if not may_enter(actor, event.unit):
        raise PermissionDenied
    row = EventProject.objects.filter(event=event, project=project).first()
    before: dict[str, object] | None = {"status": row.outcome} if row else None
    row = row or EventProject(event=event, project=project)
    row.outcome = outcome
    row.full_clean()
    row.save()
    _record(actor, at, "outcome", event, {"project": project.name, "status": outcome}, before)
    return row


def _record(
    actor: User,
    at: datetime,
    act: str,
    row: Event,
    after: dict[str, object],
    before: dict[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        act=f"investment.event.{act}",
        at=at,
        target=f"investment.event:{row.pk}",
        label=row.name,
        before=before,
        after=after,
    )
