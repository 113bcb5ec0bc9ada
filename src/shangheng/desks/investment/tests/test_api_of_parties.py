"""Organisations and spaces by the API."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import person
from shangheng.core.api import limits
from shangheng.core.api.tests.callers import Caller, problem
from shangheng.core.notices.models import Event, Notice
from shangheng.desks.investment.models import Project, Space
from shangheng.desks.investment.services import organisations as services
from shangheng.desks.investment.services.projects import change_project
from shangheng.desks.investment.tests.test_api import etag
from shangheng.engines.registry.models import Organisation

PLANT = {
    "code": "DXH-001",
    "name": "临空港3号厂房",
    "kind": "plant",
    "area": "12500.50",
    "clear_height": "9",
    "price": "18.5",
    "price_unit": "monthly",
    "price_on": "2021-11-01",
}
FIRM = {
    "name": "武汉京东金德贸易有限公司",
    "code": "91420112MA4KXY1234",
    "code_note": "执照上就是这个代码",
    "industry": "F51",
    "area": "420112",
    "source": "营业执照",
    "as_of": "2021-11-30",
}
SPACES, FIRMS = "investment/spaces", "investment/organisations"


@pytest.fixture(autouse=True)
def nothing_spent() -> None:
    limits.forget()


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


def entered(caller: Caller, path: str, body: dict[str, Any]) -> str:
    made = caller.post(path, body)
    assert made.status_code == 201, made.json()
    return f"{path}/{made.json()['id']}"


def test_a_space_is_entered_listed_and_changed_in_the_version_that_was_read(
    caller: Caller, owner: User
) -> None:
    path = entered(caller, SPACES, PLANT)
    told = caller.get(path).json()
    assert (told["area"], told["state"], told["unit"]["id"]) == ("12500.5", "free", owner.unit_id)
    assert caller.get(SPACES, {"kind": "plant", "q": "DXH"}).json()["total"] == 1
    assert caller.get(SPACES, {"kind": "parcel"}).json()["total"] == 0
    seen = etag(caller, path)
    assert caller.patch(path, {"name": "3号厂房"}, **seen).json()["name"] == "3号厂房"
    problem(caller.patch(path, {"name": "4号厂房"}, **seen), 412)
    assert Space.objects.get().price is not None, "what was left out stays"
    problem(caller.patch(path, {"price_unit": ""}, **etag(caller, path)), 422)
    problem(caller.patch(path, {"area": None}, **etag(caller, path)), 422)
    problem(caller.post(SPACES, PLANT), 422)


def test_a_space_is_reserved_let_and_set_free_again_by_undoing(
    caller: Caller, project: Project
) -> None:
    path = entered(caller, SPACES, PLANT)
    until = (timezone.localdate() + timedelta(10)).isoformat()
    held = caller.post(
        f"{path}/reservations", {"project": project.pk, "until": until}, **etag(caller, path)
    )
    assert held.status_code == 201, held.json()
    assert (held.json()["state"], held.json()["project"]) == ("reserved", project.pk)
    assert caller.get(SPACES, {"tab": "reserved"}).json()["total"] == 1
    let = caller.post(f"{path}/states", {"state": "let"}, **etag(caller, path))
    assert (let.json()["state"], let.json()["project"]) == ("let", project.pk)
    for state in ("reserved", "free"):
        last = caller.get(path).json()["events"][0]["id"]
        back = caller.post(f"{path}/undo", {"event": last}, **etag(caller, path))
        assert back.json()["state"] == state, back.json()
    told = [
        one.kind
        for one in Event.objects.filter(source=f"investment.space:{path.rpartition('/')[2]}")
    ]
    assert sorted(told) == ["space.reserved", "space.state", "space.undone", "space.undone"]


def test_who_owns_a_project_hears_that_another_reserved_a_space_for_it(
    caller: Caller, project: Project, owner: User
) -> None:
    path = entered(caller, SPACES, PLANT)
    helper = person("section_head", unit=project.matter.unit)
    until = (timezone.localdate() + timedelta(5)).isoformat()
    body = {"project": project.pk, "until": until}
    other = Caller(helper)
    assert other.post(f"{path}/reservations", body, **etag(other, path)).status_code == 201
    notice = Notice.objects.get(event__kind="space.reserved")
    assert notice.receiver == owner
    assert f"预留到{until}" in notice.event.texts["zh-hans"]["subject"]


def test_a_space_that_another_unit_keeps_is_read_and_not_changed(
    caller: Caller, stranger: User
) -> None:
    path = entered(caller, SPACES, PLANT)
    other = Caller(stranger)
    assert other.get(path).status_code == 200
    problem(other.patch(path, {"name": "别的"}, **etag(other, path)), 403)
    problem(other.post(f"{path}/states", {"state": "let"}, **etag(other, path)), 403)


def test_an_organisation_is_registered_and_every_field_says_where_it_is_known_from(
    caller: Caller,
) -> None:
    path = entered(caller, FIRMS, FIRM)
    told = caller.get(path).json()
    assert told["code_note"] == "执照上就是这个代码"
    assert {"field": "industry", "source": "营业执照", "as_of": "2021-11-30"} in told["sources"]
    assert [one["kind"] for one in told["names"]] == ["current"]
    change = {"address": "金银湖路1号", "source": "企业填报", "as_of": "2021-12-01"}
    done = caller.patch(path, change, **etag(caller, path))
    assert (done.status_code, done.json()["address"]) == (200, "金银湖路1号")
    assert done.json()["industry"] == "F51", "what was left out stays"
    assert done.json()["code_note"] == "执照上就是这个代码"


def test_what_the_registry_refuses_is_told_by_its_field(caller: Caller) -> None:
    unexplained = {name: told for name, told in FIRM.items() if name != "code_note"}
    told = problem(caller.post(FIRMS, unexplained), 422)
    assert {"body.code", "body.code_note"} == {one["at"] for one in told["errors"]}
    ahead = (timezone.localdate() + timedelta(2)).isoformat()
    told = problem(caller.post(FIRMS, FIRM | {"as_of": ahead}), 422)
    assert [one["at"] for one in told["errors"]] == ["body.as_of"]
    path = entered(caller, FIRMS, FIRM)
    body = {"list": "no_such", "year": 2021, "source": "公开名单"}
    told = problem(caller.post(f"{path}/lists", body, **etag(caller, path)), 422)
    assert [one["at"] for one in told["errors"]] == ["body.list"]


def test_a_renamed_organisation_is_found_by_both_names_and_its_projects_owner_hears_of_it(
    caller: Caller, project: Project, owner: User
) -> None:
    values = {"investor": "创维集团有限公司"}
    change_project(actor=owner, at=timezone.now(), row=project, values=values, team=None, seen=None)
    row = Organisation.objects.get(name="创维集团有限公司")
    before, path = row.name, f"{FIRMS}/{row.pk}"
    helper = Caller(person("section_head", unit=project.matter.unit))
    body = {"name": "创维光电集团", "since": "2021-11-01", "source": "变更通知书"}
    done = helper.post(f"{path}/renaming", body, **etag(helper, path))
    assert done.json()["name"] == "创维光电集团", done.json()
    assert {one["name"] for one in done.json()["names"]} == {before, "创维光电集团"}
    assert caller.get(FIRMS, {"q": before}).json()["items"][0]["id"] == row.pk
    notice = Notice.objects.get(event__kind="organisation.renamed")
    assert notice.receiver == owner
    assert before in notice.event.texts["zh-hans"]["subject"]


def test_names_and_lists_are_added_and_one_that_resembles_is_shown(caller: Caller) -> None:
    path = entered(caller, FIRMS, FIRM)
    name = {"name": "京东金德", "kind": "short", "source": "企业填报"}
    assert caller.post(f"{path}/names", name, **etag(caller, path)).status_code == 201
    listed = {"list": "fortune_global_500", "year": 2021, "rank": 59, "source": "公开名单"}
    done = caller.post(f"{path}/lists", listed, **etag(caller, path))
    assert done.json()["lists"] == [listed], done.json()
    found = caller.get(f"{FIRMS}/similar", {"name": "武汉京东金得贸易公司"}).json()
    assert found[0]["name"] == FIRM["name"]
    assert found[0]["score"] > 80
    problem(caller.get(f"{FIRMS}/similar"), 422)


def test_an_organisation_that_was_merged_away_is_answered_by_who_kept_it(
    caller: Caller, owner: User
) -> None:
    kept = entered(caller, FIRMS, FIRM)
    gone = entered(caller, FIRMS, FIRM | {"name": "京东金德贸易", "code": "", "code_note": ""})
    rows = [Organisation.objects.get(pk=path.rpartition("/")[2]) for path in (kept, gone)]
    head = person("section_head", unit=owner.unit)
    done = services.merge(
        actor=head,
        at=timezone.now(),
        kept=rows[0],
        gone=rows[1],
        reason="同一家",
    )
    assert caller.get(gone).json()["id"] == rows[0].pk
    services.unmerge(actor=head, at=timezone.now(), done=done, reason="不是一家")
    assert caller.get(gone).json()["id"] == rows[1].pk
    told = Event.objects.filter(kind__startswith="organisation.").order_by("pk")
    assert [one.kind for one in told] == ["organisation.merged", "organisation.unmerged"]
    assert told[0].texts["zh-hans"]["body"] == "同一家"


def test_contacts_are_masked_for_a_token_without_the_right(caller: Caller, owner: User) -> None:
    path = entered(caller, FIRMS, FIRM)
    row = Organisation.objects.get(pk=path.rpartition("/")[2])
    row.contacts.create(name="王小强", phone="13812345678", source="名片", as_of=date(2021, 11, 1))
    assert caller.get(path).json()["contacts"][0]["phone"] == "13812345678"
    reader = Caller(owner, ["registry.view"])
    assert "*" in reader.get(path).json()["contacts"][0]["phone"]
    problem(reader.post(FIRMS, FIRM), 403)
