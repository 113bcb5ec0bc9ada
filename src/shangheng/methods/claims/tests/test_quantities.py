"""Numbers, bounds, units and dates as reports write them."""

from decimal import Decimal

import pytest

from shangheng.methods.claims.interval import INFINITY
from shangheng.methods.claims.quantities.characters import unify
from shangheng.methods.claims.quantities.dates import Period, find_dates
from shangheng.methods.claims.quantities.quantity import Bound, Quantity, Role
from shangheng.methods.claims.quantities.scan import scan


def _one(text: str) -> Quantity:
    (quantity,) = scan(unify(text))
    return quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("完成518.3亿元", "51830000000", "元"),
        ("完成１，０４５．７３亿元", "104573000000", "元"),
        ("共二十三家", "23", "家"),
        ("投入3.5万元", "35000", "元"),
        ("增长百分之十三", "13", "百分之"),
        ("提高2.3个百分点", "2.3", "个百分点"),
        ("增长1.2倍", "1.2", "倍"),
        ("面积48.50平方米", "48.50", "平方米"),
        ("出动645人次", "645", "人次"),
        ("下降-5%", "-5", "%"),
        ("增长率为-1.2‰", "-1.2", "‰"),
        ("康宁-5亿元", "500000000", "元"),
    ],
)
def test_values_and_units_are_read(text: str, value: str, unit: str) -> None:
    quantity = _one(text)
    assert (quantity.measure.value, quantity.measure.unit.name) == (Decimal(value), unit)
    assert quantity.role is Role.QUANTITY


@pytest.mark.parametrize(
    ("text", "bound", "low", "high"),
    [
        ("有逾90家", Bound.OVER, "90", None),
        ("有20余次", Bound.OVER, "20", "30"),
        ("有3000多家", Bound.OVER, "3000", "4000"),
        ("有约100家", Bound.ABOUT, "95", "105"),
        ("有近600家", Bound.UNDER, "0", "600"),
        ("有8%以上", Bound.OVER, "8", None),
        ("有5到8家", Bound.RANGE, "5", "8"),
        ("有3000-3500万美元", Bound.RANGE, "30000000", "35000000"),
        ("有十几万人", Bound.EXACT, "100000", "200000"),
    ],
)
def test_bounds_are_bounds(text: str, bound: Bound, low: str, high: str | None) -> None:
    quantity = _one(text).measure
    assert quantity.bound is bound
    assert quantity.interval.low == Decimal(low)
    assert quantity.interval.high == (INFINITY if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("30亿元以上工业项目", Role.THRESHOLD),
        ("第三届博览会", Role.ORDINAL),
        ("5G基站", Role.LABEL),
        ("世界500强", Role.LABEL),
        ("一期工程", Role.LABEL),
    ],
)
def test_thresholds_ordinals_and_labels_are_told_apart(text: str, role: Role) -> None:
    assert _one(text).role is role


def test_signing_is_no_bound() -> None:
    assert _one("集中签约9个").measure.bound is Bound.EXACT
    assert _one("检查商超81家").measure.bound is Bound.EXACT


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021年", Period(2021)),
        ("1-12月", Period(None, 1, 12)),
        ("2021年1-6月", Period(2021, 1, 6)),
        ("前三季度", Period(None, 1, 9)),
        ("去年", Period(None, shift=-1)),
        ("二〇二一年", Period(2021)),
        ("2016-2020年", Period(2020, years=5)),
    ],
)
def test_periods_are_read(text: str, period: Period) -> None:
    (date,) = find_dates(text)
    assert date.period == period
    assert scan(text) == []
