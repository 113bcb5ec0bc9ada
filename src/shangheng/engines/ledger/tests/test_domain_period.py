from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.engines.ledger.domain.period import BadPeriod, Month, Period

months = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))
periods = st.tuples(months, months).map(lambda both: Period(min(both), max(both)))


@pytest.mark.parametrize(
    ("text", "written", "label"),
    [
        ("2021", "2021", "2021年"),
        ("2021-10", "2021-10", "2021年10月"),
        ("2021-Q3", "2021-07/2021-09", "2021年7-9月"),
        ("2021Q1", "2021-01/2021-03", "2021年1-3月"),
        ("2021-01/2021-10", "2021-01/2021-10", "2021年1-10月"),
        ("2021-01/2021-12", "2021", "2021年"),
        (" 2020-11/2021-02 ", "2020-11/2021-02", "2020年11月-2021年2月"),
    ],
)
def test_periods_are_read_and_written_in_one_way(text: str, written: str, label: str) -> None:
    period = Period.parse(text)
    assert (str(period), period.label) == (written, label)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "去年",
        "21",
        "2021-13",
        "2021-00",
        "2021-1",
        "2021-Q5",
        "2021-10/2021-01",
        "2021/10",
        "0000",
    ],
)
def test_what_is_no_period_is_refused_with_what_can_be_written(text: str) -> None:
    with pytest.raises(BadPeriod, match=r"\d{4}|2021"):
        Period.parse(text)


@given(period=periods)
def test_a_period_that_was_written_is_read_as_the_same(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(period=periods)
def test_a_period_is_its_months_in_order(period: Period) -> None:
    found = list(period.months())
    assert (found[0], found[-1]) == (period.start, period.end)
    assert found == sorted(set(found))
    assert all(later == earlier.plus(1) for earlier, later in pairwise(found))


@given(period=periods)
def test_a_year_earlier_are_the_same_months(period: Period) -> None:
    earlier = period.year_earlier()
    assert [m.number for m in earlier.months()] == [m.number for m in period.months()]
    assert earlier.start.plus(12) == period.start


@given(month=months, steps=st.integers(-500, 500))
def test_months_are_counted_forth_and_back(month: Month, steps: int) -> None:
    assert month.plus(steps).plus(-steps) == month
    assert month.last.day in {28, 29, 30, 31}
    assert Month.of(month.last) == Month.of(month.first) == month


def test_february_ends_when_it_ends() -> None:
    assert Month(2020, 2).last.day == 29
    assert Month(2021, 2).last.day == 28
