"""Audits of figures kept, decided upon and run anew by a program, as the page does it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.api.tests.callers import Caller, problem
from shangheng.core.audit.models import Row
from shangheng.core.exchange.tests.scanners import listening
from shangheng.desks.briefing.models import ClaimsAudit, ClaimVerdict
from shangheng.desks.briefing.tests.test_claims_pages import TEXT, WRONG
from shangheng.desks.briefing.tests.test_pages import as_
from shangheng.engines.ledger.models import Posting

URL = "briefing/claims"


def wrong_in(found: Any) -> Any:
    return next(one for one in found["findings"] if one["verdict"] == "inconsistent")


def kept(caller: Caller, **fields: Any) -> Any:
    answer = caller.upload(URL, {"text": TEXT} | fields)
    assert answer.status_code == 201, answer.content.decode()
    return answer


def test_a_text_is_kept_and_read_back_with_its_findings(retail: Posting, writer: User) -> None:
    caller = Caller(writer)
    answer = kept(caller, title="总结")
    made = answer.json()
    row = ClaimsAudit.objects.get()
    assert answer.headers["Location"] == f"/api/v1/{URL}/{row.pk}"
    read = caller.get(f"{URL}/{row.pk}")
    assert (read.json(), read.headers["ETag"]) == (made, answer.headers["ETag"])
    assert (made["title"], made["text"], made["after"]) == ("总结", row.text, None)
    assert wrong_in(made)["decision"] is None
    assert "ledger" in {one["check"] for one in made["findings"]}
    [listed] = caller.get(URL).json()["items"]
    assert listed.items() <= made.items()


def test_a_finding_is_dismissed_with_a_reason_and_the_page_says_so(
    retail: Posting, writer: User, client: Client
) -> None:
    caller = Caller(writer)
    made = kept(caller)
    place, mark = f"{URL}/{made.json()['id']}/decisions", wrong_in(made.json())["fingerprint"]
    body = {"fingerprint": mark, "decision": "dismissed", "reason": ""}
    problem(caller.post(place, body), 428)
    etag = made.headers["ETag"]
    assert "理由" in problem(caller.post(place, body, If_Match=etag), 409)["detail"]
    answer = caller.post(place, body | {"reason": "按口径四舍五入"}, If_Match=etag)
    decided = wrong_in(answer.json())["decision"]
    assert (decided["decision"], decided["reason"]) == ("dismissed", "按口径四舍五入")
    assert decided["by"] == writer.display_name
    problem(caller.post(place, body | {"reason": "再说一次"}, If_Match=etag), 412)
    again = {"fingerprint": "f" * 16, "decision": "confirmed", "reason": ""}
    problem(caller.post(place, again, If_Match=answer.headers["ETag"]), 409)
    assert (
        ClaimVerdict.objects.count()
        == Row.objects.filter(act="briefing.claims.decide").count()
        == 1
    )
    page = as_(client, writer).get(reverse("claims-audit", args=[made.json()["id"]]))
    assert "按口径四舍五入" in page.content.decode()


def test_a_rerun_on_the_edited_text_tells_what_was_mended_and_keeps_decisions(
    retail: Posting, writer: User
) -> None:
    caller = Caller(writer)
    first = kept(caller).json()
    same = kept(caller, after=first["id"]).json()
    assert (same["after"], same["mended"], wrong_in(same)["is_new"]) == (first["id"], [], False)
    mended = kept(caller, text=TEXT.replace("65.1%", "62.5%"), after=same["id"]).json()
    assert [one["quote"] for one in mended["mended"]] == [wrong_in(first)["quote"]]
    assert all(one["verdict"] != "inconsistent" for one in mended["findings"])
    problem(caller.upload(URL, {"text": TEXT, "after": 999_999}), 422)


def test_who_may_only_read_decides_nothing_and_other_units_see_nothing(
    retail: Posting, writer: User, director: User
) -> None:
    made = kept(Caller(writer)).json()
    reader = Caller(director)
    assert reader.get(f"{URL}/{made['id']}").status_code == 200
    problem(reader.upload(URL, {"text": TEXT}), 403)
    other = person("inspector", unit=org_unit("other"), username="other")
    problem(Caller(other).get(f"{URL}/{made['id']}"), 404)
    assert Caller(other).get(URL).json()["total"] == 0


def test_a_file_that_holds_malware_is_read_by_nobody(
    bureau: OrgUnit, writer: User, client: Client, settings: Settings
) -> None:
    bad = f"{WRONG} EICAR".encode()
    with listening() as address:
        settings.MALWARE_SCANNER = address
        caller = Caller(writer)
        for place in (URL, f"{URL}/check"):
            told = problem(caller.upload(place, {"file": SimpleUploadedFile("a.txt", bad)}), 422)
            assert "Eicar-Test-Signature" in told["errors"][0]["message"]
        page = as_(client, writer).post(
            reverse("claims-new"),
            {"title": "", "text": "", "file": SimpleUploadedFile("a.txt", bad)},
        )
        assert page.status_code == 422
        assert "Eicar-Test-Signature" in page.content.decode()
        assert kept(caller, text="", file=SimpleUploadedFile("a.txt", TEXT.encode()))
    assert ClaimsAudit.objects.count() == 1
