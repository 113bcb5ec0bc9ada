from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shangheng.desks.investment.domain.money import (
    Payment,
    Voucher,
    in_yi_yuan,
    increment,
    likenesses,
    number_key,
    round_trips,
)

AMOUNTS = st.decimals(min_value="0.01", max_value="1000000", places=2)
DAY = date(2021, 6, 1)


@given(st.lists(AMOUNTS, min_size=1))
def test_increments_are_never_negative_and_add_up_to_the_highest_total(
    totals: list[Decimal],
) -> None:
    counted = [increment(total, totals[:place]) for place, total in enumerate(totals)]
    assert min(counted) >= 0
    assert sum(counted) == max(totals)


@given(st.lists(AMOUNTS, min_size=2))
def test_a_total_that_grows_counts_its_growth(totals: list[Decimal]) -> None:
    growing = sorted(totals)
    for place, (before, now) in enumerate(pairwise(growing), 1):
        assert increment(now, growing[:place]) == now - before


def test_a_number_is_the_same_in_whatever_width_and_case() -> None:
    assert number_key("ｎｏ．2021－0012") == number_key("NO 2021 0012") == "NO20210012"
    assert number_key(" - ") == ""


def test_foreign_money_is_rounded_once_to_the_cent() -> None:
    assert in_yi_yuan(Decimal(100), Decimal("6.3757")) == Decimal("0.063757")
    assert in_yi_yuan(Decimal("0.000001"), Decimal("0.5")) == Decimal("0.0000000001")


def voucher(key: int, **told: Any) -> Voucher:
    values = {"kind": "bank_receipt", "number": str(key), "amount": Decimal(key), "currency": "CNY"}
    return Voucher(**{"key": key, "paid_on": DAY, **values, **told})


def test_a_voucher_is_known_again_by_number_file_or_payment() -> None:
    one = voucher(1, number="A-1", files=frozenset({"x"}))
    others = [
        one,
        voucher(2, number="a1"),
        voucher(3, files=frozenset({"x", "y"})),
        voucher(4, amount=Decimal(1)),
        voucher(5, number="A1", kind="audit_report"),
        voucher(6),
    ]
    found = {like.other: like for like in likenesses(one, others)}
    assert set(found) == {2, 3, 4}
    assert found[2].same_number
    assert found[3].same_file
    assert found[4].same_payment


def payment(key: int, amount: int, days: int, group: int, currency: str = "CNY") -> Payment:
    on = DAY + timedelta(days)
    return Payment(key, on, Decimal(amount), currency, frozenset({group}))


def test_money_goes_round_only_within_the_window_and_to_the_same_group() -> None:
    came = [payment(1, 100, 0, 7)]
    left = [
        payment(10, 98, 30, 7),
        payment(11, 40, 90, 7),
        payment(12, 100, 91, 7),
        payment(13, 100, -1, 7),
        payment(14, 100, 5, 8),
        payment(15, 100, 5, 7, "USD"),
    ]
    found = {t.left: t for t in round_trips(came, left, window=90, tolerance=Decimal("0.05"))}
    assert set(found) == {10, 11, 15}
    assert found[10].alike
    assert not found[11].alike
    assert found[11].part == Decimal("0.4")
    assert found[15].part is None, "nothing is converted silently"
