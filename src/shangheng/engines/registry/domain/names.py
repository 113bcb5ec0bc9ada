"""Names of organisations, made comparable: what is left when form, place and brackets are gone.

武汉华星光电技术有限公司 and 华星光电 name one enterprise. Names are held together by sound, since
most slips of the pen in Chinese are other characters of the same sound; `score` then weighs
characters as well.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from pypinyin import Style, pinyin

from shangheng import rules

BRACKETS = re.compile(r"[(〔\[]([^)〕\]]*)[)〕\]]")
SIGNS = re.compile(r"[\s·•.,、,;:'\"“”‘’《》<>&/_—-]+")
START, END = "^", "$"
SHORTEST = 2  # a name stripped below this keeps what was stripped
OF_TRADE = 0.2  # weight of a sign of a trade against one of the 字号
OF_ENDING = 0.02  # of one of 经营部, 中心 and the like at the end of a name
SAME_SOUND, LEFT_OUT, TURNED = 0.1, 0.5, 0.5  # what a slip costs, of the sign's weight


@dataclass(frozen=True, slots=True)
class NameKey:
    """A name for comparing: all of it, its core, and the sound of the core as syllables with blanks."""

    whole: str
    core: str
    sound: str


@lru_cache(maxsize=4096)
def key_of(name: str) -> NameKey:
    """The key of a name in any spelling: width, case, signs and brackets make no difference."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    whole = SIGNS.sub("", BRACKETS.sub(r"\1", plain))
    core = _without_forms(SIGNS.sub("", BRACKETS.sub(_kept_of_bracket, plain)))
    core = _without_places(core)
    core = core if len(core) >= SHORTEST else whole
    return NameKey(whole, core, " ".join(map(_syllable, core)))


def grams_of(key: NameKey) -> frozenset[str]:
    """Pairs of syllables that are neighbours or have one between them, in either order.

    The ends of the name are syllables of their own. Whatever single slip there is, some pairs stay.
    """
    row = (START, *key.sound.split(), END)
    pairs = (*pairwise(row), *zip(row, row[2:], strict=False))
    return frozenset(" ".join(sorted(pair)) for pair in pairs)


def score(asked: NameKey, found: NameKey) -> float:
    """How alike two names are, from 0 to 100; 100 for the same name.

    What it costs to turn one core into the other, against the weight of the heavier one. A sign of a
    trade (行业, of which many enterprises have the same) weighs a fifth of one of the 字号, one of 经营部
    and other such endings a fiftieth. Another sign of the same sound costs a tenth of its weight, one
    left out or two turned round a half, another sign all of it: the slips of who types by sound. A name
    that begins with all of the other is at least 80.
    """
    if asked.whole == found.whole:
        return 100.0
    one, other = _signs(asked), _signs(found)
    heavier = max(sum(sign.weight for sign in one), sum(sign.weight for sign in other))
    alike = 99.0 * (1 - _cost(*_where_they_differ(one, other)) / heavier) if heavier else 0.0
    return max(alike, _beginning(asked, found))


def sound_without_ending(key: NameKey) -> str:
    """The sound without 经营部 and other such endings, for a first look at which names are near."""
    length = _ending(key.core)
    return " ".join(key.sound.split()[:-length]) if length else key.sound


def _ending(core: str) -> int:
    """How many signs the ending of a core has; 0 for none."""
    if not core.endswith(_words("endings")):
        return 0
    return next(
        (len(e) for e in _words("endings") if core.endswith(e) and len(core) - len(e) >= SHORTEST),
        0,
    )


class _Sign(NamedTuple):
    sign: str
    sound: str
    weight: float


_Signs = tuple[_Sign, ...]


@lru_cache(maxsize=4096)
def _signs(key: NameKey) -> _Signs:
    """The signs of the core with their sounds and weights."""
    weights = [1.0] * len(key.core)
    for trade in _trades().finditer(key.core, SHORTEST):
        weights[trade.start() : trade.end()] = [OF_TRADE] * len(trade.group())
    if length := _ending(key.core):
        weights[-length:] = [OF_ENDING] * length
    return tuple(map(_Sign, key.core, map(_syllable, key.core), weights))


def _where_they_differ(one: _Signs, other: _Signs) -> tuple[_Signs, _Signs]:
    """Both without what they begin and end with alike: most names of a trade end alike."""
    short = min(len(one), len(other))
    begin = next((i for i in range(short) if one[i].sign != other[i].sign), short)
    rest = short - begin
    end = next((i for i in range(rest) if one[-1 - i].sign != other[-1 - i].sign), rest)
    return one[begin : len(one) - end], other[begin : len(other) - end]


def _cost(one: _Signs, other: _Signs) -> float:
    """The least that turns one row of signs into the other (optimal string alignment, weighted)."""
    before: list[float] = []
    row = [0.0, *accumulate(LEFT_OUT * sign.weight for sign in other)]
    for i, sign in enumerate(one):
        last, before = before, row
        row = [before[0] + LEFT_OUT * sign.weight]
        for j, against in enumerate(other):
            cost = min(
                before[j + 1] + LEFT_OUT * sign.weight,
                row[j] + LEFT_OUT * against.weight,
                before[j] + _change(sign, against),
            )
            if i and j and sign.sound == other[j - 1].sound and one[i - 1].sound == against.sound:
                cost = min(cost, last[j - 1] + TURNED * max(sign.weight, against.weight))
            row.append(cost)
    return row[-1]


def _change(one: _Sign, other: _Sign) -> float:
    if one.sign == other.sign:
        return 0.0
    return (SAME_SOUND if one.sound == other.sound else 1.0) * max(one.weight, other.weight)


def _beginning(one: NameKey, other: NameKey) -> float:
    """80 to 95 where one core begins with all of the other, by how much of it that is."""
    short, long = sorted((one.core, other.core), key=len)
    if len(short) < SHORTEST or not long.startswith(short):
        return 0.0
    return 80 + 15 * len(short) / len(long)


def _without_forms(name: str) -> str:
    """The name without its legal form, and without what stands before a branch's word."""
    if not name.endswith(_words("legal_forms")):
        return name
    for form in _words("legal_forms"):
        if name.endswith(form) and len(name) - len(form) >= SHORTEST:
            return _without_forms(name.removesuffix(form))
    return name


def _without_places(name: str) -> str:
    """The name without the places that it begins with."""
    if not name.startswith(_words("places")):
        return name
    for place in _words("places"):
        if name.startswith(place) and len(name) - len(place) >= SHORTEST:
            rest = name.removeprefix(place)
            if rest.startswith(tuple(_words("place_ranks"))) and len(rest) > SHORTEST:
                rest = rest[1:]
            return _without_places(rest)
    return name


def _kept_of_bracket(found: re.Match[str]) -> str:
    """A bracket with a place or a form in it says nothing of who it is."""
    inside = found[1]
    known = (*_words("places"), *_words("legal_forms"))
    return "" if any(inside.startswith(word) for word in known) else inside


@cache
def _words(group: str) -> tuple[str, ...]:
    """The words of `rules/organisation_names.yaml`, longest first."""
    words: list[str] = rules.load("organisation_names.yaml")[group]
    return tuple(sorted(words, key=len, reverse=True))


@cache
def _trades() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _words("trades"))))


@cache
def _syllable(sign: str) -> str:
    """The sound of one character, always the same; letters and digits are their own."""
    return str(pinyin(sign, style=Style.NORMAL, heteronym=False)[0][0])
