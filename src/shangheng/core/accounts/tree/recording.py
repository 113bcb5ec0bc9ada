"""What every act on the tree shares: its day, the states that it leaves, its row in the audit."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import F, Max, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, UnitChange, UnitState, User
from shangheng.core.audit.actor import Actor
from shangheng.core.audit.conflicts import hold
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import record
from shangheng.core.database.changes import changed
from shangheng.core.database.locks import exclusive


def lock_tree() -> None:
    """Keep others from changing the tree until this transaction ends."""
    exclusive("accounts.units")


def acts_on_tree() -> QuerySet[Row]:
    """The audit rows of every act on the tree."""
    changes = UnitChange.objects.all()
    done = Q(number__in=changes.values("audit"))
    return Row.objects.filter(done | Q(number__in=changes.values("undone_audit")))


def tree_version() -> int:
    """How the tree as it stands is known: the number of the last act on any unit."""
    last = UnitChange.objects.aggregate(done=Max("audit"), undone=Max("undone_audit"))
    return max(last["done"] or 0, last["undone"] or 0)


def hold_tree(*, seen: int | None) -> None:
    """Hold the tree for changing it if it still is as `seen`. Raises StaleEdit."""
    hold(acts_on_tree(), None, seen=seen)
    lock_tree()


def begin(
    kind: UnitChange.Kind,
    unit: OrgUnit,
    *,
    actor: Actor | None,
    at: datetime,
    since: date | None,
    other: OrgUnit | None = None,
    reason: str = "",
) -> UnitChange:
    """Open the record of an act that holds from `since`: today, or the day of a later state, for None.

    Only a unit that is added may have been there since nobody knows when. Raises ValidationError for a day that is still to come or lies before the last change of a unit.
    """
    today = timezone.localdate(at)
    touched = [one for one in (unit, other) if one is not None]
    last = counted_states().filter(unit__in=touched).aggregate(last=Max("since"))["last"]
    if since is not None and since > today:
        raise ValidationError({"since": _("生效日期不能晚于今天；请到那一天再办。")})
    if since is not None and last is not None and since < last:
        told = _("生效日期不能早于%s：这一天已有过变更。") % last.isoformat()
        raise ValidationError({"since": told})
    if since is None and kind != UnitChange.Kind.CREATE:
        since = max(today, last or today)
    return UnitChange.objects.create(
        kind=kind,
        unit=unit,
        other=other,
        since=since,
        reason=reason.strip(),
        actor=actor if isinstance(actor, User) else None,
        at=at,
    )


def counted_states() -> QuerySet[UnitState]:
    """The states of acts that were not undone."""
    return UnitState.objects.filter(change__undone_at=None)


def keep_state(change: UnitChange, unit: OrgUnit) -> None:
    """Write down what a unit is from the day of the change on."""
    UnitState.objects.create(
        change=change,
        unit=unit,
        since=change.since,
        name=unit.name,
        name_en=unit.name_en,
        parent=unit.parent,
        position=unit.position,
        is_active=unit.is_active,
        successor=unit.successor,
    )


def hang(unit: OrgUnit, parent: OrgUnit | None) -> None:
    """Put a unit with all below it under a parent. Raises ValidationError for a circle."""
    if parent is not None and parent.path.startswith(unit.path):
        told = _("“%(unit)s”不能移到自己或自己的下属单位之下。") % {"unit": unit.label}
        raise ValidationError({"parent": told})
    old, new = unit.path, path_below(parent, unit.code)
    OrgUnit.objects.filter(path__startswith=old).update(
        path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )
    unit.parent, unit.path = parent, new
    unit.save(update_fields=["parent"])


def path_below(parent: OrgUnit | None, code: str) -> str:
    """The path of a unit with that code below `parent`."""
    return f"{parent.path if parent else ''}{code}/"


def renew_absorbed() -> None:
    """Write down for every unit whom it has taken over, by the successors as they stand now."""
    units = {unit.pk: unit for unit in OrgUnit.objects.all()}
    heirs: dict[int, set[int]] = {key: set() for key in units}
    for unit in units.values():
        seen, heir = {unit.pk}, unit.successor_id
        while heir is not None and heir not in seen:
            heirs[heir].add(unit.pk)
            seen.add(heir)
            heir = units[heir].successor_id
    for key, absorbed in heirs.items():
        if sorted(absorbed) != units[key].absorbed:
            OrgUnit.objects.filter(pk=key).update(absorbed=sorted(absorbed))


def told_of(unit: OrgUnit) -> dict[str, object]:
    """A unit as its audit rows have it."""
    return {
        "code": unit.code,
        "name": unit.name,
        "name_en": unit.name_en,
        "parent": unit.parent.code if unit.parent else None,
        "position": unit.position,
        "is_active": unit.is_active,
    }


def finish(
    change: UnitChange,
    act: str,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    touched: Iterable[OrgUnit] = (),
) -> UnitChange:
    """Write the audit row of an act whose states are kept, and tell those who follow."""
    row = write(change.unit, act, actor=change.actor, at=change.at, before=before, after=after)
    change.audit = row.number
    change.save(update_fields=["audit", "moved"])
    changed(*touched)
    return change


def write(
    unit: OrgUnit,
    act: str,
    *,
    actor: Actor | None,
    at: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> Row:
    """The audit row of an act on a unit."""
    changed(unit)
    target = f"accounts.orgunit:{unit.pk}"
    return record(
        actor=actor, act=act, at=at, target=target, label=unit.name, before=before, after=after
    )
