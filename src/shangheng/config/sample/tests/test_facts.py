"""The facts add up to what was published, and say what had to be made up."""

from decimal import Decimal
from itertools import pairwise

import pytest

from shangheng.config.sample.model import Sample, SamplePublished
from shangheng.config.sample.tests.conftest import Total
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.domain.units import rounded

CHINESE_NUMBERS = {"两": Decimal(2)}


def agrees(text: str, value: Decimal) -> bool:
    """Whether a value is what a published text says, at the precision that it prints."""
    if text.startswith("逾"):
        return value > Decimal(text[1:])
    if text.endswith("余"):
        bound = Decimal(text[:-1])
        return bound < value < bound + 10
    printed = CHINESE_NUMBERS.get(text) or Decimal(text.removeprefix("约"))
    return rounded(value, max(0, -int(printed.as_tuple().exponent))) == printed


def facts_of_the_year(sample: Sample) -> list[SamplePublished]:
    return [p for p in sample.published if p.measure in {"value", "share", "rank"}]


def test_only_the_service_goal_was_published_higher_than_what_is_recognised(
    sample: Sample, total: Total
) -> None:
    differing = set()
    for published in facts_of_the_year(sample):
        value = total(published.indicator, published.period, published.subject)
        if value is None or not agrees(published.text, value):
            differing.add(published.label)
    assert differing == {"F054"}  # 龙湖天街 still waits for the city


def test_the_service_project_that_waits_makes_up_the_difference(total: Total) -> None:
    waiting = total("investment.structural.services", "2021", "", Status.SUBMITTED)
    assert waiting == 1


def test_growth_of_the_year_prints_as_published(sample: Sample, total: Total) -> None:
    found = {}
    for published in sample.published:
        if published.measure == "growth" and published.period == "2021":
            now, before = total(published.indicator, "2021"), total(published.indicator, "2020")
            assert now is not None
            assert before is not None
            found[published.label] = agrees(published.text, (now / before - 1) * 100)
    assert found == {"F012": True, "F018": True, "F024": True}


def test_the_growth_of_trade_reaches_its_target_unrounded(total: Total) -> None:
    growth = total("trade.total_growth", "2021")
    assert growth is not None
    assert growth >= 16


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("investment.capital_in_place", "726.2"),
        ("investment.agreed_amount", "1022.86"),
        ("investment.projects_signed", "74"),
        ("investment.projects_tracked", "67"),
        ("investment.structural.projects", "7"),
        ("investment.trips", "75"),
        ("supervision.inspectors", "732"),
    ],
)
def test_the_months_and_projects_add_up_exactly(total: Total, code: str, expected: str) -> None:
    assert total(code, "2021") == Decimal(expected)


def test_trade_until_september_is_the_base_of_the_targets_of_2022(total: Total) -> None:
    assert total("trade.total", "2021-01/2021-09") == Decimal("163.9")


def test_by_mid_october_nothing_later_than_september_is_known_of_trade(sample: Sample) -> None:
    base = next(t for t in sample.targets if t.indicator == "trade.total")
    known = sum(
        fact.value
        for batch in sample.batches
        if base.base_known_at and batch.recorded_at <= base.base_known_at
        for fact in batch.facts
        if fact.indicator == "trade.total" and fact.occurred_on.year == base.year - 1
    )
    assert known == base.base == Decimal("163.9")


def test_nothing_is_recorded_before_it_happened_or_after_the_summary(sample: Sample) -> None:
    for batch in sample.batches:
        assert batch.recorded_at < sample.published_at
        for fact in batch.facts:
            assert fact.occurred_on <= batch.recorded_at.date()
            moments = [batch.recorded_at, *(step.at for step in fact.steps), sample.published_at]
            assert all(earlier < later for earlier, later in pairwise(moments))


def test_refused_and_waiting_vouchers_do_not_touch_what_is_recognised(total: Total) -> None:
    code = "investment.capital_in_place"
    standing = {status: total(code, "2021", "", status) for status in Status}
    assert standing == {
        Status.CLAIMED: Decimal("0.92"),
        Status.SUBMITTED: Decimal("2.65"),
        Status.RECOGNISED: Decimal("726.2"),
        Status.REJECTED: Decimal("10.05"),
    }


def test_only_what_the_summary_dates_is_not_marked_as_a_sample(sample: Sample) -> None:
    facts = [fact for batch in sample.batches for fact in batch.facts]
    assert {f.indicator for f in facts if not f.is_sample} == {
        "assessment.rank",
        "assessment.rank_gain",
    }
    assert all(fact.note for fact in facts)


def test_every_identity_that_refuses_holds_as_the_batches_come_in(sample: Sample) -> None:
    rules = [
        (identity.left, identity.right)
        for item in catalogue.indicators().values()
        for identity in item.versions[-1].identities
        if identity.refuses
    ]
    held: dict[str, Decimal] = {}
    for batch in sample.batches:
        for fact in batch.facts:
            if fact.occurred_on.year == 2021:
                held[fact.indicator] = held.get(fact.indicator, Decimal(0)) + fact.value
            for left, right in rules:
                assert sum(held.get(code, 0) for code in left) <= sum(
                    held.get(code, 0) for code in right
                ), (batch.key, left)


def test_the_retail_base_of_2019_is_the_same_series_twice(total: Total) -> None:
    for month in range(1, 13):
        compared = total("retail.total_2019", f"2021-{month:02d}")
        assert compared == total("retail.total", f"2019-{month:02d}")
