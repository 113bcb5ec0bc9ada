"""Published figures: reading what a document states, and holding it against the ledger."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

_BEFORE, _AFTER = "逾超近约", "余多"  # zh-data: words of documents
_NUMBER = re.compile(rf"(?P<before>[{_BEFORE}])?(?P<number>-?\d+(?:\.\d+)?)(?P<after>[{_AFTER}])?")
_BOUNDS = dict.fromkeys("逾超余多", "above") | {"近": "below", "约": "about"}  # zh-data: as above
_DIGITS = "零一二三四五六七八九十"  # zh-data: as above
_NUMERALS = {word: number for number, word in enumerate(_DIGITS)} | {"两": 2}  # zh-data: as above


@dataclass(frozen=True)
class Stated:
    """A number as printed: its value, its decimals, and whether it is only a bound."""

    value: Decimal
    decimals: int
    bound: str  # "", "above" (逾, 余, 多, 超), "below" (近) or "about" (约)


def read_stated(text: str) -> Stated | None:
    """Read “726.2”, “逾80”, “20余”, “约55”, “两”; None for anything else."""
    if text.strip() in _NUMERALS:
        return Stated(Decimal(_NUMERALS[text.strip()]), 0, "")
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    number = match["number"]
    decimals = len(number.partition(".")[2])
    word = match["before"] or match["after"] or ""
    return Stated(Decimal(number), decimals, _BOUNDS.get(word, ""))


def agrees(stated: Stated, value: Decimal) -> bool:
    """Whether a printed number can stand for an exact value, rounded either half up or half even."""
    if stated.bound == "above":
        return value >= stated.value
    if stated.bound == "below":
        return value <= stated.value
    if stated.bound == "about":
        return abs(value - stated.value) <= abs(stated.value) / 20
    step, context = Decimal(1).scaleb(-stated.decimals), Context(prec=60)
    return stated.value in {
        value.quantize(step, ROUND_HALF_UP, context),
        value.quantize(step, ROUND_HALF_EVEN, context),
    }
