"""Periods of time, as figures use them: whole months, written like SDMX time periods."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shangheng.methods.wording import named, say

_YEAR = re.compile(r"\d{4}")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])")
_MONTH = re.compile(r"\d{4}-\d{2}")


class BadPeriod(ValueError):
    """A text that names no period; the message says what can be written."""


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> "Month":
        """The month that many months later."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month of a day."""
        return cls(day.year, day.month)


@dataclass(frozen=True, order=True)
class Period:
    """The whole months from `start` to `end`, both included.

    >>> str(Period.parse("2021")), Period.parse("2021-01/2021-10").label
    ('2021', '2021年1-10月')
    """

    start: Month
    end: Month

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadPeriod(
                say("时期 %(period)s 的结束早于开始", period=f"{self.start}/{self.end}")
            )

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read “2021”, “2021-Q3”, “2021-10” or “2021-01/2021-10”. Raises BadPeriod."""
        text = text.strip()
        try:
            if _YEAR.fullmatch(text):
                return cls.year(int(text))
            if quarter := _QUARTER.fullmatch(text):
                year, number = int(quarter[1]), int(quarter[2])
                return cls(
                    _month(f"{year}-{3 * number - 2:02d}"), _month(f"{year}-{3 * number:02d}")
                )
            start, _, end = text.partition("/")
            return cls(_month(start), _month(end or start))
        except ValueError as error:
            message = say(
                "看不懂的时期“%(text)s”，请写作 2021、2021-Q3、2021-10 或 2021-01/2021-10",
                text=text,
            )
            raise BadPeriod(message) from error

    @classmethod
    def year(cls, year: int) -> "Period":
        """The whole of a calendar year."""
        return cls(_month(f"{year:04d}-01"), Month(year, 12))

    @property
    def is_year(self) -> bool:
        """Whether this is exactly one calendar year."""
        return self.start.number == 1 and self.end == Month(self.start.year, 12)

    @property
    def label(self) -> str:
        """As a bureau writes it in a document: 2021年, 2021年1-10月, 2021年10月."""
        year = f"{self.start.year}年"  # zh-data: documents are written in Chinese
        if self.is_year:
            return year
        if self.start == self.end:
            return f"{year}{self.start.number}月"  # zh-data: as above
        if self.start.year == self.end.year:
            return f"{year}{self.start.number}-{self.end.number}月"  # zh-data: as above
        end = f"{self.end.year}年{self.end.number}月"  # zh-data: as above
        return f"{year}{self.start.number}月-{end}"  # zh-data: as above

    @property
    def name(self) -> str:
        """In the reader's language: 2021年1-10月, or 2021-01 to 2021-10."""
        return named(self.label, str(self).replace("/", " to "))

    def months(self) -> Iterator[Month]:
        """Its months in order."""
        month = self.start
        while month <= self.end:
            yield month
            month = month.plus(1)

    def until(self, end: Month) -> "Period":
        """This period, truncated at `end`."""
        return Period(self.start, min(self.end, end))

    def year_earlier(self) -> "Period":
        """The same months one year before."""
        return Period(self.start.plus(-12), self.end.plus(-12))

    def __str__(self) -> str:
        if self.is_year:
            return f"{self.start.year:04d}"
        return str(self.start) if self.start == self.end else f"{self.start}/{self.end}"


def _month(text: str) -> Month:
    if not _MONTH.fullmatch(text):
        raise BadPeriod(text)
    return Month.of(date(int(text[:4]), int(text[5:]), 1))
