"""One name in two spellings: 华星 and 华兴, told by sound and by the words around."""

import re
from collections.abc import Iterator
from itertools import chain

from shangheng.methods.claims.checks.base import textual
from shangheng.methods.claims.checks.sounds import is_phrase, near, sound
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_SUFFIXES = "有限责任公司 股份有限公司 有限公司 生产基地 加工基地 配送中心 产业园 科技园 工业园 物流园 文创园 创意园 博览城 综合体 总部 公司 集团 项目 基地 园区 街道 中心 广场 商城 医院 学校 大学 酒店 超市 银行 市场"
_GENERAL_WORDS = _SUFFIXES.replace(" ", "|")
_ENDS_A_NAME = re.compile(_GENERAL_WORDS)
_BEFORE_END = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,12}$")
_MEMBERS = re.compile(r"[、的(](?P<name>[\u4e00-\u9fffA-Za-z]{3,24})(?=[、等)。,;和及])")
_INTRODUCED = re.compile(
    r"^.*(?:[元个家]的|投资的|引进的?|落户的?|签约的?|围绕|加快|推进|推动|建设|服务|打造|促进|支持|依托)"
)
_GENERAL = re.compile("(?:" + _GENERAL_WORDS + ")|[^\u4e00-\u9fff]|[的了等着被把比]")
_LEADING = [
    "围绕",
    "加快",
    "推进",
    "推动",
    "建设",
    "服务",
    "打造",
    "促进",
    "支持",
    "依托",
    "引进",
    "上述",
    "前述",
]
_MAX_PAIRS = 200
_COMMON = set(
    "的了是在与及有为以对市区县省国年月日中上下大小第一二三四五六七八九十百千万亿个家项次性型式美"
)


def check_spelling(statements: Statements) -> Iterator[Finding]:
    """Two names of four characters that differ in one, the two sounding alike → one is misspelt.

    Example: 海川光电 and 海川光店 (电 and 店 are both dian) → inconsistent, minor; the commoner spelling is
    taken as the right one. Only strings that stand as names: in lists, before 公司, 项目, 总部 and the like.
    Limits: when both spellings make dictionary words (权力/权利) nothing is said; shapes are not compared.
    """
    text = statements.document.unified
    seen: set[tuple[str, str, int]] = set()
    for one, other in _candidates(text, [(b.start, b.end) for b in statements.document.blocks]):
        at = next(i for i in range(4) if one[i] != other[i])
        if not _misspelt(one, other, at):
            continue
        places = {w: _places(text, w) for w in (one, other)}
        marks = {(one[at], other[at], place + at) for place in places[one]}
        if marks & seen or not _same_end(text, places, one, other, at):
            continue
        seen |= marks
        yield _variant(statements, one, other, places)


def _candidates(text: str, blocks: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Pairs of four-character runs in names that sound alike and differ in one character.

    Runs are kept by how they sound, so that one look-up each is enough.
    """
    sounds = _sound_table(frozenset(text))
    first: dict[str, str] = {}
    pairs: dict[tuple[str, str], None] = {}
    known: set[str] = set()
    for start, end in blocks:
        names = chain(
            _ended(text, start, end), (m.span("name") for m in _MEMBERS.finditer(text, start, end))
        )
        for low, high in chain.from_iterable(_runs(text, *name) for name in names):
            run = text[low:high]
            if high - low < 4 or run in known:
                continue
            known.add(run)
            sounding = run.translate(sounds)
            for at in range(low, high - 3):
                window = text[at : at + 4]
                other = first.setdefault(sounding[at - low : at - low + 4], window)
                if other != window and _one_apart(other, window):
                    pairs[other, window] = None
    return list(pairs)[:_MAX_PAIRS]


def _ended(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Names told by the word that they end with: …公司, …产业园."""
    for ending in _ENDS_A_NAME.finditer(text, start, end):
        found = _BEFORE_END.search(text, max(start, ending.start() - 12), ending.start())
        if found:
            yield found.start(), ending.end()
            start = ending.end()


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a name that make it different: without what introduces it and its general words."""
    introduced = _INTRODUCED.match(text, start, end)
    at = introduced.end() if introduced else start
    for general in _GENERAL.finditer(text, at, end):
        yield at, general.start()
        at = general.end()
    yield at, end


def _one_apart(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _places(text: str, window: str) -> list[int]:
    places, at = [], text.find(window)
    while at >= 0:
        places.append(at)
        at = text.find(window, at + len(window))
    return places


def _misspelt(one: str, other: str, at: int) -> bool:
    if {one[at], other[at]} & _COMMON:
        return False
    if sound(one[at]) != sound(other[at]):
        return not (_is_word(one, at) or _is_word(other, at))
    return not (_is_word(one, at) and _is_word(other, at))


def _sound_table(characters: frozenset[str]) -> dict[int, str]:
    """One character for each sound, for the Chinese characters of a text."""
    codes: dict[str, str] = {}
    return {
        ord(c): codes.setdefault(near(sound(c)), chr(0xE000 + len(codes)))
        for c in sorted(characters) if "\u4e00" <= c <= "\u9fff" and len(codes) < 6000
    }  # fmt: skip


def _same_end(text: str, places: dict[str, list[int]], one: str, other: str, at: int) -> bool:
    """A difference at an end of the window counts only when the names go on, or stop, alike."""
    if at in (1, 2):
        return True
    step = 4 if at == 3 else -1
    beside = [{_character(text, p + step) for p in places[w]} for w in (one, other)]
    return bool(beside[0] & beside[1]) if at == 3 else "" in beside[0] and "" in beside[1]


def _character(text: str, at: int) -> str:
    """The Chinese character at a place; nothing where a name stops: at a mark, a digit, 项目, 公司."""
    if at >= 0 and (_GENERAL.match(text, at) or text[max(0, at - 1) : at + 1] in _LEADING):
        return ""
    character = text[at : at + 1] if at >= 0 else ""
    return character if "\u4e00" <= character <= "\u9fff" else ""


def _is_word(window: str, at: int) -> bool:
    """Whether a dictionary word inside the window covers the place."""
    return any(
        is_phrase(window[first:last])
        for first in range(at + 1)
        for last in range(max(at + 1, first + 2), 5)
    )


def _variant(statements: Statements, one: str, other: str, places: dict[str, list[int]]) -> Finding:
    usual, odd = sorted((one, other), key=lambda w: (-len(places[w]), places[w][0]))
    spans = [(places[odd][0], places[odd][0] + 4), (places[usual][0], places[usual][0] + 4)]
    return textual(statements, "spelling", Verdict.INCONSISTENT, spans,
                   f"{usual} × {len(places[usual])} / {odd} × {len(places[odd])}",
                   say("同一名称有两种写法: “%(usual)s”与“%(odd)s”, 疑有一处写错。", usual=usual, odd=odd), Severity.MINOR)  # fmt: skip
