from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain.calendar import (
    Pause,
    UnknownYear,
    add_working_days,
    parse_year,
    working_days_between,
)
from shangheng.engines.cases.domain.reader import BadRule

CALENDAR = rulebook.calendar()
days = st.dates(date(2019, 1, 1), date(2026, 10, 31))


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2021-02-07", True),  # Sunday, made up for Spring Festival
        ("2021-02-11", False),  # Thursday, New Year's Eve
        ("2021-02-20", True),  # Saturday, made up
        ("2021-10-09", True),
        ("2020-01-31", False),  # Friday, the extended holiday of 2020
        ("2020-02-01", False),  # Saturday, meant to be worked before the extension
        ("2020-02-03", True),
        ("2024-02-09", True),  # New Year's Eve of 2024: rest was only encouraged
        ("2019-05-02", False),  # added by the notice of 22 March 2019
        ("2026-02-23", False),
        ("2026-11-27", True),
        ("2026-11-28", False),
    ],
)
def test_working_days_are_those_of_the_notices(day: str, works: bool) -> None:
    assert CALENDAR.is_working(on(day)) is works


# Working days of each year, as chinesecalendar 1.11.0 (MIT) counts them from the same notices.
YEARS = {
    2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248,
}  # fmt: skip


@pytest.mark.parametrize(("year", "number"), YEARS.items())
def test_each_year_has_as_many_working_days_as_others_count(year: int, number: int) -> None:
    before = date(year, 1, 1)
    own = CALENDAR.is_working(before)
    assert own + working_days_between(CALENDAR, before, date(year, 12, 31)) == number


def test_the_first_day_does_not_count_and_make_up_days_do() -> None:
    assert add_working_days(CALENDAR, on("2021-09-17"), 1) == on("2021-09-18")  # Saturday, worked
    assert add_working_days(CALENDAR, on("2021-09-18"), 1) == on("2021-09-22")  # after Mid-Autumn
    assert add_working_days(CALENDAR, on("2021-09-30"), 3) == on("2021-10-11")


def test_days_of_a_pause_do_not_count() -> None:
    pause = Pause(on("2021-12-02"), on("2021-12-06"))  # Thursday and Friday
    assert add_working_days(CALENDAR, on("2021-12-01"), 1, [pause]) == on("2021-12-06")
    assert working_days_between(CALENDAR, on("2021-12-01"), on("2021-12-07"), [pause]) == 2


def test_a_clock_that_stands_still_has_no_last_day() -> None:
    with pytest.raises(ValueError, match="pause"):
        add_working_days(CALENDAR, on("2021-12-01"), 1, [Pause(on("2021-12-02"))])


def test_a_year_without_a_notice_is_not_guessed() -> None:
    with pytest.raises(UnknownYear, match="2027年的放假安排"):
        add_working_days(CALENDAR, on("2026-12-31"), 1)


@given(days, st.integers(1, 30))
def test_adding_and_counting_agree(start: date, number: int) -> None:
    end = add_working_days(CALENDAR, start, number)
    assert CALENDAR.is_working(end)
    assert working_days_between(CALENDAR, start, end) == number
    assert working_days_between(CALENDAR, end, start) == -number


@given(days, st.integers(1, 20), st.integers(0, 30), st.integers(1, 20))
def test_a_pause_never_brings_a_deadline_forward(
    start: date, number: int, later: int, lasting: int
) -> None:
    since = start + timedelta(later)
    pause = Pause(since, since + timedelta(lasting))
    with_pause = add_working_days(CALENDAR, start, number, [pause])
    assert with_pause >= add_working_days(CALENDAR, start, number)
    assert not pause.holds(with_pause)


def test_every_year_of_the_rules_names_its_notice() -> None:
    assert set(CALENDAR.years) == set(range(2019, 2027))
    for year in CALENDAR.years.values():
        assert year.verified
        assert all(notice.title.startswith("国务院办公厅") for notice in year.notices)


YEAR = {
    "year": 2021,
    "verified": True,
    "sources": [{"title": "通知", "number": None, "issued": date(2020, 11, 25), "where": "…"}],
    "holidays": [
        {"zh": "元旦", "en": "New Year", "first": date(2021, 1, 1), "last": date(2021, 1, 3)}
    ],
    "worked": [date(2021, 2, 7)],
}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"worked": [date(2021, 2, 8)]}, r"2021.yaml: worked: 2021-02-08 is no weekend"),
        ({"worked": [date(2021, 1, 2)]}, "outside its holidays"),
        ({"sources": []}, "2021.yaml: sources: names no notice"),
        ({"year": "2021"}, "2021.yaml: year: '2021' is not of the expected type"),
        ({"wroked": []}, "unknown key 'wroked'"),
        (
            {"holidays": [{"zh": "元旦", "en": "x", "first": date(2020, 1, 1)}]},
            r"holidays\[0\].last: is missing",
        ),
    ],
)
def test_a_wrong_year_says_where_and_what(change: dict[str, object], told: str) -> None:
    with pytest.raises(BadRule, match=told):
        parse_year("2021.yaml", YEAR | change)
