import pytest
from django.urls import reverse

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.desks.targets.tests.desk import RETAIL, at_desk, held, keep, picture, post
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting


def page(user: User, posting: Posting, more: str = "") -> str:
    answer = at_desk(user).get(reverse("posting", args=[posting.pk]) + more)
    assert answer.status_code == 200
    return answer.content.decode()


def step(user: User, posting: Posting, name: str, **data: object) -> int:
    return at_desk(user).post(reverse(name, args=[posting.pk]), data).status_code


def test_the_page_tells_what_by_whom_and_on_what(clerk: User, park: OrgUnit) -> None:
    voucher = keep(clerk, kind="bank_receipt")
    posting = post(
        clerk, "24.1", "2021-03-31", park,
        dimensions={"sector": "industrial"}, documents=(voucher.pk,),
    )  # fmt: skip
    text = page(clerk, posting)
    for word in (
        "招商引资实际到位资金",
        "24.1",
        "产业项目",
        "保税办",
        "统计员小吴",
        "进账单1号",
        "银行进账单",
        "武汉市招商办",
    ):
        assert word in text
    assert reverse("document-page", args=[voucher.pk, 1]) in text


def test_actions_go_with_permissions(clerk: User, head: User, officer: User, park: OrgUnit) -> None:
    posting = post(clerk, "2", "2021-03-31", park)
    names = ("posting-submit", "posting-decide", "posting-attach", "posting-reverse")

    def offered(user: User) -> set[str]:
        text = page(user, posting)
        return {name for name in names if f'href="{reverse(name, args=[posting.pk])}"' in text}

    assert offered(clerk) == {"posting-submit", "posting-attach", "posting-reverse"}
    assert offered(officer) == {"posting-attach", "posting-reverse"}
    assert offered(head) == set()
    step(clerk, posting, "posting-submit")
    assert offered(head) == {"posting-decide"}


def test_a_voucher_of_another_unit_is_named_and_not_opened(
    clerk: User, officer: User, park: OrgUnit, street: OrgUnit
) -> None:
    foreign = keep(clerk, "汇总表.png", unit=street)
    posting = post(clerk, "2", "2021-03-31", park, documents=(foreign.pk,))
    address = reverse("document", args=[foreign.pk])
    assert address in page(clerk, posting)
    told = page(officer, posting)
    assert "汇总表.png" in told
    assert address not in told
    assert reverse("document-page", args=[foreign.pk, 1]) not in told
    figure = reverse("figure", args=["investment.capital_in_place/2021/420112"])
    assert address in at_desk(clerk).get(figure).content.decode()
    assert address not in at_desk(officer).get(figure).content.decode()


def test_nothing_is_offered_where_the_past_is_shown(clerk: User, park: OrgUnit) -> None:
    posting = post(clerk, "2", "2021-03-31", park)
    assert reverse("posting-reverse", args=[posting.pk]) not in page(
        clerk, posting, "?known=2021-04-01"
    )


@pytest.mark.parametrize(
    "name",
    ["posting-submit", "posting-withdraw", "posting-decide", "posting-resubmit",
     "posting-revoke", "posting-attach", "posting-reverse"],
)  # fmt: skip
def test_whoever_may_not_is_refused_also_when_asking_directly(
    bureau: OrgUnit, clerk: User, park: OrgUnit, name: str
) -> None:
    posting = post(clerk, "2", "2021-03-31", park)
    for role in ("director", "inspector", "auditor", "administrator"):
        assert step(person(role, unit=bureau), posting, name) == 403
    assert held(posting) == {Status.CLAIMED: "2"}


def test_a_posting_of_another_unit_cannot_be_touched(
    clerk: User, officer: User, street: OrgUnit
) -> None:
    posting = post(clerk, "2", "2021-03-31", street)
    assert at_desk(officer).get(reverse("posting", args=[posting.pk])).status_code == 404
    assert step(officer, posting, "posting-reverse", reason="试") == 404
    assert step(officer, posting, "posting-attach") == 404


def test_vouchers_are_added_later(officer: User, park: OrgUnit) -> None:
    posting = post(officer, "2", "2021-03-31", park)
    assert "还没有凭证" in page(officer, posting)
    step(
        officer,
        posting,
        "posting-attach",
        **{"voucher-bank_receipt": [picture(), picture("二.png")]},
    )
    assert {link.document.name for link in posting.evidence.all()} == {"进账单.png", "二.png"}
    assert step(officer, posting, "posting-attach") == 422


def test_a_voucher_that_was_used_before_is_told_with_its_place(
    clerk: User, officer: User, park: OrgUnit, street: OrgUnit
) -> None:
    first = post(clerk, "1", "2021-02-01", street, documents=(keep(clerk).pk,))
    second = post(
        officer, "2", "2021-03-31", park, documents=(keep(officer, "另存.png", unit=park).pk,)
    )
    assert "也用于" not in page(officer, second), "another content"
    copy = keep(officer, unit=park)
    third = post(officer, "3", "2021-04-30", park, documents=(copy.pk,))
    assert "也用于另一单位的记录" in page(officer, third)
    assert "径河街道" in page(officer, third)
    assert f"也用于#{first.pk}" in page(clerk, third)


def test_vouchers_of_one_entry_are_not_reused(clerk: User, park: OrgUnit) -> None:
    posting = post(clerk, "1", "2021-02-01", park, documents=(keep(clerk).pk,))
    assert "也用于" not in page(clerk, posting)


def test_a_reversal_says_what_it_does_and_offers_to_post_again(clerk: User, park: OrgUnit) -> None:
    posting = post(clerk, "2", "2021-03-31", park)
    url = reverse("posting-reverse", args=[posting.pk])
    assert "冲销不能撤销" in at_desk(clerk).get(url).content.decode()
    assert step(clerk, posting, "posting-reverse", reason=" ") == 422
    answer = at_desk(clerk).post(url, {"reason": "单位填错"}, follow=True).content.decode()
    assert f"from={posting.pk}" in answer
    assert "不再计入任何数字" in answer
    reversal = Posting.objects.get(reverses=posting)
    assert "单位填错" in page(clerk, reversal)
    assert step(clerk, posting, "posting-reverse", reason="再来") == 422


def test_an_indicator_that_needs_no_recognition_offers_none(clerk: User, park: OrgUnit) -> None:
    posting = post(clerk, "2", "2021-03-31", park, indicator=RETAIL)
    text = page(clerk, posting)
    assert "无需上级认定" in text
    assert reverse("posting-submit", args=[posting.pk]) not in text
