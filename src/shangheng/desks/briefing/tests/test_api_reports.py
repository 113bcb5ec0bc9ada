import pytest

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.api import limits
from shangheng.core.api.tests.callers import Caller, problem
from shangheng.core.audit.models import Row
from shangheng.desks.briefing.models import Build, Report
from shangheng.desks.briefing.tests.conftest import TEXT
from shangheng.engines.ledger.domain.query import parse_reference
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.figures import figure


@pytest.fixture(autouse=True)
def nothing_spent() -> None:
    limits.forget()


def opened(caller: Caller) -> str:
    response = caller.post("briefing/reports", {"template": "work_summary", "period": "2021"})
    assert response.status_code == 201, response.content
    path: str = response["Location"].removeprefix("/api/v1/")
    return path


def test_a_report_is_opened_written_and_pinned(writer: User, retail: Posting) -> None:
    caller = Caller(writer)
    path = opened(caller)
    read = caller.get(path)
    written = caller.post(f"{path}/drafts", {"text": TEXT}, If_Match=read["ETag"])
    assert written.json()["text"] == TEXT
    pinned = caller.post(f"{path}/builds", {}, If_Match=written["ETag"])
    assert pinned.status_code == 201, pinned.content
    [first, _growth] = pinned.json()["pinned"]["figures"]
    [number] = first["numbers"]
    query, known_at = parse_reference(number["reference"])
    assert known_at is not None
    assert figure(query, known_at=known_at).text == number["value"]
    assert caller.get(path)["ETag"] == pinned["ETag"]


def test_a_text_that_somebody_changed_meanwhile_is_not_overwritten(writer: User) -> None:
    caller = Caller(writer)
    path = opened(caller)
    read = caller.get(path)["ETag"]
    caller.post(f"{path}/drafts", {"text": "# 甲\n"}, If_Match=read)
    problem(caller.post(f"{path}/drafts", {"text": "# 乙\n"}, If_Match=read), 412)
    problem(caller.post(f"{path}/drafts", {"text": "# 乙\n"}), 428)
    assert caller.get(path).json()["text"] == "# 甲\n"


def test_a_report_is_taken_away_once_it_is_pinned(writer: User) -> None:
    caller = Caller(writer)
    path = opened(caller)
    problem(caller.get(f"{path}/file"), 409)
    read = caller.get(path)["ETag"]
    written = caller.post(f"{path}/drafts", {"text": "# 情况\n\n平稳。\n"}, If_Match=read)
    caller.post(f"{path}/builds", {}, If_Match=written["ETag"])
    for form, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("txt", b"2021")):
        response = caller.get(f"{path}/file", {"form": form})
        assert response.status_code == 200
        assert response.content[: len(start)] == start or form == "txt"
    assert Row.objects.filter(act="briefing.download").count() == 3


def test_a_text_with_a_fault_is_not_pinned(writer: User) -> None:
    caller = Caller(writer)
    path = opened(caller)
    read = caller.get(path)["ETag"]
    written = caller.post(f"{path}/drafts", {"text": "# 情况\n\n{{no such}}\n"}, If_Match=read)
    problem(caller.post(f"{path}/builds", {}, If_Match=written["ETag"]), 409)
    assert not Build.objects.exists()


def test_an_unknown_template_or_period_is_named(writer: User) -> None:
    caller = Caller(writer)
    wrong = {"template": "no_such", "period": "2021"}
    assert (
        problem(caller.post("briefing/reports", wrong), 422)["errors"][0]["at"] == "body.template"
    )
    wrong = {"template": "work_summary", "period": "next year"}
    assert problem(caller.post("briefing/reports", wrong), 422)["errors"][0]["at"] == "body.period"


def test_a_report_beyond_reach_does_not_exist(writer: User) -> None:
    stranger = person("inspector", unit=org_unit("jinghe"))
    path = opened(Caller(writer))
    problem(Caller(stranger).get(path), 404)
    assert Caller(stranger).get("briefing/reports").json()["total"] == 0
    assert Report.objects.count() == 1


def test_a_report_is_checked_signed_issued_and_revised(
    writer: User, checker: User, director: User, retail: Posting
) -> None:
    caller, reader, head = Caller(writer), Caller(checker), Caller(director)
    path = opened(caller)
    written = caller.post(f"{path}/drafts", {"text": TEXT}, If_Match=caller.get(path)["ETag"])
    pinned = caller.post(f"{path}/builds", {}, If_Match=written["ETag"])
    again = caller.post(f"{path}/builds", {}, If_Match=pinned["ETag"])
    problem(reader.post(f"{path}/check", None, If_Match=pinned["ETag"]), 412)
    returned = reader.post(f"{path}/return", {"reason": "改第二句"}, If_Match=again["ETag"])
    assert returned.json()["pinned"] is None
    pinned = caller.post(f"{path}/builds", {}, If_Match=returned["ETag"])
    checked = reader.post(f"{path}/check", None, If_Match=pinned["ETag"])
    assert checked.status_code == 201, checked.content
    undone = reader.post(f"{path}/undo", None, If_Match=checked["ETag"])
    assert undone.json()["state"] == "draft"
    checked = reader.post(f"{path}/check", None, If_Match=undone["ETag"])
    signed = head.post(f"{path}/signature", None, If_Match=checked["ETag"])
    assert signed.json()["state"] == "signed", signed.content
    issued = head.post(f"{path}/issue", None, If_Match=signed["ETag"])
    assert issued.json()["state"] == "issued", issued.content
    revision = caller.post(f"{path}/revision", None, If_Match=issued["ETag"])
    assert revision.json()["supersedes"] == issued.json()["id"]
    gone = head.post(f"{path}/withdrawal", {"reason": "口径有误"}, If_Match=issued["ETag"])
    assert gone.json()["state"] == "withdrawn"
