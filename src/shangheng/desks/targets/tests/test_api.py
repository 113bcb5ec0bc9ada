from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.api import limits
from shangheng.core.api.models import Answer
from shangheng.core.api.tests.callers import Caller, problem
from shangheng.core.audit.models import Row
from shangheng.desks.targets.tests.desk import CAPITAL, RETAIL, held, picture, post
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.query import parse_reference
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.figures import figure


@pytest.fixture(autouse=True)
def nothing_spent() -> None:
    limits.forget()


def facts(unit: OrgUnit, **changes: Any) -> dict[str, Any]:
    line = {
        "indicator": CAPITAL,
        "unit": unit.pk,
        "value": "2.4",
        "unit_of_measure": "亿元",
        "occurred_on": "2021-03-31",
    }
    return {"source": "银行进账单", "lines": [line | changes]}


def test_indicators_are_found_by_any_name(clerk: User) -> None:
    found = Caller(clerk).get("targets/indicators", {"q": "到位资金"}).json()
    assert CAPITAL in {one["code"] for one in found["items"]}
    whole = Caller(clerk).get(f"targets/indicators/{CAPITAL}").json()
    assert whole["versions"][0]["unit"] == "亿元"


def test_a_figure_is_the_one_of_the_ledger_and_is_found_again(clerk: User, park: OrgUnit) -> None:
    post(clerk, "385.6", "2021-03-31", park, indicator=RETAIL)
    caller = Caller(clerk)
    [answer] = caller.get("targets/figures", {"indicator": RETAIL, "period": "2021"}).json()
    assert (answer["value"], answer["unit"], answer["postings"]) == ("385.6", "亿元", 1)
    query, known_at = parse_reference(answer["reference"])
    assert known_at is not None
    assert figure(query, known_at=known_at).text == answer["text"]
    again = caller.get(f"targets/figures/{answer['reference']}").json()
    assert (again["value"], again["reference"]) == (answer["value"], answer["reference"])


def test_a_figure_can_be_asked_for_as_it_was_known(clerk: User, park: OrgUnit) -> None:
    post(clerk, "385.6", "2021-03-31", park, indicator=RETAIL)
    question = {"indicator": RETAIL, "period": "2021", "known_at": "2021-03-01T00:00:00+08:00"}
    [answer] = Caller(clerk).get("targets/figures", question).json()
    assert (answer["value"], answer["status"]) == (None, "missing")


def test_what_is_asked_wrongly_is_named(clerk: User) -> None:
    caller = Caller(clerk)
    unknown = {"indicator": "no.such", "period": "2021"}
    problem(caller.get("targets/figures", unknown), 422)
    problem(caller.get("targets/figures", {"indicator": RETAIL, "period": "2021-13"}), 422)
    problem(caller.get("targets/figures/nonsense"), 404)
    problem(caller.get("targets/indicators/no.such"), 404)


def test_postings_are_those_within_reach(officer: User, clerk: User, park: OrgUnit) -> None:
    mine, other = post(officer, "1", "2021-03-31", park), post(clerk, "2", "2021-04-30", park)
    listed = Caller(clerk).get("targets/postings", {"sort": "amount"}).json()
    assert [one["id"] for one in listed["items"]] == [mine.pk, other.pk]
    stranger = Caller(person("investment_officer", unit=clerk.unit, scope="own"))
    assert stranger.get("targets/postings").json()["total"] == 0
    problem(stranger.get(f"targets/postings/{mine.pk}"), 404)


def test_postings_are_narrowed_by_what_the_schema_names(clerk: User, park: OrgUnit) -> None:
    post(clerk, "2.4", "2021-03-31", park)
    post(clerk, "9", "2021-04-30", park, indicator=RETAIL)
    caller = Caller(clerk)
    claimed = caller.get("targets/postings", {"status": "claimed"}).json()
    assert [one["indicator"] for one in claimed["items"]] == [CAPITAL]
    april = caller.get("targets/postings", {"period": "2021-04"}).json()
    assert [one["indicator"] for one in april["items"]] == [RETAIL]
    assert caller.get("targets/postings", {"indicator": RETAIL, "unit": park.pk}).json()["total"]


def test_facts_are_posted_with_their_vouchers(officer: User, park: OrgUnit) -> None:
    caller = Caller(officer)
    voucher = caller.upload("evidence/documents", {"file": picture("进账单.png")})
    assert voucher.status_code == 201, voucher.content
    key = voucher.json()["id"]
    response = caller.post("targets/postings", facts(park, evidence=[key]))
    assert response.status_code == 201, response.content
    [made] = response.json()["postings"]
    assert response["Location"] == f"/api/v1/targets/postings/{made['id']}"
    assert [one["id"] for one in made["evidence"]] == [key]
    assert (made["value"], made["actor"]) == ("2.4", "专员小李")
    assert Row.objects.filter(act="ledger.post", actor_id=officer.pk).count() == 1


def test_facts_that_the_ledger_refuses_are_named_line_by_line(officer: User, park: OrgUnit) -> None:
    body = facts(park)
    body["lines"].append(
        body["lines"][0] | {"unit_of_measure": "万元", "occurred_on": "2099-01-01"}
    )
    told = problem(Caller(officer).post("targets/postings", body), 422)
    assert {one["at"] for one in told["errors"]} == {
        "body.lines.1.unit_of_measure",
        "body.lines.1.occurred_on",
    }
    assert not Posting.objects.exists()


def test_nobody_posts_for_a_unit_beyond_reach(officer: User, street: OrgUnit) -> None:
    told = problem(Caller(officer).post("targets/postings", facts(street)), 422)
    assert [one["at"] for one in told["errors"]] == ["body.lines.0.unit"]


def test_nobody_posts_for_a_closed_unit_and_is_told_who_has_taken_over(
    officer: User, park: OrgUnit, street: OrgUnit
) -> None:
    OrgUnit.objects.filter(pk=park.pk).update(is_active=False, successor=street)
    told = problem(Caller(officer).post("targets/postings", facts(park)), 422)
    [error] = told["errors"]
    assert error["at"] == "body.lines.0.unit"
    assert error["message"] == f"“{park.label}”已停用，不能再填报；请填接手的“{street.label}”"
    assert not Posting.objects.exists()


def test_a_voucher_that_one_may_not_see_cannot_be_attached(
    officer: User, clerk: User, park: OrgUnit
) -> None:
    Caller(clerk).upload("evidence/documents", {"file": picture("别人的.png")})
    hidden = Document.objects.get()
    told = problem(Caller(officer).post("targets/postings", facts(park, evidence=[hidden.pk])), 422)
    assert f"#{hidden.pk}" in str(told["errors"])
    problem(Caller(officer).get(f"evidence/documents/{hidden.pk}/content"), 404)


def test_a_voucher_comes_back_as_it_was_handed_in(clerk: User) -> None:
    caller = Caller(clerk)
    content = picture("进账单.png")
    made = caller.upload("evidence/documents", {"file": content, "kind": "bank_receipt"}).json()
    content.seek(0)
    response = caller.get(f"evidence/documents/{made['id']}/content")
    assert response.content == content.read()
    assert response["Content-Disposition"].startswith("attachment")
    assert Row.objects.filter(act="evidence.download").exists()


def test_a_file_that_is_no_voucher_is_refused(clerk: User) -> None:
    file = SimpleUploadedFile("a.exe", b"MZ")
    problem(Caller(clerk).upload("evidence/documents", {"file": file}), 422)


def test_a_posting_is_taken_back_only_as_it_was_read(officer: User, park: OrgUnit) -> None:
    posting = post(officer, "2.4", "2021-03-31", park)
    caller, path = Caller(officer), f"targets/postings/{posting.pk}"
    why = {"reason": "金额登记有误"}
    problem(caller.post(f"{path}/reversal", why), 428)
    read = caller.get(path)
    caller.post("targets/postings", facts(park))  # something else changes nothing here
    problem(caller.post(f"{path}/reversal", why, If_Match='"0"'), 412)
    response = caller.post(f"{path}/reversal", why, If_Match=read["ETag"])
    assert response.status_code == 201, response.content
    made = response.json()
    assert (made["reverses"], made["value"]) == (posting.pk, "-2.4")
    assert response["ETag"] == caller.get(f"targets/postings/{made['id']}")["ETag"]
    problem(caller.post(f"{path}/reversal", why, If_Match=read["ETag"]), 412)
    now = caller.get(path)["ETag"]
    problem(caller.post(f"{path}/reversal", why, If_Match=now), 409)


def test_recognition_is_submitted_withdrawn_and_decided(
    clerk: User, head: User, park: OrgUnit
) -> None:
    posting = post(clerk, "2.4", "2021-03-31", park)
    caller, those = Caller(clerk), {"postings": [posting.pk]}
    assert caller.post("targets/recognition/submissions", those).status_code == 201
    assert held(posting) == {Status.SUBMITTED: "2.4"}
    problem(caller.post("targets/recognition/submissions", those), 409)
    assert caller.post("targets/recognition/withdrawals", those).status_code == 201
    caller.post("targets/recognition/submissions", those)
    paper = caller.upload("evidence/documents", {"file": picture("批复.png")}).json()["id"]
    one = {"posting": posting.pk, "recognised": "0.8", "rejected": "1.6", "reason": "platform_debt"}
    reply = {"replied_on": "2021-04-20", "decisions": [one], "document": paper}
    response = Caller(head).post("targets/recognition/decisions", reply)
    assert response.status_code == 201, response.content
    assert held(posting) == {Status.RECOGNISED: "0.8", Status.REJECTED: "1.6"}
    steps = caller.get(f"targets/postings/{posting.pk}").json()["steps"]
    assert [step["document"] for step in steps[-2:]] == [paper, paper]


def test_a_request_with_one_key_is_done_once(officer: User, park: OrgUnit) -> None:
    caller = Caller(officer)
    first = caller.post("targets/postings", facts(park), Idempotency_Key="march")
    again = caller.post("targets/postings", facts(park), Idempotency_Key="march")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert again["Location"] == first["Location"]
    assert Posting.objects.count() == 1


def test_a_key_serves_one_request_and_one_person(officer: User, clerk: User, park: OrgUnit) -> None:
    Caller(officer).post("targets/postings", facts(park), Idempotency_Key="1")
    other = Caller(officer).post("targets/postings", facts(park, value="3"), Idempotency_Key="1")
    problem(other, 422)
    mine = Caller(clerk).post("targets/postings", facts(park, value="3"), Idempotency_Key="1")
    assert mine.status_code == 201


def test_what_is_refused_uses_no_key_up(officer: User, park: OrgUnit) -> None:
    caller = Caller(officer)
    wrong = facts(park, unit_of_measure="万元")
    problem(caller.post("targets/postings", wrong, Idempotency_Key="1"), 422)
    assert not Answer.objects.exists()
    right = caller.post("targets/postings", facts(park), Idempotency_Key="1")
    assert right.status_code == 201


def test_a_key_is_forgotten_after_its_time(officer: User, park: OrgUnit) -> None:
    caller = Caller(officer)
    caller.post("targets/postings", facts(park), Idempotency_Key="1")
    Answer.objects.update(kept_until=timezone.now())
    again = caller.post("targets/postings", facts(park), Idempotency_Key="1")
    assert "Idempotency-Replayed" not in again
    assert Posting.objects.count() == 2
    assert Answer.objects.count() == 1


def test_an_upload_with_one_key_is_kept_once(clerk: User) -> None:
    caller = Caller(clerk)
    for _ in range(2):  # each with a boundary of its own
        caller.upload("evidence/documents", {"file": picture("进账单.png")}, Idempotency_Key="one")
    assert Document.objects.count() == 1


def test_conflicts_and_sheets_are_read(clerk: User) -> None:
    caller = Caller(clerk)
    assert caller.get("targets/conflicts", {"year": 2021}).json() == []
    assert caller.get("targets/sheets").json() == {"total": 0, "items": []}
