from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit.models import Row
from shangheng.engines.evidence import services as evidence
from shangheng.engines.ledger.domain.line import Line, LinesRefused
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Entry, Posting, Series
from shangheng.engines.ledger.services.posting import attach, post, reverse
from shangheng.engines.ledger.services.recognition import CannotMove, revoke
from shangheng.engines.ledger.tests.conftest import HOME, Record, ask, line, on

KNOWN = on("2021-07-01")
RANK = "assessment.rank"
CAPITAL = "investment.capital_in_place"


def refused(clerk: User, *lines: Line, **more: Any) -> set[tuple[int, str]]:
    """The places at which the ledger refuses; afterwards nothing is there."""
    fields = {"source": "测试", **more}
    with pytest.raises(LinesRefused) as refusal:
        post(actor=clerk, at=KNOWN, lines=lines, **fields)
    assert not Entry.objects.exists()
    assert not Series.objects.exists()
    assert not Row.objects.filter(act="ledger.post").exists()
    return {(error.index, error.field) for error in refusal.value.errors}


def test_lines_are_posted_together_in_one_entry_with_one_audit_row(
    clerk: User, bureau: OrgUnit
) -> None:
    lines = [line("retail.total", "40", f"2021-0{month}-28", bureau) for month in (1, 2, 3)]
    entry = post(actor=clerk, at=KNOWN, lines=lines, source="月报")
    assert entry.postings.count() == 3
    [row] = Row.objects.filter(target=f"ledger.entry:{entry.pk}")
    assert (row.act, row.at, row.actor_id) == ("ledger.post", KNOWN, clerk.pk)
    assert (row.after or {})["digest"] == entry.digest


def test_one_wrong_line_keeps_all_of_them_out_and_every_error_is_named_by_line_and_field(
    clerk: User, bureau: OrgUnit
) -> None:
    lines = [
        line("retail.total", "40", "2021-01-31", bureau),
        line("retail.total", "40", "2021-12-31", bureau, unit_of_measure="万元"),
        line("retail.total", "NaN", "2021-01-31", bureau),
        Line("no.such", bureau.pk, HOME, Decimal(1), "亿元", date(2021, 1, 31)),
        Line("retail.total", 999_999, HOME, Decimal(1), "亿元", date(2021, 1, 31)),
    ]
    places = {(1, "unit_of_measure"), (1, "occurred_on"), (2, "value"), (3, "indicator")}
    assert refused(clerk, *lines) == places | {(4, "unit")}


def test_another_unit_of_measure_is_refused_and_not_converted(clerk: User, bureau: OrgUnit) -> None:
    wrong = line("retail.total", "400000", "2021-01-31", bureau, unit_of_measure="万元")
    assert refused(clerk, wrong) == {(0, "unit_of_measure")}


@pytest.mark.parametrize("value", ["0.00000000001", "40.12345678901", "Infinity", "1e12"])
def test_what_cannot_be_kept_exactly_is_refused_and_never_rounded(
    clerk: User, bureau: OrgUnit, value: str
) -> None:
    assert refused(clerk, line("retail.total", value, "2021-01-31", bureau)) == {(0, "value")}


def test_the_smallest_amount_of_money_is_kept(record: Record) -> None:
    record("retail.total", "0.0000000001", "2021-01-31", "2021-02-10")
    assert ask("retail.total", "2021", "2021-03-01").value == Decimal("0.0000000001")


def test_what_has_not_happened_yet_cannot_be_posted(clerk: User, bureau: OrgUnit) -> None:
    tomorrow = line("retail.total", "1", "2021-07-02", bureau)
    assert refused(clerk, tomorrow) == {(0, "occurred_on")}
    today = line("retail.total", "1", "2021-07-01", bureau)
    assert post(actor=clerk, at=KNOWN, lines=[today], source="测试").pk


def test_a_dimension_that_the_definition_does_not_have_is_refused(
    clerk: User, bureau: OrgUnit
) -> None:
    for dimensions in ({"colour": "red"}, {"sector": "red"}):
        wrong = line(CAPITAL, "1", "2021-01-31", bureau, dimensions=dimensions)
        assert refused(clerk, wrong) == {(0, "dimensions")}


@pytest.mark.parametrize("subject", ["名" * 101, "海天\0味业", "海天\x1f味业"])
def test_a_name_that_a_database_cannot_keep_is_refused(
    clerk: User, bureau: OrgUnit, subject: str
) -> None:
    wrong = line("investment.projects_signed", "1", "2021-01-31", bureau, subject=subject)
    assert refused(clerk, wrong) == {(0, "subject")}


@pytest.mark.parametrize(
    ("field", "text"), [("source", ""), ("source", "表" * 301), ("note", "注" * 501)]
)
def test_a_source_is_needed_and_texts_have_their_length(
    clerk: User, bureau: OrgUnit, field: str, text: str
) -> None:
    good = line("retail.total", "1", "2021-01-31", bureau)
    assert refused(clerk, good, **{field: text}) == {(0, field)}


def test_nothing_to_post_is_refused(clerk: User) -> None:
    assert refused(clerk) == {(0, "")}


def test_a_voucher_that_does_not_exist_is_refused(clerk: User, bureau: OrgUnit) -> None:
    wrong = line("retail.total", "1", "2021-01-31", bureau, documents=(999_999,))
    assert refused(clerk, wrong) == {(0, "documents")}


def test_a_voucher_named_twice_is_attached_once(clerk: User, bureau: OrgUnit) -> None:
    document = evidence.store(
        actor=clerk, at=KNOWN, name="月报.csv", content="月,数\n1,40\n".encode()
    )
    twice = line("retail.total", "1", "2021-01-31", bureau, documents=(document.pk, document.pk))
    entry = post(actor=clerk, at=KNOWN, lines=[twice], source="测试")
    assert entry.evidence.count() == 1
    with pytest.raises(LinesRefused, match="尚未"):
        attach(actor=clerk, at=KNOWN, posting=entry.postings.get(), documents=[document.pk])


def test_a_second_state_of_a_series_on_one_day_is_refused_until_the_first_is_reversed(
    record: Record, clerk: User, bureau: OrgUnit
) -> None:
    first = record(RANK, "41", "2021-06-30", "2021-07-01")
    again = [line(RANK, "40", "2021-06-30", bureau)]
    with pytest.raises(LinesRefused, match=f"#{first.pk}.*先冲销") as refusal:
        post(actor=clerk, at=on("2021-07-02"), lines=again, source="更正")
    assert [(e.index, e.field) for e in refusal.value.errors] == [(0, "occurred_on")]
    reverse(actor=clerk, at=on("2021-07-03"), postings=[first.pk], reason="填错")
    post(actor=clerk, at=on("2021-07-03"), lines=again, source="更正")
    assert ask(RANK, "2021", "2021-07-04").value == 40
    assert ask(RANK, "2021", "2021-07-02").value == 41


def test_two_states_of_one_day_in_one_entry_are_refused(clerk: User, bureau: OrgUnit) -> None:
    lines = [line(RANK, value, "2021-06-30", bureau) for value in ("41", "40")]
    assert refused(clerk, *lines) == {(1, "occurred_on")}


def test_other_days_other_areas_and_flows_may_be_posted_again(record: Record) -> None:
    record(RANK, "41", "2021-06-30", "2021-07-01")
    record(RANK, "40", "2021-06-29", "2021-07-01")
    record(RANK, "3", "2021-06-30", "2021-07-01", area="420100")
    for value in ("1", "2"):
        record("retail.total", value, "2021-06-30", "2021-07-01")
    assert ask("retail.total", "2021", "2021-07-02").value == 3
    assert ask(RANK, "2021", "2021-07-02").value == 41


def test_what_others_publish_of_a_share_is_a_state_as_well(
    record: Record, clerk: User, bureau: OrgUnit
) -> None:
    record("retail.recovery", "99.2", "2021-06-30", "2021-07-01", area="420100")
    again = line("retail.recovery", "99.3", "2021-06-30", bureau, area="420100")
    with pytest.raises(LinesRefused, match="先冲销"):
        post(actor=clerk, at=on("2021-07-02"), lines=[again], source="城市统计")


def test_a_fact_starts_as_claimed_only_where_a_superior_office_recognises(record: Record) -> None:
    assert record(CAPITAL, "1", "2021-01-31", "2021-07-01").status == Status.CLAIMED
    assert record("retail.total", "1", "2021-01-31", "2021-07-01").status == Status.RECOGNISED


def test_what_another_area_published_counts_at_once_and_is_never_sent_for_recognition(
    record: Record, clerk: User
) -> None:
    posting = record(CAPITAL, "9", "2021-01-31", "2021-07-01", area="420100")
    assert posting.status == Status.RECOGNISED
    figure = ask(CAPITAL, "2021", "2021-07-02", area="420100")
    assert (figure.value, figure.pending) == (9, None)
    assert ask(CAPITAL, "2021", "2021-07-02").value is None, "it is none of ours"
    with pytest.raises(CannotMove, match="不需要上级认定"):
        revoke(
            actor=clerk, at=on("2021-07-02"), posting=posting.pk, value=Decimal(1), reason="other"
        )


def test_an_area_that_nobody_knows_and_a_computed_indicator_at_home_are_refused(
    clerk: User, bureau: OrgUnit
) -> None:
    nowhere = line("retail.total", "1", "2021-01-31", bureau, area="999999")
    ours = line("trade.total_growth", "1", "2021-01-31", bureau)
    assert refused(clerk, nowhere, ours) == {(0, "area"), (1, "indicator")}


def test_a_posting_keeps_the_version_of_the_definition_of_its_day(record: Record) -> None:
    posting = record("retail.total", "1", "2021-01-31", "2021-07-01")
    assert posting.version == 1
    assert Posting.objects.get(pk=posting.pk).occurred_on == date(2021, 1, 31)
