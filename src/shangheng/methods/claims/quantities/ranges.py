"""Read ranges and bounds: 20~100, 一千到一千五百, 大于等于3, 至少10, 五百以上, 十几万.

以上, 以下, 以内 include the number itself (民法典 art. 1259), 超过 and 不足 do not; the two ends of
a range are both given, and whether an end is included is left to the reader of the words.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from shangheng.methods.claims.quantities.characters import unify
from shangheng.methods.claims.quantities.numerals import NUMERAL_CHARACTERS, read_numeral
from shangheng.methods.claims.quantities.recognise import Expression, _fraction, percents

_N = rf"(?=-?[\d{NUMERAL_CHARACTERS}]|百分之)"
_LOW = re.compile(
    rf"(?:大于 ?(?:或者?)? ?等于|大于|不小于|不少于|不低于|至少(?:是|有)?|最少(?:是|有)?|超过了?|高于|多于|≥|> ?=|>|(?<![经通])过(?=\d)) ?{_N}"
)
_HIGH = re.compile(
    rf"(?:小于 ?(?:或者?)? ?等于|小于|不大于|不多于|不超过|不高于|至多(?:是|为)?|最多(?:是|为)?|低于|少于|≤|< ?=|<) ?{_N}"
)
_EQUAL = re.compile(rf"(?<![于或者 ])等于 ?{_N}")
_THAN = re.compile(rf"比 ?{_N}")
_MORE = re.compile(r" ?(?:大|高|多)")
_LESS = re.compile(r" ?(?:小|低|少)")
_ABOVE = re.compile(
    r" ?(?:[个次家人件项]?(?:或者)?(?:以上|之上)|或者更多|以上|多(?=[个次家人件项]|$)|余(?=[个次家人件项]|$))"
)
_BELOW = re.compile(r" ?(?:[个次家人件项]?(?:或者)?(?:以下|之下|以内))")
_LINK = re.compile(rf" ?(?:--?|–|—|~|到|至|和|与) ?{_N}第?|(?: ?(?:和|与) ?第)")
_BETWEEN = re.compile(r"之间|间")
_JOIN = re.compile(r"(?:[,，]? ?(?:并且|且|并|而|的同时|,|、)? ?)")
_OPENS = re.compile(r"(?:位于|在)$")


def ranges(text: str) -> list[Expression]:
    """Every range or bound, with its lower and upper end (None where it is open)."""
    text = unify(text)
    found = list(_all(text))
    return list(_combined(text, found))


def _all(text: str) -> Iterator[Expression]:
    at = 0
    pattern = re.compile(rf"[大小不至最超高多低少≥≤<>过等比第]|-?[\d{NUMERAL_CHARACTERS}]")
    while found := pattern.search(text, at):
        read = _bound_at(text, found.start()) or _range_at(text, found.start())
        if read is not None:
            yield read
            at = read.end
            continue
        numeral = read_numeral(text, found.start())
        at = max(numeral.end if numeral else 0, found.end())


def _value(text: str, at: int) -> Expression | None:
    share = next((p for p in percents(text[at : at + 24]) if p.start == 0), None)
    if share is not None:
        return Expression(at, at + share.end, share.value)
    return _fraction(text, at) if at < len(text) else None


def _bound_at(text: str, at: int) -> Expression | None:
    for pattern in (_LOW, _HIGH, _EQUAL):
        if found := pattern.match(text, at):
            value = _value(text, found.end())
            if value is None:
                return None
            low = value.value if pattern is not _HIGH else None
            high = value.value if pattern is not _LOW else None
            return Expression(at, value.end, low, high)
    if found := _THAN.match(text, at):
        value = _value(text, found.end())
        if value is not None and (more := _MORE.match(text, value.end)):
            return Expression(at, more.end(), value.value, None)
        if value is not None and (less := _LESS.match(text, value.end)):
            return Expression(at, less.end(), None, value.value)
    return None


def _range_at(text: str, at: int) -> Expression | None:
    begin = at + 1 if text[at] == "第" else at
    first = _value(text, begin)
    if first is None or first.value is None:
        return None
    if link := _LINK.match(text, first.end):
        last = _value(text, link.end())
        named = link.group().strip() in ("和", "与", "和第", "与第")
        if last is not None and last.value is not None and first.value < last.value:
            between = _BETWEEN.match(text, last.end)
            if between or not named:
                end = between.end() if between else last.end
                return Expression(
                    _opening(text, at) if between else at, end, first.value, last.value
                )
    if above := _ABOVE.match(text, first.end):
        return Expression(at, above.end(), first.value, None)
    if below := _BELOW.match(text, first.end):
        return Expression(at, below.end(), None, first.value)
    if re.search(r"[几多余幾]", text[begin : first.end]):
        return Expression(at, first.end, first.value, None)
    return None


def _opening(text: str, at: int) -> int:
    found = _OPENS.search(text, max(0, at - 2), at)
    return found.start() if found else at


def _combined(text: str, found: list[Expression]) -> Iterator[Expression]:
    """大于10小于20 is one range when its ends agree and nothing else stands between them."""
    place = 0
    while place < len(found):
        one = found[place]
        other = found[place + 1] if place + 1 < len(found) else None
        joined = _join(text, one, other) if other is not None else None
        yield joined or one
        place += 2 if joined else 1


def _join(text: str, one: Expression, other: Expression) -> Expression | None:
    between = text[one.end : other.start]
    if not _JOIN.fullmatch(between):
        return None
    if (
        one.value is not None
        and one.upper is None
        and other.value is None
        and other.upper is not None
    ):
        low, high = one.value, other.upper
    elif (
        one.value is None
        and one.upper is not None
        and other.upper is None
        and other.value is not None
    ):
        low, high = other.value, one.upper
    else:
        return None
    return Expression(one.start, other.end, low, high) if Decimal(low) < high else None
