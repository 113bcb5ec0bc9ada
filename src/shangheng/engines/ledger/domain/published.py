"""Published figures: reading what a document states, and holding it against the ledger."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

_NUMBER = re.compile(r"(?P<before>逾|超|近|约)?(?P<number>-?\d+(?:\.\d+)?)(?P<after>余|多)?")

_NUMERALS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}


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
    words = {
        "逾": "above",
        "超": "above",
        "余": "above",
        "多": "above",
        "近": "below",
        "约": "about",
    }
    return Stated(Decimal(number), decimals, words.get(match["before"] or match["after"] or "", ""))


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
