"""The period and the as-known day of a page come from its address alone."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import BadRequest
from django.test import RequestFactory
from django.utils import timezone, translation

from shangheng.core.ui import moment
from shangheng.core.ui.moment import Moment, choices, moment_of, period_label


@pytest.fixture(autouse=True)
def no_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a desk may have registered asks the database."""
    monkeypatch.setattr(moment, "_default_period", [])


def at(query: str = "") -> Moment:
    with translation.override("zh-hans"):
        return moment_of(RequestFactory().get("/" + query))


def test_the_address_names_period_and_day() -> None:
    known = at("?period=2021-01/2021-10&known=2022-01-10")
    assert known.period == "2021-01/2021-10"
    assert known.known == date(2022, 1, 10)
    assert known.query == "period=2021-01/2021-10&known=2022-01-10"


def test_the_day_ends_at_midnight_of_the_office() -> None:
    known = at("?known=2022-01-10").known_at
    assert known.astimezone(UTC) == datetime(2022, 1, 10, 15, 59, 59, 999999, tzinfo=UTC)


def test_view_and_frame_mean_the_same_instant() -> None:
    request = RequestFactory().get("/")
    assert moment_of(request) is moment_of(request)


def test_today_is_no_past_day() -> None:
    today = at(f"?known={timezone.localdate().isoformat()}")
    assert today.known is None
    assert today.known_at == today.now
    assert today.query == ""


def test_an_address_without_period_takes_the_registered_default() -> None:
    assert at().period == str(timezone.localdate().year)
    moment.default_period_from(lambda now: str(now.year - 5))
    assert at().period == str(timezone.now().year - 5)
    assert at().query == ""


@pytest.mark.parametrize(
    ("period", "label"),
    [
        ("2021", "2021年"),
        ("2021-10", "2021年10月"),
        ("2021-Q3", "2021年第3季度"),
        ("2021-01/2021-10", "2021年1—10月"),
        ("2020-11/2021-02", "2020年11月—2021年2月"),
    ],
)
def test_a_period_is_told_in_words(period: str, label: str) -> None:
    with translation.override("zh-hans"):
        assert period_label(period) == label
    assert at(f"?period={period}").period == period


@pytest.mark.parametrize(
    "query",
    ["?period=21", "?period=2021-13", "?period=2021-10/2021-01", "?period=2021-Q5", "?period=<b>",
     "?known=yesterday", "?known=2021-02-30", "?known=9999-01-01"],
)  # fmt: skip
def test_an_address_that_cannot_be_read_is_refused_in_words(query: str) -> None:
    with pytest.raises(BadRequest, match=r"写法不对|还没有到"):
        at(query)


def test_the_choice_always_holds_what_is_chosen() -> None:
    for period in ("2021", "2021-03", "2021-Q2", "2021-01/2021-10", "2020-11/2021-02", "1998"):
        with translation.override("zh-hans"):
            offered = [
                choice.value
                for group in choices(at(f"?period={period}"))
                for choice in group.choices
            ]
        assert offered.count(period) == 1
