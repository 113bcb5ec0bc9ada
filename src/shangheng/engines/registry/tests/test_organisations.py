from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit
from shangheng.engines.registry.access import access_organisation, person_for
from shangheng.engines.registry.matching import by_code, find_similar
from shangheng.engines.registry.models import FieldSource, NameKind, Organisation
from shangheng.engines.registry.services import contacts
from shangheng.engines.registry.services import organisations as registry
from shangheng.engines.registry.services.naming import count_grams
from shangheng.engines.registry.services.organisations import OrganisationRefused, Source
from shangheng.engines.registry.tests.desk import LICENCE, clerk, organisation

pytestmark = pytest.mark.django_db
CODE = "914403001922038216"


def test_an_organisation_keeps_where_each_thing_is_known_from() -> None:
    made = organisation("武汉华星光电技术有限公司", code=CODE, industry="C3974", area="420112")
    known = {row.field: (row.value, row.source, row.as_of) for row in made.sources.all()}
    assert known["code"] == (CODE, "营业执照", date(2021, 3, 1))
    registry.describe_organisation(
        actor=clerk(),
        at=AT,
        organisation=made,
        values={"industry": "C3975", "area": "420112"},
        source=Source("企业年报", date(2021, 6, 30)),
        seen=made.version,
    )
    assert [row.value for row in made.sources.filter(field="industry")] == ["C3974", "C3975"]
    assert made.sources.filter(field="area").count() == 1  # unchanged: its older source stays
    assert Row.objects.filter(act="registry.describe").get().before == {"industry": "C3974"}


def test_sources_cannot_be_rewritten() -> None:
    made = organisation("周黑鸭", area="420112")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        FieldSource.objects.filter(organisation=made).update(value="420100")


def test_one_code_belongs_to_one_organisation() -> None:
    organisation("甲公司", code=CODE)
    with pytest.raises(OrganisationRefused, match="“甲公司”已用这个代码登记"):
        organisation("乙公司", code="9144 0300 1922 0382 16")
    second = organisation("丙公司")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=second.pk).update(code=CODE)


def test_a_wrong_check_character_is_kept_only_with_a_reason() -> None:
    with pytest.raises(OrganisationRefused) as refused:
        organisation("丁公司", code="914403001922038217")
    assert refused.value.to_confirm == {"code"}
    kept = registry.register_organisation(
        actor=clerk(),
        at=AT,
        name="丁公司",
        source=LICENCE,
        values={"code": "914403001922038217"},
        code_note="执照原件如此",
    )
    assert kept.code_note == "执照原件如此"


@pytest.mark.parametrize(
    ("values", "field"),
    [({"industry": "C99"}, "industry"), ({"kind": "guild"}, "kind"), ({"code": "123"}, "code")],
)
def test_what_is_wrong_is_told_by_field(values: dict[str, str], field: str) -> None:
    with pytest.raises(OrganisationRefused) as refused:
        organisation("戊公司", None, **values)
    assert set(refused.value.errors) == {field}


def test_a_daughter_cannot_be_the_parent_of_its_parent() -> None:
    mother = organisation("母公司")
    daughter = organisation("女公司", parent=mother)
    with pytest.raises(OrganisationRefused, match="下级"):
        registry.describe_organisation(
            actor=clerk(), at=AT, organisation=mother, values={"parent": daughter}, source=LICENCE,
            seen=None,
        )  # fmt: skip


def test_a_renamed_organisation_is_found_by_its_former_name() -> None:
    made = organisation("武汉旧名贸易有限公司")
    registry.rename_organisation(
        actor=clerk(), at=AT, organisation=made, name="武汉新名商贸集团有限公司",
        since=date(2021, 7, 1), source="变更通知书", seen=made.version,
    )  # fmt: skip
    former = made.names.get(kind=NameKind.FORMER)
    assert (former.name, former.until) == ("武汉旧名贸易有限公司", date(2021, 7, 1))
    [match] = find_similar("旧名贸易")
    assert (match.organisation, match.name) == (made, "武汉旧名贸易有限公司")


def test_who_saw_an_older_state_is_told_and_nothing_is_overwritten() -> None:
    made = organisation("己公司")
    seen = made.version
    for address in ("金银湖路1号", "吴家山"):
        with pytest.raises(StaleEdit) if address == "吴家山" else nullcontext():
            registry.describe_organisation(
                actor=clerk(), at=AT, organisation=made, values={"address": address},
                source=LICENCE, seen=seen,
            )  # fmt: skip
    assert Organisation.objects.get(pk=made.pk).address == "金银湖路1号"


@pytest.mark.parametrize("counted", [False, True])
def test_misspelt_and_short_names_find_the_organisation(counted: bool) -> None:
    meant = organisation("武汉华星光电技术有限公司")
    for other in ("武汉天马微电子有限公司", "武汉光谷技术有限公司", "华新水泥股份有限公司"):
        organisation(other)
    if counted:
        assert count_grams() > 10
    for asked in ("华星光电", "武汉华兴光电技术公司", "华星光点技术", "武汉市华光电技术有限公司"):
        assert find_similar(asked)[0].organisation == meant, asked
    assert find_similar("完全不同的名字") == []


def test_a_code_finds_its_organisation_in_any_spelling() -> None:
    made = organisation("庚公司", code=CODE)
    assert by_code("９１４４０３００ 1922038216") == made
    assert by_code("") is None


def test_contacts_are_masked_for_those_who_need_not_know_them() -> None:
    made = organisation("辛公司")
    contact = contacts.add_contact(
        actor=clerk(), at=AT, organisation=made, source=LICENCE, name="王小明", phone="13812345678"
    )
    shown = person_for(person("inspector", scope="all"), contact)
    assert (shown.name, shown.phone, shown.masked) == ("王**", "138******78", True)
    assert person_for(person("section_head", scope="all"), contact).phone == "13812345678"
    assert "王小明" not in str(Row.objects.get(act="registry.contact").after)


def test_a_list_is_noted_once_a_year() -> None:
    made = organisation("壬公司")
    for rank in (300, 298):
        registry.put_on_list(
            actor=clerk(), at=AT, organisation=made, code="china_500", year=2021, rank=rank,
            source="公布名单",
        )  # fmt: skip
    assert [row.rank for row in made.memberships.all()] == [298]
    with pytest.raises(OrganisationRefused, match="没有编码为“top”的名录"):
        registry.put_on_list(
            actor=clerk(), at=AT, organisation=made, code="top", year=2021, source="某处"
        )


def test_only_editors_write_and_only_viewers_look() -> None:
    made = organisation("癸公司")
    with pytest.raises(PermissionDenied):
        organisation("子公司", actor=person("inspector", scope="all"))
    assert access_organisation(actor=person("inspector", scope="all"), pk=made.pk) == made
    with pytest.raises(PermissionDenied):
        access_organisation(actor=person("administrator"), pk=made.pk)
    with pytest.raises(PermissionDenied):
        access_organisation(actor=person("inspector", scope="all"), pk=made.pk, to="edit")


def test_a_contact_is_changed_by_who_sees_it_whole_and_ended_by_who_edits() -> None:
    made = organisation("子公司")
    officer = person("investment_officer", scope="all")
    one = contacts.add_contact(
        actor=officer, at=AT, organisation=made, source=LICENCE, name="王小明", phone="13812345678"
    )
    change: dict[str, Any] = {
        "contact": one,
        "at": AT,
        "source": LICENCE,
        "seen": 1,
        "name": "王大明",
    }
    with pytest.raises(PermissionDenied):
        contacts.change_contact(actor=clerk(), **change)
    contacts.change_contact(actor=officer, **change)
    with pytest.raises(StaleEdit):
        contacts.change_contact(actor=officer, **change)
    contacts.end_contact(actor=clerk(), at=AT, contact=one)
    one.refresh_from_db()
    assert (one.name, one.phone, one.is_active) == ("王大明", "13812345678", False)
    contacts.resume_contact(actor=clerk(), at=AT, contact=one)
    acts = Row.objects.filter(act__startswith="registry.contact").order_by("number")
    assert [row.act.removeprefix("registry.") for row in acts] == [
        "contact", "contact_change", "contact_end", "contact_resume",
    ]  # fmt: skip
    assert "大明" not in "".join(str((row.before, row.after)) for row in acts)


def test_a_place_on_a_list_is_taken_back() -> None:
    made = organisation("丑公司")
    noted = registry.put_on_list(
        actor=clerk(), at=AT, organisation=made, code="listed", year=2021, source="公告"
    )
    registry.take_off_list(actor=clerk(), at=AT, membership=noted)
    assert not made.memberships.exists()
    assert Row.objects.get(act="registry.list_end").before == {
        "list": "listed", "year": 2021, "rank": None,
    }  # fmt: skip
