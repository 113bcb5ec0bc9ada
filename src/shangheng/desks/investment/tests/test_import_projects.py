from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row
from shangheng.core.imports.held import Upload
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import CannotUndo
from shangheng.core.imports.services.commit import ImportRefused, commit
from shangheng.core.imports.services.preview import Preview, preview
from shangheng.core.imports.services.undo import undo
from shangheng.core.search.services import differences
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.services.import_projects import TABLE
from shangheng.desks.investment.services.projects import change_project
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser
from shangheng.engines.cases import verification
from shangheng.engines.registry.matching import find_similar
from shangheng.engines.registry.models import Contact, Organisation

HEAD = "项目名称,牵头单位,投资方,投资方统一社会信用代码,协议投资额（亿）,币种,汇率,汇率日期,行业\n"
CODE = "91420112MA4KXN6Q62"
TWO = (
    HEAD
    + "康佳半导体基地,招商局,康佳集团股份有限公司,,10.5,美元,6.4,2021-11-30,C39\n"
    + "顺丰分拣中心,招商局,顺丰速运集团有限公司,,3.2,,,,G60\n"
)


def look(actor: User, text: str) -> Preview:
    upload = Upload("项目.csv", text.encode())
    return preview(actor=actor, at=timezone.now(), table=TABLE, upload=upload)


def take_in(actor: User, text: str) -> Batch:
    upload = Upload("项目.csv", text.encode())
    return commit(actor=actor, at=timezone.now(), table=TABLE, upload=upload)


def take_back(actor: User, batch: Batch) -> None:
    undo(actor=actor, at=timezone.now(), table=TABLE, batch=batch, reason="传错了")


def told(found: Preview) -> list[tuple[int, str, str]]:
    return [(error.row, error.title, error.message) for error in found.errors]


def test_projects_come_in_as_if_they_had_been_entered_one_by_one(owner: User) -> None:
    take_in(owner, TWO)
    first, second = Project.objects.order_by("pk")
    assert (first.agreed_cny, first.currency) == (Decimal("67.2"), "USD")
    assert first.investor is not None
    assert first.investor.name == "康佳集团股份有限公司"
    assert (second.matter.stage, second.matter.owner) == ("lead", owner)
    assert second.matter.milestones.get().occurred_on == timezone.localdate()
    assert list(verification.verify()) == []
    assert differences() == []
    acts = Row.objects.filter(act="investment.project.enter").values_list("target", flat=True)
    assert list(acts) == [f"investment.project:{one.pk}" for one in (first, second)]


def test_a_bulk_entry_leaves_what_a_single_one_leaves(owner: User) -> None:
    """The same fields in the same tables, but for the keys and the instant."""
    office.project(owner, "单个", investor="单个投资有限公司", industry="C39")
    take_in(owner, HEAD + "成批,招商局,成批投资有限公司,,,,,,C39\n")
    one, many = Project.objects.order_by("pk")
    pairs: list[tuple[Any, Any]] = [
        (one, many),
        (one.matter, many.matter),
        (one.investor, many.investor),
    ]
    for first, second in pairs:
        differing = {
            field.attname
            for field in first._meta.concrete_fields
            if getattr(first, field.attname) != getattr(second, field.attname)
        }
        assert differing <= {
            "id", "name", "title", "case_id", "investor_id", "subject_id", "created_at",
            "opened_at", "entered_at", "version",
        }  # fmt: skip
    acts = [
        list(Row.objects.filter(label__contains=word).values_list("act", flat=True))
        for word in ("单个", "成批")
    ]
    assert acts[0] == ["registry.register", "cases.open", "investment.project.enter"]
    assert [act for act in acts[1] if act != "imports.commit"] == acts[0]


def test_an_investor_is_known_by_its_code_or_name_and_registered_once(owner: User) -> None:
    known = office.project(owner, "旧项目", investor="康佳集团股份有限公司").investor
    assert known is not None
    text = HEAD + (
        "甲,招商局,康佳集团股份有限公司,,,,,,\n"
        f"乙,招商局,新来的科技有限公司,{CODE},,,,,\n"
        f"丙,招商局,,{CODE},,,,,\n"
        "丁,招商局,新来的科技有限公司,,,,,,\n"
    )
    take_in(owner, text)
    investors = dict(Project.objects.values_list("name", "investor"))
    assert investors["甲"] == known.pk
    assert investors["乙"] == investors["丙"] == investors["丁"]
    assert Organisation.objects.get(pk=investors["乙"]).code == CODE
    assert find_similar("新来的科技")[0].organisation.pk == investors["乙"]


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("甲,招商局,康佳,,10,美元,6.4,,C39", "汇率日期", "一起填写"),
        ("甲,招商局,康佳,,10,,6.4,2021-11-30,C39", "汇率", "人民币不填汇率"),
        ("甲,招商局,康佳,,10,美元,6.4,2199-01-01,C39", "汇率日期", "不能晚于今天"),
        ("甲,招商局,康佳,,0,,,,C39", "协议投资额", "大于0"),
        ("甲,招商局,康佳,,10,,,,Q99", "行业", "GB/T 4754"),
        ("甲,不存在的局,康佳,,10,,,,C39", "牵头单位", "不存在的局"),
        ("甲,招商局,康佳,91420112,10,,,,C39", "投资方统一社会信用代码", "18位"),
        (f"甲,招商局,,{CODE},10,,,,C39", "投资方统一社会信用代码", "同时填写名称"),
        (",招商局,康佳,,10,,,,C39", "项目名称", "不能为空"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(
    owner: User, row: str, column: str, message: str
) -> None:
    text = HEAD + "好的,招商局,好的有限公司,,1,,,,C39\n" + row + "\n"
    [(number, title, words)] = told(look(owner, text))
    assert (number, title) == (3, column)
    assert message in words
    with pytest.raises(ImportRefused):
        take_in(owner, text)
    assert not Project.objects.exists()


def test_a_name_that_several_bear_asks_for_the_code(owner: User) -> None:
    for _twice in range(2):
        other = office.project(owner, "旧", investor="大江贸易有限公司").investor
        assert other is not None
        Organisation.objects.filter(pk=other.pk).update(name="大江商贸有限公司")
        other.names.update(name="大江商贸有限公司")
    [(_row, title, words)] = told(look(owner, HEAD + "甲,招商局,大江商贸有限公司,,,,,,\n"))
    assert title == "投资方"
    assert "请填统一社会信用代码" in words


def test_a_project_that_is_there_already_is_left_out(owner: User) -> None:
    take_in(owner, TWO)
    more = TWO + "新的项目,招商局,顺丰速运集团有限公司,,1,,,,\n"
    assert (look(owner, more).new, look(owner, more).repeated) == (1, 2)
    take_in(owner, more)
    assert Project.objects.count() == 3
    with pytest.raises(ImportRefused, match="1处错误"):
        take_in(owner, more)


def test_one_project_twice_in_a_file_is_an_error(owner: User) -> None:
    twice = TWO + "顺丰分拣中心,招商局,顺丰速运集团有限公司,,9,,,,\n"
    [(number, _title, words)] = told(look(owner, twice))
    assert number == 4
    assert "与第3行重复" in words


def test_what_only_resembles_something_is_shown_and_keeps_nothing_out(owner: User) -> None:
    office.project(owner, "旧项目", investor="武汉华星光电技术有限公司")
    text = HEAD + (
        "旧项目,招商局,另一家有限公司,,,,,,\n"
        "甲,招商局,武汉华兴光电技术有限公司,,,,,,\n"
        "乙,招商局,湖北恒泰兴隆商贸有限公司,,,,,,\n"
        "丙,招商局,恒太兴隆商贸有限责任公司,,,,,,\n"
    )
    found = look(owner, text)
    assert found.ok
    remarks = [(one.row, one.title, one.message) for one in found.remarks]
    assert [(row, title) for row, title, _words in remarks] == [
        (2, "项目名称"), (3, "投资方"), (5, "投资方"),
    ]  # fmt: skip
    assert "武汉华星光电技术有限公司" in remarks[1][2]
    assert "湖北恒泰兴隆商贸有限公司" in remarks[2][2]
    assert take_in(owner, text).new == 4


def test_owner_contact_company_and_the_rest_come_along(owner: User, bureau: object) -> None:
    helper = person("investment_officer", unit=owner.unit)
    head = "项目名称,牵头单位,负责人,投资方,联系人,联系电话,落地企业,线索日期,需要供地,列入重点跟踪,落地单位\n"
    row = f"甲,招商局,{helper.username},康佳集团有限公司,王强,13800000000,康佳武汉有限公司,2021-03-01,是,否,招商局\n"
    take_in(owner, head + row)
    made = Project.objects.get()
    assert made.matter.owner == helper
    assert made.matter.milestones.get().occurred_on == date(2021, 3, 1)
    assert (made.needs_land, made.tracked) == (True, False)
    assert made.company is not None
    contact = Contact.objects.get()
    assert (contact.name, contact.organisation_id) == ("王强", made.investor_id)
    assert not Row.objects.filter(after__icontains="王强").exists(), "no personal data in the audit"


def test_a_batch_is_taken_back_by_withdrawing_its_projects(owner: User) -> None:
    batch = take_in(owner, TWO)
    take_back(owner, batch)
    assert set(Project.objects.values_list("status", flat=True)) == {"withdrawn"}
    assert "传错了" in Project.objects.first().status_reason  # type: ignore[union-attr]
    assert look(owner, TWO).new == 2, "a withdrawn project does not stand in the way"


def test_what_was_gone_on_with_is_not_taken_back(owner: User) -> None:
    batch = take_in(owner, TWO)
    row = Project.objects.get(name="顺丰分拣中心")
    change_project(actor=owner, at=timezone.now(), row=row, values={"chain": "物流"}, seen=None)
    with pytest.raises(CannotUndo, match="顺丰分拣中心"):
        take_back(owner, batch)
    assert not Project.objects.filter(status="withdrawn").exists()


def test_nobody_enters_projects_for_units_or_registers_investors_beyond_their_rights(
    owner: User, stranger: User
) -> None:
    [(_row, title, _words)] = told(look(stranger, TWO.splitlines()[0] + "\n" + TWO.splitlines()[1]))
    assert title == "牵头单位"
    clerk = person("statistics_clerk", unit=owner.unit)
    assert not clerk.has_perm("investment.edit")
    assert browser(clerk).get(reverse("project-import")).status_code == 403


def test_the_template_offers_what_may_be_chosen_and_the_page_leads_to_it(owner: User) -> None:
    assert browser(owner).get(reverse("project-import-template")).status_code == 200
    assert reverse("project-import") in browser(owner).get(reverse("projects")).content.decode()


def test_a_place_read_on_a_chinese_map_comes_in_as_wgs84(owner: User) -> None:
    head = "项目名称,牵头单位,经度,纬度,坐标取自\n"
    take_in(owner, head + "有坐标,招商局,121.531542,31.175304,GCJ-02\n没有坐标,招商局,,,\n")
    placed, without = Project.objects.order_by("pk")
    assert (placed.longitude, placed.latitude) == (Decimal("121.527211"), Decimal("31.177428"))
    assert without.longitude is None
    wrong = look(owner, head + "反了,招商局,31.175304,121.531542,\n半个,招商局,121.5,,\n")
    assert len(told(wrong)) == 2
