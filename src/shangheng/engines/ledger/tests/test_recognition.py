from decimal import Decimal

import pytest

from shangheng.core.accounts.models import User
from shangheng.engines.ledger.domain.query import Counting
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.balances import balances
from shangheng.engines.ledger.services.posting import CannotReverse, reverse
from shangheng.engines.ledger.services.recognition import (
    CannotMove,
    decide,
    resubmit,
    revoke,
    submit,
    withdraw,
)
from shangheng.engines.ledger.tests.conftest import Record, ask, on

CAPITAL = "investment.capital_in_place"


@pytest.fixture
def claimed(record: Record) -> Posting:
    return record(CAPITAL, "10", "2021-01-20", "2021-02-10")


@pytest.fixture
def submitted(claimed: Posting, clerk: User) -> Posting:
    submit(actor=clerk, at=on("2021-02-11"), postings=[claimed.pk])
    return claimed


def reply(posting: Posting, clerk: User, recognised: str, rejected: str, reason: str = "") -> None:
    decide(
        actor=clerk,
        at=on("2021-02-20"),
        posting=posting.pk,
        recognised=Decimal(recognised),
        rejected=Decimal(rejected),
        reason=reason,
    )


def test_a_fact_that_needs_recognition_starts_as_claimed_and_is_pending(claimed: Posting) -> None:
    answer = ask(CAPITAL, "2021", "2021-03-01")
    assert answer.value == 0
    assert answer.pending == 10
    assert answer.status == "pending"


def test_a_fact_that_nobody_recognises_counts_at_once(record: Record) -> None:
    record("retail.total", "40", "2021-01-31", "2021-02-10")
    assert ask("retail.total", "2021", "2021-03-01").value == 40


def test_pending_amounts_can_be_counted_in(claimed: Posting) -> None:
    assert ask(CAPITAL, "2021", "2021-03-01", counting=Counting.CLAIMED).value == 10


def test_a_part_can_be_rejected_with_a_reason_and_submitted_again(
    submitted: Posting, clerk: User
) -> None:
    reply(submitted, clerk, "6", "3", "payer_not_investor")
    answer = ask(CAPITAL, "2021", "2021-03-01")
    assert (answer.value, answer.pending) == (6, 1)
    resubmit(
        actor=clerk, at=on("2021-03-05"), posting=submitted.pk, value=Decimal(2), note="补资金流向"
    )
    assert ask(CAPITAL, "2021", "2021-03-06").pending == 3
    assert ask(CAPITAL, "2021", "2021-03-01").pending == 1, "what was known before stays known"


def test_rejection_needs_a_reason_from_the_list(submitted: Posting, clerk: User) -> None:
    with pytest.raises(CannotMove, match="原因"):
        reply(submitted, clerk, "6", "4", "because")


def test_no_more_can_be_decided_than_was_submitted(submitted: Posting, clerk: User) -> None:
    with pytest.raises(CannotMove, match="已报待认定"):
        reply(submitted, clerk, "6", "5", "duplicate_voucher")
    assert ask(CAPITAL, "2021", "2021-03-01").value == 0, "nothing is half-written"


def test_nothing_is_recognised_before_it_is_submitted(claimed: Posting, clerk: User) -> None:
    with pytest.raises(CannotMove):
        reply(claimed, clerk, "10", "0")


def test_a_submission_can_be_withdrawn(submitted: Posting, clerk: User) -> None:
    withdraw(actor=clerk, at=on("2021-02-12"), postings=[submitted.pk])
    assert balances([submitted.pk])[submitted.pk][Status.CLAIMED] == 10 * 10**10


def test_a_recognition_can_be_taken_back_by_the_superior_office(
    submitted: Posting, clerk: User
) -> None:
    reply(submitted, clerk, "10", "0")
    revoke(
        actor=clerk,
        at=on("2021-06-01"),
        posting=submitted.pk,
        value=Decimal(4),
        reason="round_trip",
    )
    assert ask(CAPITAL, "2021", "2021-06-02").value == 6
    assert ask(CAPITAL, "2021", "2021-05-31").value == 10


def test_resubmission_says_what_is_new(submitted: Posting, clerk: User) -> None:
    reply(submitted, clerk, "0", "10", "unreadable")
    with pytest.raises(CannotMove, match="补充"):
        resubmit(actor=clerk, at=on("2021-03-05"), posting=submitted.pk, note=" ")


def test_a_reversal_takes_back_recognised_and_rejected_parts_alike(
    submitted: Posting, clerk: User
) -> None:
    reply(submitted, clerk, "6", "4", "duplicate_voucher")
    reverse(actor=clerk, at=on("2021-04-01"), postings=[submitted.pk], reason="重复入账")
    after = ask(CAPITAL, "2021", "2021-04-02")
    assert after.value is None, "nothing live is left, which is missing and not zero"
    assert after.reversals == 1
    assert ask(CAPITAL, "2021", "2021-03-31").value == 6


def test_a_posting_is_reversed_once_and_a_reversal_never(claimed: Posting, clerk: User) -> None:
    entry = reverse(actor=clerk, at=on("2021-04-01"), postings=[claimed.pk], reason="填错")
    with pytest.raises(CannotReverse, match="已冲销"):
        reverse(actor=clerk, at=on("2021-04-02"), postings=[claimed.pk], reason="填错")
    with pytest.raises(CannotReverse, match="本身"):
        reverse(actor=clerk, at=on("2021-04-02"), postings=[entry.postings.get().pk], reason="填错")


def test_a_reversal_needs_a_reason(claimed: Posting, clerk: User) -> None:
    with pytest.raises(CannotReverse, match="原因"):
        reverse(actor=clerk, at=on("2021-04-01"), postings=[claimed.pk], reason="  ")
