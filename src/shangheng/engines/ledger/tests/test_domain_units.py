from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.units import (
    LARGEST_AMOUNT,
    UnfitValue,
    Unit,
    plain,
    rounded,
)

UNITS = sorted(catalogue.units().values(), key=lambda unit: unit.code)
units = st.sampled_from(UNITS)
amounts = st.integers(1 - LARGEST_AMOUNT, LARGEST_AMOUNT - 1)


@given(unit=units, amount=amounts)
def test_every_amount_comes_back_exactly(unit: Unit, amount: int) -> None:
    assert unit.to_minor(unit.from_minor(amount)) == amount


@given(unit=units, parts=st.lists(st.integers(-(10**15), 10**15), max_size=50))
def test_sums_of_amounts_are_sums_of_values(unit: Unit, parts: list[int]) -> None:
    assert sum(map(unit.from_minor, parts), Decimal(0)) == unit.from_minor(sum(parts))


@given(unit=units, amount=amounts, digit=st.integers(1, 9))
def test_one_digit_more_than_can_be_kept_is_refused(unit: Unit, amount: int, digit: int) -> None:
    too_fine = Decimal(amount * 10 + digit).scaleb(-unit.exponent - 1)
    with pytest.raises(UnfitValue, match=str(unit.exponent)):
        unit.to_minor(too_fine)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity", "1e40"])
def test_what_is_no_number_or_too_large_is_refused(unit: Unit, value: str) -> None:
    with pytest.raises(UnfitValue):
        unit.to_minor(Decimal(value))


def test_money_is_kept_to_the_fen() -> None:
    assert catalogue.units()["亿元"].to_minor(Decimal("726.2")) == 72_620_000_000 * 100


@given(value=st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_plain_changes_the_writing_and_not_the_value(value: Decimal) -> None:
    assert plain(value) == value
    assert "E" not in str(plain(value))


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("82.35", 1, "82.4"),
        ("82.25", 1, "82.3"),
        ("82.2499999999", 1, "82.2"),
        ("-0.5", 0, "-1"),
        ("726", 1, "726.0"),
        ("0.0049", 2, "0.00"),
    ],
)
def test_printing_rounds_once_and_half_up(value: str, decimals: int, printed: str) -> None:
    assert str(rounded(Decimal(value), decimals)) == printed
