from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.methods import pace

amounts = st.decimals("0", "10000", places=2)
years = st.lists(amounts, min_size=12, max_size=12)


def test_year_to_date_adds_the_months() -> None:
    assert pace.year_to_date([Decimal(1), Decimal(2), Decimal(4)], 2) == 3


def test_year_to_date_is_unknown_when_a_month_is_missing() -> None:
    assert pace.year_to_date([Decimal(1), None, Decimal(4)], 3) is None
    assert pace.year_to_date([Decimal(1)], 2) is None


def test_a_zero_is_known() -> None:
    assert pace.year_to_date([Decimal(0), Decimal(0)], 2) == 0


def test_a_thirteenth_month_is_refused() -> None:
    with pytest.raises(ValueError, match="12 months, 13 were given"):
        pace.year_to_date([Decimal(1)] * 13, 2)


@pytest.mark.parametrize(
    ("months", "folded"),
    [
        ([None, Decimal(7), Decimal(1)], (Decimal(0), Decimal(7), Decimal(1))),
        ([Decimal(3), Decimal(4)], (Decimal(0), Decimal(7))),
        ([Decimal(3), None, Decimal(1)], (None, None, Decimal(1))),
        ([Decimal(3)], (None, None)),
        ([], (None, None)),
    ],
    ids=["published together", "apart", "february missing", "january only", "nothing"],
)
def test_january_is_folded_into_february(
    months: list[Decimal | None], folded: tuple[Decimal | None, ...]
) -> None:
    assert pace.january_in_february(months) == folded


def test_shares_average_years_whatever_their_size() -> None:
    even, late = [Decimal(1)] * 12, [*[Decimal(0)] * 11, Decimal(1000)]
    shares = pace.seasonal_shares({2019: even, 2020: late})
    assert shares is not None
    assert (shares.at(6), shares.at(12)) == (Decimal(25), Decimal(100))
    assert shares.years == (2019, 2020)


def test_shares_leave_out_a_year_with_a_missing_month_or_no_total() -> None:
    full = [Decimal(1)] * 12
    shares = pace.seasonal_shares(
        {2017: full, 2018: [*full[:11], None], 2019: [Decimal(0)] * 12, 2020: full}
    )
    assert shares is not None
    assert shares.years == (2017, 2020)
    assert shares.left_out == (2018, 2019)


def test_shares_use_the_latest_years_of_the_window() -> None:
    shares = pace.seasonal_shares({year: [Decimal(1)] * 12 for year in range(2010, 2020)}, window=3)
    assert shares is not None
    assert (shares.years, shares.left_out) == ((2017, 2018, 2019), ())


def test_without_a_usable_year_there_are_no_shares() -> None:
    assert pace.seasonal_shares({}) is None
    assert pace.seasonal_shares({2020: [None] * 12}) is None


def test_a_window_of_no_year_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one year"):
        pace.seasonal_shares({}, window=0)


@given(st.lists(years.filter(any), min_size=1, max_size=4))
def test_shares_of_growing_totals_only_grow_and_end_at_the_whole(past: list[list[Decimal]]) -> None:
    shares = pace.seasonal_shares(dict(enumerate(past)))
    assert shares is not None
    assert list(shares.percent[:-1]) == sorted(shares.percent[:-1])
    assert shares.percent[-1] == 100
    assert shares.percent[-2] <= Decimal(100) + Decimal("1e-20")
