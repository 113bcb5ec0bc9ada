"""How people miss a name: seeded slips, each with the organisation that is meant."""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache

from benchmarks.organisations.names import COMMON, Made
from shangheng.engines.registry.domain.names import key_of

Slip = Callable[[Made, random.Random], str]


@cache
def _homophones() -> Mapping[str, str]:
    """The signs that an input method offers for a sound."""
    found: dict[str, str] = defaultdict(str)
    for sign in COMMON:
        found[_sound(sign)] += sign
    return found


def same_sound(one: Made, dice: random.Random) -> str:
    """One sign of the brand written as another of the same sound, the first that has any."""
    for at in dice.sample(range(len(one.brand)), len(one.brand)):
        others = _homophones().get(_sound(one.brand[at]), "").replace(one.brand[at], "")
        if others:
            return f"{one.place}{_put(one.brand, at, dice.choice(others))}{one.trade}{one.form}"
    return one.name


def other_sign(one: Made, dice: random.Random) -> str:
    """One sign of the brand written as any other: in a brand of two, this is another brand."""
    at = dice.randrange(len(one.brand))
    return f"{one.place}{_put(one.brand, at, dice.choice(COMMON))}{one.trade}{one.form}"


def twice(one: Made, dice: random.Random) -> str:
    """One sign of the brand stands twice."""
    at = dice.randrange(len(one.brand))
    return f"{one.place}{_put(one.brand, at, one.brand[at] * 2)}{one.trade}{one.form}"


def left_out(one: Made, dice: random.Random) -> str:
    """One sign of the trade is left out."""
    at = dice.randrange(len(one.trade))
    return f"{one.place}{one.brand}{_put(one.trade, at, '')}{one.form}"


def turned(one: Made, dice: random.Random) -> str:
    """Two neighbouring signs of brand and trade change places."""
    core = one.brand + one.trade
    at = dice.randrange(len(core) - 1)
    core = core[:at] + core[at + 1] + core[at] + core[at + 2 :]
    return f"{one.place}{core}{one.form}"


def short(one: Made, _dice: random.Random) -> str:
    """Brand and trade alone."""
    return one.brand + one.trade


def other_place(one: Made, dice: random.Random) -> str:
    """Another way to say where, with the place in brackets, another form."""
    return f"{one.brand}{one.trade}({dice.choice(('湖北', '武汉', '中国'))})有限责任公司"


def blanks_and_widths(one: Made, dice: random.Random) -> str:
    """As it comes from an Excel cell: blanks in it, signs of full width."""
    at = dice.randrange(1, len(one.name))
    return f" {one.name[:at]} {one.name[at:]}".replace("(", "（").replace(")", "）")


TWO = "another sign, in a brand of two (not counted)"
SLIPS: Mapping[str, Slip] = {
    "another sign of the same sound": same_sound,
    "another sign, in a brand of three or more": other_sign,
    TWO: other_sign,
    "a sign left out": left_out,
    "a sign twice": twice,
    "two signs turned round": turned,
    "short name (brand and trade)": short,
    "other place, brackets and form": other_place,
    "blanks and full width": blanks_and_widths,
}


def _sound(sign: str) -> str:
    return key_of(sign * 2).sound.split()[0]


def fits(kind: str, one: Made) -> bool:
    """Whether this kind of slip is asked of this name."""
    return (len(one.brand) == 2) == (kind == TWO) if SLIPS[kind] is other_sign else True


def _put(text: str, at: int, sign: str) -> str:
    return text[:at] + sign + text[at + 1 :]
