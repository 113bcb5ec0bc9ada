from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.api import limits
from shangheng.core.api.tests.callers import Caller, problem
from shangheng.core.audit.models import Row
from shangheng.desks.investment.models import Arrival, Lead, Project
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.test_moving_many import ready
from shangheng.engines.cases.models import Milestone
from shangheng.engines.cases.services import pausing
from shangheng.engines.ledger.models import Posting

PROJECT = {
    "name": "康佳半导体基地",
    "investor": "康佳集团股份有限公司",
    "industry": "C39",
    "agreed_investment": "10.5",
    "currency": "USD",
    "rate": "6.4",
    "rate_on": "2021-11-30",
    "needs_land": False,
}
MONEY = {
    "paid_on": "2021-11-01",
    "kind": "bank_receipt",
    "number": "HD-0077",
    "amount": "3000",
    "industrial": True,
}


@pytest.fixture(autouse=True)
def nothing_spent() -> None:
    limits.forget()


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


def etag(caller: Caller, path: str) -> dict[str, str]:
    return {"If_Match": caller.get(path)["ETag"]}


def voucher(caller: Caller, kind: str, text: str = "投资协议正文") -> int:
    file = SimpleUploadedFile("凭证.txt", text.encode())
    done = caller.upload("evidence/documents", {"file": file, "kind": kind})
    assert done.status_code == 201, done.json()
    return int(done.json()["id"])


def test_a_project_is_entered_once_and_read_as_the_page_tells_it(caller: Caller) -> None:
    made = caller.post("investment/projects", PROJECT, Idempotency_Key="p1")
    assert made.status_code == 201, made.json()
    again = caller.post("investment/projects", PROJECT, Idempotency_Key="p1")
    assert again.json() == made.json()
    row = Project.objects.get()
    assert made["Location"] == f"/api/v1/investment/projects/{row.pk}"
    told = caller.get(f"investment/projects/{row.pk}").json()
    assert (told["agreed_investment"], told["agreed_cny"]) == ("10.5", "67.2")
    assert told["investor"]["name"] == "康佳集团股份有限公司"
    assert [one["stage"] for one in told["milestones"]] == ["lead"]


def test_the_list_is_narrowed_sorted_and_paged(caller: Caller, owner: User) -> None:
    for place in range(3):
        office.project(owner, f"项目{place}", agreed_investment=Decimal(place + 1))
    query = {"q": "项目", "sort": "-amount", "page_size": 2}
    found = caller.get("investment/projects", query)
    assert found.json()["total"] == 3
    assert [one["name"] for one in found.json()["items"]] == ["项目2", "项目1"]
    assert 'rel="next"' in found["Link"]
    assert caller.get("investment/projects", {"stage": "signed"}).json()["total"] == 0
    assert caller.get("investment/projects", {"until": "2021-11-30"}).json()["total"] == 0
    problem(caller.get("investment/projects", {"colour": "red"}), 422)


def test_only_what_is_named_changes_and_only_in_the_version_that_was_read(
    caller: Caller, project: Project
) -> None:
    path = f"investment/projects/{project.pk}"
    problem(caller.patch(path, {"chain": "面板"}), 428)
    seen = etag(caller, path)
    done = caller.patch(path, {"chain": "面板"}, **seen)
    assert (done.status_code, done.json()["chain"]) == (200, "面板")
    assert done.json()["name"] == "创维产业园"
    told = problem(caller.patch(path, {"chain": "整机"}, **seen), 412)
    assert "重新读取" in told["detail"]
    assert done["ETag"] == caller.get(path)["ETag"]


def test_a_project_has_its_place_in_degrees(caller: Caller, project: Project) -> None:
    path = f"investment/projects/{project.pk}"
    assert caller.get(path).json()["longitude"] is None
    place = {"longitude": "114.13", "latitude": "30.62"}
    done = caller.patch(path, place, **etag(caller, path))
    assert (done.json()["longitude"], done.json()["latitude"]) == ("114.13", "30.62")
    half = {"longitude": None}
    assert caller.patch(path, half, **etag(caller, path)).status_code == 422
    far = {"longitude": "181", "latitude": "30"}
    problem(caller.patch(path, far, **etag(caller, path)), 422)


def test_what_a_service_refuses_is_told_by_its_field(caller: Caller, project: Project) -> None:
    path = f"investment/projects/{project.pk}"
    told = problem(caller.patch(path, {"industry": "Q999"}, **etag(caller, path)), 422)
    assert [one["at"] for one in told["errors"]] == ["body.industry"]
    told = problem(caller.post("investment/projects", {"name": "新", "unit": 999}), 422)
    assert told["errors"][0]["at"] == "body.unit"
    told = problem(caller.post("investment/projects", {"name": "新", "team": ["谁"]}), 422)
    assert "谁" in told["errors"][0]["message"]


def test_a_gate_tells_what_it_lacks_and_opens_with_the_voucher(
    caller: Caller, project: Project
) -> None:
    path = f"investment/projects/{project.pk}"
    change = {name: PROJECT[name] for name in PROJECT if name != "name"}
    caller.patch(path, change, **etag(caller, path))
    move = {"transition": "negotiate", "occurred_on": "2021-11-01"}
    assert caller.post(f"{path}/moves", move, **etag(caller, path)).status_code == 201
    move = {"transition": "sign", "occurred_on": "2021-11-20"}
    told = problem(caller.post(f"{path}/moves", move, **etag(caller, path)), 409)
    assert "投资协议" in told["detail"]
    sent = move | {"evidence": [voucher(caller, "investment_agreement")]}
    done = caller.post(f"{path}/moves", sent, **etag(caller, path))
    assert (done.status_code, done.json()["stage"]) == (201, "signed")
    posted = Posting.objects.get(series__indicator__code="investment.projects_signed")
    assert posted.occurred_on == date(2021, 11, 20)
    assert posted.evidence.count() == 1


def test_many_projects_reach_one_milestone_together_or_none_does(
    caller: Caller, owner: User, project: Project
) -> None:
    rows = [ready(owner, "甲"), ready(owner, "乙")]
    path, keys = "investment/projects/moves", [row.pk for row in rows]
    found = caller.get(path, {"stage": "signed", "project": [*keys, project.pk]}).json()["projects"]
    assert [one["project"] for one in found] == [*keys, project.pk]
    assert [one["evidence"] for one in found] == [[["investment_agreement"]]] * 2 + [[]]
    assert (found[0]["why"], "不能直接到" in found[2]["why"]) == ("", True)

    going = [{"project": one["project"], "version": one["version"]} for one in found]
    body = {"stage": "signed", "occurred_on": "2021-11-20", "projects": going}
    going[1]["evidence"] = [voucher(caller, "investment_agreement")]
    told = problem(caller.post(path, body), 409)
    assert [(one["at"], one["code"]) for one in told["errors"]] == [
        ("body.projects.0", "evidence"),
        ("body.projects.2", "refused"),
    ]
    pausing.pause_case(actor=owner, at=AT, case=rows[1].matter, kind="approval", reason="等批复")
    pausing.resume_case(actor=owner, at=AT, case=rows[1].matter)
    going[0]["evidence"] = [voucher(caller, "investment_agreement", "甲的协议")]
    body["projects"] = going[:2]
    [why] = problem(caller.post(path, body), 409)["errors"]
    assert (why["at"], why["code"]) == ("body.projects.1", "changed")
    assert Milestone.objects.filter(stage="signed").count() == 0

    del going[1]["version"]
    done = caller.post(path, body, Idempotency_Key="many")
    assert done.status_code == 200, done.json()
    assert [one["stage"] for one in done.json()["projects"]] == ["signed", "signed"]
    assert caller.post(path, body, Idempotency_Key="many").json() == done.json()
    signed = Milestone.objects.filter(stage="signed")
    assert {row.occurred_on for row in signed} == {date(2021, 11, 20)}
    assert signed.count() == 2


def test_projects_that_are_named_twice_or_out_of_reach_are_refused(
    caller: Caller, owner: User, stranger: User
) -> None:
    row, path = ready(owner, "甲"), "investment/projects/moves"
    one = {"project": row.pk}
    for going, stage in (
        ([one, one], "signed"),
        ([one, {"project": row.pk + 9}], "signed"),
        ([one], "nowhere"),
    ):
        body = {"stage": stage, "occurred_on": "2021-11-20", "projects": going}
        problem(caller.post(path, body), 422)
    body = {"stage": "signed", "occurred_on": "2021-11-20", "projects": [one]}
    problem(Caller(stranger).post(path, body), 422)
    problem(caller.post(path, body | {"projects": [one] * 101}), 422)


def test_a_milestone_is_recorded_corrected_and_reversed_with_the_ledger(
    caller: Caller, project: Project
) -> None:
    path = f"investment/projects/{project.pk}"
    body = {"stage": "signed", "occurred_on": "2021-10-08", "note": "补记"}
    done = caller.post(f"{path}/milestones", body, **etag(caller, path))
    assert done.status_code == 201, done.json()
    [row] = caller.get("investment/milestones", {"stage": "signed"}).json()["items"]
    assert (row["project"], row["occurred_on"]) == (project.pk, "2021-10-08")
    one = f"investment/milestones/{row['id']}"
    day = {"occurred_on": "2021-10-09", "reason": "协议日期"}
    assert caller.post(f"{one}/correction", day, **etag(caller, one)).status_code == 201
    problem(caller.get(one), 404)
    [row] = caller.get("investment/milestones", {"stage": "signed"}).json()["items"]
    one = f"investment/milestones/{row['id']}"
    gone = caller.post(f"{one}/reversal", {"reason": "没有签"}, **etag(caller, one))
    assert [each["stage"] for each in gone.json()["milestones"]] == ["lead"]
    live = Posting.objects.filter(reverses=None, reversal=None)
    assert not live.exists()


def test_a_stage_that_the_workflow_does_not_have_is_refused(
    caller: Caller, project: Project
) -> None:
    path = f"investment/projects/{project.pk}"
    body = {"stage": "dreamt", "occurred_on": "2021-10-08"}
    problem(caller.post(f"{path}/milestones", body, **etag(caller, path)), 422)


def test_money_is_entered_with_its_voucher_and_taken_back(caller: Caller, project: Project) -> None:
    path = f"investment/projects/{project.pk}/arrivals"
    sent = MONEY | {"evidence": [voucher(caller, "bank_receipt", "回单")]}
    done = caller.post(path, sent)
    assert done.status_code == 201, done.json()
    assert (done.json()["counted"], done.json()["claimed"]) == ("0.3", "0.3")
    told = problem(caller.post(path, sent), 422)
    assert told["errors"][0]["at"] == "body.number"
    one = f"investment/arrivals/{done.json()['id']}"
    back = caller.post(f"{one}/reversal", {"reason": "登记错了"}, **etag(caller, one))
    assert (back.status_code, back.json()["taken_back_why"]) == (201, "登记错了")
    assert caller.get("investment/arrivals").json()["total"] == 0
    assert caller.get("investment/arrivals", {"tab": "back"}).json()["total"] == 1


def test_what_looks_like_a_used_voucher_is_doubted(caller: Caller, project: Project) -> None:
    path = f"investment/projects/{project.pk}/arrivals"
    caller.post(path, MONEY)
    told = problem(caller.post(path, MONEY | {"number": "HD-0078"}), 422)
    assert told["errors"][0]["at"] == "body.doubt_note"
    reason = {"number": "HD-0078", "doubt_note": "同日两笔"}
    assert caller.post(path, MONEY | reason).status_code == 201


def test_a_lead_is_entered_changed_and_listed(caller: Caller, owner: User) -> None:
    body = {"title": "富士康想建新基地", "source": "visit", "contact_name": "王强"}
    made = caller.post("investment/leads", body)
    assert made.status_code == 201, made.json()
    path = f"investment/leads/{made.json()['id']}"
    assert made.json()["contact_name"] == "王强"
    assert Caller(owner, ["investment.view"]).get(path).json()["contact_name"] == "王*", "masked"
    done = caller.patch(path, {"expected_investment": "8"}, **etag(caller, path))
    assert done.json()["expected_investment"] == "8"
    assert Lead.objects.get().contact_name == "王强", "what was left out stays"
    assert caller.get("investment/leads", {"tab": "pool"}).json()["total"] == 1
    assert caller.get("investment/leads", {"tab": "mine"}).json()["total"] == 0
    told = problem(caller.post("investment/leads", {"title": "x", "source": "rumour"}), 422)
    assert told["errors"][0]["at"] == "body.source"


def test_how_a_project_goes_needs_a_reason(caller: Caller, project: Project) -> None:
    path = f"investment/projects/{project.pk}"
    body: dict[str, Any] = {"status": "delayed"}
    told = problem(caller.put(f"{path}/status", body, **etag(caller, path)), 422)
    assert told["errors"][0]["at"] == "body.reason"
    body["reason"] = "等用地指标"
    done = caller.put(f"{path}/status", body, **etag(caller, path))
    assert done.json()["status"] == "delayed"


def test_what_lies_out_of_reach_is_not_there(
    caller: Caller, stranger: User, project: Project
) -> None:
    caller.post(f"investment/projects/{project.pk}/arrivals", MONEY)
    other = Caller(stranger)
    arrival = Arrival.objects.get()
    milestone = project.matter.milestones.get()
    for path in (
        f"investment/projects/{project.pk}",
        f"investment/arrivals/{arrival.pk}",
        f"investment/milestones/{milestone.pk}",
    ):
        problem(other.get(path), 404)
    for path in ("projects", "arrivals", "milestones"):
        assert other.get(f"investment/{path}").json()["total"] == 0, path
    problem(other.post(f"investment/projects/{project.pk}/arrivals", MONEY), 404)


def test_a_token_does_no_more_than_its_scopes(owner: User, project: Project) -> None:
    reader = Caller(owner, scopes=["investment.view"])
    path = f"investment/projects/{project.pk}"
    assert reader.get(path).status_code == 200
    told = problem(reader.patch(path, {"chain": "面板"}, **etag(reader, path)), 403)
    assert "investment.edit" in told["detail"]
    problem(reader.post("investment/projects", PROJECT), 403)


def test_a_voucher_that_one_may_not_see_bears_nothing_out(
    caller: Caller, project: Project, stranger: User
) -> None:
    hidden = voucher(Caller(stranger), "bank_receipt", "别人的回单")
    path = f"investment/projects/{project.pk}/arrivals"
    told = problem(caller.post(path, MONEY | {"evidence": [hidden]}), 422)
    assert told["errors"][0]["at"] == "body.evidence"


def test_a_clerk_who_only_sees_cannot_move(project: Project) -> None:
    clerk = Caller(person("statistics_clerk", unit=project.matter.unit))
    path = f"investment/projects/{project.pk}"
    move = {"transition": "negotiate"}
    answer = clerk.post(f"{path}/moves", move, **etag(clerk, path))
    problem(answer, 403)


def test_what_a_program_does_stands_in_the_audit_under_its_owner(
    caller: Caller, owner: User
) -> None:
    caller.post("investment/projects", PROJECT)
    row = Row.objects.get(act="investment.project.enter")
    assert row.actor_name == owner.username or row.actor_id == owner.pk
