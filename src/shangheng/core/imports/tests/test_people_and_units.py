"""People and units from a file: added, changed, and set back to what they were."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from shangheng.core.accounts import services, units
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.audit.models import Row
from shangheng.core.imports.held import Upload
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import CannotUndo, Table
from shangheng.core.imports.services.commit import ImportRefused, commit
from shangheng.core.imports.services.preview import Preview, preview
from shangheng.core.imports.services.undo import obstacles, undo
from shangheng.core.imports.tables import people as people_table
from shangheng.core.imports.tables import units as units_table
from shangheng.core.search.models import Item

pytestmark = pytest.mark.django_db

UNITS, PEOPLE = units_table.TABLE, people_table.TABLE
TREE = """单位代码,单位名称,上级单位代码,排序
zs-1,招商一组,zs,1
zs,招商科,swj,
swj,商务局,,
"""
STAFF = """登录名,姓名,所在单位,在用
Zhang.San,张三,商务局,
li.si,李四,swj,否
"""


@pytest.fixture
def boss() -> User:
    return person("administrator")


@pytest.fixture
def bureau() -> OrgUnit:
    return org_unit("swj", name="商务局")


def look(boss: User, table: Table, text: str) -> Preview:
    upload = Upload("表.csv", text.encode())
    return preview(actor=boss, at=timezone.now(), table=table, upload=upload)


def take_in(boss: User, table: Table, text: str) -> Batch:
    upload = Upload("表.csv", text.encode())
    return commit(actor=boss, at=timezone.now(), table=table, upload=upload)


def take_back(boss: User, table: Table, batch: Batch) -> None:
    undo(actor=boss, at=timezone.now(), table=table, batch=batch, reason="传错了文件")


def told(found: Preview) -> list[str]:
    return [f"{error.address} {error.message}" for error in found.errors]


def paths() -> dict[str, str]:
    return dict(OrgUnit.objects.values_list("code", "path"))


def test_a_tree_comes_in_whatever_the_order_of_its_rows(boss: User) -> None:
    found = look(boss, UNITS, TREE)
    assert (found.new, found.changed, paths()) == (3, 0, {}), told(found)
    batch = take_in(boss, UNITS, TREE)
    assert paths() == {"swj": "swj/", "zs": "swj/zs/", "zs-1": "swj/zs/zs-1/"}
    assert Row.objects.filter(act="accounts.unit.create").count() == 3
    again = look(boss, UNITS, TREE)
    assert (again.new, again.changed, again.repeated) == (0, 0, 3)
    take_back(boss, UNITS, batch)
    assert paths() == {}
    assert Row.objects.filter(act="accounts.unit.remove").count() == 3
    assert not Item.objects.filter(kind="units").exists()


def test_a_unit_is_changed_by_its_code_and_set_back(boss: User, bureau: OrgUnit) -> None:
    hall = org_unit("zs", name="招商处")
    text = "单位代码,单位名称,上级单位代码\nzs,招商科,swj\n"
    found = look(boss, UNITS, text)
    assert found.matches[0].before == {"name": "招商处", "parent": None}
    batch = take_in(boss, UNITS, text)
    hall.refresh_from_db()
    assert (hall.name, hall.path, batch.changed, batch.new) == ("招商科", "swj/zs/", 1, 0)
    take_back(boss, UNITS, batch)
    hall.refresh_from_db()
    assert (hall.name, hall.path, hall.position) == ("招商处", "zs/", 0)


def test_what_was_touched_since_is_named_and_nothing_is_set_back(
    boss: User, bureau: OrgUnit
) -> None:
    org_unit("zs", name="招商处")
    batch = take_in(boss, UNITS, "单位代码,单位名称\nswj,商务和经信局\nzs,招商科\n")
    hall = OrgUnit.objects.get(code="zs")
    units.change_unit(actor=None, at=AT, unit=hall, name="投促科", name_en="", position=0)
    (stopped,) = obstacles(actor=boss, at=timezone.now(), table=UNITS, batch=batch)
    assert (stopped.number, stopped.url) == (3, reverse("unit_edit", args=[hall.pk]))
    assert "投促科" in stopped.message
    with pytest.raises(CannotUndo):
        take_back(boss, UNITS, batch)
    bureau.refresh_from_db()
    assert bureau.name == "商务和经信局"


def test_a_change_of_another_value_since_does_not_matter(boss: User, bureau: OrgUnit) -> None:
    batch = take_in(boss, UNITS, "单位代码,单位名称\nswj,商务和经信局\n")
    bureau.refresh_from_db()
    units.change_unit(
        actor=None, at=AT, unit=bureau, name=bureau.name, name_en="Commerce", position=7
    )
    take_back(boss, UNITS, batch)
    bureau.refresh_from_db()
    assert (bureau.name, bureau.name_en, bureau.position) == ("商务局", "Commerce", 7)


def test_a_unit_that_is_used_by_now_is_not_removed(boss: User) -> None:
    batch = take_in(boss, UNITS, TREE)
    person(unit=OrgUnit.objects.get(code="zs-1"))
    (stopped, *_above) = obstacles(actor=boss, at=timezone.now(), table=UNITS, batch=batch)
    assert "已经用到" in stopped.message
    assert len(paths()) == 3, "looking changes nothing"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("单位代码,单位名称\nZS!,招商科\n", "A2", "代码只能用"),
        ("单位代码,单位名称,上级单位代码\nzs,招商科,xx\n", "C2", "没有代码为“xx”的单位"),
        ("单位代码,单位名称,上级单位代码\na,甲,b\nb,乙,a\n", "C2", "绕成了一圈"),
        ("单位代码,单位名称,上级单位代码\na,甲,a\n", "C2", "绕成了一圈"),
        ("单位代码,单位名称\na,甲\na,乙\n", "3:3", "与第2行重复"),
        ("单位代码,单位名称,排序\na,甲,-1\n", "C2", "不能小于0"),
    ],
)
def test_a_wrong_unit_is_refused_at_its_cell(boss: User, text: str, place: str, words: str) -> None:
    found = look(boss, UNITS, text)
    first = told(found)[0]
    assert first.startswith(place), told(found)
    assert words in first
    with pytest.raises(ImportRefused):
        take_in(boss, UNITS, text)
    assert paths() == {}


def test_moving_a_unit_below_its_own_part_is_refused_with_its_cell(
    boss: User, bureau: OrgUnit
) -> None:
    org_unit("zs", bureau)
    found = look(boss, UNITS, "单位代码,单位名称,上级单位代码\nswj,商务局,zs\n")
    assert "不能移到" in told(found)[0]
    assert told(found)[0].startswith("C2")


def test_people_come_without_passwords_and_rights(boss: User, bureau: OrgUnit) -> None:
    batch = take_in(boss, PEOPLE, STAFF)
    zhang, li = (User.objects.get(username=name) for name in ("zhang.san", "li.si"))
    assert (zhang.display_name, zhang.unit, zhang.is_active) == ("张三", bureau, True)
    assert not zhang.has_usable_password()
    assert not zhang.grants.exists()
    assert not li.is_active
    take_back(boss, PEOPLE, batch)
    assert set(User.objects.all()) == {boss}
    assert Row.objects.filter(act="accounts.user.remove").count() == 2


def test_a_person_is_moved_and_set_back_and_a_blank_keeps_them_in_use(
    boss: User, bureau: OrgUnit
) -> None:
    wang = person(username="wang.wu", display_name="王五")
    batch = take_in(boss, PEOPLE, "登录名,姓名,所在单位,在用\nwang.wu,王五,商务局,\n")
    wang.refresh_from_db()
    assert (wang.unit, wang.is_active) == (bureau, True)
    row = batch.rows.get()
    assert row.before is not None
    assert (row.before["unit"], row.after and row.after["unit"]) == (None, "swj")
    take_back(boss, PEOPLE, batch)
    wang.refresh_from_db()
    assert wang.unit is None


def test_who_has_a_role_by_now_is_not_removed(boss: User, bureau: OrgUnit) -> None:
    batch = take_in(boss, PEOPLE, STAFF)
    zhang = User.objects.get(username="zhang.san")
    services.grant(actor=boss, at=AT, user=zhang, role="director")
    (stopped,) = obstacles(actor=boss, at=timezone.now(), table=PEOPLE, batch=batch)
    assert "只能停用" in stopped.message
    with pytest.raises(CannotUndo):
        take_back(boss, PEOPLE, batch)
    assert User.objects.filter(username="li.si").exists()


def test_nobody_keeps_themselves_out_by_a_file(boss: User) -> None:
    text = f"登录名,姓名,在用\n{boss.username},{boss.display_name},否\n"
    assert "不能改变自己的权限" in told(look(boss, PEOPLE, text))[0]


def test_the_pages_show_what_was_and_what_will_be(boss: User, bureau: OrgUnit) -> None:
    person(username="wang.wu", display_name="王五")
    browser = Client()
    browser.force_login(boss)
    blank = browser.get(reverse("person-import-template"))
    book = openpyxl.load_workbook(io.BytesIO(blank.content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:4] == ["登录名*", "姓名*", "所在单位", "在用"]
    assert any("商务局" in str(rule.formula1) for rule in sheet.data_validations.dataValidation)
    for column, value in enumerate(("wang.wu", "王武", "商务局"), 1):
        sheet.cell(3, column, value)
    filled = io.BytesIO()
    book.save(filled)
    filled.seek(0)
    filled.name = "人员.xlsx"
    address = browser.post(reverse("person-import"), {"file": filled}).headers["Location"]
    text = browser.get(address).content.decode()
    assert "新增 0 行，改动 1 行，不变 0 行" in text
    assert '<del class="muted">王五</del>' in text
    text = browser.post(address, {"source": "", "note": ""}, follow=True).content.decode()
    assert "已导入1条记录" in text
    assert '<del class="muted">王五</del> 王武' in text
    assert "商务局" in text


def test_only_who_manages_people_gets_there() -> None:
    browser = Client()
    browser.force_login(person("statistics_clerk"))
    for name in ("person-import", "unit-import"):
        assert browser.get(reverse(name)).status_code == 403


def test_a_table_of_one_language_is_read_in_the_other(boss: User, bureau: OrgUnit) -> None:
    english = "Login name,Name,Unit,In use\nli.si,Li Si,swj,No\n"
    assert look(boss, PEOPLE, english).new == 1
    with override("en"):
        assert look(boss, PEOPLE, STAFF).new == 2
        assert look(boss, UNITS, TREE).new == 2
