from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.audit.models import Row
from shangheng.core.search.finding import search
from shangheng.core.search.services import differences
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors import organisations as reading
from shangheng.desks.investment.services import money
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser, sent
from shangheng.engines.registry.models import Contact, Merge, NameKind, Organisation
from shangheng.engines.registry.services import organisations as registry
from shangheng.engines.registry.services.contacts import add_contact
from shangheng.engines.registry.services.organisations import Source

LICENCE = Source("营业执照", date(2021, 3, 1))
CODE = "914403001922038216"


@pytest.fixture
def row(project: Project) -> Organisation:
    """The investor of the project, 创维集团有限公司."""
    assert project.investor is not None
    return project.investor


@pytest.fixture
def project(owner: User) -> Project:
    return office.project(owner, investor="创维集团有限公司")


def page(user: User, row: Organisation) -> str:
    return browser(user).get(reverse("organisation", args=[row.pk])).content.decode()


def described(owner: User, row: Organisation, **values: object) -> None:
    registry.describe_organisation(
        actor=owner, at=AT, organisation=row, values=values, source=LICENCE, seen=None
    )


def contact(owner: User, row: Organisation) -> Contact:
    told = {"name": "王小明", "position": "经理", "phone": "13812345678"}
    return add_contact(actor=owner, at=AT, organisation=row, source=LICENCE, **told)


def rename(owner: User, row: Organisation, name: str = "创维数字集团有限公司") -> None:
    registry.rename_organisation(
        actor=owner, at=AT, organisation=row, name=name, since=date(2021, 7, 1),
        source="变更通知书", seen=None,
    )  # fmt: skip


def test_the_list_finds_by_code_name_former_name_and_pinyin(owner: User, row: Organisation) -> None:
    registry.register_organisation(actor=owner, at=AT, name="康佳集团", source=LICENCE)
    described(owner, row, code=CODE)
    rename(owner, row)
    for text in ("创维数字", "创维集团", "cwszjt", "chuangwei", CODE, CODE[:6], f"#{row.pk}"):
        assert names(owner, q=text) == [row.name], text
    assert names(owner, q="没有的名字") == []


def names(user: User, **asked: str) -> list[str]:
    answer = browser(user).get(reverse("organisations"), {"export": "csv", "every": "1", **asked})
    table = b"".join(answer).decode("utf-8-sig")
    first = [line.split(",")[0] for line in table.splitlines() if line.strip()]
    return first[first.index("名称") + 1 :]


def test_the_list_is_narrowed_by_kind_industry_list_area_and_tab(
    owner: User, row: Organisation
) -> None:
    other = registry.register_organisation(actor=owner, at=AT, name="康佳集团", source=LICENCE)
    described(owner, other, kind="foreign", industry="C39", area="420112", code=CODE)
    registry.put_on_list(
        actor=owner, at=AT, organisation=other, code="listed", year=2021, source="公告"
    )
    for asked in ({"kind": "foreign"}, {"section": "C"}, {"list": "listed"}, {"area": "420112"}):
        assert names(owner, **asked) == ["康佳集团"], asked
    assert names(owner, tab="party") == ["创维集团有限公司"]
    assert names(owner, tab="uncoded") == ["创维集团有限公司"]


def test_each_field_shows_its_source_and_what_stood_there_before(
    owner: User, row: Organisation
) -> None:
    described(owner, row, address="金银湖路1号")
    registry.describe_organisation(
        actor=owner, at=AT, organisation=row, values={"address": "高新大道2号"},
        source=Source("企业年报", date(2021, 6, 30)), seen=None,
    )  # fmt: skip
    text = page(owner, row)
    for told in (
        "高新大道2号",
        "企业年报",
        "2021年6月30日",
        "金银湖路1号（营业执照，2021年3月1日）",
    ):
        assert told in text, told


def test_a_code_with_a_wrong_check_digit_is_kept_with_a_reason_and_shown(owner: User) -> None:
    told = {"name": "丁公司", "code": "914403001922038217", "kind": "enterprise"}
    told |= {"source": "营业执照", "as_of": "2021-03-01"}
    client = browser(owner)
    answer = client.post(reverse("organisation-new"), told)
    assert answer.status_code == 422
    assert "第18位" in answer.content.decode()
    client.post(reverse("organisation-new"), {**told, "code_note": "执照原件如此"})
    made = Organisation.objects.get(name="丁公司")
    text = page(owner, made)
    assert "校验位不符" in text
    assert "执照原件如此" in text


def test_a_name_that_is_being_typed_shows_who_bears_it_with_a_link(
    owner: User, row: Organisation
) -> None:
    for asked in ({"name": "创维集团"}, {"code": CODE}):
        described(owner, row, code=CODE)
        answer = browser(owner).get(reverse("similar-names"), asked, HTTP_HX_REQUEST="true")
        assert reverse("organisation", args=[row.pk]) in answer.content.decode()


def test_the_second_editor_is_shown_both_sides(owner: User, head: User, row: Organisation) -> None:
    address = reverse("organisation-edit", args=[row.pk])
    form = browser(owner).get(address).context["form"]
    described(head, row, address="金银湖路1号")
    data = sent(form, address="吴家山", source="企业填报")
    answer = browser(owner).post(address, data)
    assert answer.status_code == 409
    assert "金银湖路1号" in answer.content.decode()
    row.refresh_from_db()
    assert row.address == "金银湖路1号"


def test_projects_leads_and_money_are_shown_as_far_as_somebody_may_see_them(
    owner: User, stranger: User, row: Organisation, project: Project
) -> None:
    values = {
        "paid_on": date(2021, 11, 1), "kind": "bank_receipt", "number": "HD-1",
        "amount": Decimal(3000), "currency": "CNY", "payer": row.name,
    }  # fmt: skip
    money.enter_arrival(actor=owner, at=AT, project=project, values=values)
    office.lead(owner, "创维想建新基地")
    assert [one.name for one, _part, _stage in reading.projects_of(owner, row)] == ["创维产业园"]
    assert len(reading.arrivals_of(owner, row)) == 1
    assert [one.title for one, _stage in reading.leads_of(owner, row)] == ["创维想建新基地"]
    assert reading.projects_of(stranger, row) == []
    assert reading.arrivals_of(stranger, row) == []


def test_contacts_are_masked_for_those_who_need_not_know_them(
    owner: User, row: Organisation
) -> None:
    one = contact(owner, row)
    clerk = person("statistics_clerk")
    assert "13812345678" in page(owner, row)
    shown = page(clerk, row)
    assert "138******78" in shown
    assert "13812345678" not in shown
    assert reverse("contact-edit", args=[one.pk]) not in shown
    client = browser(clerk)
    assert client.get(reverse("contact-edit", args=[one.pk])).status_code == 403
    assert client.post(reverse("contact-end", args=[one.pk])).status_code == 302
    reader = browser(person("inspector", scope="all"))
    for name in ("contact-end", "contact-resume"):
        assert reader.post(reverse(name, args=[one.pk])).status_code == 403
    assert reader.get(reverse("contact-new", args=[row.pk])).status_code == 403


def test_a_contact_is_added_from_the_page_of_a_project_and_leads_back_there(
    owner: User, row: Organisation, project: Project
) -> None:
    address = reverse("contact-new", args=[row.pk]) + f"?project={project.pk}"
    told = {"name": "李四", "phone": "13900000000", "source": "来访", "as_of": "2021-11-01"}
    answer = browser(owner).post(address, told)
    assert answer["Location"] == reverse("project", args=[project.pk])
    assert "李四" in browser(owner).get(answer["Location"]).content.decode()
    assert Row.objects.get(act="registry.contact").after == {"contact": Contact.objects.get().pk}


def test_the_second_editor_of_a_contact_is_shown_both_sides(owner: User, row: Organisation) -> None:
    one = contact(owner, row)
    address = reverse("contact-edit", args=[one.pk])
    client = browser(owner)
    form = client.get(address).context["form"]
    assert client.post(address, sent(form, phone="13900000000")).status_code == 302
    answer = client.post(address, sent(form, phone="13700000000"))
    assert answer.status_code == 409
    one.refresh_from_db()
    assert one.phone == "13900000000"


def merged(head: User, kept: Organisation, gone: Organisation, **told: Any) -> HttpResponse:
    address = f"{reverse('organisation-merge')}?row={kept.pk}&row={gone.pk}"
    client = browser(head)
    form = client.get(address).context["form"]
    data = sent(form, reason="重复登记", **told)
    found: Any = client.post(address, {**data, "row": [kept.pk, gone.pk]})
    return found  # type: ignore[no-any-return]


@pytest.fixture
def twin(owner: User) -> Organisation:
    """The same enterprise, registered once more, with a project of its own."""
    found = office.project(owner, "创维二期", investor="创维股份公司").investor
    assert found is not None
    return found


def test_two_organisations_become_one_and_two_again(
    owner: User, head: User, row: Organisation, twin: Organisation
) -> None:
    described(owner, row, address="金银湖路1号")
    described(owner, twin, address="高新大道2号", area="420112")
    assert merged(head, row, twin, **{"take-address": "gone"}).status_code == 302
    row.refresh_from_db()
    assert (row.address, row.area) == ("高新大道2号", "420112")
    assert [one.name for one, *_rest in reading.projects_of(owner, row)] == [
        "创维二期",
        "创维产业园",
    ]
    [group] = [one for one in search(owner, "创维股份", 9) if one.code == "organisations"]
    assert [hit.title for hit in group.hits] == ["创维集团有限公司"]
    assert differences() == []
    answer = browser(owner).get(reverse("organisation", args=[twin.pk]))
    assert answer["Location"] == reverse("organisation", args=[row.pk])
    address = reverse("organisation-unmerge", args=[Merge.objects.get().pk])
    told = browser(head).post(address, {"reason": "弄错了"}, follow=True).content.decode()
    assert "招商项目（投资方）1条" in told
    assert [one.name for one, *_rest in reading.projects_of(owner, row)] == ["创维产业园"]
    assert [one.name for one, *_rest in reading.projects_of(owner, twin)] == ["创维二期"]
    assert twin.names.get().kind == NameKind.CURRENT
    row.refresh_from_db()
    assert (row.address, row.area) == ("金银湖路1号", "")
    assert differences() == []


def test_the_preview_says_what_is_refused_and_nothing_is_done(
    owner: User, head: User, row: Organisation, twin: Organisation
) -> None:
    described(owner, row, code=CODE)
    described(owner, twin, code="91110000802100433B")
    address = f"{reverse('organisation-merge')}?row={row.pk}&row={twin.pk}"
    assert "统一社会信用代码不同" in browser(head).get(address).content.decode()
    answer = merged(head, row, twin)
    assert answer.status_code == 422
    assert not Merge.objects.exists()


def test_a_preview_that_is_no_longer_true_is_shown_again(
    owner: User, head: User, row: Organisation, twin: Organisation
) -> None:
    answer = merged(head, row, twin, kept_version=str(row.version + 1))
    assert answer["Location"].startswith(reverse("organisation-merge"))
    assert not Merge.objects.exists()


def test_two_must_be_chosen_and_only_by_who_may_merge(
    owner: User, head: User, row: Organisation, twin: Organisation
) -> None:
    address = reverse("organisation-merge")
    assert browser(owner).get(address).status_code == 403
    for rows in ([row.pk], [row.pk, row.pk]):
        answer = browser(head).post(address, {"act": "merge", "row": rows})
        assert answer["Location"] == reverse("organisations")
    answer = browser(head).post(address, {"act": "merge", "row": [row.pk, twin.pk]})
    assert answer["Location"] == f"{address}?row={row.pk}&row={twin.pk}"


def test_what_resembles_an_organisation_is_told_with_every_reason(
    owner: User, row: Organisation, twin: Organisation
) -> None:
    for one in (row, twin):
        described(owner, one, address="高新大道2号")
        contact(owner, one)
    [found] = reading.resembling(row)
    assert found.row == twin
    assert found.score > 90
    assert found.why[1:] == ["住所相同", "有联系人的电话相同"]


def test_projects_are_found_by_the_name_that_their_investor_bears_now(
    owner: User, row: Organisation
) -> None:
    rename(owner, row, "康佳集团有限公司")
    found = {one.code: [hit.title for hit in one.hits] for one in search(owner, "康佳", 9)}
    assert found["projects"] == ["创维产业园"]
    assert differences() == []


def test_a_place_on_a_list_is_noted_and_taken_back(owner: User, row: Organisation) -> None:
    client = browser(owner)
    told = {"code": "listed", "year": "2021", "rank": "", "source": "公告"}
    client.post(reverse("organisation-on-list", args=[row.pk]), told)
    assert "2021年上市公司" in page(owner, row)
    client.post(reverse("organisation-off-list", args=[row.memberships.get().pk]))
    assert not row.memberships.exists()


def test_another_name_leads_to_the_organisation(owner: User, row: Organisation) -> None:
    told = {"name": "Skyworth", "kind": "foreign", "until": "", "source": "官网"}
    browser(owner).post(reverse("organisation-name", args=[row.pk]), told)
    assert names(owner, q="skyworth") == [row.name]


def test_a_new_name_makes_the_old_one_a_former_one(owner: User, row: Organisation) -> None:
    address = reverse("organisation-rename", args=[row.pk])
    form = browser(owner).get(address).context["form"]
    data = sent(form, name="创维数字集团有限公司", source="变更通知书")
    assert browser(owner).post(address, data).status_code == 302
    row.refresh_from_db()
    assert row.names.get(kind=NameKind.FORMER).name == "创维集团有限公司"
    assert browser(owner).post(address, data).status_code == 302, "an older state was seen"
    row.refresh_from_db()
    assert row.name == "创维数字集团有限公司"
