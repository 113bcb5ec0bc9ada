"""Names of organisations, made comparable: what is left when form, place and brackets are gone.

武汉华星光电技术有限公司 and 华星光电 name one enterprise. Names are held together by sound, since
most slips of the pen in Chinese are other characters of the same sound; `score` then weighs
characters as well.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from pypinyin import Style, pinyin
from rapidfuzz import fuzz

from shangheng import rules

BRACKETS = re.compile(r"[(〔\[]([^)〕\]]*)[)〕\]]")
SIGNS = re.compile(r"[\s·•.,、,;:'\"“”‘’《》<>&/_—-]+")
START, END = "^", "$"
SHORTEST = 2  # a name stripped below this keeps what was stripped


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
    """Pairs of neighbouring syllables, with the ends of the name as syllables of their own."""
    row = (START, *key.sound.split(), END)
    return frozenset(f"{first} {second}" for first, second in pairwise(row))


def score(asked: NameKey, found: NameKey) -> float:
    """How alike two names are, from 0 to 100; 100 for the same name.

    The best of: the cores, their sounds (a little less), and the shorter core inside the longer
    (less still, by how much is missing).
    """
    if asked.whole == found.whole:
        return 100.0
    core = 99.0 if asked.core == found.core else fuzz.ratio(asked.core, found.core)
    return max(core, fuzz.ratio(asked.sound, found.sound) * 0.97, _inside(asked, found))


def begins(one: NameKey, other: NameKey) -> bool:
    """Whether the sound of one name begins with all of the other."""
    short, long = sorted((one.sound, other.sound), key=len)
    return f"{long} ".startswith(f"{short} ")


def _inside(asked: NameKey, found: NameKey) -> float:
    """A short name is the beginning of the long one, or stands in it."""
    short, long = sorted((asked, found), key=lambda each: len(each.core))
    if len(short.core) < SHORTEST:
        return 0.0
    covered = len(short.core) / len(long.core)
    if long.core.startswith(short.core):
        return 80 + 15 * covered
    if begins(short, long):
        return 74 + 15 * covered
    if short.core in long.core:
        return 65 + 20 * covered
    return 0.0


def _without_forms(name: str) -> str:
    """The name without its legal form, and without what stands before a branch's word."""
    for form in _words("legal_forms"):
        if name.endswith(form) and len(name) - len(form) >= SHORTEST:
            return _without_forms(name.removesuffix(form))
    return name


def _without_places(name: str) -> str:
    """The name without the places that it begins with."""
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
def _words(group: str) -> Sequence[str]:
    """The words of `rules/organisation_names.yaml`, longest first."""
    words: list[str] = rules.load("organisation_names.yaml")[group]
    return tuple(sorted(words, key=len, reverse=True))


@cache
def _syllable(sign: str) -> str:
    """The sound of one character, always the same; letters and digits are their own."""
    return str(pinyin(sign, style=Style.NORMAL, heteronym=False)[0][0])
