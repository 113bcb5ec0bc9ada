"""The pages of the tree: drawn, looked through, changed after a preview, exported."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from shangheng.core.accounts import units
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.accounts.tests.seen import seen
from shangheng.core.audit.models import Row

pytestmark = pytest.mark.django_db
Tree = dict[str, OrgUnit]


@pytest.fixture
def tree() -> Tree:
    bureau = org_unit("swj", name="商务局")
    return {
        "swj": bureau,
        "zs": org_unit("zs", bureau, name="招商办"),
        "xf": org_unit("xf", bureau, name="消费科"),
    }


@pytest.fixture
def admin(client: Client) -> User:
    user = person("administrator", display_name="王管理")
    client.force_login(user)
    return user


def text(answer: Any) -> str:
    told: str = answer.content.decode()
    return told


def shown_and_confirmed(client: Client, path: str, asked: Mapping[str, object]) -> Any:
    """Open the form, look at the preview, confirm."""
    first = client.post(path, {**seen(client, path), **asked})
    assert "将改变什么" in text(first)
    form = first.context["form"]
    confirm = {"version": form["version"].value(), "confirm": form.digest}
    return client.post(path, {**asked, **confirm})


@pytest.mark.usefixtures("admin")
def test_the_outline_shows_levels_people_and_what_was_closed(client: Client, tree: Tree) -> None:
    person(unit=tree["zs"])
    shown_and_confirmed(client, f"/units/{tree['xf'].pk}/close/", {"reason": "撤并"})
    page = text(client.get("/units/"))
    assert 'aria-level="2"' in page
    assert f"/people/?unit={tree['zs'].pk}" in page
    assert "消费科" not in page.split("最近的变更")[0]
    assert "消费科" in text(client.get("/units/?closed=on")).split("最近的变更")[0]
    assert "停用" in text(client.get("/units/?closed=on"))


@pytest.mark.usefixtures("admin")
def test_the_outline_of_a_past_day_has_no_numbers_and_of_a_coming_day_is_refused(
    client: Client, tree: Tree
) -> None:
    units.change_unit(actor=None, at=AT, unit=tree["zs"], name="投促科", name_en="", position=0)
    past = text(client.get("/units/?on=2021-11-30"))
    assert "招商办" in past
    assert "投促科" not in past
    assert "人数和名下内容只有现在的数" in past
    assert client.get("/units/?on=2999-01-01").status_code == 422


@pytest.mark.usefixtures("admin")
def test_an_act_is_shown_before_it_is_done(client: Client, tree: Tree) -> None:
    clerk = person("statistics_clerk", unit=tree["zs"], scope="unit", display_name="吴统计")
    path = f"/units/{tree['zs'].pk}/merge/"
    asked = {"into": str(tree["xf"].pk), "reason": "机构改革"}
    first = text(client.post(path, {**seen(client, path), **asked}))
    assert "权限范围改变的人" in first
    assert "吴统计" in first
    assert OrgUnit.objects.get(code="zs").is_active, "only shown"
    assert shown_and_confirmed(client, path, asked).status_code == 302
    clerk.refresh_from_db()
    assert clerk.unit == tree["xf"]


@pytest.mark.usefixtures("admin")
def test_what_was_not_shown_is_not_done(client: Client, tree: Tree) -> None:
    path = f"/units/{tree['zs'].pk}/move/"
    known = seen(client, path)
    first = client.post(path, {**known, "parent": str(tree["xf"].pk), "reason": "调整"})
    confirm = {"version": known["version"], "confirm": first.context["form"].digest}
    other = client.post(path, {**confirm, "parent": "", "reason": "调整"})
    assert other.status_code == 200
    assert OrgUnit.objects.get(code="zs").parent == tree["swj"]


def test_the_second_of_two_sees_who_changed_the_tree_and_confirms_again(
    client: Client, admin: User, tree: Tree
) -> None:
    path = f"/units/{tree['zs'].pk}/move/"
    asked = {"parent": str(tree["xf"].pk), "reason": "调整"}
    first = client.post(path, {**seen(client, path), **asked})
    confirm = {"version": first.context["form"]["version"].value()}
    confirm["confirm"] = first.context["form"].digest
    li = person("administrator", display_name="李主任")
    units.change_unit(actor=li, at=AT, unit=tree["xf"], name="促消费科", name_en="", position=0)
    late = client.post(path, {**asked, **confirm})
    assert late.status_code == 409
    assert "李主任" in text(late)
    assert "促消费科" in text(late)
    assert OrgUnit.objects.get(code="zs").parent == tree["swj"]
    confirm["version"] = late.context["form"]["version"].value()
    assert client.post(path, {**asked, **confirm}).status_code == 302
    assert OrgUnit.objects.get(code="zs").parent == tree["xf"]


@pytest.mark.usefixtures("admin")
def test_a_refused_act_says_why_at_its_field(client: Client, tree: Tree) -> None:
    path = f"/units/{tree['swj'].pk}/move/"
    asked = {"parent": str(tree["zs"].pk), "reason": "试"}
    answer = client.post(path, {**seen(client, path), **asked})
    assert answer.status_code == 422
    assert "自己的下属单位" in text(answer)
    late = {"parent": "", "reason": "试", "since": "2999-01-01"}
    again = client.post(path, {**seen(client, path), **late})
    assert "不能晚于今天" in text(again)


@pytest.mark.usefixtures("admin")
def test_the_last_act_is_undone_from_the_page_of_the_unit(client: Client, tree: Tree) -> None:
    asked = {"parent": str(tree["xf"].pk), "reason": "调整"}
    shown_and_confirmed(client, f"/units/{tree['zs'].pk}/move/", asked)
    page = text(client.get(f"/units/{tree['zs'].pk}/"))
    change = tree["zs"].changes.latest("pk")
    undo = f"/units/changes/{change.pk}/undo/"
    assert undo in page
    assert shown_and_confirmed(client, undo, {"reason": "办错了"}).status_code == 302
    assert OrgUnit.objects.get(code="zs").parent == tree["swj"]
    assert "撤销" in text(client.get(f"/units/{tree['zs'].pk}/"))
    again = client.post(undo, {**seen(client, undo), "reason": "再来"})
    assert "已经撤销过了" in text(again)


@pytest.mark.usefixtures("admin")
def test_the_tree_goes_out_as_excel_and_the_export_is_recorded(client: Client, tree: Tree) -> None:
    answer = client.get("/units/units.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = next(row for row in rows if row[0] == "单位代码")
    assert header[:5] == ["单位代码", "单位名称", "英文名称", "上级单位代码", "上级单位"]
    assert ["zs", "招商办", None, "swj", "商务局", 2, "在用"] in [row[:7] for row in rows]
    assert Row.objects.latest("number").act == "accounts.unit.export"


def test_an_auditor_reads_the_tree_and_changes_nothing(client: Client, tree: Tree) -> None:
    client.force_login(person("auditor"))
    assert client.get(f"/units/{tree['zs'].pk}/").status_code == 200
    for act in ("edit", "move", "merge", "close", "reopen"):
        assert client.post(f"/units/{tree['zs'].pk}/{act}/").status_code == 403
    assert client.post(f"/units/changes/{tree['zs'].changes.get().pk}/undo/").status_code == 403
