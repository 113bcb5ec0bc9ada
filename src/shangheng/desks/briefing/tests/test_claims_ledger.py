"""Claims of a report against the ledger: what agrees, what does not, and when nothing is said."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from shangheng.core.accounts.models import User
from shangheng.desks.briefing.selectors.claims_ledger import against_ledger
from shangheng.desks.briefing.tests.conftest import Post, on, restate
from shangheng.engines.ledger.models import Posting
from shangheng.methods.claims.audit import audit_text
from shangheng.methods.claims.findings import Finding, Verdict

HEAD = "商务局2021年工作总结\n发布日期：2022-01-20\n"
NOW = on("2022-03-01")


def found(sentence: str, *, as_known: datetime | None = None) -> list[Finding]:
    audit = against_ledger(audit_text(HEAD + sentence + "\n"), now=NOW, as_known=as_known)
    return [finding for finding in audit.findings if finding.check == "ledger"]


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("2021年全区社会消费品零售总额482.59亿元。", [Verdict.OK]),
        ("2021年全区社会消费品零售总额482.6亿元。", [Verdict.OK]),
        ("2021年全区社会消费品零售总额4825900万元。", [Verdict.OK]),
        ("2021年全区社会消费品零售总额逾480亿元。", [Verdict.OK]),
        ("2021年全区社会消费品零售总额488.59亿元。", [Verdict.INCONSISTENT]),
        ("2021年全区社零额482.59亿元，同比增长13.4%。", [Verdict.OK, Verdict.OK]),
        ("2021年全区社零额482.59亿元，同比增长14.4%。", [Verdict.OK, Verdict.INCONSISTENT]),
        ("2021年全区实际到位资金726.2亿元。", [Verdict.UNCHECKABLE]),
    ],
)
def test_a_claim_of_a_known_indicator_is_compared(
    sentence: str, verdicts: list[Verdict], retail: Posting
) -> None:
    assert [finding.verdict for finding in found(sentence)] == verdicts


@pytest.mark.parametrize(
    "sentence",
    [
        "2021年全市社会消费品零售总额6795亿元。",
        "2021年全区社会消费品零售总额中，限上零售额200亿元。",
        "2021年全区社会消费品零售总额占全市7.1%。",
        "2021年全区社会消费品零售总额5家。",
        "2022年全区社会消费品零售总额力争完成520亿元。",
    ],
)
def test_what_is_not_surely_the_indicator_is_left_alone(sentence: str, retail: Posting) -> None:
    assert found(sentence) == []


def test_a_restatement_after_the_report_is_told_apart_from_an_error(
    writer: User, record: Post, retail: Posting
) -> None:
    restate(writer, record, retail, "470", "2022-02-10")
    (finding,) = found("2021年全区社会消费品零售总额482.59亿元。")
    assert finding.verdict is Verdict.AMBIGUOUS
    assert "按2022-01-31所知台账为482.59亿元；按2022-03-01所知台账为470亿元" in finding.arithmetic
    known = on("2022-02-20")
    (later,) = found("2021年全区社会消费品零售总额482.59亿元。", as_known=known)
    assert later.verdict is Verdict.INCONSISTENT


def test_coverage_counts_what_only_the_ledger_could_check(retail: Posting) -> None:
    audit = audit_text(HEAD + "2021年全区社会消费品零售总额482.59亿元。\n")
    assert against_ledger(audit, now=NOW).coverage.checked == audit.coverage.checked + 1


def test_the_number_of_queries_does_not_grow_with_the_report(
    retail: Posting, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sentence = (
        "2021年全区社会消费品零售总额482.59亿元，同比增长13.4%。\n2021年全区进出口总额217亿元。\n"
    )
    audit = audit_text(HEAD + sentence * 40)
    with django_assert_max_num_queries(14):
        against_ledger(audit, now=NOW)
