import pytest
from django.db import DatabaseError, transaction

from shangheng.core.accounts.models import User
from shangheng.desks.briefing.models import CannotDo, Report, State
from shangheng.desks.briefing.selectors.findings import open_findings, stored_findings
from shangheng.desks.briefing.services import approving, writing
from shangheng.desks.briefing.tests.conftest import Post, on, write
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.posting import reverse

AT = on("2022-01-10")
DOUBTFUL = "零售{{retail.total}}，外贸{{trade.total}}，签约七十四个。"


def pinned(writer: User, text: str) -> Report:
    report = write(writer, text)
    writing.build_report(actor=writer, at=AT, report=report)
    report.refresh_from_db()
    return report


def kinds(report: Report) -> list[str]:
    assert report.build is not None
    return [finding.kind for finding in stored_findings(report.build)]


def checked(writer: User, checker: User, text: str) -> Report:
    report = pinned(writer, text)
    approving.check_report(actor=checker, at=AT, report=report)
    return report


@pytest.mark.usefixtures("retail")
def test_what_is_missing_or_typed_is_found(writer: User) -> None:
    assert kinds(pinned(writer, DOUBTFUL)) == ["unbound", "missing"]


def test_a_figure_without_a_voucher_is_found(writer: User, record: Post) -> None:
    record("retail.total", "482.59", "2021-12-31", "2022-01-08", voucher=False)
    assert kinds(pinned(writer, "零售{{retail.total}}。")) == ["unevidenced"]


def test_figures_that_do_not_add_up_are_found_and_noted(writer: User, record: Post) -> None:
    record("investment.projects_signed", "74", "2021-12-31", "2022-01-08")
    record("investment.projects_tracked", "67", "2021-12-31", "2022-01-08")
    text = "签约{{investment.projects_signed}}，跟踪{{investment.projects_tracked}}。"
    report = pinned(writer, text)
    assert kinds(report) == ["identity"]
    assert report.build is not None
    assert set(report.build.notes) == {"investment.projects_signed", "investment.projects_tracked"}


def test_a_contradiction_of_the_year_says_nothing_of_ten_months(writer: User, record: Post) -> None:
    record("investment.projects_signed", "74", "2021-10-31", "2021-11-08")
    record("investment.projects_tracked", "67", "2021-10-31", "2021-11-08")
    report = pinned(writer, "十月止{{investment.projects_signed@2021-01/2021-10}}。")
    assert kinds(report) == []


def test_what_waits_for_recognition_is_told_but_stops_nothing(writer: User, record: Post) -> None:
    record(
        "investment.capital_in_place",
        "3",
        "2021-12-31",
        "2022-01-08",
        dimensions={"sector": "other"},
    )
    report = pinned(writer, "到位{{investment.capital_in_place}}。")
    assert "pending" in kinds(report)
    assert report.build is not None
    assert "pending" not in [f.kind for f in open_findings(report, report.build)]


def test_only_a_pinned_build_can_be_checked(draft: Report, checker: User) -> None:
    with pytest.raises(CannotDo, match="生成定稿"):
        approving.check_report(actor=checker, at=AT, report=draft)


def test_nobody_checks_or_signs_another_build_than_the_one_that_they_saw(
    draft: Report, writer: User, checker: User, director: User
) -> None:
    seen = writing.build_report(actor=writer, at=AT, report=draft).pk
    writing.build_report(actor=writer, at=AT, report=draft)
    with pytest.raises(CannotDo, match="重新生成过"):
        approving.check_report(actor=checker, at=AT, report=draft, seen=seen)
    approving.check_report(actor=checker, at=AT, report=draft, seen=seen + 1)
    with pytest.raises(CannotDo, match="重新生成过"):
        approving.sign_report(actor=director, at=AT, report=draft, seen=seen)


def test_the_writer_checks_and_signs_nothing(draft: Report, writer: User, checker: User) -> None:
    writing.build_report(actor=writer, at=AT, report=draft)
    with pytest.raises(CannotDo, match="核稿人不能是起草人"):
        approving.check_report(actor=writer, at=AT, report=draft)
    approving.check_report(actor=checker, at=AT, report=draft)
    with pytest.raises(CannotDo, match="签发人不能是起草人"):
        approving.sign_report(actor=writer, at=AT, report=draft)


@pytest.mark.usefixtures("retail")
def test_a_finding_stops_the_signature_until_somebody_answers_for_it(
    writer: User, checker: User, director: User
) -> None:
    report = checked(writer, checker, DOUBTFUL)
    with pytest.raises(CannotDo, match="还有2个问题"):
        approving.sign_report(actor=director, at=AT, report=report)
    assert report.build is not None
    keys = [finding.key for finding in open_findings(report, report.build)]
    with pytest.raises(CannotDo, match="理由"):
        approving.waive(actor=director, at=AT, report=report, keys=keys, reason=" ")
    approving.waive(actor=director, at=AT, report=report, keys=keys, reason="海关尚未公布")
    approving.sign_report(actor=director, at=AT, report=report)
    report.refresh_from_db()
    assert report.state == State.SIGNED
    assert {(row.reason, row.actor) for row in report.waivers.all()} == {("海关尚未公布", director)}


@pytest.mark.usefixtures("retail")
def test_a_waiver_does_not_hold_for_what_the_finding_becomes(
    writer: User, director: User, record: Post
) -> None:
    report = pinned(writer, "零售{{retail.total}}。")
    record("retail.total", "1", "2021-06-30", "2022-01-11", voucher=False)
    at = on("2022-01-12")
    writing.build_report(actor=writer, at=at, report=report)
    report.refresh_from_db()
    assert report.build is not None
    [first] = open_findings(report, report.build)
    approving.waive(actor=director, at=at, report=report, keys=[first.key], reason="补交中")
    assert open_findings(report, report.build) == ()
    record("retail.total", "2", "2021-07-31", "2022-01-13", voucher=False)
    again = writing.build_report(actor=writer, at=on("2022-01-14"), report=report)
    assert [finding.key for finding in open_findings(report, again)] == [first.key]


def test_a_report_goes_from_draft_to_issued(issued: Report) -> None:
    steps = issued.steps.order_by("pk")
    assert [(s.origin, s.destination) for s in steps] == [
        ("draft", "checked"),
        ("checked", "signed"),
        ("signed", "issued"),
    ]
    assert {step.build_id for step in steps} == {issued.build_id}


def test_sending_back_needs_a_reason_and_makes_a_draft_of_it(
    draft: Report, writer: User, checker: User
) -> None:
    writing.build_report(actor=writer, at=AT, report=draft)
    approving.check_report(actor=checker, at=AT, report=draft)
    with pytest.raises(CannotDo, match="退回要写明原因"):
        approving.send_back(actor=checker, at=AT, report=draft, reason="")
    approving.send_back(actor=checker, at=AT, report=draft, reason="口径不对")
    draft.refresh_from_db()
    assert (draft.state, draft.build) == (State.DRAFT, None)


def test_one_can_take_back_ones_own_last_step_only(
    draft: Report, writer: User, checker: User, director: User
) -> None:
    writing.build_report(actor=writer, at=AT, report=draft)
    approving.check_report(actor=checker, at=AT, report=draft)
    with pytest.raises(CannotDo, match="只有做这一步的人"):
        approving.undo(actor=director, at=AT, report=draft)
    approving.sign_report(actor=director, at=AT, report=draft)
    approving.undo(actor=director, at=AT, report=draft)
    draft.refresh_from_db()
    assert draft.state == State.CHECKED
    approving.sign_report(actor=director, at=AT, report=draft)
    approving.issue_report(actor=director, at=AT, report=draft)
    with pytest.raises(CannotDo, match="已印发"):
        approving.undo(actor=director, at=AT, report=draft)


def test_a_new_edition_replaces_the_old_one_when_it_is_issued(
    issued: Report, writer: User, checker: User, director: User
) -> None:
    revision = writing.revise(actor=writer, at=AT, report=issued)
    writing.build_report(actor=writer, at=AT, report=revision)
    approving.check_report(actor=checker, at=AT, report=revision)
    approving.sign_report(actor=director, at=AT, report=revision)
    approving.issue_report(actor=director, at=AT, report=revision)
    issued.refresh_from_db()
    assert issued.state == State.SUPERSEDED
    issued.title = "改了"
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        issued.save(update_fields=["title"])


def test_an_issued_report_can_be_withdrawn_with_a_reason(issued: Report, director: User) -> None:
    with pytest.raises(CannotDo, match="撤回要写明原因"):
        approving.withdraw_report(actor=director, at=AT, report=issued, reason="")
    approving.withdraw_report(actor=director, at=AT, report=issued, reason="数字有误")
    issued.refresh_from_db()
    assert issued.state == State.WITHDRAWN


def test_a_posting_that_is_reversed_needs_no_voucher(
    writer: User, retail: Posting, record: Post
) -> None:
    bare = record("retail.total", "5", "2021-03-31", "2022-01-08", voucher=False)
    reverse(actor=writer, at=on("2022-01-09"), postings=[bare.pk], reason="填错")
    assert kinds(pinned(writer, "零售{{retail.total}}。")) == []


SHARE = "[[64]]个在建项目中，已封顶[[40]]个，占[[65.1]]%。"


def test_figures_that_contradict_each_other_stop_the_signature(
    writer: User, checker: User, director: User
) -> None:
    report = checked(writer, checker, SHARE)
    assert report.build is not None
    [found] = open_findings(report, report.build)
    assert found.kind == "claims"
    assert "40个 ÷ 64个 = 62.5% ≠ 65.1%" in found.message
    with pytest.raises(CannotDo, match="62"):
        approving.sign_report(actor=director, at=AT, report=report)
    approving.waive(actor=director, at=AT, report=report, keys=[found.key], reason="另有口径")
    approving.sign_report(actor=director, at=AT, report=report)


def test_an_answer_for_a_contradiction_survives_edits_elsewhere(
    writer: User, director: User
) -> None:
    report = pinned(writer, SHARE)
    assert report.build is not None
    [found] = open_findings(report, report.build)
    approving.waive(actor=director, at=AT, report=report, keys=[found.key], reason="另有口径")
    writing.save_draft(actor=writer, at=AT, report=report, text=f"全年平稳。\n\n{SHARE}", base=2)
    again = writing.build_report(actor=writer, at=AT, report=report)
    assert open_findings(report, again) == ()
    worse = SHARE.replace("65.1", "66.1")
    writing.save_draft(actor=writer, at=AT, report=report, text=worse, base=3)
    again = writing.build_report(actor=writer, at=AT, report=report)
    assert [f.kind for f in open_findings(report, again)] == ["claims"]


def test_a_slip_of_writing_is_told_but_stops_nothing(writer: User) -> None:
    report = pinned(writer, "加快加快推进各项工作。")
    assert kinds(report) == ["doubt"]
    assert report.build is not None
    assert open_findings(report, report.build) == ()


def test_a_table_of_a_report_is_audited_too(writer: User) -> None:
    rows = "| 企业 | 数量 |\n|---|---|\n| 甲 | [[12]] |\n| 乙 | [[9]] |\n| 合计 | [[25]] |\n"
    report = pinned(writer, f"数量如下。\n\n{rows}")
    assert "claims" in kinds(report)
