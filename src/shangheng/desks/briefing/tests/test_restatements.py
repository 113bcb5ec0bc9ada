from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.notices.selectors import inbox
from shangheng.core.ui.waiting import count
from shangheng.desks.briefing.models import Report
from shangheng.desks.briefing.selectors.reports import waiting_for as waits_for
from shangheng.desks.briefing.selectors.restatements import changed_numbers, restated, restatements
from shangheng.desks.briefing.services import approving, writing
from shangheng.desks.briefing.services.watching import tell_restated
from shangheng.desks.briefing.tests.conftest import TEXT, Post, on, restate, write
from shangheng.engines.ledger.domain.targets import Base
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.targets import open_sheet, propose, sign_sheet

NOW = on("2022-02-02")


def issue(writer: User, checker: User, director: User, text: str) -> Report:
    report = write(writer, text)
    at = on("2022-01-10")
    writing.build_report(actor=writer, at=at, report=report)
    approving.check_report(actor=checker, at=at, report=report)
    approving.sign_report(actor=director, at=at, report=report)
    approving.issue_report(actor=director, at=at, report=report)
    report.refresh_from_db()
    return report


def test_nothing_is_restated_while_the_ledger_stands(issued: Report) -> None:
    assert restatements(issued, now=NOW) == []


def test_a_later_correction_shows_then_now_and_the_acts(
    issued: Report, writer: User, record: Post, retail: Posting
) -> None:
    restate(writer, record, retail, "470", "2022-02-01")
    value, growth = restatements(issued, now=NOW)
    assert (value.then.text, value.now.text) == ("482.59亿元", "470亿元")
    assert (growth.then.text, growth.now.text) == ("增长13.4%", "增长10.4%")
    assert value.label == "2021年社会消费品零售总额"
    assert [change.kind for change in value.changes] == ["post", "reverse"]
    assert value.changes[1].note == "统计局核减"
    [(then, now)] = value.pairs
    assert then is not None
    assert now is not None
    assert (then.value, now.value) == (Decimal("482.59"), Decimal(470))


def test_the_same_value_posted_anew_is_no_restatement(
    issued: Report, writer: User, record: Post, retail: Posting
) -> None:
    restate(writer, record, retail, "482.59", "2022-02-01")
    assert restatements(issued, now=NOW) == []


def test_growth_told_in_two_ways_is_one_changed_number(
    writer: User, checker: User, director: User, record: Post, retail: Posting
) -> None:
    text = "比上年{{retail.total|growth}}。\n\n| 指标 | 同比 |\n| 零售 | {{retail.total|rate}} |"
    report = issue(writer, checker, director, text)
    restate(writer, record, retail, "470", "2022-02-01")
    [row] = changed_numbers(restatements(report, now=NOW))
    assert row.label == "2021年社会消费品零售总额同比"


def test_a_draft_is_never_restated(
    draft: Report, writer: User, record: Post, retail: Posting
) -> None:
    writing.build_report(actor=writer, at=on("2022-01-10"), report=draft)
    draft.refresh_from_db()
    restate(writer, record, retail, "470", "2022-02-01")
    assert restatements(draft, now=NOW) == []


@pytest.mark.usefixtures("retail")
def test_a_new_version_of_the_targets_restates_what_was_said_of_them(
    writer: User, checker: User, director: User
) -> None:
    set_target(writer, director, "500", "2022-01-05")
    text = "零售{{retail.total}}，{{retail.total|standing:challenge}}。"
    report = issue(writer, checker, director, text)
    set_target(writer, director, "480", "2022-01-20")
    [found] = restatements(report, now=NOW)
    assert found.then.text == "未完成全年挑战目标500亿元，相差17.41亿元，完成率96.52%"
    assert found.now.text == "超额完成全年挑战目标480亿元，超出2.59亿元"
    assert [change.kind for change in found.changes] == ["sheet"]


@pytest.mark.usefixtures("retail")
def test_a_wording_that_now_has_fewer_numbers_is_shown_all_the_same(
    writer: User, checker: User, director: User, client: Client
) -> None:
    set_target(writer, director, "500", "2022-01-05")
    text = "零售{{retail.total}}，{{retail.total|standing:challenge}}。"
    report = issue(writer, checker, director, text)
    set_target(writer, director, "480", "2022-01-20")
    client.force_login(writer)
    for page in ("report", "report-restated"):
        answer = client.get(reverse(page, args=[report.pk]))
        assert "96.52" in answer.content.decode()


def test_the_writer_is_told_once_of_what_changed_and_again_of_another_change(
    issued: Report, writer: User, record: Post, retail: Posting
) -> None:
    assert tell_restated(at=NOW) == 0
    restate(writer, record, retail, "470", "2022-02-01")
    for _run in range(3):
        assert tell_restated(at=NOW) == 1
    [notice] = inbox(writer).filter(event__kind="report.restated")
    assert "482.59亿元 → 470亿元" in notice.event.body
    assert notice.event.url == reverse("report-restated", args=[issued.pk])
    again = Posting.objects.order_by("-pk")[0]
    restate(writer, record, again, "471", "2022-02-03")
    tell_restated(at=on("2022-02-04"))
    assert inbox(writer).filter(event__kind="report.restated").count() == 2


def waiting_for(user: User) -> int:
    return count(user, {"reports": waits_for(user)})["reports"]


def set_target(writer: User, director: User, value: str, day: str) -> None:
    sheet = open_sheet(actor=writer, at=on(day), year=2021, source="测试")
    propose(
        actor=writer,
        at=on(day),
        sheet=sheet,
        indicator="retail.total",
        tier="challenge",
        area="420112",
        value=Decimal(value),
        base=Base(Decimal("425.56"), "2020", None, "测试"),
    )
    sign_sheet(actor=director, at=on(day), sheet=sheet)


def test_the_owner_is_told_and_nobody_else(
    issued: Report, writer: User, checker: User, record: Post, retail: Posting
) -> None:
    assert waiting_for(writer) == 0
    restate(writer, record, retail, "470", "2022-02-01")
    assert (waiting_for(writer), waiting_for(checker)) == (1, 0)
    assert len(restated([issued], now=NOW)[issued.pk]) == 2


def test_each_step_waits_for_whoever_can_take_it(
    draft: Report, writer: User, checker: User, director: User
) -> None:
    at = on("2022-01-10")
    assert waiting_for(checker) == 0
    writing.build_report(actor=writer, at=at, report=draft)
    assert [waiting_for(user) for user in (writer, checker, director)] == [0, 1, 0]
    approving.check_report(actor=checker, at=at, report=draft)
    assert [waiting_for(user) for user in (writer, checker, director)] == [0, 0, 1]


def test_the_number_of_queries_does_not_grow_with_the_reports(
    issued: Report, writer: User, checker: User, director: User
) -> None:
    def queries(reports: list[Report]) -> int:
        with CaptureQueriesContext(connection) as captured:
            restated(reports, now=NOW)
        return len(captured)

    more = [issue(writer, checker, director, TEXT) for _ in range(3)]
    one = queries([issued])
    assert queries([issued, *more]) == one
    assert one <= 12
