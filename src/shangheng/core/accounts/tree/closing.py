"""Closing a unit, and merging one into another: what was recorded stays, what is open passes on."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts import services
from shangheng.core.accounts.models import OrgUnit, UnitChange, User
from shangheng.core.accounts.tree.holdings import open_in
from shangheng.core.accounts.tree.recording import (
    begin,
    finish,
    hang,
    keep_state,
    lock_tree,
    renew_absorbed,
    told_of,
)
from shangheng.core.audit.actor import Actor


@transaction.atomic
def close_unit(
    *,
    actor: Actor | None,
    at: datetime,
    unit: OrgUnit,
    successor: OrgUnit | None = None,
    since: date | None = None,
    reason: str = "",
) -> UnitChange:
    """Take a unit out of use from a day on; `successor` takes over what is open with it.

    Its records stay as they are, and whoever reaches the successor reaches them. Raises
    ValidationError while active people or units belong to it, and without a successor while
    anything is open with it.
    """
    lock_tree()
    _refresh(unit, successor)
    if unit.children.filter(is_active=True).exists():
        raise ValidationError(_("“%s”还有在用的下属单位，请先停用或移走它们。") % unit.label)
    if unit.people.filter(is_active=True).exists():
        raise ValidationError(_("“%s”还有在用的人员，请先把他们调到别的单位。") % unit.label)
    return _close(UnitChange.Kind.CLOSE, unit, successor, actor, at, since, reason)


@transaction.atomic
def merge_units(
    *,
    actor: Actor | None,
    at: datetime,
    unit: OrgUnit,
    into: OrgUnit,
    since: date | None = None,
    reason: str = "",
) -> UnitChange:
    """Close a unit and give its people, the units below it and what is open to another one.

    Raises ValidationError when `into` is the unit itself, lies below it, or is closed.
    """
    lock_tree()
    _refresh(unit, into)
    if into.path.startswith(unit.path):
        told = _("不能并入自己或自己的下属单位；请先把“%s”移到别处。") % into.label
        raise ValidationError({"into": told})
    return _close(UnitChange.Kind.MERGE, unit, into, actor, at, since, reason)


def _refresh(unit: OrgUnit, other: OrgUnit | None) -> None:
    """Both as they are now. Raises ValidationError for a unit that is closed, or is its own heir."""
    unit.refresh_from_db()
    if not unit.is_active:
        raise ValidationError(_("“%s”已经停用。") % unit.label)
    if other is None:
        return
    other.refresh_from_db()
    if other.pk == unit.pk or not other.is_active:
        raise ValidationError(_("承接单位须是另一个在用的单位。"))


def _close(
    kind: UnitChange.Kind,
    unit: OrgUnit,
    heir: OrgUnit | None,
    actor: Actor | None,
    at: datetime,
    since: date | None,
    reason: str,
) -> UnitChange:
    before = told_of(unit)
    change = begin(kind, unit, actor=actor, at=at, since=since, other=heir, reason=reason)
    merged = heir is not None and kind == UnitChange.Kind.MERGE
    below = _hang_below(change, unit, heir) if merged and heir else []
    people = _send_people(unit, heir, actor, at) if merged and heir else []
    change.moved = {"people": people, "open": _pass_on(unit, heir, actor, at)}
    unit.is_active, unit.successor = False, heir
    unit.save(update_fields=["is_active", "successor"])
    renew_absorbed()
    keep_state(change, unit)
    counts = {"people": len(people), "below": len(below)} if merged else {}
    after = told_of(unit) | {
        "successor": heir.code if heir else None,
        "since": change.since,
        "reason": change.reason or None,
        **counts,
        "passed": sum(map(len, change.moved["open"].values())),
    }
    act = "accounts.unit.merge" if merged else "accounts.unit.deactivate"
    return finish(change, act, before=before, after=after, touched=below)


def _hang_below(change: UnitChange, unit: OrgUnit, heir: OrgUnit) -> list[OrgUnit]:
    below = list(unit.children.filter(is_active=True))
    for child in below:
        hang(child, heir)
        keep_state(change, child)
    return below


def _send_people(unit: OrgUnit, heir: OrgUnit, actor: Actor | None, at: datetime) -> list[int]:
    people = list(unit.people.filter(is_active=True))
    for person in people:
        services.change_user(
            actor=actor, at=at, user=person, display_name=person.display_name, unit=heir
        )
    return [person.pk for person in people]


def _pass_on(
    unit: OrgUnit, heir: OrgUnit | None, actor: Actor | None, at: datetime
) -> dict[str, list[int]]:
    """Give what can pass to the heir; the keys by kind. Raises ValidationError without an heir."""
    found = open_in(unit)
    if found and heir is None:
        counts = _("、").join(f"{one.kind.label} {len(one.items)}" for one in found)
        told = _("“%(unit)s”还有未办完的事（%(counts)s），停用须指定承接单位。")
        raise ValidationError(told % {"unit": unit.label, "counts": counts})
    passed = {}
    for one in found:
        if heir is not None and one.kind.pass_on is not None:
            if not isinstance(actor, User):
                raise TypeError("open things pass on by the hand of a person")
            passed[one.kind.code] = keys = [item.key for item in one.items]
            one.kind.pass_on(actor=actor, at=at, unit=unit, to=heir, keys=keys)
    return passed
