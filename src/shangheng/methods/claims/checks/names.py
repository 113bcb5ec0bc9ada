"""One name in two spellings: 华星 and 华兴, told by sound and by the words around."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from shangheng.methods.claims.checks.base import textual
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.statements.build import Statements

_SUFFIXES = (
    "有限责任公司 股份有限公司 有限公司 生产基地 产业园 科技园 工业园 总部 公司 集团 项目 基地 园区 街道 中心 广场 商城 医院 学校 大学 酒店 超市 银行 市场"
).split()
_NAMED = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,12}?(?:" + "|".join(_SUFFIXES) + ")")
_MEMBERS = re.compile(r"(?:(?<=、)|(?<=的)|(?<=\())[\u4e00-\u9fffA-Za-z]{3,24}(?=[、等)。,;和及])")
_HANZI = re.compile(r"[\u4e00-\u9fff]{4,}")
_INTRODUCED = re.compile(r"^.*(?:[元个家]的|投资的|引进的?|落户的?|签约的?)")
_SUFFIX = re.compile("(?:" + "|".join(_SUFFIXES) + ")")
_COMMON = set("的了是在和与及有为以对市区县省国年月日中上下大小新第一二三四五六七八九十百千万亿个家项次性型式元美")
_GRAMMAR = re.compile("[的了等及和与在是比着等被把]")
_LIMIT = 40_000


def check_spelling(statements: Statements) -> Iterator[Finding]:
    """Two names of four characters that differ in one, the two sounding alike → one is misspelt.

    Example: 海川味业 and 海川味叶 (业 and 叶 are both ye) → inconsistent, minor; the commoner spelling is
    taken as the right one. Only strings that stand as names: in lists, before 公司, 项目, 总部 and the like.
    Limits: when both spellings make dictionary words (权力/权利) nothing is said; shapes are not compared.
    """
    text = statements.document.unified
    places = _windows(text, [(b.start, b.end) for b in statements.document.blocks])
    seen: set[tuple[str, str, int]] = set()
    for spellings in _buckets(places).values():
        if len(spellings) < 2:
            continue
        for one, other in _pairs(sorted(spellings)):
            at = next(i for i in range(4) if one[i] != other[i])
            mark = (one[at], other[at], places[one][-1] + at)
            if mark in seen or not _misspelt(one, other, at) or not _same_end(text, places, one, other, at):
                continue
            seen |= {(one[at], other[at], place + at) for place in places[one]}
            yield _variant(statements, one, other, places)


def _windows(text: str, blocks: list[tuple[int, int]]) -> dict[str, list[int]]:
    """Runs of four characters inside names, with the places where they stand."""
    places: dict[str, list[int]] = defaultdict(list)
    for start, end in blocks:
        for pattern in (_NAMED, _MEMBERS):
            for found in pattern.finditer(text, start, end):
                _add_windows(found, places)
        if len(places) > _LIMIT:
            break
    return places


def _add_windows(found: re.Match[str], places: dict[str, list[int]]) -> None:
    name = _INTRODUCED.sub(lambda m: " " * len(m.group()), found.group())
    for run in _HANZI.finditer(_SUFFIX.sub(lambda m: " " * len(m.group()), name)):
        words, base = run.group(), found.start() + run.start()
        for at in range(len(words) - 3):
            if _GRAMMAR.search(words, at, at + 4):
                continue
            if not places[words[at : at + 4]] or places[words[at : at + 4]][-1] != base + at:
                places[words[at : at + 4]].append(base + at)


def _buckets(places: dict[str, list[int]]) -> dict[tuple[int, str], set[str]]:
    buckets: dict[tuple[int, str], set[str]] = defaultdict(set)
    for window in places:
        for at in (1, 2, 3):
            buckets[at, window[:at] + "*" + window[at + 1 :]].add(window)
    return buckets


def _pairs(spellings: list[str]) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(spellings[:12]):
        for other in spellings[place + 1 : 12]:
            yield one, other


def _misspelt(one: str, other: str, at: int) -> bool:
    if {one[at], other[at]} & _COMMON or not _sounds(one[at]) & _sounds(other[at]):
        return False
    return not (_is_word(one, at) and _is_word(other, at))


def _same_end(text: str, places: dict[str, list[int]], one: str, other: str, at: int) -> bool:
    """A difference in the last character counts only when the two go on (or stop) alike."""
    if at < 3:
        return True
    after = [{_following(text, p + 4) for p in places[w]} for w in (one, other)]
    return bool(after[0] & after[1])


def _following(text: str, at: int) -> str:
    character = text[at : at + 1]
    return character if "\u4e00" <= character <= "\u9fff" else ""


@lru_cache(maxsize=8192)
def _sounds(character: str) -> frozenset[str]:
    """The first reading of a character without its tone."""
    readings = PINYIN_DICT.get(ord(character), "").split(",")
    return frozenset(to_normal(reading) for reading in readings[:1] if reading)


def _is_word(window: str, at: int) -> bool:
    """Whether a dictionary word inside the window covers the place."""
    return any(
        window[first:last] in _words()
        for first in range(at + 1)
        for last in range(max(at + 1, first + 2), 5)
    )


@cache
def _words() -> frozenset[str]:
    return frozenset(PHRASES_DICT)


def _variant(statements: Statements, one: str, other: str, places: dict[str, list[int]]) -> Finding:
    usual, odd = sorted((one, other), key=lambda w: (-len(places[w]), places[w][0]))
    spans = [(places[odd][0], places[odd][0] + 4), (places[usual][0], places[usual][0] + 4)]
    return textual(statements, "spelling", Verdict.INCONSISTENT, spans,
                   f"{usual}({len(places[usual])}次) / {odd}({len(places[odd])}次)",
                   f"同一名称有两种写法: “{usual}”与“{odd}”, 疑有一处写错。", Severity.MINOR)  # fmt: skip
