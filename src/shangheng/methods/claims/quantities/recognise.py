"""Read single kinds of expressions anywhere in a text: numbers, percentages, ordinals, ranges.

`scan` reads what a report measures; the functions here read bare expressions as well, for forms and
search boxes and for comparison with published test cases. All spans are those of the given text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from shangheng.methods.claims.quantities.characters import unify
from shangheng.methods.claims.quantities.numerals import (
    BIG,
    DIGITS,
    NUMERAL_CHARACTERS,
    SMALL,
    Numeral,
    read_numeral,
)  # fmt: skip

_WORDS = re.compile(
    r"一切|壹切|一看|一样|一般|一定|一起|一直|一旦|一致|一律|一些|统一|唯一|万一|四川|陆地|大陆|登陆|海陆|着陆|放肆|肆意|肆无|收拾"
    r"|夕拾|拾取|拾起|拾到|队伍|入伍|退伍|伍仁|隊伍|十足|两两|百分点"
    r"|(?:https?|ftp)://\S*|第(?=[\d" + NUMERAL_CHARACTERS + "])"
)
_ALONE = set("陆肆伍拾")
_NUMBER_START = re.compile(rf"[-负]?(?:[\d{NUMERAL_CHARACTERS}半]|\.\d)")
_OVER = re.compile(r" {0,4}分 {0,4}之 {0,4}")
_MIXED = re.compile(r" {0,4}又 {0,4}")
_SLASH = re.compile(r"/(?=\d)")
_PERCENT_SIGN = re.compile(r" {0,3}[%％]")
_POINTS = re.compile(r" {0,4}个? {0,3}百 ?分 ?点")
_PER = re.compile(r"(?P<size>[百佰千仟万萬]{1,3}) {0,3}分 {0,3}之 {0,3}")
_TENTHS = re.compile(r" ?(?P<kind>成|折)(?P<half>半)?")


@dataclass(frozen=True, slots=True)
class Expression:
    """What was read: its span, its value, and for a range the upper end (None: open or single)."""

    start: int
    end: int
    value: Decimal | None
    upper: Decimal | None = None


def numbers(text: str) -> list[Expression]:
    """Every number: integers, decimals, fractions (三分之一, 1 4/3), mixed (3又2分之1), dozens (打)."""
    text = unify(text)
    return [e for e in _numbers(text) if not _vague_pair(text, e)]


def _vague_pair(text: str, found: Expression) -> bool:
    return bool(re.fullmatch(r"两两|[万亿]+", text[found.start : found.end]))


def _numbers(text: str) -> Iterator[Expression]:
    skipped = [m.span() for m in _WORDS.finditer(text)]
    at = 0
    while found := _NUMBER_START.search(text, at):
        start = found.start()
        cover = next((s for s in skipped if s[0] <= start < s[1]), None)
        if cover is not None:
            at = cover[1]
            continue
        read = _fraction(text, start)
        if read is None or (read.end - read.start == 1 and text[start] in _ALONE):
            at = start + 1
            continue
        yield read
        at = read.end


def _fraction(text: str, at: int) -> Expression | None:
    first = _numeral(text, at)
    if first is None:
        return None
    if mixed := _MIXED.match(text, first.end):
        rest = _ratio(text, mixed.end())
        if rest is not None and rest.value is not None:
            sign = -1 if first.value < 0 else 1
            return Expression(at, rest.end, first.value + sign * rest.value)
    whole = re.compile(r" (?=\d+/\d)").match(text, first.end)
    if whole:
        rest = _ratio(text, whole.end())
        if rest is not None and rest.value is not None:
            joined = _joined_numerator(text, first, rest)
            return joined or Expression(at, rest.end, first.value + rest.value)
    return _ratio(text, at)


def _joined_numerator(text: str, first: Numeral, rest: Expression) -> Expression | None:
    """４ ６/３ is four and six thirds: nothing to join unless the blank splits one number."""
    return None if rest.value is not None else Expression(first.start, rest.end, None)


def _ratio(text: str, at: int) -> Expression | None:
    first = _numeral(text, at)
    if first is None:
        return None
    if over := _OVER.match(text, first.end):
        top = _numeral(text, over.end()) if over.end() < len(text) else None
        if top is not None and first.value:
            return Expression(at, top.end, top.value / first.value)
    if slash := _SLASH.match(text, first.end):
        bottom = _numeral(text, slash.end())
        if bottom is not None and bottom.value:
            return Expression(at, bottom.end, first.value / bottom.value)
    return Expression(at, first.end, first.value)


def _numeral(text: str, at: int) -> Numeral | None:
    """One number, with 打 as a dozen and 半百 as fifty."""
    if at >= len(text):
        return None
    if text.startswith("半百", at):
        return Numeral(at, at + 2, Decimal(50), Decimal(1))
    if text[at] == "负" and text[at + 1 : at + 2].isspace():
        return None
    read = read_numeral(text, at)
    if read is None:
        return None
    if text[read.end : read.end + 1] == "打" and text[read.end + 1 : read.end + 2] != "折":
        return Numeral(at, read.end + 1, read.value * 12, read.step)
    return read


def percents(text: str) -> list[Expression]:
    """Every percentage, in percent: 25%, 百分之三, 千分之一, 六个百分点, 七成六, 八五折."""
    text = unify(text)
    skipped = [m.span() for m in re.finditer(r"(?:https?|ftp)://\S*", text)]
    return [e for e in _percents(text) if not any(a <= e.start < b for a, b in skipped)]


def _percents(text: str) -> Iterator[Expression]:
    at = 0
    while found := re.compile(rf"[-负]?[\d{NUMERAL_CHARACTERS}半仟佰萬]|\.\d|打?[对對]折").search(
        text, at
    ):
        start = found.start()
        read = _percent(text, start)
        if read is None:
            numeral = _numeral(text, start)
            at = numeral.end if numeral else start + 1
            continue
        yield read
        at = read.end


def _percent(text: str, at: int) -> Expression | None:
    if text.startswith("打对折", at):
        return Expression(at + 1, at + 3, Decimal(50))
    if per := _PER.match(text, at):
        return _per_hundred(text, at, per)
    if half := re.compile("半(?P<kind>成|折)").match(text, at):
        return Expression(at, half.end(), Decimal(5 if half["kind"] == "成" else 50))
    digits = _digits_apart(text, at)
    numeral = digits or _numeral(text, at)
    if numeral is None or _two_ends(text, numeral):
        return None
    for pattern in (_PERCENT_SIGN, _POINTS):
        if sign := pattern.match(text, numeral.end):
            return Expression(at, sign.end(), numeral.value)
    if tenths := _TENTHS.match(text, numeral.end):
        return _tenths(text, at, numeral, tenths)
    return None


def _per_hundred(text: str, at: int, per: re.Match[str]) -> Expression | None:
    size = Decimal(1)
    for character in per["size"]:
        size *= SMALL.get(character) or BIG["万"]
    if text[per.end() : per.end() + 1] == "百":
        return Expression(at, per.end() + 1, Decimal(100)) if size == 100 else None
    numeral = _numeral(text, per.end())
    if numeral is None or _two_ends(text, numeral):
        return None
    return Expression(at, numeral.end, numeral.value * 100 / size)


def _two_ends(text: str, numeral: Numeral) -> bool:
    """二三十个百分点: between twenty and thirty, no single value."""
    return numeral.upper is not None or bool(re.match(r"[几数]", text[numeral.start : numeral.end]))


def _digits_apart(text: str, at: int) -> Numeral | None:
    """7 2 折, 三八折: two digits before 折 are tenths and hundredths."""
    found = re.compile(
        rf"(?P<a>[\d{''.join(DIGITS)}]) ?(?P<b>[\d{''.join(DIGITS)}])(?= ?折)"
    ).match(text, at)
    if found is None:
        return None
    first, second = (int(c) if c.isdecimal() else DIGITS[c] for c in (found["a"], found["b"]))
    return Numeral(at, found.end(), Decimal(first) + Decimal(second) / 10, Decimal("0.1"))


def _tenths(text: str, at: int, numeral: Numeral, tenths: re.Match[str]) -> Expression | None:
    value = numeral.value * 10
    end = tenths.end()
    if value > 100 and tenths["kind"] == "折":
        value = numeral.value
    if tenths["kind"] == "折" and numeral.value == 10:
        return None
    if tenths["half"]:
        value += 5
    elif more := re.compile(rf" ?([{''.join(DIGITS)}])(?![{NUMERAL_CHARACTERS}个])").match(
        text, end
    ):
        value, end = value + DIGITS[more[1]], more.end()
    return Expression(at, end, value)


def ordinals(text: str) -> list[Expression]:
    """Every ordinal: 第三, 第250, 第3万."""
    text = unify(text)
    found = []
    for mark in re.finditer(rf"第(?=[\d{NUMERAL_CHARACTERS}])", text):
        numeral = read_numeral(text, mark.end())
        if numeral is not None:
            found.append(Expression(mark.start(), numeral.end, numeral.value))
    return found
