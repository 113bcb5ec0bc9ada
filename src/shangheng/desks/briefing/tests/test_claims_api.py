"""The audit of figures, asked by a program."""

from django.core.files.uploadedfile import SimpleUploadedFile

from shangheng.core.accounts.models import User
from shangheng.core.api.tests.callers import Caller, problem
from shangheng.desks.briefing.domain.claims_text import MAX_CHARACTERS
from shangheng.desks.briefing.models import ClaimsAudit
from shangheng.engines.ledger.models import Posting

URL = "briefing/claims/check"
TEXT = "2021年，64个在建项目中，已封顶40个，占65.1%。全区社会消费品零售总额482.59亿元。"


def test_a_program_gets_the_findings_as_data(retail: Posting, writer: User) -> None:
    caller = Caller(writer)
    found = caller.upload(URL, {"text": TEXT}).json()
    [wrong] = [f for f in found["claims"] if f["verdict"] == "inconsistent"]
    assert wrong["arithmetic"] == "40个 ÷ 64个 = 62.5% ≠ 65.1%"
    assert "ledger" in {f["check"] for f in found["claims"]}
    assert found["coverage"]["quantities"] == 4
    file = SimpleUploadedFile("a.txt", TEXT.encode())
    assert caller.upload(URL, {"file": file}).json() == found
    alone = caller.upload(URL, {"text": TEXT, "ledger": "false"}).json()
    assert "ledger" not in {f["check"] for f in alone["claims"]}
    assert not ClaimsAudit.objects.exists()


def test_what_cannot_be_audited_is_refused_with_a_reason(writer: User) -> None:
    caller = Caller(writer)
    neither = problem(caller.upload(URL, {"ledger": "true"}), 422)
    assert neither["errors"]
    broken = SimpleUploadedFile("a.docx", b"PK\x03\x04broken")
    assert "损坏" in problem(caller.upload(URL, {"file": broken}), 422)["errors"][0]["message"]
    assert (
        "拆分" in problem(caller.upload(URL, {"text": "长" * (MAX_CHARACTERS + 1)}), 413)["detail"]
    )
    problem(caller.upload(URL, {"text": "  "}), 422)
