"""Find the quantities of a text by their spans, without rewriting it.

`scan` returns every number of a text: measured quantities, ranks, thresholds (30亿元以上项目) and
labels (5G, 第三届, 500强), so that nothing numeric is silently passed over.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from sys import intern

from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.dates import DateSpan, find_dates
from shangheng.methods.claims.quantities.numerals import (
    NUMERAL_CHARACTERS,
    Numeral,
    plain_value,
    read_numeral,
)
from shangheng.methods.claims.quantities.quantity import Bound, Measure, Quantity, Role, half_of
from shangheng.methods.claims.quantities.units import (
    NO_UNIT,
    PERCENT,
    POINT,
    RANK,
    RATIOS,
    UNIT_PATTERN,
    UNITS,
    Unit,
    read_unit,
)  # fmt: skip

_ZERO = Decimal(0)
_CN = NUMERAL_CHARACTERS + "几数半"
_GOES_ON = rf"(?=[{_CN}点余多来]|分之| ?{UNIT_PATTERN}|半|(?:到|至|~|-|—)[{_CN}\d])"
_OPENING = re.compile(
    rf"[\d{_CN}](?:(?<=\d)|(?<=[百千万])分之|(?<=[{_CN}])[{_CN}点余多来]{{0,24}}{_GOES_ON})"
)
_CANDIDATE = re.compile(
    rf"(?P<endless>\d{{25,}})|(?P<arabic>\d)|(?P<per>[百千万]分之)"
    rf"|[{_CN}][{_CN}点余多来]{{0,24}}{_GOES_ON}"
)
_BEFORE = re.compile(
    r"(?:(?P<about>大?(?<![签节合预契特履违失邀])约占?|大概|大致|将?近乎|左右)"
    r"|(?P<over>超过了?|逾|突破|至少|最少|不低于|不少于|不小于|高于|大于|多于|≥|>=?|(?<![商高])超(?!额))"
    r"|(?P<under>不足|不到|将近|接近|(?<![附靠最新亲])近|低于|少于|小于|至多|最多|不超过|不高于|不多于|≤|<=?))"
    r"(?:了|为|有|是|达)?[ \"“]?$"
)
_AFTER = re.compile(
    r" ?(?:(?P<over>余|多(?!元化|\d)|几)|(?P<about>左右|上下|许)|(?P<above>\(含\)以上|以上|及以上|之上)"
    r"|(?P<below>以下|以内|之内|之下))"
)
_TO = re.compile(r" ?(?:\(含\))? ?(?:-|—|–|~|至|到){1,2} ?(?=[\d" + _CN + "])")
_LATIN = re.compile(r"[A-Za-z_]")
_IDIOM = re.compile(
    r"一(?:[个件种项些批定步样致切度时次条套系支][^\d]|[个种项批])|半[个年数]|[二两三]地|两[会岸岁种手]|百[分家]|千方|万[家户众元县村]"
    r"|三[农方公者包新]|三次产|四[大中川]|[三四五六七八九十]大|一[区园线网]|一二三四"
)
_WITHIN_A_YEAR = re.compile(r"一年(?=来|间|[净新]?增|[减提上下前]|多[了\d])")
_NOUN_AFTER = re.compile(r"[的]?[\u4e00-\u9fffA-Za-z\"“]")
_VERB_AFTER = re.compile(r"(?:增|下降|提高|的?水平|的?速度|的?比例|的?增|[,，。;；、)）\s]|$)")


def scan(text: str) -> list[Quantity]:
    """Every number in a text passed through `characters.unify`, in order of place."""
    dates = find_dates(text)
    return list(scan_span(text, 0, len(text), dates, [d.start for d in dates], {}))


def scan_span(
    text: str,
    start: int,
    end: int,
    dates: list[DateSpan],
    date_starts: list[int],
    known: dict[str, Measure],
) -> Iterator[Quantity]:
    """`scan` of one part of a text whose dates, and the places where they begin, are known.

    A row of more digits than any figure has is no number. `known` keeps the plain figures of the text, by how they are
    printed.
    """
    at = start
    while opening := _OPENING.search(text, at, end):
        begin = opening.start()
        plain = _PLAIN.match(text, begin, end)
        found = plain or _CANDIDATE.match(text, begin, end)
        if found is None or found.lastgroup == "endless":
            at = found.end() if found else begin + 1
            continue
        index = bisect_right(date_starts, begin) - 1
        if index >= 0 and dates[index].end > begin and not _unit_year(text, dates[index]):
            at = dates[index].end
            continue
        if plain and not (begin and _MARKED.search(text, max(0, begin - 8), begin)):
            at, words = plain.end(), plain.group()
            measure = known.get(words)
            if measure is None:
                measure = known[words] = _plain_measure(plain)
            yield Quantity(begin, at, measure)
            continue
        begin -= begin > at and text[begin - 1] in "-负."
        quantity = _read(text, begin, at) or _read(text, found.start(), at)
        if quantity is None:
            at = found.end()
            continue
        yield quantity
        at = max(quantity.end, found.start() + 1)


_PLAIN = re.compile(
    rf"(?P<figure>(?P<digits>\d{{1,12}}(?:\.\d{{1,6}})?)(?P<big>[万亿]?))(?P<unit>(?![{NUMERAL_CHARACTERS}号强星环路位名期])(?>{UNIT_PATTERN}))"
    rf"(?![\d{NUMERAL_CHARACTERS}余多几半左上许(及以之/角毛钱整\-—–~至到A-Za-z ])"
)
_MARKED = re.compile(
    r"[约概致乎右过逾破少于≥>=超足到近接多≤<][了为有是达]?[ \"“]?$|[\dA-Za-z_.第+〔\[\-负列居]$"
)


def _plain_measure(found: re.Match[str]) -> Measure:
    """What nearly every quantity is: digits and a unit, with nothing before or after that bounds them."""
    figure, unit = intern(found["figure"]), UNITS[found["unit"]]
    value, step = plain_value(found["digits"], found["big"])
    half = _ZERO if unit.counts and step == 1 else half_of(step)
    return Measure(figure, value, step, unit, half=half)


def _unit_year(text: str, date: DateSpan) -> bool:
    return date.kind == "day" and text[date.end - 1] == "号"


def _read(text: str, at: int, floor: int) -> Quantity | None:
    if (per := _per_mille(text, at)) is not None:
        size, after = per
        numeral = read_numeral(text, after) if after < len(text) else None
        if numeral is None:
            return _whole_hundred(text, at, after, size)
        unit = Unit(text[at:after], PERCENT, Decimal(100) / size)
        return _quantity(text, at, floor, numeral, unit, numeral.end)
    numeral = _vague_start(text, at) or _whole_numeral(text, at)
    if numeral is None:
        return None
    unit, end = _unit_after(text, numeral)
    if unit is NO_UNIT and not text[numeral.start : numeral.end].strip("-").isascii():
        return _range(text, at, numeral, unit, end)
    return _quantity(text, at, floor, numeral, unit, end)


_PER = re.compile(r"(?P<size>百|千|万)分之")
_PER_SIZE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}


def _per_mille(text: str, at: int) -> tuple[Decimal, int] | None:
    found = _PER.match(text, at) if text[at] in "百千万" else None
    return (_PER_SIZE[found["size"]], found.end()) if found else None


def _whole_hundred(text: str, at: int, after: int, size: Decimal) -> Quantity | None:
    """百分之百: exactly 100 %."""
    if size != 100 or text[after : after + 1] != "百":
        return None
    whole = Measure("百", Decimal(100), Decimal(1), RATIOS["%"])
    return Quantity(at, after + 1, whole, lead=after - at)


def _vague_start(text: str, at: int) -> Numeral | None:
    """几十万, 数十亿: between one and ten of the multiplier."""
    if text[at] not in "几数" or at + 1 >= len(text) or text[at + 1] not in "十百千万亿":
        return None
    inner = read_numeral("一" + text[at + 1 : at + 6], 0)
    if inner is None:
        return None
    return Numeral(at, at + inner.end, inner.value, inner.step, inner.value * 10)


def _unit_after(text: str, numeral: Numeral) -> tuple[Unit, int]:
    at = numeral.end
    extra = _AFTER.match(text, at)
    if extra and extra["over"]:
        unit, end = read_unit(text, extra.end())
        if unit is not NO_UNIT:
            return unit, end
    return read_unit(text, at)


def _whole_numeral(text: str, at: int) -> Numeral | None:
    """The number at a place, leaving 千, 兆 and 两 to the unit that they begin (12千米, 二两)."""
    numeral = read_numeral(text, at)
    if numeral is None or text[numeral.end - 1] not in "千兆两" or numeral.end - at < 2:
        return numeral
    unit, _ = read_unit(text, numeral.end - 1)
    if unit is NO_UNIT or unit.name[0] not in "千兆两":
        return numeral
    return read_numeral(text[: numeral.end - 1], at)


def _quantity(text: str, at: int, floor: int, numeral: Numeral, unit: Unit, end: int) -> Quantity:
    if (ranged := _range(text, at, numeral, unit, end)) is not None:
        return ranged
    bound, start, stop, modifies = _bound(text, at, floor, numeral, end)
    role = _role(text, at, numeral, unit, stop, modifies=modifies)
    if role is Role.ORDINAL and _ranks(text, at, end, unit):
        unit, role = Unit(unit.name, RANK), Role.QUANTITY
    value, half = numeral.value, _half_step(numeral, unit)
    if (
        end > numeral.end
        and text[end : end + 1] == "半"
        and unit.counts is False
        and unit is not NO_UNIT
    ):
        value, end, stop = value + Decimal("0.5"), end + 1, max(stop, end + 1)
    if (coins := _coins(text, end, unit)) is not None:
        value, end = value + coins[0], coins[1]
        half, stop = Decimal("0.005"), max(stop, end)
    inner = bound is Bound.OVER and text[numeral.end : numeral.end + 2].lstrip()[:1] in (
        "余",
        "多",
        "几",
    )
    upper = _next_round(numeral.value) if inner and numeral.upper is None else numeral.upper
    figure = (
        text[at : numeral.end] if not _per_mille(text, at) else text[numeral.start : numeral.end]
    )
    measure = Measure(figure, value, numeral.step, unit, bound, half, upper)
    return Quantity(start, stop, measure, role, numeral.end - len(figure) - start)


_BARE_RANK = re.compile(
    r"(?:排名?(?:在|为|到)?|位[居列]|居|列|[升降跃进退移]+[到至为]|[由从较比][^,;。]{0,10}|(?:[上去]年|同期|此前|原来)(?:为|是)?)(?:全[国省市区县州])?第$"
)
_AFTER_RANK = re.compile(r"[,。;、)]|[升上前跃进提下降后退]|$|\n")


def _ranks(text: str, at: int, end: int, unit: Unit) -> bool:
    """Whether 第N is a rank: 第3位, and without 位 only where the words say so (升至第3, 由第5升至)."""
    if unit.counts:
        return text[end - 1 : end] in "位名"
    before = _BARE_RANK.search(text, max(0, at - 18), at) if unit is NO_UNIT else None
    return before is not None and _AFTER_RANK.match(text, end) is not None


_COINS = re.compile(
    rf"(?:(?P<tens>[\d{NUMERAL_CHARACTERS}])(?:角|毛))?(?:(?P<ones>[\d{NUMERAL_CHARACTERS}])分)?(?:钱|整)?"
)


def _coins(text: str, at: int, unit: Unit) -> tuple[Decimal, int] | None:
    """角 and 分 after 元: 123元1角1分 is 123.11."""
    if unit.dimension != "money:CNY":
        return None
    found = _COINS.match(text, at)
    if found is None or not (found["tens"] or found["ones"]):
        return None
    value = Decimal(0)
    for group, size in (("tens", "0.1"), ("ones", "0.01")):
        numeral = read_numeral(found[group], 0) if found[group] else None
        value += numeral.value * Decimal(size) if numeral else 0
    return value, found.end()


def _next_round(value: Decimal) -> Decimal:
    """Up to where 余 and 多 reach: 20余 is below 30, 3000多 below 4000, 120多 below 130."""
    digits = value.normalize()
    return value + Decimal(1).scaleb(int(digits.as_tuple().exponent))


def _half_step(numeral: Numeral, unit: Unit) -> Decimal:
    """Half a unit of the last printed digit; whole things counted one by one are exact."""
    if (unit.counts or unit.dimension == RANK) and numeral.step == 1:
        return _ZERO
    return half_of(numeral.step)


def _bound(
    text: str, at: int, floor: int, numeral: Numeral, end: int
) -> tuple[Bound, int, int, bool]:
    """The bounding words on both sides; whether the number only qualifies the noun after it."""
    bound, start, stop = Bound.EXACT, at, end
    before = _BEFORE.search(text, max(floor, at - 5), at)
    if before and not (before["over"] == "超" and text[at - 2 : at] in ("远超", "均超")):
        bound = Bound(next(k for k in ("about", "over", "under") if before[k]))
        start = before.start()
    inner = _AFTER.match(text, numeral.end)
    if inner and inner["over"] and inner.end() <= end:
        bound = Bound.OVER
    after = _AFTER.match(text, end)
    if after is None:
        return bound, start, stop, False
    if after["above"] or after["below"]:
        modifies = bool(_NOUN_AFTER.match(text, after.end())) and not _VERB_AFTER.match(
            text, after.end()
        )
        return (Bound.OVER if after["above"] else Bound.UNDER), start, after.end(), modifies
    return (Bound.OVER if after["over"] else Bound.ABOUT), start, after.end(), False


def _range(text: str, at: int, first: Numeral, unit: Unit, end: int) -> Quantity | None:
    """3000-3500万美元, 5%~8%, 三到五家: one quantity; a unit given once belongs to both ends."""
    link = _TO.match(text, end)
    if link is None or (text[at - 1 : at].isascii() and text[at - 1 : at].isalnum()):
        return None
    last = read_numeral(text, link.end())
    if last is None or (last.value <= first.value and unit is not NO_UNIT):
        return None
    last_unit, stop = _unit_after(text, last)
    if last_unit is NO_UNIT or (unit is not NO_UNIT and unit.dimension != last_unit.dimension):
        return None
    if unit is not NO_UNIT and text[max(0, at - 1) : at] in ("由", "从"):
        return None
    low, low_unit = first.value, unit if unit is not NO_UNIT else last_unit
    if unit is NO_UNIT:
        low *= _shared_scale(
            text[first.start : first.end], text[last.start : last.end], first, last
        )
    if low > last.value:
        return None
    interval = Interval(low * low_unit.size, last.value * last_unit.size)
    figure = text[at : last.end]
    return Quantity(
        at, stop, Measure(figure, low, last.step, last_unit, Bound.RANGE, within=interval)
    )


_SCALES = {"k": 10**3, "K": 10**3, "w": 10**4, "百": 100, "佰": 100, "千": 1000, "仟": 1000,
           "万": 10**4, "亿": 10**8, "兆": 10**12}  # fmt: skip


def _shared_scale(low: str, high: str, first: Numeral, last: Numeral) -> Decimal:
    """The multiplier that the first end of a range shares with the second.

    3000-3500万 shares 万, 两到三千 shares 千; 8500到3万 shares nothing.
    """
    scale = Decimal(1)
    for character in reversed(high):
        if character not in _SCALES or (scale > 1 and character in "百佰千仟"):
            break
        scale *= _SCALES[character]
    if any(c in _SCALES for c in low[-1:] if c in "万亿兆"):
        return Decimal(1)
    small = scale < 10_000 and first.value >= 10 and not high[-1:].isascii()
    return Decimal(1) if small or first.value * scale > last.value else scale


def _role(text: str, at: int, numeral: Numeral, unit: Unit, stop: int, *, modifies: bool) -> Role:
    before = text[at - 1 : at]
    if before == "第" or (
        unit.counts and unit.name in "位名" and _RANKING.search(text, max(0, at - 8), at)
    ):
        return Role.ORDINAL
    if (
        (_LATIN.match(before) and not unit.money)
        or (before and before in "+〔[")
        or (unit is NO_UNIT and _LATIN.match(text, numeral.end))
    ):
        return Role.LABEL
    if unit is NO_UNIT or unit.name in ("号", "强", "星", "环", "路"):
        return Role.LABEL
    spelled = not text[at : numeral.end].isascii()
    grade = unit.name == "期" or (spelled and unit.name in ("级", "轮", "届", "层", "线", "环"))
    if _WITHIN_A_YEAR.match(text, at):
        return Role.LABEL
    if unit.counts and (_IDIOM.match(text, at) or (grade and before not in ("为", "共"))):
        return Role.LABEL
    if modifies and unit.dimension not in (PERCENT, POINT):
        return Role.THRESHOLD
    return Role.QUANTITY


_RANKING = re.compile(r"(?:排名?|位[居列]|居|列|前进至)(?:全[国省市区县州])?第?$")
