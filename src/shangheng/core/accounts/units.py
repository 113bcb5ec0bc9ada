"""Writes about the tree of units. Codes never change: paths and other systems rely on them."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, ProtectedError, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.core.audit.actor import Actor
from shangheng.core.audit.services import record
from shangheng.core.database.changes import changed
from shangheng.core.database.locks import exclusive


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
) -> OrgUnit:
    """Add a unit below `parent`, or as a root. Raises ValidationError."""
    exclusive("accounts.units")
    unit = OrgUnit(
        code=code.strip(),
        name=name.strip(),
        name_en=name_en.strip(),
        parent=parent,
        position=position,
        path=_path(parent, code.strip()),
    )
    unit.full_clean()
    unit.save()
    _record(actor, "accounts.unit.create", at, unit, after=_unit(unit))
    return unit


@transaction.atomic
def change_unit(
    *, actor: Actor | None, at: datetime, unit: OrgUnit, name: str, name_en: str, position: int
) -> None:
    """Rename a unit or put it elsewhere among its neighbours. Raises ValidationError."""
    before = _unit(OrgUnit.objects.select_related("parent").get(pk=unit.pk))
    unit.name, unit.name_en, unit.position = name.strip(), name_en.strip(), position
    unit.full_clean()
    unit.save(update_fields=["name", "name_en", "position"])
    _record(actor, "accounts.unit.change", at, unit, before=before, after=_unit(unit))


@transaction.atomic
def move_unit(*, actor: Actor | None, at: datetime, unit: OrgUnit, parent: OrgUnit | None) -> None:
    """Hang a unit with all below it under another parent.

    Raises ValidationError when `parent` is the unit itself or lies below it.
    """
    exclusive("accounts.units")
    unit.refresh_from_db()
    if parent is not None:
        parent.refresh_from_db()
        if parent.path.startswith(unit.path):
            raise ValidationError(
                _("“%(unit)s”不能移到自己或自己的下属单位之下。") % {"unit": unit.label}
            )
    before = _unit(unit)
    old, new = unit.path, _path(parent, unit.code)
    OrgUnit.objects.filter(path__startswith=old).update(
        path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )
    unit.parent, unit.path = parent, new
    unit.save(update_fields=["parent"])
    _record(actor, "accounts.unit.move", at, unit, before=before, after=_unit(unit))


@transaction.atomic
def set_unit_active(*, actor: Actor | None, at: datetime, unit: OrgUnit, active: bool) -> None:
    """Take a unit out of the forms, or offer it again; its records stay as they are.

    Raises ValidationError while active people or units still belong to it.
    """
    if not active and unit.children.filter(is_active=True).exists():
        raise ValidationError(_("“%s”还有在用的下属单位，请先停用或移走它们。") % unit.label)
    if not active and unit.people.filter(is_active=True).exists():
        raise ValidationError(_("“%s”还有在用的人员，请先把他们调到别的单位。") % unit.label)
    before = _unit(unit)
    unit.is_active = active
    unit.save(update_fields=["is_active"])
    act = "accounts.unit.reactivate" if active else "accounts.unit.deactivate"
    _record(actor, act, at, unit, before=before, after=_unit(unit))


@transaction.atomic
def remove_unit(*, actor: Actor | None, at: datetime, unit: OrgUnit) -> None:
    """Take a unit out that was added by mistake. Raises ValidationError once anything belongs to it."""
    before = _unit(unit)
    key = unit.pk
    try:
        unit.delete()
    except ProtectedError as error:
        raise ValidationError(_("“%s”已经用到，不能删去，只能停用。") % unit.label) from error
    unit.pk = key  # the audit still names what it was
    _record(actor, "accounts.unit.remove", at, unit, before=before)


def _path(parent: OrgUnit | None, code: str) -> str:
    return f"{parent.path if parent else ''}{code}/"


def _unit(unit: OrgUnit) -> dict[str, object]:
    return {
        "code": unit.code,
        "name": unit.name,
        "name_en": unit.name_en,
        "parent": unit.parent.code if unit.parent else None,
        "position": unit.position,
        "is_active": unit.is_active,
    }


def _record(
    actor: Actor | None,
    act: str,
    at: datetime,
    unit: OrgUnit,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    changed(unit)
    target = f"accounts.orgunit:{unit.pk}"
    record(actor=actor, act=act, at=at, target=target, label=unit.name, before=before, after=after)
