"""The tree of units is changed by dated acts, each of which can be looked at first and taken back."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from shangheng.core.accounts import units
from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.handover import Item
from shangheng.core.accounts.models import OrgUnit, UnitChange, User
from shangheng.core.accounts.rules import ScopeKind
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.accounts.tree import holdings
from shangheng.core.accounts.tree.closing import close_unit, merge_units
from shangheng.core.accounts.tree.previewing import preview
from shangheng.core.accounts.tree.reading import Node, history_of, narrowed, tree_now, tree_on
from shangheng.core.accounts.tree.undoing import undo_change
from shangheng.core.audit.models import Row

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)
Tree = dict[str, OrgUnit]


@pytest.fixture
def tree() -> Tree:
    """swj › zs › zs-1, swj › xf."""
    bureau = org_unit("swj", name="商务局")
    hall = org_unit("zs", bureau, name="招商办")
    return {
        "swj": bureau,
        "zs": hall,
        "zs-1": org_unit("zs-1", hall, name="招商一科"),
        "xf": org_unit("xf", bureau, name="消费科"),
    }


@pytest.fixture
def boss() -> User:
    return person("administrator", username="wang")


def again(user: User) -> User:
    """The person as their next request finds them."""
    return User.objects.select_related("unit").get(pk=user.pk)


def reach(user: User, code: str = "targets.view") -> set[str]:
    keys = scope_of(again(user), code).unit_ids
    return set(OrgUnit.objects.filter(pk__in=keys).values_list("code", flat=True))


def outline(nodes: Iterable[Node]) -> list[tuple[str, int]]:
    return [(node.label, node.depth) for node in nodes]


class Papers:
    """A desk whose drafts belong to units and pass on; its submissions stay."""

    def __init__(self) -> None:
        self.unit: dict[int, int] = {}
        self.submitted: set[int] = set()

    def drafts(self, unit: OrgUnit) -> list[Item]:
        return [Item(key, f"草稿{key}", "", at) for key, at in self.unit.items() if at == unit.pk]

    def waiting(self, unit: OrgUnit) -> list[Item]:
        return [Item(unit.pk, "待答复", "", unit.pk)] if unit.pk in self.submitted else []

    def pass_on(self, *, keys: list[int], to: OrgUnit, **_more: object) -> None:
        self.unit |= dict.fromkeys(keys, to.pk)


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> Papers:
    papers = Papers()
    monkeypatch.setattr(holdings, "_open", {})
    monkeypatch.setattr(holdings, "_holdings", {})
    holdings.register(holdings.Holding("papers", "草稿", "件", dict))
    holdings.register_open(
        holdings.OpenKind("drafts", "草稿", papers.drafts, papers.pass_on),
        holdings.OpenKind("waiting", "待答复", papers.waiting),
    )
    return papers


def test_the_tree_can_be_drawn_as_of_any_day(tree: Tree, boss: User) -> None:
    units.change_unit(actor=boss, at=AT, unit=tree["zs"], name="投资促进科", name_en="", position=0)
    units.move_unit(actor=boss, at=LATER, unit=tree["zs-1"], parent=tree["xf"])
    before = tree_on(AT.date() - timedelta(days=1))
    assert outline(before) == [("商务局", 0), ("消费科", 1), ("招商办", 1), ("招商一科", 2)]
    assert outline(tree_on(AT.date()))[2:] == [("投资促进科", 1), ("招商一科", 2)]
    now = outline(tree_on(LATER.date()))
    assert now == [("商务局", 0), ("消费科", 1), ("招商一科", 2), ("投资促进科", 1)]
    assert outline(tree_now()) == now


def test_a_unit_that_was_set_up_on_a_day_was_not_there_before(tree: Tree, boss: User) -> None:
    founded = date(2021, 6, 1)
    units.create_unit(
        actor=boss, at=AT, code="wm", name="外贸科", parent=tree["swj"], since=founded
    )
    assert "外贸科" not in dict(outline(tree_on(date(2021, 5, 31))))
    assert "外贸科" in dict(outline(tree_on(founded)))


def test_an_act_holds_from_a_day_that_has_come_and_after_the_last_one(
    tree: Tree, boss: User
) -> None:
    move = partial(units.move_unit, actor=boss, at=AT, unit=tree["zs-1"])
    with pytest.raises(ValidationError, match="不能晚于今天"):
        move(parent=tree["xf"], since=AT.date() + timedelta(days=1))
    done = move(parent=tree["xf"], since=date(2021, 11, 1))
    assert done.since == date(2021, 11, 1)
    with pytest.raises(ValidationError, match="不能早于2021-11-01"):
        move(parent=tree["swj"], since=date(2021, 10, 1))


def test_a_clock_that_was_set_back_does_not_stop_an_act(tree: Tree, boss: User) -> None:
    units.move_unit(actor=boss, at=LATER, unit=tree["zs-1"], parent=tree["xf"])
    done = units.move_unit(actor=boss, at=AT, unit=tree["zs-1"], parent=tree["zs"])
    assert done.since == LATER.date()


def test_a_merger_gives_people_units_below_and_open_things_to_the_other(
    tree: Tree, boss: User, papers: Papers
) -> None:
    clerk = person("statistics_clerk", unit=tree["zs"], scope=ScopeKind.UNIT)
    papers.unit = {1: tree["zs"].pk, 2: tree["xf"].pk}
    done = merge_units(actor=boss, at=AT, unit=tree["zs"], into=tree["xf"], reason="机构改革")
    assert papers.unit == {1: tree["xf"].pk, 2: tree["xf"].pk}
    zs, xf = (OrgUnit.objects.get(code=code) for code in ("zs", "xf"))
    assert (zs.is_active, zs.successor, xf.absorbed) == (False, xf, [zs.pk])
    assert OrgUnit.objects.get(code="zs-1").path == "swj/xf/zs-1/"
    assert again(clerk).unit == xf
    assert reach(clerk) == {"xf", "zs"}, "the records of the closed unit stay in reach"
    row = Row.objects.get(number=done.audit)
    assert row.act == "accounts.unit.merge"
    assert row.after is not None
    assert (row.after["successor"], row.after["people"], row.after["passed"]) == ("xf", 1, 1)


def test_who_reaches_a_unit_reaches_what_it_took_over_near_and_far(tree: Tree, boss: User) -> None:
    own = person("statistics_clerk", unit=tree["xf"], scope=ScopeKind.UNIT)
    head = person("section_head", unit=tree["xf"], scope=ScopeKind.UNIT_TREE)
    chosen = person("statistics_clerk", scope=ScopeKind.CHOSEN, chosen=[tree["xf"]])
    close_unit(actor=boss, at=AT, unit=tree["zs-1"], successor=tree["zs"])
    merge_units(actor=boss, at=AT, unit=tree["zs"], into=tree["xf"])
    for user in (own, head, chosen):
        assert reach(user) == {"xf", "zs", "zs-1"}
    units.reopen_unit(actor=boss, at=AT, unit=OrgUnit.objects.get(code="zs"))
    assert reach(own) == {"xf"}


@pytest.mark.parametrize("into", ["zs", "zs-1"])
def test_a_unit_is_not_merged_into_itself_or_below(tree: Tree, boss: User, into: str) -> None:
    with pytest.raises(ValidationError):
        merge_units(actor=boss, at=AT, unit=tree["zs"], into=tree[into])
    assert OrgUnit.objects.get(code="zs").is_active


def test_a_unit_with_open_things_is_not_closed_without_a_successor(
    tree: Tree, boss: User, papers: Papers
) -> None:
    papers.unit, papers.submitted = {1: tree["zs-1"].pk}, {tree["zs-1"].pk}
    with pytest.raises(ValidationError, match="草稿 1、待答复 1"):
        close_unit(actor=boss, at=AT, unit=tree["zs-1"])
    close_unit(actor=boss, at=AT, unit=tree["zs-1"], successor=tree["xf"])
    assert papers.unit == {1: tree["xf"].pk}


def test_a_preview_says_what_will_change_and_changes_nothing(
    tree: Tree, boss: User, papers: Papers
) -> None:
    head = person("section_head", unit=tree["xf"], scope=ScopeKind.UNIT_TREE)
    clerk = person("statistics_clerk", unit=tree["zs"], scope=ScopeKind.UNIT)
    chosen = person("statistics_clerk", scope=ScopeKind.CHOSEN, chosen=[tree["zs"]])
    papers.submitted = {tree["zs"].pk}
    rows, state = Row.objects.count(), list(OrgUnit.objects.values())

    def merge(unit: OrgUnit) -> UnitChange:
        return merge_units(actor=boss, at=AT, unit=unit, into=tree["xf"])

    shown = preview(tree["zs"], merge, seen=None)
    shifts = {shift.person: (list(shift.gained), list(shift.lost)) for shift in shown.shifts}
    assert shifts == {head: (["招商一科", "招商办"], []), clerk: (["消费科"], [])}
    assert (list(shown.people), [one.code for one in shown.below]) == ([clerk], ["zs-1"])
    assert [one.kind.code for one in shown.staying] == ["waiting"]
    assert [grant.user for grant in shown.chosen] == [chosen]
    assert (Row.objects.count(), list(OrgUnit.objects.values())) == (rows, state)
    assert again(clerk).unit == tree["zs"]
    expected = {user: reach(user) for user in (head, clerk)}
    merge(tree["zs"])
    gained = {user: reach(user) - expected[user] for user in expected}
    assert gained == {head: {"zs", "zs-1"}, clerk: {"xf"}}, "what was shown is what came"


def test_a_preview_of_what_is_refused_is_refused(tree: Tree, boss: User) -> None:
    def move(unit: OrgUnit) -> UnitChange:
        return units.move_unit(actor=boss, at=AT, unit=unit, parent=tree["zs-1"])

    with pytest.raises(ValidationError, match="自己的下属单位"):
        preview(tree["zs"], move, seen=None)


def test_a_merger_that_is_undone_brings_everything_back(
    tree: Tree, boss: User, papers: Papers
) -> None:
    clerk = person("statistics_clerk", unit=tree["zs"], scope=ScopeKind.UNIT)
    papers.unit = {1: tree["zs"].pk}
    state = list(OrgUnit.objects.order_by("pk").values())
    drawn = outline(tree_now())
    done = merge_units(actor=boss, at=AT, unit=tree["zs"], into=tree["xf"])
    undo_change(actor=boss, at=LATER, change=done, reason="文件作废")
    assert list(OrgUnit.objects.order_by("pk").values()) == state
    assert (again(clerk).unit, papers.unit) == (tree["zs"], {1: tree["zs"].pk})
    assert outline(tree_on(LATER.date())) == drawn
    assert Row.objects.latest("number").act == "accounts.unit.undo"
    with pytest.raises(ValidationError, match="已经撤销"):
        undo_change(actor=boss, at=LATER, change=done)


def test_an_act_that_others_stand_on_is_not_undone(tree: Tree, boss: User, papers: Papers) -> None:
    clerk = person("statistics_clerk", unit=tree["zs"])
    papers.unit = {1: tree["zs"].pk}
    done = merge_units(actor=boss, at=AT, unit=tree["zs"], into=tree["xf"])
    papers.unit = {}
    with pytest.raises(ValidationError, match="“草稿”有1件已经办完"):
        undo_change(actor=boss, at=AT, change=done)
    User.objects.filter(pk=clerk.pk).update(unit=tree["swj"])
    with pytest.raises(ValidationError, match="已经调走"):
        undo_change(actor=boss, at=AT, change=done)
    units.move_unit(actor=boss, at=AT, unit=OrgUnit.objects.get(code="zs-1"), parent=tree["swj"])
    with pytest.raises(ValidationError, match="之后又办过“招商一科”"):
        undo_change(actor=boss, at=AT, change=done)


def test_a_unit_added_by_mistake_is_gone_after_undoing_and_a_used_one_stays(
    tree: Tree, boss: User
) -> None:
    person(unit=tree["xf"])
    with pytest.raises(ValidationError, match="已经用到"):
        undo_change(actor=boss, at=AT, change=tree["xf"].changes.get())
    undo_change(actor=boss, at=AT, change=tree["zs-1"].changes.get())
    assert not OrgUnit.objects.filter(code="zs-1").exists()


def test_a_move_a_name_and_a_reopening_are_undone(tree: Tree, boss: User) -> None:
    state = list(OrgUnit.objects.order_by("pk").values())
    moved = units.move_unit(actor=boss, at=AT, unit=tree["zs"], parent=tree["xf"])
    undo_change(actor=boss, at=AT, change=moved)
    named = units.change_unit(
        actor=boss,
        at=AT,
        unit=OrgUnit.objects.get(code="xf"),
        name="新",
        name_en="New",
        position=9,
    )
    undo_change(actor=boss, at=AT, change=named)
    assert list(OrgUnit.objects.order_by("pk").values()) == state
    close_unit(actor=boss, at=AT, unit=tree["zs-1"], successor=tree["xf"])
    opened = units.reopen_unit(actor=boss, at=AT, unit=tree["zs-1"])
    clerk = person(unit=tree["zs-1"])
    with pytest.raises(ValidationError, match="又有了人员"):
        undo_change(actor=boss, at=AT, change=opened)
    User.objects.filter(pk=clerk.pk).update(unit=None)
    undo_change(actor=boss, at=AT, change=opened)
    assert OrgUnit.objects.get(code="xf").absorbed == [tree["zs-1"].pk]


def test_the_history_of_a_unit_tells_names_parents_and_mergers(tree: Tree, boss: User) -> None:
    units.change_unit(actor=boss, at=AT, unit=tree["zs"], name="投促科", name_en="", position=0)
    units.move_unit(actor=boss, at=AT, unit=tree["zs"], parent=None)
    merge_units(actor=boss, at=AT, unit=tree["xf"], into=OrgUnit.objects.get(code="zs"))
    past = history_of(OrgUnit.objects.get(code="zs"))
    assert [line.what for line in past.lines] == [
        "“消费科”并入“投促科”",
        "由“商务局”之下移到“最上级”之下",
        "由“招商办”改名为“投促科”",
        "设在“商务局”之下",
    ]
    assert list(past.former_names) == ["招商办"]
    assert [line.undoable for line in past.lines] == [False, True, False, False]
    own = history_of(OrgUnit.objects.get(code="xf")).lines[0]
    assert (own.what, own.undoable) == ("并入“投促科”", True)


def test_what_is_looked_for_is_shown_with_all_above_it(tree: Tree, boss: User) -> None:
    close_unit(actor=boss, at=AT, unit=tree["xf"])
    assert [node.code for node in narrowed(tree_now())] == ["swj", "zs", "zs-1"]
    found = narrowed(tree_now(), text="一科")
    assert [(node.code, node.found) for node in found] == [
        ("swj", False),
        ("zs", False),
        ("zs-1", True),
    ]
    assert [node.code for node in narrowed(tree_now(), text="XF")] == ["swj", "xf"]
