"""The tree of units may change as it will: figures stay what they were, bit for bit."""

from datetime import date

import pytest

from shangheng.core.accounts import units
from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.rules import ScopeKind
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.accounts.tree.closing import merge_units
from shangheng.core.accounts.tree.undoing import undo_change
from shangheng.engines.ledger.models import Posting, Rollup, Series
from shangheng.engines.ledger.services.rollups import catch_up
from shangheng.engines.ledger.tests.conftest import Record, ask, on

ASKED = [("retail.total", "2021"), ("retail.total", "2021-02"), ("trade.total", "2021")]
KNOWN = ("2021-02-20", "2021-12-31")


@pytest.fixture
def tree(db: None) -> dict[str, OrgUnit]:
    """jd › zs › zs-1, jd › xf."""
    street = org_unit("jd")
    hall = org_unit("zs", street)
    below = {"zs-1": org_unit("zs-1", hall), "xf": org_unit("xf", street)}
    return {"jd": street, "zs": hall, **below}


def everything(tree: dict[str, OrgUnit]) -> list[object]:
    """Every figure of every unit, of some together and of all, as known on two days; all rows."""
    keys = {unit.pk for unit in tree.values()}
    scopes = [None, frozenset(keys), *(frozenset({key}) for key in sorted(keys))]
    told = [
        repr(ask(code, period, known, units=scope))
        for code, period in ASKED
        for known in KNOWN
        for scope in scopes
    ]
    tables = [list(model.objects.order_by("pk").values()) for model in (Series, Posting, Rollup)]
    return [*told, *tables]


def test_figures_stay_bit_for_bit_when_units_move_merge_and_come_back(
    tree: dict[str, OrgUnit], record: Record
) -> None:
    boss = person("administrator")
    for place, unit in enumerate(tree.values(), 1):
        record("retail.total", f"{place}.37", "2021-01-31", "2021-02-10", unit=unit)
        record("retail.total", f"{place}1.05", "2021-02-28", "2021-03-10", unit=unit)
        record("trade.total", f"{place}0.5", "2021-03-31", "2021-04-10", unit=unit)
    catch_up(through=date(2021, 11, 30))
    before = everything(tree)
    assert all(before), "there is something to compare"
    at = on("2021-12-01")
    units.move_unit(actor=boss, at=at, unit=tree["zs"], parent=tree["xf"])
    assert everything(tree) == before
    units.change_unit(actor=boss, at=at, unit=tree["zs"], name="新名", name_en="", position=1)
    merged = merge_units(actor=boss, at=at, unit=tree["zs-1"], into=tree["jd"])
    assert everything(tree) == before
    undo_change(actor=boss, at=at, change=merged)
    assert everything(tree) == before


def test_the_figure_of_a_scope_follows_the_scope_and_not_the_tree(
    tree: dict[str, OrgUnit], record: Record
) -> None:
    """Whose reach grows sees more units; each unit's figure is the one that it was."""
    boss = person("administrator")
    head = person("section_head", unit=tree["xf"], scope=ScopeKind.UNIT_TREE)
    record("retail.total", "3.37", "2021-01-31", "2021-02-10", unit=tree["zs-1"])
    record("retail.total", "5", "2021-01-31", "2021-02-10", unit=tree["xf"])

    def seen() -> str:
        reach = scope_of(User.objects.get(pk=head.pk), "targets.view").unit_ids
        return str(ask("retail.total", "2021", "2021-12-31", units=reach).value)

    assert seen() == "5"
    merge_units(actor=boss, at=on("2021-12-01"), unit=tree["zs-1"], into=tree["xf"])
    assert seen() == "8.37"
    own = frozenset({tree["xf"].pk})
    assert str(ask("retail.total", "2021", "2021-12-31", units=own).value) == "5"
