"""What an act on the tree would change: it is done, looked at, and taken back.

So a preview cannot differ from the act: it is the act.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import reach_of
from shangheng.core.accounts.models import Grant, OrgUnit, UnitChange, User
from shangheng.core.accounts.rules import ScopeKind
from shangheng.core.accounts.tree.holdings import Holding, OpenThings, open_in
from shangheng.core.accounts.tree.reading import history_of, kept_by
from shangheng.core.accounts.tree.recording import hold_tree

BY_UNITS = (ScopeKind.UNIT, ScopeKind.UNIT_TREE, ScopeKind.CHOSEN)

type Reaches = dict[int, tuple[Grant, frozenset[int]]]


@dataclass(frozen=True, slots=True)
class Shift:
    """One role of a person whose reach changes: the names of the units gained and lost."""

    person: User
    role: str
    gained: Sequence[str]
    lost: Sequence[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act changes (scopes, people, units below, open things) and what stays as it is."""

    what: str
    since: date | None
    shifts: Sequence[Shift]
    people: Sequence[User]
    below: Sequence[OrgUnit]
    passing: Sequence[OpenThings]
    staying: Sequence[OpenThings]
    kept: Sequence[tuple[Holding, int]]
    chosen: Sequence[Grant]

    @property
    def moves_nothing(self) -> bool:
        """Whether nobody's reach changes and nothing goes anywhere."""
        return not (self.shifts or self.people or self.below or self.passing or self.staying)

    @property
    def kept_words(self) -> str:
        """What stays with the unit, in words."""
        told = [f"{one.label}{count}{one.measure}" for one, count in self.kept if count]
        return _("、").join(told)


def preview(
    unit: OrgUnit, act: Callable[[OrgUnit], UnitChange | None], *, seen: int | None
) -> Preview:
    """What `act` on a unit would change. Raises what the act raises, and StaleEdit."""
    with transaction.atomic():
        hold_tree(seen=seen)
        found, kept = open_in(unit), kept_by(unit)
        before = _reaches()
        change = act(OrgUnit.objects.get(pk=unit.pk))
        shown = _shown(change, unit, before, _reaches(), found, kept)
        transaction.set_rollback(True)
    return shown


def _shown(
    change: UnitChange | None,
    unit: OrgUnit,
    before: Reaches,
    after: Reaches,
    found: Sequence[OpenThings],
    kept: Sequence[tuple[Holding, int]],
) -> Preview:
    if change is None:  # a unit that was added by mistake is gone
        return Preview(
            _("删去这个误加的单位"), None, _shifts(before, after), [], [], [], [], [], []
        )
    came = change.undone_at is None
    ends = came and change.kind in {UnitChange.Kind.MERGE, UnitChange.Kind.CLOSE}
    people = User.objects.filter(pk__in=change.moved.get("people", [])).order_by("username")
    below = change.states.exclude(unit=unit).select_related("unit")
    named = Grant.objects.filter(units=unit, user__is_active=True).select_related("user")
    return Preview(
        what=_what(change, unit),
        since=change.since if came else None,
        shifts=_shifts(before, after),
        people=list(people),
        below=[state.unit for state in below],
        passing=_passing(change, change.other if came else unit),
        staying=[one for one in found if ends and not one.kind.pass_on],
        kept=[(holding, count) for holding, count in kept if count],
        chosen=list(named.exclude(units=change.other_id)) if ends else [],
    )


def _what(change: UnitChange, unit: OrgUnit) -> str:
    """The act in one sentence."""
    if change.undone_at is not None:
        return _("撤销：%s") % change.get_kind_display()
    lines = history_of(OrgUnit.objects.get(pk=unit.pk)).lines
    return next(line.what for line in lines if line.change.pk == change.pk)


def _passing(change: UnitChange, to: OrgUnit | None) -> list[OpenThings]:
    """The open things that have come to `to`."""
    passed = change.moved.get("open", {})
    if to is None or not passed:
        return []
    there = [one for one in open_in(to) if one.kind.code in passed]
    return [
        OpenThings(one.kind, tuple(i for i in one.items if i.key in passed[one.kind.code]))
        for one in there
    ]


def _reaches() -> Reaches:
    """How far each grant by units reaches as the tree stands: three queries, whoever they are."""
    below = _below()
    grants = Grant.objects.filter(user__is_active=True, scope__in=BY_UNITS)
    found: Reaches = {}
    for grant in grants.select_related("user__unit").prefetch_related("units"):
        # What User.units_below would ask the database for, person by person.
        grant.user.__dict__["units_below"] = below.get(grant.user.unit_id or 0, frozenset())
        found[grant.pk] = (grant, reach_of(grant.user, grant).unit_ids)
    return found


def _below() -> dict[int, frozenset[int]]:
    """For each unit itself and all below it, with what they have taken over."""
    found: dict[int, set[int]] = defaultdict(set)
    units = list(OrgUnit.objects.only("path", "absorbed", "code"))
    keys = {unit.path: unit.pk for unit in units}
    for unit in units:
        steps = unit.path.split("/")[:-1]
        for depth in range(1, len(steps) + 1):
            found[keys["/".join(steps[:depth]) + "/"]] |= unit.reached
    return {key: frozenset(reached) for key, reached in found.items()}


def _shifts(before: Reaches, after: Reaches) -> list[Shift]:
    names = {unit.pk: unit.label for unit in OrgUnit.objects.order_by("path")}
    found = []
    for key, (grant, reach) in after.items():
        stood, old = before[key]
        if reach != old:
            gained = [name for pk, name in names.items() if pk in reach - old]
            lost = [name for pk, name in names.items() if pk in old - reach]
            found.append(Shift(stood.user, grant.role_name, gained, lost))
    return sorted(found, key=lambda shift: (shift.person.username, shift.role))
