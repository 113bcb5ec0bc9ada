"""Dates and months as people write them into cells, read or refused with advice."""

import datetime
import re

from django.utils.translation import gettext as _

from shangheng.core.exchange import numbers
from shangheng.core.exchange.columns import plain
from shangheng.core.exchange.numbers import BadCell
from shangheng.core.exchange.sheets import Cell
from shangheng.methods.claims.quantities.numerals import read_numeral

_EPOCH = datetime.date(1899, 12, 30)  # day 0 of Excel, seen from March 1900 on
_SERIALS = range(10_000, 80_000)  # 1927 to 2119
_YEARS = range(1900, 2200)
_MIDNIGHT = r"(?:[ T]0?0:00(?::00)?)?"
_DAY_FORMS = (
    re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_MIDNIGHT}"),
    re.compile(
        r"([0-9]{4}) ?(年) ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]?"  # zh-data: written date
    ),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})"),
)
_MONTH_FORMS = (
    re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})"),
    re.compile(r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?(?:月份?)?"),  # zh-data: written month
    re.compile(r"([0-9]{4})([0-9]{2})"),
)
_ONES = "一二三四五六七八九"  # zh-data: numerals
_NUMERALS = re.compile(
    rf"([〇○零{_ONES}]{{4}})年([{_ONES}十]{{1,2}})月(?:份|([{_ONES}十廿卅]{{1,3}})[日号])?"  # zh-data: written date
)
_MONTH = rf"(?:[0-9]{{1,2}}|[{_ONES}十]{{1,2}})月"  # zh-data: 三月
_YEARLESS = re.compile(rf"{_MONTH}(?:份|.{{1,3}}[日号])?")  # zh-data: 三月五日
_CUT = re.compile(r"[0-9]{4}\.1")  # January, or October whose zero a spreadsheet has cut off?


def date(cell: Cell, *, counts_from_1904: bool) -> datetime.date:
    """A day: a date cell, an Excel serial number, or text such as 2021-3-5. Raises BadCell."""
    if isinstance(cell, datetime.datetime):
        if cell.time() != datetime.time():
            raise BadCell(
                _("“%(cell)s”带有时刻；请只填日期，如2021-3-5") % {"cell": f"{cell:%Y-%m-%d %H:%M}"}
            )
        return _sensible(cell.date())
    if isinstance(cell, datetime.date):
        return _sensible(cell)
    text = _digits(cell)
    if isinstance(cell, int | float) and text.isdigit() and int(text) in _SERIALS:
        if counts_from_1904:
            raise BadCell(
                _("“%(cell)s”是日期序号，而本文件从1904年起算，含义不明；请填写日期，如2021-3-5")
                % {"cell": text}
            )
        return _EPOCH + datetime.timedelta(days=int(text))
    for form in _DAY_FORMS:
        found = form.fullmatch(text)
        if found:
            return _day(int(found[1]), int(found[3]), int(found[4]), text)
    if _YEARLESS.fullmatch(text):
        raise BadCell(_("“%(cell)s”不是日期，没有写年份；请写成2021-3-5") % {"cell": text})
    raise BadCell(_("“%(cell)s”不是日期；请写成2021-3-5或2021年3月5日") % {"cell": text})


def _sensible(day: datetime.date) -> datetime.date:
    """A date cell; a day before 1927 is nearly always a number below a date format: 2021 is 1905."""
    if (day - _EPOCH).days < _SERIALS.start:
        raise BadCell(
            _(
                "单元格是日期格式，显示为%(cell)s，多半是把年份或数字填成了日期；请核对，确为这一天的请写成文本"
            )
            % {"cell": day.isoformat()}
        )
    return day


def month(cell: Cell) -> datetime.date:
    """The first day of a month: text such as 2021-10, or a date cell of a first day. Raises BadCell."""
    if isinstance(cell, datetime.date):
        day = cell.date() if isinstance(cell, datetime.datetime) else cell
        if day.day != 1:
            raise BadCell(
                _("“%(cell)s”是某一天；本列填月份，请写成2021-10") % {"cell": day.isoformat()}
            )
        return _sensible(day)
    text = _digits(cell)
    if _CUT.fullmatch(text):
        message = _("“%(cell)s”看不出是1月还是10月；请写成2021-01或2021-10")
        raise BadCell(message % {"cell": text})
    for form in _MONTH_FORMS:
        found = form.fullmatch(text)
        if found:
            return _day(int(found[1]), int(found[2]), 1, text)
    if _YEARLESS.fullmatch(text):
        raise BadCell(_("“%(cell)s”不是月份，没有写年份；请写成2021-10") % {"cell": text})
    raise BadCell(_("“%(cell)s”不是月份；请写成2021-10或2021年10月") % {"cell": text})


def _digits(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.15g}"
    text = numbers.unquoted(plain(str(cell)))
    found = _NUMERALS.fullmatch(text)
    return _in_figures(found) if found else text


def _in_figures(found: re.Match[str]) -> str:
    """二〇二一年三月五日 as 2021-3-5; what is no numeral stays as it is, to be refused."""
    words = (found[1].replace("○", "〇"), found[2], found[3] or "")  # zh-data: the other round zero
    read = [read_numeral(word, 0) for word in words if word]
    if any(one is None or one.end < len(word) for one, word in zip(read, words, strict=False)):
        return found[0]
    return "-".join(f"{one.value:f}" for one in read if one)


def _day(year: int, month: int, day: int, text: str) -> datetime.date:
    if year not in _YEARS:
        raise BadCell(_("“%(cell)s”的年份不对；请核对") % {"cell": text})
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise BadCell(_("“%(cell)s”这一天不存在；请核对") % {"cell": text}) from None
