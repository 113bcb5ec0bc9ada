from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.methods import pace
from shangheng.methods.pace import Basis, Standing

money = st.decimals("0.01", "100000", places=2)
any_amount = st.decimals("-1000", "100000", places=2)
months = st.integers(1, 12)
PLAN = [None, Decimal(15), *[None] * 9, Decimal(100)]


def printed(value: Decimal | None, places: str = "0.01") -> str:
    assert value is not None
    return str(value.quantize(Decimal(places)))


@pytest.mark.parametrize(
    ("completion", "lead"), [("125.64", "42.31"), ("70.41", "-12.92")], ids=["超进度", "欠进度"]
)
def test_the_lead_after_ten_months_is_that_of_a_published_table(completion: str, lead: str) -> None:
    found = pace.progress(Decimal(completion), Decimal(100), 10)
    assert printed(found.lead) == lead
    assert found.standing() is (Standing.AHEAD if lead > "0" else Standing.BEHIND)


def test_the_lead_is_taken_from_unrounded_percentages() -> None:
    found = pace.progress(Decimal("629.0"), Decimal("647.4"), 10)
    assert printed(found.completion) == "97.16"
    assert printed(found.lead, "0.1") == "13.8"


def test_a_year_that_passes_its_target_by_a_trace_has_reached_it_and_no_more() -> None:
    found = pace.progress(Decimal("726.2"), Decimal(726), 12)
    assert found.expected == 100
    assert printed(found.completion) == "100.03"
    assert found.met
    assert found.standing() is Standing.ON
    assert found.standing(places=2) is Standing.AHEAD


def test_the_smallest_shortfall_is_behind() -> None:
    found = pace.progress(Decimal("725.9999"), Decimal(726), 12)
    assert not found.met
    assert found.standing() is Standing.BEHIND


def test_exactly_on_time_is_met_although_the_percentage_has_no_end() -> None:
    found = pace.progress(Decimal(7), Decimal(12), 7)
    assert found.lead == 0
    assert found.standing(places=12) is Standing.ON


def test_a_plan_counts_as_share_of_its_own_december() -> None:
    found = pace.progress(Decimal(40), Decimal(200), 2, plan=PLAN)
    assert (found.basis, found.expected, found.lead) == (Basis.PLAN, Decimal(15), Decimal(5))


def test_a_month_the_plan_leaves_open_expects_nothing() -> None:
    found = pace.progress(Decimal(40), Decimal(200), 3, plan=PLAN)
    assert found.completion == 20
    assert (found.expected, found.lead, found.met, found.standing()) == (None, None, None, None)


def test_a_plan_without_its_december_expects_nothing() -> None:
    assert pace.progress(Decimal(1), Decimal(2), 2, plan=[Decimal(1)] * 11 + [None]).lead is None


def test_seasonal_shares_can_be_the_measure() -> None:
    shares = pace.seasonal_shares({2020: [Decimal(1), Decimal(3), *[Decimal(0)] * 9, Decimal(4)]})
    found = pace.progress(Decimal(60), Decimal(100), 2, shares=shares)
    assert (found.basis, found.expected, found.lead) == (Basis.SEASONAL, Decimal(50), Decimal(10))


@pytest.mark.parametrize("target", [Decimal(0), Decimal(-5)])
def test_a_target_that_is_not_positive_is_refused(target: Decimal) -> None:
    with pytest.raises(ValueError, match="positive target"):
        pace.progress(Decimal(1), target, 3)


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_outside_the_year_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match="a month is 1 to 12"):
        pace.progress(Decimal(1), Decimal(1), month)


@pytest.mark.parametrize(
    ("plan", "why"),
    [([Decimal(1)] * 11, "names all 12 months"), ([Decimal(0)] * 12, "positive December")],
)
def test_a_plan_that_cannot_be_one_is_refused(plan: list[Decimal], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        pace.progress(Decimal(1), Decimal(1), 3, plan=plan)


def test_a_plan_and_shares_together_are_refused() -> None:
    shares = pace.seasonal_shares({2020: [Decimal(1)] * 12})
    with pytest.raises(ValueError, match="not both"):
        pace.progress(Decimal(1), Decimal(1), 3, plan=PLAN, shares=shares)


@given(any_amount, money)
def test_in_december_the_linear_pace_is_the_whole_target(actual: Decimal, target: Decimal) -> None:
    found = pace.progress(actual, target, 12)
    assert found.expected == 100
    assert found.met is (actual >= target)


@given(any_amount, money, months)
def test_the_unit_of_account_does_not_matter(actual: Decimal, target: Decimal, month: int) -> None:
    assert pace.progress(actual, target, month) == pace.progress(
        actual * 10000, target * 10000, month
    )


@given(any_amount, any_amount, money, months)
def test_more_done_never_stands_worse(
    one: Decimal, other: Decimal, target: Decimal, month: int
) -> None:
    order = [Standing.BEHIND, Standing.ON, Standing.AHEAD]
    less, more = sorted((one, other))
    standings = [pace.progress(done, target, month).standing() for done in (less, more)]
    ranks = [order.index(standing) for standing in standings if standing is not None]
    assert ranks == sorted(ranks)
