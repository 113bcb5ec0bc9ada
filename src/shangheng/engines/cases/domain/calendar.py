"""Working days in China: weekends, public holidays, and weekends worked to make up for them (调休).

The day on which a period begins does not count (民法典 Art. 201): a clock of one working day that
starts on a Friday runs out on Monday. A day belongs to a pause from its first day until the day
before the work goes on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shangheng.engines.cases.domain.reader import Reader
from shangheng.methods.wording import named, say

ONE = timedelta(days=1)
SATURDAY = 5


class UnknownYear(LookupError):
    """No notice on the holidays of a year is known, so its working days are not guessed."""

    def __init__(self, year: int) -> None:
        super().__init__(
            say(
                "还没有%(year)d年的放假安排，算不出工作日。国务院办公厅通知发布后，请补充 rules/calendars/%(year)d.yaml。",
                year=year,
            )
        )
        self.year = year


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that fixes the holidays of a year."""

    title: str
    number: str | None
    issued: date
    where: str


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday from its first to its last day off."""

    zh: str
    en: str
    first: date
    last: date

    @property
    def name(self) -> str:
        """In the reader's language."""
        return named(self.zh, self.en)


@dataclass(frozen=True)
class CalendarYear:
    """The holidays of one year and the weekend days that are worked."""

    number: int
    holidays: tuple[Holiday, ...]
    worked: frozenset[date]
    notices: tuple[Notice, ...]
    verified: bool

    def holiday(self, day: date) -> Holiday | None:
        """The holiday that a day belongs to."""
        return next((each for each in self.holidays if each.first <= day <= each.last), None)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: from `since` until the day before `until`; None while it lasts."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the clock stands still on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class WorkCalendar:
    """The years whose holidays are known."""

    years: Mapping[int, CalendarYear]

    def is_working(self, day: date) -> bool:
        """Whether people work on a day. Raises UnknownYear."""
        year = self.years.get(day.year)
        if year is None:
            raise UnknownYear(day.year)
        if day in year.worked:
            return True
        return day.weekday() < SATURDAY and year.holiday(day) is None


def add_working_days(
    calendar: WorkCalendar, start: date, days: int, pauses: Sequence[Pause] = ()
) -> date:
    """The day on which the `days`-th working day after `start` falls; days in a pause do not count.

    Raises UnknownYear, ValueError for fewer than one day or while a pause lasts.
    """
    if days < 1:
        raise ValueError(f"a period has at least one working day, not {days}")
    if any(pause.until is None for pause in pauses):
        raise ValueError("while a pause lasts nobody knows when the period ends")
    day, left = start, days
    while left:
        day += ONE
        left -= _counts(calendar, day, pauses)
    return day


def working_days_between(
    calendar: WorkCalendar, start: date, end: date, pauses: Sequence[Pause] = ()
) -> int:
    """How many working days lie after `start` up to and with `end`; negative when it is before.

    Raises UnknownYear.
    """
    if end < start:
        return -working_days_between(calendar, end, start, pauses)
    days = (start + ONE * (n + 1) for n in range((end - start).days))
    return sum(_counts(calendar, day, pauses) for day in days)


def _counts(calendar: WorkCalendar, day: date, pauses: Iterable[Pause]) -> bool:
    return calendar.is_working(day) and not any(pause.holds(day) for pause in pauses)


def parse_year(file: str, row: Any) -> CalendarYear:
    """One file of `rules/calendars`. Raises BadRule."""
    top = Reader(file, "", row)
    number: int = top.get("year", int)
    holidays = tuple(
        Holiday(each.text("zh"), each.text("en"), each.day("first"), each.day("last"))
        for each in top.rows("holidays")
    )
    worked = frozenset(top.get("worked", list))
    notices = tuple(
        Notice(
            each.text("title"),
            each.get("number", (str, type(None))),
            each.day("issued"),
            each.text("where"),
        )
        for each in top.rows("sources")
    )
    year = CalendarYear(number, holidays, worked, notices, top.flag("verified"))
    top.done()
    _check(top, year)
    return year


def _check(top: Reader, year: CalendarYear) -> None:
    if not year.notices:
        raise top.bad("names no notice", "sources")
    for place, each in enumerate(year.holidays):
        if not date(year.number, 1, 1) <= each.first <= each.last <= date(year.number, 12, 31):
            raise top.bad(
                f"{each.first} to {each.last} is no span of {year.number}", f"holidays[{place}]"
            )
    for day in sorted(year.worked):
        if day.year != year.number or day.weekday() < SATURDAY or year.holiday(day):
            raise top.bad(f"{day} is no weekend of {year.number} outside its holidays", "worked")
