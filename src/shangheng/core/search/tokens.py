"""Texts as the index keeps them: pairs of Chinese characters, pinyin, initials, words, numbers.

A pair is the smallest thing that a reader types (指标 is 指标; 引资 is inside 招商引资), so every two
neighbouring characters are one token, and a longer text is found as a row of them without a gap.
Each kind of token has a letter in front: `w` word, `n` number, `p` and `q` one and two syllables of
pinyin, `i` and `j` two and three initials; pairs of characters have none. Two syllables are one token for
the same reason: of two common ones a database would have to look at every text that holds both anywhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from itertools import chain, pairwise

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.seg.mmseg import p_set as begins

GAP = "x"  # stands between runs, so that no row of tokens reaches across
MOST = 4_000  # tokens of one text
HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
RUN = re.compile(rf"(?P<number>\d[\d,]*(?:\.\d+)?)(?![a-z0-9])|(?P<word>[a-z0-9]+)|(?P<han>{HAN}+)")


@dataclass(frozen=True)
class Phrase:
    """Tokens that stand next to each other; of the last only the beginning when `is_open`."""

    tokens: tuple[str, ...]
    is_open: bool = False


type Need = tuple[Phrase, ...]
"""What must be met in one way or another."""


def normal(text: str) -> str:
    """Full-width made plain, without case."""
    return unicodedata.normalize("NFKC", text).casefold()


def title_tokens(text: str) -> list[str]:
    """A title with its pinyin and its initials."""
    runs = list(RUN.finditer(normal(text)))
    tokens = _all_written(runs)
    for run in runs:
        if run["han"]:
            tokens += [GAP, *_sounds(run["han"])]
    return tokens[:MOST]


def body_tokens(text: str) -> list[str]:
    """A text without its pinyin."""
    return _all_written(RUN.finditer(normal(text)))


def _all_written(runs: Iterable[re.Match[str]]) -> list[str]:
    tokens: list[str] = []
    for run in runs:
        if len(tokens) > MOST:
            break
        tokens += [GAP, *_written(run)]
    return tokens[1 : MOST + 1]


def _written(run: re.Match[str]) -> list[str]:
    if run["han"]:
        return [*pairs(run["han"]), run["han"][-1]]
    if run["word"]:
        return [f"w{run['word']}"]
    number = plain_number(run["number"])
    return [f"n{number}", GAP, f"n{number.replace('.', '')}"] if "." in number else [f"n{number}"]


def pairs(text: str) -> list[str]:
    """Every two neighbouring characters."""
    return [text[at : at + 2] for at in range(len(text) - 1)]


def plain_number(text: str) -> str:
    """1,022.80 as 1022.8; what is no number stays as it is."""
    if text.isdecimal() and text.isascii():
        return text.lstrip("0") or "0"
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return text
    return f"{value.normalize():f}"


@lru_cache(4096)
def _sounds(han: str) -> tuple[str, ...]:
    """The syllables of a run, by twos, its initials by twos, and by threes."""
    syllables = [one for one in syllables_of(han) if one.isascii() and one.isalpha()]
    initials = "".join(one[0] for one in syllables)
    twos = [f"i{two}" for two in pairs(initials)]
    threes = [f"j{initials[at : at + 3]}" for at in range(len(initials) - 2)]
    ones = (f"p{one}" for one in syllables)
    return (*ones, GAP, *_by_twos(syllables), GAP, *twos, GAP, *threes)


def _by_twos(syllables: Sequence[str]) -> Iterator[str]:
    return (f"q{one}.{other}" for one, other in pairwise(syllables))


def syllables_of(han: str) -> tuple[str, ...]:
    """The pinyin of each character, ü written v; the usual reading in its word."""
    return tuple(chain.from_iterable(map(_read, words(han))))


def words(han: str) -> Iterator[str]:
    """The longest words that pypinyin knows, one after the other; as its own `seg.cut` in a third of the time."""
    begin, length = 0, len(han)
    while begin < length:
        end = longest = begin + 1
        while end <= length and (word := han[begin:end]) in begins:
            if word in PHRASES_DICT:
                longest = end
            end += 1
        yield han[begin:longest]
        begin = longest


@lru_cache(65_536)
def _read(word: str) -> tuple[str, ...]:
    """The pinyin of a word: the same few thousand make up all names."""
    return tuple(lazy_pinyin(word, v_to_u=False))


def needs_of(text: str) -> list[Need]:
    """What a reader's text asks for; every need must be met."""
    return [need for run in RUN.finditer(normal(text)) if (need := tuple(_ways(run)))]


def _ways(run: re.Match[str]) -> Iterator[Phrase]:
    if han := run["han"]:
        yield Phrase(tuple(pairs(han))) if len(han) > 1 else Phrase((han,), is_open=True)
    elif run["number"]:
        yield Phrase((f"n{plain_number(run['number'])}",), is_open=True)
        if "," not in run["number"] and "." not in run["number"]:
            yield Phrase((f"w{run['number']}",), is_open=True)
    else:
        yield from _ways_of_word(run["word"])


def _ways_of_word(word: str) -> Iterator[Phrase]:
    """A word, the initials of a title, or its pinyin."""
    yield Phrase((f"w{word}",), is_open=len(word) > 1)
    if not word.isalpha() or len(word) < 2:
        return
    if len(word) == 2:
        yield Phrase((f"i{word}",))
    else:
        yield Phrase(tuple(f"j{word[at : at + 3]}" for at in range(len(word) - 2)))
    spelt = spellings(word)
    if spelt:
        yield Phrase(tuple(_by_twos(spelt)) or (f"p{spelt[0]}",), is_open=True)


@lru_cache(1024)
def spellings(word: str) -> tuple[str, ...]:
    """A word as syllables of pinyin, the longest first, the last perhaps begun; () when it is none."""
    if word in known_syllables():
        return (word,)
    for length in range(min(6, len(word) - 1), 0, -1):
        if word[:length] in known_syllables():
            rest = spellings(word[length:])
            if rest:
                return (word[:length], *rest)
    return (word,) if word in _beginnings() else ()


@cache
def known_syllables() -> frozenset[str]:
    """Every syllable of pinyin without its tone."""
    plain = set()
    for readings in PINYIN_DICT.values():
        for reading in readings.split(","):
            letters = unicodedata.normalize("NFD", reading.replace("ü", "v"))
            plain.add("".join(one for one in letters if one.isascii() and one.isalpha()))
    return frozenset(one for one in plain if len(one) > 1 or one in "aeo")


def row_of(tokens: Iterable[str]) -> str:
    """Tokens in a row, in which phrases can be looked for."""
    return f" {' '.join(tokens)} "


def meets(row: str, needs: Sequence[Need]) -> bool:
    """Whether every need is met in a row of tokens."""
    return all(any(way in row for way in ways) for ways in _as_parts(tuple(needs)))


@lru_cache(64)
def _as_parts(needs: tuple[Need, ...]) -> tuple[tuple[str, ...], ...]:
    """The needs as parts of a row: a thousand rows are looked through for one question."""
    return tuple(
        tuple(f" {' '.join(one.tokens)}{'' if one.is_open else ' '}" for one in need)
        for need in needs
    )


def spelt_out(phrase: Phrase) -> tuple[Phrase, ...]:
    """An open phrase of pinyin as the few whole ones that begin so; any other as it is.

    A database reads these one by one; of an open one it gathers all that begins so before it narrows.
    """
    *before, last = phrase.tokens
    if not phrase.is_open or last[0] not in "pq":
        return (phrase,)
    return tuple(Phrase((*before, one)) for one in _begun(last))


@lru_cache(1024)
def _begun(token: str) -> tuple[str, ...]:
    """The tokens of pinyin whose last syllable begins so, and the token itself."""
    begun = token[1:].rpartition(".")[2]
    before = token.removesuffix(begun)
    return tuple(
        sorted({token, *(before + one for one in known_syllables() if one.startswith(begun))})
    )


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(one[:length] for one in known_syllables() for length in range(1, len(one) + 1))
