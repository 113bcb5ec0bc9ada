from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.methods import pace
from shangheng.methods.pace import Method, Projection

positive = st.decimals("0.01", "10000", places=2)
signed = st.decimals("-1000", "10000", places=2)
LATE = [Decimal(value) for value in (2, 2, 4, 4, 4, 6, 6, 6, 8, 8, 20, 30)]
PAST = {
    2016: [value * Decimal("0.9") for value in LATE],
    2017: [*LATE[:5], *(value * Decimal("1.1") for value in LATE[5:])],
    2018: [value * Decimal("1.2") for value in LATE],
    2019: [*LATE[:8], *(value * Decimal("0.8") for value in LATE[8:])],
    2020: [value * Decimal("1.3") for value in LATE],
}


def years(amount: st.SearchStrategy[Decimal], least: int) -> st.SearchStrategy[pace.History]:
    year = st.lists(amount, min_size=12, max_size=12)
    return st.lists(year, min_size=least, max_size=6).map(lambda past: dict(enumerate(past, 2000)))


def started(amount: st.SearchStrategy[Decimal]) -> st.SearchStrategy[list[Decimal]]:
    return st.lists(amount, min_size=1, max_size=11)


def projected(months: pace.Months, history: pace.History, level: str = "0.8") -> Projection:
    found = pace.project(months, history, level=Decimal(level))
    assert found is not None
    return found


def bounds(projection: Projection) -> tuple[Decimal, Decimal]:
    assert projection.low is not None
    assert projection.high is not None
    return projection.low, projection.high


def test_a_year_like_the_past_ends_where_its_shares_say() -> None:
    same = dict.fromkeys((2018, 2019, 2020), LATE)
    found = projected(LATE[:6], same)
    assert (found.method, found.years) == (Method.SHARES, (2018, 2019, 2020))
    assert found.point == 100
    assert pace.project(LATE[:6], {}) is not None
    assert projected(LATE[:6], {}).point == 44  # linear: half the year, twice the amount


def test_the_interval_rests_on_back_tests_that_use_earlier_years_only() -> None:
    found = projected([Decimal(3)] * 6, PAST)
    assert [trial.year for trial in found.trials] == [2017, 2018, 2019, 2020]
    upset = {**PAST, 2020: [Decimal(900), *[Decimal(1)] * 11]}
    assert projected([Decimal(3)] * 6, upset).trials[:3] == found.trials[:3]
    first = found.trials[0]
    assert first.actual == sum(PAST[2017])
    assert first.error == 100 * (first.projected - first.actual) / first.actual


def test_less_regular_years_give_a_wider_interval() -> None:
    calm = {year: [value * (year - 2010) for value in LATE] for year in PAST}
    widths = []
    for history in (calm, PAST):
        low, high = bounds(projected(LATE[:6], history))
        widths.append(high - low)
    assert widths[0] < widths[1]


def test_only_the_rest_is_rounded_and_to_six_digits() -> None:
    months = [Decimal("1234567.891234")]
    found = projected(months, PAST)
    assert found.done == months[0]
    assert len((found.point - found.done).normalize().as_tuple().digits) <= 6


@pytest.mark.parametrize("count", [1, 2])
def test_a_short_past_gives_a_point_without_likelihood(count: int) -> None:
    found = projected(LATE[:6], dict(list(PAST.items())[-count:]))
    assert (found.method, len(found.years)) == (Method.SHARES, count)
    assert (found.low, found.high, found.probability(Decimal(1))) == (None, None, None)


def test_without_a_past_only_linear_pace_is_left_and_no_probability() -> None:
    found = projected([Decimal(5), Decimal(7)], {})
    assert (found.method, found.point, found.years) == (Method.LINEAR, Decimal(72), ())
    assert (found.low, found.high, found.probability(Decimal(1))) == (None, None, None)


def test_a_past_year_with_a_missing_month_is_named_and_not_used() -> None:
    found = projected(LATE[:6], {**PAST, 2019: [*LATE[:11], None]})
    assert (found.years, found.left_out) == ((2016, 2017, 2018, 2020), (2019,))
    only = projected(LATE[:6], {2019: [*LATE[:11], None]})
    assert (only.method, only.left_out) == (Method.LINEAR, (2019,))


def test_a_missing_month_is_projected_and_not_zero() -> None:
    full, gap = LATE[:6], [*LATE[:4], None, LATE[5]]
    same = dict.fromkeys((2018, 2019, 2020), LATE)
    found = projected(gap, same)
    assert (found.through, found.gaps, found.done) == (6, (5,), sum(full) - LATE[4])
    assert found.point == projected(full, same).point == 100


def test_nothing_reported_is_nothing_projected() -> None:
    assert pace.project([None, None], PAST) is None
    assert pace.project([], PAST) is None


@pytest.mark.parametrize("start", ["0", "-2"])
def test_a_start_without_a_positive_total_is_carried_on_by_amounts(start: str) -> None:
    found = projected([Decimal(start)], dict.fromkeys((2018, 2019, 2020), LATE))
    assert found.method is Method.REMAINDER
    assert found.point == Decimal(start) + 98


def test_years_finished_early_are_carried_on_by_amounts() -> None:
    early = [Decimal(5), *[Decimal(0)] * 11]
    found = projected([Decimal(6)], dict.fromkeys((2018, 2019, 2020), early))
    assert found.method is Method.REMAINDER
    assert found.point == found.low == found.high == 6


def test_an_interval_is_worked_out_by_hand() -> None:
    ends = {2018: 10, 2019: 20, 2020: 30}
    found = projected([Decimal(0)], {y: [*[Decimal(0)] * 11, Decimal(v)] for y, v in ends.items()})
    # 20 - 10 and 30 - 15 were missed; their root mean square is 12.7475, times t(0.9; 2) = 1.88562
    assert (found.point, found.high) == (Decimal(20), Decimal("44.0370"))
    assert found.low == 0  # not 20 - 24.0370: no month has ever been negative


def test_past_years_of_nothing_promise_nothing() -> None:
    found = projected([Decimal(0)], dict.fromkeys((2018, 2019, 2020), [Decimal(0)] * 12))
    assert found.point == 0
    assert found.trials[0].error is None
    assert found.probability(Decimal(1)) == Decimal("0.001")


def test_a_target_already_reached_is_certain_only_if_the_total_never_falls() -> None:
    assert projected(LATE[:6], PAST).probability(Decimal(22)) == 1
    reversal = {**PAST, 2018: [*LATE[:11], Decimal(-1)]}
    assert projected(LATE[:6], reversal).probability(Decimal(22)) == Decimal("0.999")


def test_the_point_is_as_likely_passed_as_missed() -> None:
    found = projected(LATE[:6], PAST)
    assert found.probability(found.point) == Decimal("0.500")
    low, high = bounds(found)
    assert found.probability(low) == Decimal("0.900")
    assert found.probability(high) == Decimal("0.100")


def test_statistics_that_skip_january_can_be_folded() -> None:
    published = {year: [None, values[0] + values[1], *values[2:]] for year, values in PAST.items()}
    folded = {year: pace.january_in_february(values) for year, values in published.items()}
    now = pace.january_in_february([None, Decimal(4), Decimal(4)])
    assert projected(now, folded).point == projected([Decimal(2), *LATE[1:3]], PAST).point


@pytest.mark.parametrize("level", ["0", "1", "-0.5"])
def test_an_interval_without_or_with_full_certainty_is_refused(level: str) -> None:
    with pytest.raises(ValueError, match="lies between 0 and 1"):
        pace.project(LATE[:6], PAST, level=Decimal(level))


@given(st.lists(signed, min_size=12, max_size=12), years(signed, 0), signed)
def test_a_complete_year_is_its_own_projection(
    months: list[Decimal], history: pace.History, target: Decimal
) -> None:
    found = projected(months, history)
    assert found.method is Method.COMPLETE
    assert found.point == found.low == found.high == sum(months)
    assert found.probability(target) == int(sum(months) >= target)


@given(started(positive), years(positive, 3), st.integers(-3, 6))
def test_the_unit_of_account_moves_the_projection_alike(
    months: list[Decimal], history: pace.History, power: int
) -> None:
    here = projected(months, history)
    there = projected(
        [value.scaleb(power) for value in months],
        {
            year: [v.scaleb(power) for v in values if v is not None]
            for year, values in history.items()
        },
    )
    assert there.method is here.method
    for one, other in zip((here.point, *bounds(here)), (there.point, *bounds(there)), strict=True):
        assert float(other.scaleb(-power)) == pytest.approx(float(one), rel=2e-5)


@given(started(signed), years(signed, 3), signed, signed)
def test_a_higher_target_is_never_more_likely(
    months: list[Decimal], history: pace.History, one: Decimal, other: Decimal
) -> None:
    found = projected(months, history)
    chances = [found.probability(target) for target in sorted((one, other))]
    known = [chance for chance in chances if chance is not None]
    assert len(known) == 2
    assert known == sorted(known, reverse=True)
    assert all(0 < chance <= 1 for chance in known)


@given(started(signed), years(signed, 3))
def test_the_interval_holds_the_point_and_grows_with_its_level(
    months: list[Decimal], history: pace.History
) -> None:
    narrow = projected(months, history, level="0.5")
    wide = projected(months, history, level="0.95")
    assert bounds(wide)[0] <= bounds(narrow)[0] <= narrow.point
    assert narrow.point <= bounds(narrow)[1] <= bounds(wide)[1]


@given(started(st.decimals("0", "10000", places=2)), years(st.decimals("0", "10000", places=2), 3))
def test_a_total_that_never_falls_ends_no_lower_than_it_is(
    months: list[Decimal], history: pace.History
) -> None:
    found = projected(months, history)
    assert sum(months) <= bounds(found)[0]


@given(started(positive), years(positive, 0))
def test_likelihood_is_given_exactly_when_three_years_can_be_learnt_from(
    months: list[Decimal], history: pace.History
) -> None:
    found = projected(months, history)
    enough = len(found.years) >= 3
    assert (found.low is not None) is (found.high is not None) is enough
    assert (found.probability(Decimal(10) ** 9) is not None) is enough
