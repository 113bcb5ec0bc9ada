"""Numbers as Chinese reports write them: 518.3, 1,045.73, 二十, 3万4000, 十几万, 四百五, 负三点五.

`read_numeral` reads one number at a place in a text already passed through `characters.unify`.
It is a single left-to-right pass: every character is looked at a bounded number of times.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from typing import NamedTuple

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8,
    "玖": 9, "幺": 1,
}  # fmt: skip
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
NUMERAL_CHARACTERS = "".join(DIGITS) + "".join(SMALL) + "".join(BIG)

_ARABIC = re.compile(
    r"(?P<figure>\d{1,3}(?:,\d{3}){1,8}(?!\d)(?:\.\d{1,24})?|\d{1,24}(?:\.\d{1,24}(?!\.?\d))?|\.\d{1,24})"
    r"(?P<power>\^[-+]{0,2}\d{1,2}(?:\.\d{1,4})?)?"
    r"(?P<exponent>[eE][-+]?\d{1,2}(?![\d.A-Za-z]))?"
    r"(?P<suffix> ?[kK](?![A-Za-z])|w(?![A-Za-z])| ?M(?![A-Za-z]))?"
)
_PLAIN = re.compile(
    rf"(?P<figure>\d{{1,12}}(?:\.\d{{1,6}})?)(?P<big>[万亿]?)(?![\d.\^ eEkKwM点余多几来{NUMERAL_CHARACTERS}]|,\d{{3}})"
)
_OUTLINE = re.compile(r"(?P<figure>\d{1,24})(?P<power>(?!))?(?P<exponent>(?!))?(?P<suffix>(?!))?")
_SUFFIX = {"k": 3, "K": 3, "w": 4, "M": 6}
_MOST_DIGITS = 24
_MOST_TOKENS = 48
_VAGUE = "余多几来"
_LARGEST = Decimal(10) ** 24
_ZERO = Decimal(0)
_ONE = Decimal(1)


class Numeral(NamedTuple):
    """A number in a text: its span, its value, and the size of one unit of its last printed digit.

    `upper` is the open upper end of a vague number (十几万: value 100 000, upper 200 000).
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    upper: Decimal | None = None


@dataclass(slots=True)
class _State:
    """What has been read so far of one number."""

    total: Decimal = _ZERO
    section: Decimal = _ZERO
    pending: str = ""
    pending_value: Decimal | None = None
    pending_step: Decimal = _ONE
    arabic: bool = False
    gap: bool = False
    last: int = 0
    last_small: int = 10_000
    last_big: int = 0
    step: Decimal = _ONE
    vague: int = 0
    twin: Decimal | None = None
    end: int = 0
    used: bool = field(default=False)

    def take(self) -> Decimal:
        """The digit waiting for its multiplier, taken out."""
        value, self.pending_value, self.pending = self.pending_value, None, ""
        return _ZERO if value is None else value


def read_numeral(text: str, at: int) -> Numeral | None:
    """Read the longest number that begins at `at`; None when no number begins there.

    A sign belongs to the number only where it cannot be a dash between two things.
    """
    if (found := _PLAIN.match(text, at)) and (not at or text[at - 1] != "."):
        value, step = plain_value(found["figure"], found["big"])
        return Numeral(at, found.end(), value, step)
    sign, begin = _sign(text, at)
    state = _State(end=begin)
    position = begin
    for _ in range(_MOST_TOKENS):
        position = _skip(text, position) if state.used else position
        following = _token(text, position, state)
        if following is None:
            break
        position = following
    if not state.used:
        return None
    return _finish(state, at, sign)


@lru_cache(maxsize=4096)
def plain_value(figure: str, big: str) -> tuple[Decimal, Decimal]:
    """Value and step of what nearly every figure is: 518.3, 120万, with no other numeral after it."""
    size = Decimal(BIG.get(big, 1))
    return Decimal(figure) * size, _last_digit(len(figure.partition(".")[2]), big)


@cache
def _last_digit(places: int, big: str) -> Decimal:
    """One unit of the last printed digit; one object for the many figures printed alike."""
    return Decimal(1).scaleb(-places) * BIG.get(big, 1)


def _skip(text: str, at: int) -> int:
    """The first place at or after `at` that is not one of at most four blanks."""
    limit = min(len(text), at + 4)
    while at < limit and text[at] == " ":
        at += 1
    return at


def _sign(text: str, at: int) -> tuple[int, int]:
    """The sign at a place: a dash is a minus where no number or name stands just before it."""
    if text[at] == "负":
        return -1, at + 1
    if text[at] == "-":
        before = text[at - 1] if at else " "
        joins = before.isalnum() and before not in "为是达率降长了额值至到"
        if not joins and before not in "-%)":
            return -1, at + 1
    return 1, at


def _token(text: str, at: int, state: _State) -> int | None:
    """Read one token at `at` into the state; return where it ends, None when the number is over."""
    if at >= len(text):
        return None
    character = text[at]
    if "0" <= character <= "9" or character == ".":
        return _arabic(text, at, state)
    if character in DIGITS:
        return _digit(text, at, state)
    if character in SMALL:
        return _small(text, at, state)
    if character in BIG:
        return _big(text, at, state)
    if character in _VAGUE:
        return _vague(text, at, state)
    if character == "点":
        return _point(text, at, state)
    return None


def _arabic(text: str, at: int, state: _State) -> int | None:
    if state.pending_value is not None:
        return None
    outline = at > 1 and text[at - 1] == "." and text[at - 2].isdecimal()
    found = (_OUTLINE if outline else _ARABIC).match(text, at)
    if found is None or (found["figure"][0] == "." and at and text[at - 1] in "0123456789."):
        return None
    figure = found["figure"].replace(",", "")
    value = Decimal(figure)
    step = Decimal(1).scaleb(-len(figure.partition(".")[2]))
    if found["power"]:
        value = _power(value, found["power"][1:])
    shift = int((found["exponent"] or "e0")[1:]) + _SUFFIX.get((found["suffix"] or " ")[-1], 0)
    value, step = value.scaleb(shift), step.scaleb(shift)
    state.pending_value, state.pending_step, state.arabic = value, step, True
    state.step = step
    state.used, state.end = True, found.end()
    return found.end()


def _power(base: Decimal, exponent: str) -> Decimal:
    negative = exponent.startswith("-") and not exponent.startswith("--")
    with localcontext() as context:
        context.prec = 28
        raised = base ** Decimal(exponent.lstrip("+-"))
        return _ONE / raised if negative and raised else raised


def _digit(text: str, at: int, state: _State) -> int | None:
    character = text[at]
    value = DIGITS[character]
    if state.pending_value is not None and state.arabic:
        return None
    if state.pending:
        return _digits_in_a_row(at, value, state)
    if value == 0 and state.last:
        state.gap = True
        state.end = state.end if _ends_here(text, at + 1) else at + 1
        return at + 1 if not _ends_here(text, at + 1) else None
    state.pending, state.pending_value = str(value), Decimal(value)
    state.pending_step, state.arabic = _ONE, False
    state.used, state.end = True, at + 1
    return at + 1


def _ends_here(text: str, at: int) -> bool:
    rest = text[at : at + 2].lstrip()
    return not rest or not (rest[0] in NUMERAL_CHARACTERS or rest[0] in "几0123456789")


def _digits_in_a_row(at: int, value: int, state: _State) -> int | None:
    """二〇二一 is read digit by digit; 二三十 and 八九亿 are vague: between 20 and 30."""
    if (state.last and len(state.pending) > 1) or len(state.pending) >= _MOST_DIGITS:
        return None
    state.pending += str(value)
    state.pending_value = Decimal(state.pending)
    state.end = at + 1
    return at + 1


def _small(text: str, at: int, state: _State) -> int | None:
    size = SMALL[text[at]]
    if text[at] in "廿卅":
        if state.used:
            return None
        state.section, state.last, state.last_small = Decimal(size), 10, 10
        state.step, state.used, state.end = _ONE, True, at + 1
        return at + 1
    if size >= state.last_small or (state.pending_value is None and state.last == -1):
        return None
    if state.pending_value is None:
        bare = size == 10 or state.gap or (not state.used and _digit_follows(text, at + 1))
        if not bare:
            return None
        factor, step = _ONE, _ONE
    elif state.pending == "0":
        state.take()
        factor, step = _ONE, _ONE
    else:
        step = state.pending_step if state.arabic else _ONE
        factor = _twins(state, size)
    state.section += factor * size
    state.last = state.last_small = size
    state.step = step * size if state.arabic else Decimal(size if size > 10 else 1)
    state.gap, state.used, state.end = False, True, at + 1
    return at + 1


def _twins(state: _State, size: int) -> Decimal:
    """The factor before a multiplier; two digits in a row there are the ends of a vague range."""
    if len(state.pending) == 2 and not state.arabic:
        low, high = (Decimal(c) for c in state.pending)
        if low and low < high:
            state.twin = high / low
            state.take()
            return low
    return state.take()


def _digit_follows(text: str, at: int) -> bool:
    return at < len(text) and DIGITS.get(text[at], 0) > 0


def _big(text: str, at: int, state: _State) -> int | None:
    size = BIG[text[at]]
    fresh = state.pending_value is not None or state.section
    if not state.used or (fresh and size == state.last_big) or state.total > _LARGEST:
        return None
    scale = state.pending_step if state.arabic and state.pending_value is not None else state.step
    if state.pending_value is not None:
        state.section += _twins(state, size)
    if state.last_big and size < state.last_big:
        if not state.section:
            return None
        state.total += state.section * size
    else:
        state.total = (state.total + state.section) * size
    state.section, state.last, state.last_small, state.last_big = _ZERO, size, 10_000, size
    state.vague *= size if state.vague else 1
    state.step = scale * size
    state.gap, state.end = False, at + 1
    return at + 1


def _vague(text: str, at: int, state: _State) -> int | None:
    """余, 多, 几, 来 inside a number (十余万, 一千多万, 二十几亿) make it vague; outside they do not."""
    follows = _skip(text, at + 1)
    if not state.used or follows >= len(text) or text[follows] not in BIG:
        return None
    if state.pending_value is not None:
        state.section += state.take()
    unit = state.last if 0 < state.last < 10_000 else (1 if not state.last else state.last)
    state.vague = 1 if text[at] == "几" and unit == 10 else max(unit, 1)
    state.vague = 10 if unit == 10 else state.vague
    state.end = at + 1
    return follows


def _point(text: str, at: int, state: _State) -> int | None:
    """The decimal point 点: only digits may follow it, and 两 is not read as a decimal."""
    if not state.used or (state.arabic and state.pending_value is not None):
        return None
    position = _skip(text, at + 1)
    digits = ""
    end = position
    limit = min(len(text), position + _MOST_DIGITS)
    while position < limit and (text[position].isdecimal() or text[position] in DIGITS):
        if text[position] == "两":
            break
        digits += text[position] if text[position].isdecimal() else str(DIGITS[text[position]])
        position = end = position + 1
    if not digits:
        return None
    whole = _whole(state)
    state.total = state.section = _ZERO
    state.pending_value = whole + Decimal(f"0.{digits}")
    state.pending, state.arabic = "", True
    state.pending_step = state.step = Decimal(1).scaleb(-len(digits))
    state.last_big, state.last_small, state.last, state.end = 0, 10_000, -1, end
    return end


def _whole(state: _State) -> Decimal:
    """Everything read so far as one number; 四百五 is 450, 一万三 is 13 000, 四百零五 is 405."""
    value = state.total + state.section
    if state.pending_value is None:
        return value
    single = not state.arabic and len(state.pending) == 1
    if single and state.last >= 10 and not state.gap:
        state.step = Decimal(state.last) / 10
        return value + state.pending_value * state.last / 10
    state.step = state.pending_step
    return value + state.pending_value


def _finish(state: _State, start: int, sign: int) -> Numeral:
    value = _whole(state)
    upper: Decimal | None = None
    if state.twin is not None:
        upper = value * state.twin
    elif state.vague:
        upper = value + state.vague
    return Numeral(start, state.end, sign * value, state.step, upper)
