from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.desks.targets.domain.sheets import (
    PointDraft,
    SheetRefused,
    check_plan,
    check_point,
    converted,
    linear_plan,
    out_of_order,
    seasonal_plan,
)
from shangheng.engines.ledger import catalogue

UNITS = catalogue.units()
amounts = st.decimals(min_value=0, max_value=10_000, places=2)


def draft(low: str, high: str, unit: str, day: date = date(2022, 4, 30)) -> PointDraft:
    return PointDraft("康宁", day, Decimal(low), Decimal(high), unit, Decimal(70))


def refusal(point: PointDraft) -> dict[str, str]:
    with pytest.raises(SheetRefused) as caught:
        check_point(point, unit=UNITS[point.unit], expected=UNITS["亿美元"], year=2022)
    return caught.value.errors


def test_another_unit_of_money_is_refused_with_the_converted_amounts() -> None:
    assert refusal(draft("2000", "2500", "万美元")) == {
        "unit": "该指标以亿美元计：2000—2500万美元等于0.2—0.25亿美元，请确认换算"
    }


def test_another_currency_is_refused_without_a_conversion() -> None:
    assert refusal(draft("2000", "2500", "万元")) == {"unit": "该指标以亿美元计，不能用万元填报"}


def test_a_point_says_every_field_that_is_wrong() -> None:
    wrong = PointDraft("", date(2023, 1, 1), Decimal(2), Decimal(1), "亿美元", Decimal(101))
    assert set(refusal(wrong)) == {"due_on", "probability", "high"}


def test_a_point_without_an_amount_is_refused() -> None:
    assert set(refusal(draft("0", "1", "亿美元"))) == {"low"}


def test_an_amount_below_the_smallest_unit_is_refused() -> None:
    assert set(refusal(draft("0.1", "0.10000000001", "亿美元"))) == {"high"}


@given(st.integers(min_value=1, max_value=10**9))
def test_a_conversion_there_and_back_is_exact(value: int) -> None:
    there = converted(Decimal(value), UNITS["万美元"], UNITS["亿美元"])
    assert there is not None
    assert converted(there, UNITS["亿美元"], UNITS["万美元"]) == value


def test_counts_of_different_things_are_not_converted() -> None:
    assert converted(Decimal(1), UNITS["家"], UNITS["个"]) is None


@given(amounts)
def test_a_suggested_plan_is_always_acceptable(total: Decimal) -> None:
    check_plan(dict(enumerate(linear_plan(total, 2), 1)), total)


def test_a_linear_plan_of_177() -> None:
    plan = linear_plan(Decimal(177), 2)
    assert plan[0] == Decimal("14.75")
    assert plan[5] == Decimal("88.50")
    assert plan[11] == Decimal(177)


def test_a_seasonal_plan_follows_the_shares_and_ends_at_the_target() -> None:
    shares = [Decimal(share) for share in (5, 10, 18, 26, 35, 45, 54, 63, 73, 82, 91, 100)]
    plan = seasonal_plan(Decimal(180), shares, 1)
    assert plan[1] == Decimal("18.0")
    assert plan[11] == Decimal(180)


@pytest.mark.parametrize(
    ("months", "wrong"),
    [
        ({1: "10", 2: "9", 12: "100"}, {"2"}),
        ({12: "99"}, {"12"}),
        ({11: "101"}, {"11"}),
        ({1: "10", 6: "50"}, set()),
    ],
)
def test_a_plan_rises_to_the_target_of_the_year(months: dict[int, str], wrong: set[str]) -> None:
    typed = {month: Decimal(value) for month, value in months.items()}
    if not wrong:
        check_plan(typed, Decimal(100))
        return
    with pytest.raises(SheetRefused) as caught:
        check_plan(typed, Decimal(100))
    assert set(caught.value.errors) == wrong


def test_a_higher_tier_that_asks_for_less_is_found() -> None:
    tiers = [("预期", Decimal(180)), ("拼搏", Decimal(177)), ("挑战", Decimal(190))]
    assert out_of_order(tiers, "higher") == [("预期", "拼搏")]
    assert out_of_order(tiers, "lower") == [("拼搏", "挑战")]
    assert out_of_order(tiers, "none") == []
