import html
import re
from decimal import Decimal

from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.ui.waiting import count
from shangheng.desks.targets.selectors.queue import waiting
from shangheng.desks.targets.tests.desk import (
    CAPITAL,
    RETAIL,
    at_desk,
    exported,
    held,
    picture,
    post,
)
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Entry, Posting
from shangheng.engines.ledger.services.recognition import decide, resubmit, submit

MOST_QUERIES = 26


def queue(user: User, tab: str) -> set[int]:
    page = at_desk(user).get(f"{reverse('recognition')}?period=2021&tab={tab}")
    return {line.row.pk for line in page.context["table"].rows}


def three(clerk: User, unit: OrgUnit) -> tuple[Posting, Posting, Posting]:
    """Claimed; submitted; partly rejected."""
    rows = tuple(post(clerk, "2", "2021-03-01", unit) for _ in range(3))
    submit(actor=clerk, at=AT, postings=[rows[1].pk, rows[2].pk])
    decide(
        actor=clerk, at=AT, posting=rows[2].pk,
        recognised=Decimal("1.5"), rejected=Decimal("0.5"), reason="fiscal_money",
    )  # fmt: skip
    return rows[0], rows[1], rows[2]


def test_each_posting_stands_where_its_amounts_do(clerk: User, park: OrgUnit) -> None:
    claimed, submitted, partly = three(clerk, park)
    post(clerk, "2", "2021-03-01", park, indicator=RETAIL)
    assert queue(clerk, "claimed") == {claimed.pk}
    assert queue(clerk, "submitted") == {submitted.pk}
    assert queue(clerk, "rejected") == {partly.pk}
    assert queue(clerk, "recognised") == {partly.pk}
    post(clerk, "2", "2021-03-01", park, area="420100")  # of the city: nobody recognises it here
    page = at_desk(clerk).get(f"{reverse('recognition')}?period=2021")
    assert [tab.count for tab in page.context["table"].tabs] == [1, 1, 1, 1]


def test_what_waits_from_earlier_years_is_not_hidden(clerk: User, park: OrgUnit) -> None:
    for day in ("2020-12-01", "2021-03-01"):
        post(clerk, "2", day, park)

    def waiting(query: str) -> int:
        page = at_desk(clerk).get(f"{reverse('recognition')}{query}")
        return int(page.context["table"].tabs[0].count)

    assert [waiting(query) for query in ("", "?period=2021", "?period=2021&all=1")] == [2, 1, 2]


def test_the_queue_keeps_to_its_queries(
    clerk: User, park: OrgUnit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        post(clerk, str(number + 1), "2021-03-01", park)
    browser = at_desk(clerk)
    browser.get(reverse("documents"))  # the first page of a visit notes the visit
    with django_assert_max_num_queries(MOST_QUERIES):
        browser.get(f"{reverse('recognition')}?period=2021")


def test_many_are_submitted_after_a_preview(clerk: User, park: OrgUnit) -> None:
    rows = [post(clerk, "1.5", "2021-03-01", park) for _ in range(3)]
    url = reverse("recognition") + "?period=2021&tab=claimed"
    chosen = {"act": "submit", "row": [rows[0].pk, rows[1].pk]}
    preview = at_desk(clerk).post(url, chosen)
    assert held(rows[0]) == {Status.CLAIMED: "1.5"}
    (one,) = preview.context["together"]
    assert (one.count, str(one.amount.value)) == (2, "3.0")
    answer = at_desk(clerk).post(url, chosen | {"confirm": "1", "note": "三月第一批"})
    assert answer.headers["Location"].endswith("?tab=submitted")
    assert [list(held(row)) for row in rows] == [
        [Status.SUBMITTED],
        [Status.SUBMITTED],
        [Status.CLAIMED],
    ]
    assert Entry.objects.get(act="ledger.submit").note == "三月第一批"


def test_nothing_ticked_is_said(clerk: User) -> None:
    answer = at_desk(clerk).post(
        reverse("recognition") + "?tab=claimed", {"act": "submit"}, follow=True
    )
    assert "请先勾选" in answer.content.decode()


def test_what_lies_beyond_reach_is_not_taken_along(
    clerk: User, park: OrgUnit, street: OrgUnit
) -> None:
    near = person("section_head", unit=park)
    mine, other = post(clerk, "2", "2021-03-01", park), post(clerk, "2", "2021-03-01", street)
    submit(actor=clerk, at=AT, postings=[mine.pk, other.pk])
    page = at_desk(near).post(reverse("recognition-decide"), {"row": [mine.pk, other.pk]})
    assert [one.line.row.pk for one in page.context["decisions"]] == [mine.pk]


def test_one_reply_decides_many(clerk: User, head: User, park: OrgUnit) -> None:
    rows = [post(clerk, "2", "2021-03-01", park) for _ in range(2)]
    submit(actor=clerk, at=AT, postings=[row.pk for row in rows])
    first, second = rows
    data = {
        "row": [first.pk, second.pk],
        "confirm": "1",
        "replied_on": "2021-04-20",
        "document": picture("批复.png"),
        f"p{first.pk}-recognised": "2",
        f"p{second.pk}-recognised": "0.5",
        f"p{second.pk}-rejected": "1.5",
        f"p{second.pk}-reason": "bank_internal",
    }
    answer = at_desk(head).post(reverse("recognition-decide"), data)
    assert answer.status_code == 302
    assert held(first) == {Status.RECOGNISED: "2"}
    assert held(second) == {Status.RECOGNISED: "0.5", Status.REJECTED: "1.5"}
    entry = Entry.objects.get(act="ledger.decide")
    assert {step.document.name for step in entry.steps.all() if step.document} == {"批复.png"}


def test_one_wrong_line_stops_the_whole_reply(clerk: User, head: User, park: OrgUnit) -> None:
    rows = [post(clerk, "2", "2021-03-01", park) for _ in range(2)]
    submit(actor=clerk, at=AT, postings=[row.pk for row in rows])
    first, second = rows
    data = {
        "row": [first.pk, second.pk],
        "confirm": "1",
        "replied_on": "2021-04-20",
        f"p{first.pk}-recognised": "2",
        f"p{second.pk}-rejected": "1.5",
    }
    answer = at_desk(head).post(reverse("recognition-decide"), data)
    assert answer.status_code == 422
    assert "reason" in answer.context["decisions"][0].errors
    assert held(first) == {Status.SUBMITTED: "2"}


def test_bulk_acts_ask_for_their_permission(bureau: OrgUnit, officer: User) -> None:
    for user in (officer, person("director", unit=bureau), person("auditor", unit=bureau)):
        browser = at_desk(user)
        assert browser.post(reverse("recognition-decide")).status_code == 403
        url = reverse("recognition") + "?tab=claimed"
        assert browser.post(url, {"act": "submit", "row": "1"}).status_code == 403


def test_the_menu_counts_what_waits_for_whom(
    clerk: User, head: User, officer: User, park: OrgUnit
) -> None:
    three(clerk, park)

    def waiting_for(user: User) -> int:
        return count(user, {"queue": waiting(user)})["queue"]

    assert waiting_for(clerk) == 2, "to submit, and to record a reply"
    assert waiting_for(head) == 1
    assert waiting_for(officer) == 0


def test_rejections_are_shares_of_what_was_submitted(
    clerk: User, park: OrgUnit, street: OrgUnit
) -> None:
    big = post(clerk, "8", "2021-03-01", park)
    small = post(clerk, "2", "2021-03-01", street)
    submit(actor=clerk, at=AT, postings=[big.pk, small.pk])
    refusals = ((big, "1", "fiscal_money"), (small, "2", "platform_debt"))
    for posting, amount, reason in refusals:
        decide(
            actor=clerk, at=AT, posting=posting.pk,
            recognised=Decimal(0), rejected=Decimal(amount), reason=reason,
        )  # fmt: skip
    resubmit(actor=clerk, at=AT, posting=small.pk, value=Decimal("0.5"), note="补充")
    page = at_desk(clerk).get(f"{reverse('recognition-rejected')}?period=2021")
    chosen = page.context["chosen"]
    assert chosen.key == CAPITAL
    assert str(chosen.submitted.value) == "10"
    assert (str(chosen.refused.value), str(chosen.still.value)) == ("3", "2.5")
    assert chosen.share == 25
    assert [(r.word, r.share) for r in chosen.reasons] == [
        ("区内平台公司融资、发债资金", 20),
        ("财政性资金", 10),
    ]
    assert {one.name: one.share for one in page.context["units"]} == {
        "保税办": Decimal("12.5"),
        "径河街道": Decimal(75),
    }
    assert "66.7%" in page.context["chart"].title


def test_what_was_withdrawn_was_not_submitted(clerk: User, park: OrgUnit) -> None:
    posting = post(clerk, "8", "2021-03-01", park)
    submit(actor=clerk, at=AT, postings=[posting.pk])
    at_desk(clerk).post(reverse("posting-withdraw", args=[posting.pk]))
    page = at_desk(clerk).get(f"{reverse('recognition-rejected')}?period=2021")
    assert page.context["found"] == []


def test_the_queue_is_exported_as_it_is_shown(clerk: User, park: OrgUnit) -> None:
    *_others, partly = three(clerk, park)
    post(clerk, "2", "2021-03-01", park, indicator=RETAIL)
    page = at_desk(clerk).get(f"{reverse('recognition')}?period=2021&tab=recognised")
    link = re.search(r'href="([^"]*export=csv[^"]*)"', page.content.decode())
    assert link is not None
    answer = at_desk(clerk).get(reverse("recognition") + html.unescape(link[1]))
    rows = exported(answer.content)
    assert [row["编号"] for row in rows] == [str(partly.pk)]
