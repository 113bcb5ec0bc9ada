import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from shangheng.core.accounts import units
from shangheng.core.accounts.models import OrgUnit
from shangheng.core.accounts.selectors import unit_choices, unit_tree
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.accounts.tree.closing import close_unit
from shangheng.core.audit.models import Row

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, OrgUnit]:
    bureau = org_unit("swj")
    hall = org_unit("zs", bureau)
    return {"swj": bureau, "zs": hall, "zs-1": org_unit("zs-1", hall), "xf": org_unit("xf", bureau)}


def paths() -> dict[str, str]:
    return dict(OrgUnit.objects.values_list("code", "path"))


def test_a_path_is_the_codes_from_the_root_down(tree: dict[str, OrgUnit]) -> None:
    assert paths() == {
        "swj": "swj/",
        "zs": "swj/zs/",
        "zs-1": "swj/zs/zs-1/",
        "xf": "swj/xf/",
    }
    assert tree["zs-1"].depth == 2


def test_a_unit_moves_with_all_below_it(tree: dict[str, OrgUnit]) -> None:
    units.move_unit(actor=None, at=AT, unit=tree["zs"], parent=tree["xf"])
    assert paths() == {
        "swj": "swj/",
        "zs": "swj/xf/zs/",
        "zs-1": "swj/xf/zs/zs-1/",
        "xf": "swj/xf/",
    }
    row = Row.objects.latest("number")
    assert row.before is not None
    assert row.after is not None
    assert (row.before["parent"], row.after["parent"]) == ("swj", "xf")


def test_a_unit_can_become_a_root(tree: dict[str, OrgUnit]) -> None:
    units.move_unit(actor=None, at=AT, unit=tree["zs"], parent=None)
    assert paths()["zs-1"] == "zs/zs-1/"


@pytest.mark.parametrize("below", ["zs", "zs-1"])
def test_a_unit_does_not_move_below_itself(tree: dict[str, OrgUnit], below: str) -> None:
    before = paths()
    with pytest.raises(ValidationError, match="自己的下属单位"):
        units.move_unit(actor=None, at=AT, unit=tree["zs"], parent=tree[below])
    assert paths() == before


@pytest.mark.parametrize("code", ["ZS", "招商", "a/b", "a_b", "%", "-a", "xf"])
def test_a_code_that_would_spoil_the_paths_is_refused(tree: dict[str, OrgUnit], code: str) -> None:
    with pytest.raises(ValidationError):
        org_unit(code, tree["swj"])


def test_a_unit_is_renamed_and_keeps_its_code(tree: dict[str, OrgUnit]) -> None:
    units.change_unit(
        actor=None, at=AT, unit=tree["zs"], name="招商办", name_en="Investment", position=3
    )
    unit = OrgUnit.objects.get(code="zs")
    assert unit.label == "招商办"
    with override("en"):
        assert unit.label == "Investment"


def test_a_unit_in_use_is_not_deactivated(tree: dict[str, OrgUnit]) -> None:
    person(unit=tree["xf"])
    with pytest.raises(ValidationError, match="在用的下属单位"):
        close_unit(actor=None, at=AT, unit=tree["zs"])
    with pytest.raises(ValidationError, match="在用的人员"):
        close_unit(actor=None, at=AT, unit=tree["xf"])


def test_a_deactivated_unit_leaves_the_forms_and_stays_in_the_tree(
    tree: dict[str, OrgUnit],
) -> None:
    close_unit(actor=None, at=AT, unit=tree["zs-1"])
    assert tree["zs-1"].pk not in [pk for pk, _name in unit_choices()]
    assert "zs-1" in [unit.code for unit in unit_tree()]


def test_the_tree_lists_parents_before_children_and_neighbours_by_position(
    tree: dict[str, OrgUnit],
) -> None:
    units.change_unit(actor=None, at=AT, unit=tree["zs"], name="招商办", name_en="", position=9)
    assert [unit.code for unit in unit_tree()] == ["swj", "xf", "zs", "zs-1"]
