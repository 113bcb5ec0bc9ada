"""Writes about the tree of units. Codes never change: paths and other systems rely on them.

Each act holds from a day (`since`, today if not given) and leaves what the units were from then on;
the past stays as it was, and so does everything that was recorded for a unit.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, UnitChange
from shangheng.core.accounts.tree.recording import (
    begin,
    finish,
    hang,
    keep_state,
    lock_tree,
    path_below,
    renew_absorbed,
    told_of,
    write,
)
from shangheng.core.audit.actor import Actor

Kind = UnitChange.Kind


@transaction.atomic
def create_unit(
    *,
    actor: Actor | None,
    at: datetime,
    code: str,
    name: str,
    name_en: str = "",
    parent: OrgUnit | None = None,
    position: int = 0,
    since: date | None = None,
    reason: str = "",
) -> OrgUnit:
    """Add a unit below `parent`, or as a root. Raises ValidationError.

    Without `since` nobody knows from when there has been the unit: it stands in the tree of any day.
    """
    lock_tree()
    unit = OrgUnit(
        code=code.strip(),
        name=name.strip(),
        name_en=name_en.strip(),
        parent=parent,
        position=position,
        path=path_below(parent, code.strip()),
    )
    unit.full_clean()
    unit.save()
    change = begin(Kind.CREATE, unit, actor=actor, at=at, since=since, reason=reason)
    keep_state(change, unit)
    finish(change, "accounts.unit.create", after=told_of(unit) | _when(change))
    return unit


@transaction.atomic
def change_unit(
    *,
    actor: Actor | None,
    at: datetime,
    unit: OrgUnit,
    name: str,
    name_en: str,
    position: int,
    since: date | None = None,
    reason: str = "",
) -> UnitChange:
    """Rename a unit or put it elsewhere among its neighbours. Raises ValidationError."""
    lock_tree()
    before = told_of(OrgUnit.objects.select_related("parent").get(pk=unit.pk))
    unit.name, unit.name_en, unit.position = name.strip(), name_en.strip(), position
    unit.full_clean()
    unit.save(update_fields=["name", "name_en", "position"])
    change = begin(Kind.RENAME, unit, actor=actor, at=at, since=since, reason=reason)
    keep_state(change, unit)
    after = told_of(unit) | _when(change)
    return finish(change, "accounts.unit.change", before=before, after=after)


@transaction.atomic
def move_unit(
    *,
    actor: Actor | None,
    at: datetime,
    unit: OrgUnit,
    parent: OrgUnit | None,
    since: date | None = None,
    reason: str = "",
) -> UnitChange:
    """Hang a unit with all below it under another parent.

    Raises ValidationError when `parent` is the unit itself, lies below it, or is closed.
    """
    lock_tree()
    unit.refresh_from_db()
    if parent is not None:
        parent.refresh_from_db()
    if parent is not None and not parent.is_active:
        raise ValidationError({"parent": _("“%s”已停用，不能再有下属单位。") % parent.label})
    before = told_of(unit)
    hang(unit, parent)
    change = begin(Kind.MOVE, unit, actor=actor, at=at, since=since, other=parent, reason=reason)
    keep_state(change, unit)
    after = told_of(unit) | _when(change)
    return finish(change, "accounts.unit.move", before=before, after=after)


@transaction.atomic
def reopen_unit(
    *,
    actor: Actor | None,
    at: datetime,
    unit: OrgUnit,
    since: date | None = None,
    reason: str = "",
) -> UnitChange:
    """Offer a closed unit again; who had taken over from it no longer reaches its records.

    Raises ValidationError for one that is in use, or whose parent is closed.
    """
    lock_tree()
    unit.refresh_from_db()
    if unit.is_active:
        raise ValidationError(_("“%s”没有停用。") % unit.label)
    if unit.parent and not unit.parent.is_active:
        told = _("上级“%s”已停用，请先恢复它或把本单位移到别处。") % unit.parent.label
        raise ValidationError(told)
    before = told_of(unit)
    change = begin(Kind.REOPEN, unit, actor=actor, at=at, since=since, reason=reason)
    unit.is_active, unit.successor = True, None
    unit.save(update_fields=["is_active", "successor"])
    renew_absorbed()
    keep_state(change, unit)
    after = told_of(unit) | _when(change)
    return finish(change, "accounts.unit.reactivate", before=before, after=after)


@transaction.atomic
def remove_unit(*, actor: Actor | None, at: datetime, unit: OrgUnit) -> None:
    """Take a unit out that was added by mistake. Raises ValidationError once anything belongs to it."""
    before = told_of(unit)
    key = unit.pk
    try:
        unit.delete()
    except ProtectedError as error:
        raise ValidationError(_("“%s”已经用到，不能删去，只能停用。") % unit.label) from error
    unit.pk = key  # the audit still names what it was
    write(unit, "accounts.unit.remove", actor=actor, at=at, before=before)


def _when(change: UnitChange) -> dict[str, object]:
    """From which day, and why, as the audit has it."""
    return {"since": change.since, "reason": change.reason or None}
