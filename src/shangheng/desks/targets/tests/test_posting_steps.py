from django.urls import reverse

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.targets.tests.desk import at_desk, held, picture, post
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting, RecognitionStep


def step(user: User, posting: Posting, name: str, **data: object) -> int:
    return at_desk(user).post(reverse(f"posting-{name}", args=[posting.pk]), data).status_code


def submitted(clerk: User, unit: OrgUnit, value: str = "2.4") -> Posting:
    posting = post(clerk, value, "2021-03-31", unit)
    assert step(clerk, posting, "submit") == 302
    return posting


def test_each_step_says_first_what_will_happen(clerk: User, park: OrgUnit) -> None:
    posting = post(clerk, "2.4", "2021-03-31", park)
    text = at_desk(clerk).get(reverse("posting-submit", args=[posting.pk])).content.decode()
    assert "把待报的2.4亿元报武汉市招商办认定" in text
    assert held(posting) == {Status.CLAIMED: "2.4"}


def test_what_was_submitted_can_be_withdrawn(clerk: User, park: OrgUnit) -> None:
    posting = post(clerk, "2.4", "2021-03-31", park)
    url = reverse("posting-submit", args=[posting.pk])
    answer = at_desk(clerk).post(url, follow=True).content.decode()
    assert reverse("posting-withdraw", args=[posting.pk]) in answer
    assert held(posting) == {Status.SUBMITTED: "2.4"}
    assert step(clerk, posting, "withdraw") == 302
    assert held(posting) == {Status.CLAIMED: "2.4"}


def test_part_is_rejected_with_a_reason_and_the_reply(
    clerk: User, head: User, park: OrgUnit
) -> None:
    posting = submitted(clerk, park)
    reply = {"replied_on": "2021-04-20", "document": picture("批复.png"), "note": "见附件"}
    answer = step(
        head, posting, "decide", recognised="0.8", rejected="1.6", reason="platform_debt", **reply
    )
    assert answer == 302
    assert held(posting) == {Status.RECOGNISED: "0.8", Status.REJECTED: "1.6"}
    refusal = RecognitionStep.objects.get(destination=Status.REJECTED)
    assert refusal.reason == "platform_debt"
    assert refusal.document == Document.objects.get(kind="recognition_reply")
    assert "2021-04-20" in refusal.entry.note
    text = at_desk(clerk).get(reverse("posting", args=[posting.pk])).content.decode()
    assert "区内平台公司融资、发债资金" in text
    assert "批复.png" in text


def test_a_decision_that_does_not_add_up_is_refused(clerk: User, head: User, park: OrgUnit) -> None:
    posting = submitted(clerk, park)
    day = {"replied_on": "2021-04-20"}
    assert (
        step(head, posting, "decide", recognised="2", rejected="1", reason="fiscal_money", **day)
        == 422
    )
    assert step(head, posting, "decide", recognised="", rejected="1", reason="", **day) == 422
    assert step(head, posting, "decide", recognised="", rejected="", **day) == 422
    assert step(head, posting, "decide", recognised="2.4", replied_on="2999-01-01") == 422
    assert held(posting) == {Status.SUBMITTED: "2.4"}


def test_a_reply_that_cannot_be_kept_decides_nothing(
    clerk: User, head: User, park: OrgUnit
) -> None:
    posting = submitted(clerk, park)
    bad = picture("批复.png")
    bad.name = "批复.exe"
    answer = step(head, posting, "decide", recognised="2.4", replied_on="2021-04-20", document=bad)
    assert answer == 422
    assert held(posting) == {Status.SUBMITTED: "2.4"}
    assert not Document.objects.exists()


def test_what_was_rejected_is_submitted_again_with_what_was_missing(
    clerk: User, head: User, park: OrgUnit
) -> None:
    posting = submitted(clerk, park)
    day = {"replied_on": "2021-04-20"}
    step(head, posting, "decide", recognised="0.8", rejected="1.6", reason="prior_period", **day)
    assert step(clerk, posting, "resubmit", value="1", note="") == 422
    vouchers = {"voucher-capital_verification": picture("验资.png")}
    assert step(clerk, posting, "resubmit", value="1", note="补充验资报告", **vouchers) == 302
    assert held(posting) == {
        Status.RECOGNISED: "0.8",
        Status.REJECTED: "0.6",
        Status.SUBMITTED: "1",
    }
    assert posting.evidence.get().document.kind == "capital_verification"


def test_a_refused_resubmission_attaches_nothing(clerk: User, head: User, park: OrgUnit) -> None:
    posting = submitted(clerk, park)
    step(head, posting, "decide", rejected="2.4", reason="prior_period", replied_on="2021-04-20")
    vouchers = {"voucher-capital_verification": picture("验资.png")}
    assert step(clerk, posting, "resubmit", value="99", note="补充", **vouchers) == 422
    assert not posting.evidence.exists()
    assert held(posting) == {Status.REJECTED: "2.4"}


def test_a_recognition_can_be_taken_back(clerk: User, head: User, park: OrgUnit) -> None:
    posting = submitted(clerk, park)
    step(head, posting, "decide", recognised="2.4", replied_on="2021-04-20")
    answer = step(
        head, posting, "revoke", value="0.4", reason="fiscal_money", replied_on="2021-06-01"
    )
    assert answer == 302
    assert held(posting) == {Status.RECOGNISED: "2", Status.REJECTED: "0.4"}


def test_a_step_that_has_nothing_to_move_leads_back(clerk: User, head: User, park: OrgUnit) -> None:
    posting = post(clerk, "2.4", "2021-03-31", park)
    answer = at_desk(head).get(reverse("posting-decide", args=[posting.pk]), follow=True)
    assert "没有“已报待认定”的金额" in answer.content.decode()
