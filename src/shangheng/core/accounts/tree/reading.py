"""The tree of units for reading: as it is now or as it was on a day, what is looked for, its history."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, UnitChange, UnitState
from shangheng.core.accounts.selectors import unit_tree
from shangheng.core.accounts.tree.holdings import Holding, holdings
from shangheng.core.accounts.tree.recording import counted_states


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree, as of the day that was asked for.

    `people` and `kept` (one count for each holding) are None for a past day: nobody counted then.
    `found`: it is what was looked for, and not only on the way to it.
    """

    pk: int
    code: str
    name: str
    name_en: str
    parent: int | None
    depth: int
    is_active: bool
    successor: str = ""
    since: date | None = None
    people: int | None = None
    kept: tuple[int, ...] | None = None
    below: int = 0
    found: bool = False

    @property
    def label(self) -> str:
        """The name of that day in the language of the page."""
        return self.name_en or self.name if get_language() == "en" else self.name

    @property
    def keeps(self) -> list[tuple[Holding, int]]:
        """What it keeps any of."""
        pairs = zip(holdings(), self.kept or (), strict=False)
        return [(one, count) for one, count in pairs if count]

    @property
    def level(self) -> int:
        """1 for a root, as `aria-level` counts."""
        return self.depth + 1


def tree_now() -> list[Node]:
    """Every unit as it is, with its people and what it keeps: three queries, and one a holding."""
    units = unit_tree()
    counts = [one.count() for one in holdings()]
    since = _closed_since()
    names = {unit.pk: unit.label for unit in units}
    return _with_below(
        [
            Node(
                pk=unit.pk,
                code=unit.code,
                name=unit.name,
                name_en=unit.name_en,
                parent=unit.parent_id,
                depth=unit.depth,
                is_active=unit.is_active,
                successor=names.get(unit.successor_id or 0, ""),
                since=None if unit.is_active else since.get(unit.pk),
                people=getattr(unit, "people_count", None),
                kept=tuple(count.get(unit.pk, 0) for count in counts),
            )
            for unit in units
        ]
    )


def tree_on(day: date) -> list[Node]:
    """Every unit that there was on a day, with the name and the parent of that day: one query.

    What was changed back (an act that was undone) never happened.
    """
    states: dict[int, UnitState] = {}
    rows = counted_states().filter(Q(since=None) | Q(since__lte=day))
    for state in rows.select_related("unit", "successor").order_by("pk"):
        states[state.unit_id] = state
    children: dict[int | None, list[UnitState]] = defaultdict(list)
    for state in sorted(states.values(), key=lambda one: (one.position, one.unit.code)):
        children[state.parent_id if state.parent_id in states else None].append(state)

    def below(parent: int | None, depth: int) -> Iterator[Node]:
        for state in children[parent]:
            yield _node(state, parent, depth)
            yield from below(state.unit_id, depth + 1)

    return _with_below(list(below(None, 0)))


def narrowed(nodes: Sequence[Node], *, text: str = "", closed: bool = False) -> list[Node]:
    """Those in use (and, with `closed`, the others), or those that `text` finds with all above them."""
    shown = [node for node in nodes if node.is_active or closed or text]
    if not text:
        return shown
    wanted = text.casefold()
    by_key = {node.pk: node for node in shown}
    found = {
        node.pk
        for node in shown
        if any(wanted in word.casefold() for word in (node.code, node.name, node.name_en))
    }
    kept = set(found)
    for key in found:
        above = by_key[key].parent
        while above in by_key and above not in kept:
            kept.add(above)
            above = by_key[above].parent
    return [replace(node, found=node.pk in found) for node in shown if node.pk in kept]


def _node(state: UnitState, parent: int | None, depth: int) -> Node:
    return Node(
        pk=state.unit_id,
        code=state.unit.code,
        name=state.name,
        name_en=state.name_en,
        parent=parent,
        depth=depth,
        is_active=state.is_active,
        successor=state.successor.label if state.successor else "",
        since=None if state.is_active else state.since,
    )


def _closed_since() -> dict[int, date | None]:
    """Since when each closed unit is closed."""
    rows = counted_states().filter(is_active=False, unit__is_active=False).order_by("pk")
    return dict(rows.values_list("unit", "since"))


def _with_below(nodes: list[Node]) -> list[Node]:
    """With how many units in use hang directly under each."""
    below: dict[int | None, int] = defaultdict(int)
    for node in nodes:
        below[node.parent] += node.is_active
    return [replace(node, below=below[node.pk]) for node in nodes]


@dataclass(frozen=True, slots=True)
class Told:
    """A change of a unit, in words."""

    change: UnitChange
    what: str
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """What a unit was before, for its page."""

    lines: Sequence[Told]
    former_names: Sequence[str]
    merged_here: Sequence[OrgUnit] = field(default_factory=tuple)


def history_of(unit: OrgUnit) -> Past:
    """Every change of a unit, the latest first, and the names that it had: three queries."""
    touched = UnitChange.objects.filter(Q(states__unit=unit) | Q(other=unit)).distinct()
    changes = list(
        touched.select_related("unit", "other", "actor", "undone_by").order_by(
            F("since").desc(nulls_last=True), "-pk"
        )
    )
    states = list(
        UnitState.objects.filter(unit=unit).select_related("parent", "change").order_by("pk")
    )
    before: dict[int, UnitState] = {}
    of_change: dict[int, UnitState] = {}
    last: UnitState | None = None
    for state in states:
        if last is not None:
            before[state.change_id] = last
        of_change[state.change_id] = state
        last = last if state.change.undone_at else state
    newest = max((c.pk for c in changes if c.undone_at is None and c.pk in of_change), default=0)
    lines = [
        Told(
            change,
            _what(unit, change, before.get(change.pk), of_change.get(change.pk)),
            undoable=change.pk == newest and change.unit_id == unit.pk and bool(change.audit),
        )
        for change in changes
    ]
    names = (state.label for state in states if not state.change.undone_at)
    former = [name for name in dict.fromkeys(names) if name != unit.label]
    merged = OrgUnit.objects.filter(successor=unit)
    return Past(lines, former, list(merged))


def _what(
    unit: OrgUnit, change: UnitChange, before: UnitState | None, after: UnitState | None
) -> str:
    """One change as a sentence, seen from `unit`."""
    kinds = UnitChange.Kind
    other = change.other.label if change.other else ""
    words = {"unit": change.unit.label, "other": other, "to": _parent(after)}
    words |= {"from": _parent(before), "new": after.label if after else ""}
    words["old"] = before.label if before else ""
    if change.unit_id != unit.pk:
        return _FROM_OUTSIDE[kinds(change.kind)]() % words
    if change.kind == kinds.RENAME and words["old"] == words["new"]:
        return _("调整排序或英文名称")
    if change.kind in {kinds.CLOSE, kinds.MERGE} and change.other is None:
        return _("停用，没有承接单位")
    return _OWN[kinds(change.kind)]() % words


def _parent(state: UnitState | None) -> str:
    return state.parent.label if state and state.parent else _("最上级")


_OWN = {
    UnitChange.Kind.CREATE: lambda: _("设在“%(to)s”之下"),
    UnitChange.Kind.RENAME: lambda: _("由“%(old)s”改名为“%(new)s”"),
    UnitChange.Kind.MOVE: lambda: _("由“%(from)s”之下移到“%(to)s”之下"),
    UnitChange.Kind.MERGE: lambda: _("并入“%(other)s”"),
    UnitChange.Kind.CLOSE: lambda: _("停用，由“%(other)s”承接"),
    UnitChange.Kind.REOPEN: lambda: _("恢复使用"),
}
_FROM_OUTSIDE = {
    UnitChange.Kind.CREATE: lambda: _("下设“%(unit)s”"),
    UnitChange.Kind.RENAME: lambda: _("下属“%(unit)s”改名"),
    UnitChange.Kind.MOVE: lambda: _("“%(unit)s”移到本单位之下"),
    UnitChange.Kind.MERGE: lambda: _("“%(unit)s”并入“%(other)s”"),
    UnitChange.Kind.CLOSE: lambda: _("承接停用的“%(unit)s”"),
    UnitChange.Kind.REOPEN: lambda: _("“%(unit)s”恢复使用"),
}


def kept_by(unit: OrgUnit) -> list[tuple[Holding, int]]:
    """What a unit keeps, holding by holding: one query each."""
    counts: list[tuple[Holding, Mapping[int, int]]] = [(one, one.count()) for one in holdings()]
    return [(one, count.get(unit.pk, 0)) for one, count in counts]
