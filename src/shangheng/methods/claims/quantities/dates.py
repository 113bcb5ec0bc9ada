"""Dates and periods in a text: told apart from quantities, and read as spans of months.

Only what the words say is read: "1-12月" has no year of its own, "去年" is one year before the year
that the text is about. Nothing here knows today's date.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from shangheng.methods.claims.quantities.numerals import DIGITS

_TO = r" ?(?:-|—|–|~|至|到){1,2} ?"
_YEAR = r"(?:19|20)\d\d"
_CN = "〇零一二三四五六七八九"
_OPENS = (
    rf"(?:(?:19|20)\d\d|\d{{1,2}} {{0,2}}[年月份日号:\-—–~至到]|[{_CN}]{{4}}年|[今去明本后次当前][年明]|[上前]一?个?[年季月]|[上下]半年|全年|年度"
    rf"|前三季|第?[一二三四][、季]|[{_CN}两十]年[前来间]|过去五|[\"“]?[一二三]?十[{_CN}]?五)"
)
_OPENING = re.compile(rf"[\d{_CN}今去明本后次当前上下全年第两十过\"“](?<=(?={_OPENS}).)")
_PATTERN = re.compile(
    rf"(?:(?P<stamp>{_YEAR}(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,2}}(?!\d)(?: ?\d{{1,2}}:\d\d(?::\d\d)?)?)"
    rf"|(?P<y1>{_YEAR}) ?年?(?:度)?{_TO}(?P<y2>{_YEAR}) ?年度?"
    rf"|(?P<year>{_YEAR}) ?年度?(?:(?P<ym1>\d{{1,2}}) ?月?份?{_TO})?(?P<ym2>\d{{1,2}}) ?月份?"
    rf"(?: ?(?P<yd>\d{{1,2}}) ?[日号])?"
    rf"|(?P<only>{_YEAR}) ?年(?:度|末|底|初)?(?P<part>上半年|下半年|全年|第?[一二三四]季度|前三季度)?"
    rf"|(?P<cny>[{_CN}]{{4}})年(?:度|末|底|初)?"
    rf"|(?P<md1>\d{{1,2}}) ?月 ?\d{{1,2}} ?[日号](?:{_TO}(?:\d{{1,2}} ?月 ?)?\d{{1,2}} ?[日号])?"
    rf"|(?<!\d)(?P<m1>\d{{1,2}}) ?月?份?{_TO}(?P<m2>\d{{1,2}}) ?月份?"
    rf"|(?<![\d.])(?P<m>\d{{1,2}}) ?月(?:份|底|末|初)?"
    r"|(?<![\d.])(?P<short>\d\d)年(?=同期|底|末|度|以来|以前|以后|之前|之后|初|的)"
    r"|(?P<clock>(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d))"
    r"|(?P<day>(?<![\d.])\d{1,2}[日号](?![\u4e00-\u9fff]?\u53f7))"
    r"|(?P<rel>今明两?年|今年|去年|明年|上年度?|(?<![以提])[上前]一年度?|本年度?|前年|后年|次年|当年)"
    r"(?P<relpart>上半年|下半年|全年|第?[一二三四]季度|前三季度)?"
    r"|(?P<before>(?<![以提线网晚早台岸海路车])(?:上|前一)[一个]{0,2}(?:季度?|月份?)(?!亮|饼|球|坛))"
    r"|(?P<ago>[一两三四五六七八九十])年前"
    r"|(?P<half>上半年|下半年|全年|年度|前三季度|第?[一二三四](?:、[一二三四]){0,3}季度)"
    r"|(?P<plan>[\"“]?[一二三]?十[一二三四五六七八九]?五[\"”]?(?=时期|规划|期间|以来|开局|收官|末|、|[\"”])"
    r"|[五三两四]年来|过去五年|五年间))"
)
_PARTS = {"上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12), "年度": (1, 12), "前三季度": (1, 9)}
_QUARTERS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}
_RELATIVE = {
    "今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "前": -2, "明": 1, "次": 1, "后": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """Months `first` to `last` of `year`; `shift` is years from the text's own year if unknown.

    `years` above 1 is a span of several years (十四五, 五年来): never comparable with one year.
    """

    year: int | None = None
    first: int = 1
    last: int = 12
    shift: int = 0
    years: int = 1

    @property
    def whole_year(self) -> bool:
        """Whether the period is all twelve months of one year."""
        return (self.first, self.last, self.years) == (1, 12, 1)


class DateSpan(NamedTuple):
    """A date or period where it stands; `period` is None for a clock time or a bare day."""

    start: int
    end: int
    period: Period | None
    kind: str


def find_dates(text: str) -> list[DateSpan]:
    """Every date and period in a text passed through `characters.unify`, in order."""
    found, at = [], 0
    meanings: dict[tuple[str, str], tuple[Period | None, str]] = {}
    for opening in _OPENING.finditer(text):
        start = opening.start()
        if start < at or (date := _PATTERN.match(text, start)) is None:
            continue
        words, kind = date.group(), date.lastgroup or ""
        meaning = meanings.get((kind, words))
        if meaning is None:
            meaning = meanings[kind, words] = _period(date), _KINDS.get(kind, kind)
        at = date.end()
        found.append(DateSpan(start, at, *meaning))
    return found


_KINDS = {"sep": "stamp", "y2": "years", "part": "only", "relpart": "rel", "yd": "year", "ym2": "year",
          "m2": "months", "md1": "day", "before": "day"}  # fmt: skip


def _period(found: re.Match[str]) -> Period | None:
    group = found.groupdict()
    if group["stamp"]:
        year, month = group["stamp"][:4], re.split(r"[-/.]", group["stamp"])[1]
        return _months(int(year), int(month), int(month))
    if group["y1"]:
        first, last = int(group["y1"]), int(group["y2"])
        return Period(last, years=max(last - first + 1, 2))
    if group["year"]:
        last = int(group["ym2"])
        return _months(int(group["year"]), int(group["ym1"] or last), last)
    if group["only"]:
        return Period(int(group["only"]), *_part(group["part"]))
    if group["cny"]:
        return Period(int("".join(str(DIGITS[c]) for c in group["cny"])))
    if group["short"]:
        return Period(2000 + int(group["short"]))
    return _period_without_year(group)


def _period_without_year(group: dict[str, str | None]) -> Period | None:
    if group["md1"]:
        return _months(None, int(group["md1"]), int(group["md1"]))
    if group["m1"]:
        return _months(None, int(group["m1"]), int(group["m2"] or 0))
    if group["m"]:
        return _months(None, int(group["m"]), int(group["m"]))
    if group["rel"]:
        shift = -1 if group["rel"].startswith("前一") else _RELATIVE[group["rel"][0]]
        years = 2 if group["rel"].startswith("今明") else 1
        return Period(None, *_part(group["relpart"]), shift=shift, years=years)
    if group["ago"]:
        return Period(None, shift=-(10 if group["ago"] == "十" else DIGITS[group["ago"]]))
    if group["half"]:
        return Period(None, *_part(group["half"]))
    if group["plan"]:
        return Period(None, years=5)
    return None


def _months(year: int | None, first: int, last: int) -> Period | None:
    return Period(year, first, last) if 1 <= first <= last <= 12 else None


def _part(word: str | None) -> tuple[int, int]:
    if not word:
        return 1, 12
    return _PARTS.get(word) or _QUARTERS.get(word.removeprefix("第")[0], (1, 12))
