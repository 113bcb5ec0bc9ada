"""Taking the last act on a unit back, as long as nothing has been built on it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts import services
from shangheng.core.accounts.models import OrgUnit, UnitChange, UnitState, User
from shangheng.core.accounts.tree.holdings import open_in, open_kinds
from shangheng.core.accounts.tree.recording import (
    counted_states,
    hang,
    lock_tree,
    renew_absorbed,
    told_of,
    write,
)
from shangheng.core.accounts.units import remove_unit
from shangheng.core.audit.actor import Actor
from shangheng.core.database.changes import changed


@transaction.atomic
def undo_change(
    *, actor: Actor | None, at: datetime, change: UnitChange, reason: str = ""
) -> UnitChange | None:
    """Make the units what they were before an act; what passed on comes back.

    None for a unit that was added and is now gone. Raises ValidationError for an act that others
    stand on, that was undone before, or whose people or open things have since gone elsewhere.
    """
    lock_tree()
    change.refresh_from_db()
    if obstacle := why_not(change):
        raise ValidationError(obstacle)
    if change.kind == UnitChange.Kind.CREATE:
        remove_unit(actor=actor, at=at, unit=change.unit)
        return None
    unit = change.unit
    before = told_of(unit)
    change.undone_at, change.undone_by = at, actor if isinstance(actor, User) else None
    change.save(update_fields=["undone_at", "undone_by"])
    touched = [_as_before(state) for state in change.states.select_related("unit").order_by("-pk")]
    renew_absorbed()
    _bring_back(change, actor, at)
    unit.refresh_from_db()
    after = told_of(unit) | {"undone": change.get_kind_display(), "reason": reason.strip() or None}
    row = write(unit, "accounts.unit.undo", actor=actor, at=at, before=before, after=after)
    change.undone_audit = row.number
    change.save(update_fields=["undone_audit"])
    changed(*touched)
    return change


def why_not(change: UnitChange) -> str:
    """Why an act cannot be undone; empty when it can."""
    if change.undone_at is not None:
        return _("这次变更已经撤销过了。")
    later = UnitChange.objects.filter(undone_at=None, pk__gt=change.pk)
    built_on = later.filter(states__unit__in=change.states.values("unit"))
    if first := built_on.select_related("unit").order_by("pk").first():
        told = _("之后又办过“%(unit)s”的变更（%(kind)s），要撤销请先撤销那一次。")
        return told % {"unit": first.unit.label, "kind": first.get_kind_display()}
    if change.kind != UnitChange.Kind.CREATE and not _has_before(change):
        return _("没有这次变更以前的记录，不能撤销。")
    if change.kind == UnitChange.Kind.REOPEN and _is_used(change.unit):
        return _("“%s”恢复以后又有了人员、下属单位或未办完的事，不能撤销。") % change.unit.label
    return _who_has_gone(change)


def _is_used(unit: OrgUnit) -> bool:
    people, below = unit.people.filter(is_active=True), unit.children.filter(is_active=True)
    return people.exists() or below.exists() or bool(open_in(unit))


def _has_before(change: UnitChange) -> bool:
    states = counted_states().filter(unit=change.unit, pk__lt=change.states.latest("pk").pk)
    return states.exclude(change=change).exists()


def _who_has_gone(change: UnitChange) -> str:
    people = User.objects.filter(pk__in=change.moved.get("people", []))
    if gone := people.exclude(unit=change.other, is_active=True).order_by("pk").first():
        return _("随并入调来的%s已经调走或停用，不能整个撤销。") % gone.display_name
    for code, keys in _passed(change).items():
        there = {item.key for item in open_kinds()[code].find(change.other or change.unit)}
        if lost := [key for key in keys if key not in there]:
            told = _("交给承接单位的“%(kind)s”有%(count)d件已经办完或转走，不能整个撤销。")
            return told % {"kind": open_kinds()[code].label, "count": len(lost)}
    return ""


def _passed(change: UnitChange) -> dict[str, list[int]]:
    passed: dict[str, list[int]] = change.moved.get("open", {})
    return passed


def _as_before(state: UnitState) -> OrgUnit:
    """Let a unit be what its last state that counts says."""
    unit = state.unit
    last = counted_states().filter(unit=unit).select_related("parent").latest("pk")
    unit.refresh_from_db()
    if unit.parent_id != last.parent_id:
        if last.parent and not last.parent.is_active and unit.is_active:
            told = _("“%s”原来的上级已停用，不能撤销。") % unit.label
            raise ValidationError(told)
        hang(unit, last.parent)
    unit.name, unit.name_en, unit.position = last.name, last.name_en, last.position
    unit.is_active, unit.successor = last.is_active, last.successor
    unit.save(update_fields=["name", "name_en", "position", "is_active", "successor"])
    return unit


def _bring_back(change: UnitChange, actor: Actor | None, at: datetime) -> None:
    """Send people and open things back to the unit that they came from."""
    for person in User.objects.filter(pk__in=change.moved.get("people", [])).order_by("pk"):
        services.change_user(
            actor=actor, at=at, user=person, display_name=person.display_name, unit=change.unit
        )
    for code, keys in _passed(change).items():
        pass_on = open_kinds()[code].pass_on
        if pass_on is not None and change.other is not None and isinstance(actor, User):
            pass_on(actor=actor, at=at, unit=change.other, to=change.unit, keys=keys)
