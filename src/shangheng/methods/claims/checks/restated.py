"""A figure that is said again in another measure, a mark that it is said to have passed, what came and went in a year."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from shangheng.methods.claims.checks.base import exact, finding, like, show, slip
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.statements.claim import Claim, Kind
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_PASSED = re.compile(
    r"[,、]?(?:并|已|现已)?(?:首次|成功|历史性|一举|顺利|再次|又|再)*(?:地)?"
    r"(?:突破|迈[上过入]|跨[上过越入]|站上|登上|越过|冲破|闯过|超过|跃上|达到)?(?:了)?"
)
_PASSES = re.compile(r"(?:突破|迈[上过入]|跨[上过越入]|站上|登上|越过|冲破|闯过|超过|跃上)(?:了)?$")
_MARK = re.compile(r"(?:的)?(?:大关|台阶|关口|门槛|整数关)|—")
_PASSING = re.compile(
    r"[\W\x00]{0,8}(?:历[届年史]|首[次度]?|历史性|再|又|连|冲|成功|一举)*(?:突?破|跨[上过越]|迈[上过入]|站上|登上|越过|闯过|(?<=[次度性])超过?)(?:了)?"
)
_CAME_TO = re.compile(r"(?<!新)(?:达到?|完成|实现|[升增]至|为|额|[产销流]量)(?:了)?$")
_AGAIN = re.compile(r"(?:,|、)?(?:即|也就是|折合|合|约合|相当于)?(?:人民币)?")
_TOLD_AGAIN = re.compile(r"即|也就是|折合|合|相当于")
_ACRES = {("area", "land"): Decimal("0.0015"), ("land", "area"): Decimal(10000) / 15}
_AT_FIRST = re.compile(
    r"原有|原来|改造前|年初|期初|上[期轮次批](?![度])|[上去]年(?:末|底|结转|转结|结余|遗留)|\x00+(?:末|底|结转|转结|结余|遗留)|结转|旧存"
)
_AT_LAST = re.compile(r"年[末底]|期末|\x00+(?:末|底)|目前|现有|实有|总[数量]|达到?$|增至|共")
_ADDED = re.compile(
    r"新[增登注收设开办接受建招引]|(?:[当本][年期]度?|\x00{2,4})(?:财政)?(?:安排|下达|预算|收|到位|筹|争取|拨入|共|$)|收[到案件入]|受理|开业|迁入|流入|转入|调入|入库|招录|增加|净增"
)
_TAKEN = re.compile(
    r"(?<![未没])(?:注销|吊销|[销结]案|销号|清零|化解|办结|审结|出[库清列]|退[出库市会休统规限]|关[闭停]|迁出|流出|离职|流失|转出|调出|淘汰|歇业|减少|清退|核[销减]|支出|支付|拨付)"
)


def check_mark_passed(statements: Statements) -> Iterator[Finding]:
    """完成投资52亿元,突破50亿元大关: what is said to pass a mark is not below it.

    Example: 完成投资48亿元,突破50亿元大关 → 48 < 50 → inconsistent; 首破50亿元——交易额达48亿元 as well. Limits: the two
    follow each other in one sentence, the mark has no name of its own and is called one (大关, 台阶, 关口), stands before
    a dash, or follows with nothing but words for passing it.
    """
    for sentence in statements.sentences:
        for one, other in pairwise(sentence):
            result, mark = (other, one) if _MARK.match(one.right) else (one, other)
            bare = (
                mark is other
                and _CAME_TO.search(result.left)
                and _PASSING.fullmatch(mark.left + mark.bounding)
            )
            if not (bare or _MARK.match(mark.right)) or not (bare or _passed(mark, result)):
                continue
            alike = result.dimension == mark.dimension and result.kind is Kind.LEVEL
            if not alike or result.planned or not exact(result) or result.depth or mark.depth:
                continue
            fits = result.quantity.interval.high >= mark.quantity.size
            yield finding(statements, "item_threshold", _verdict(fits=fits), [result, mark],
                          f"{show(result)} {'>=' if fits else '<'} {show(mark)}",
                          say("已达到所说的关口。") if fits else say("%(result)s不到所说的%(mark)s。", result=show(result), mark=show(mark)))  # fmt: skip


def _passed(mark: Claim, result: Claim) -> bool:
    """突破50亿元大关 after the figure, or before it: 突破50亿元大关,达到52亿元."""
    if mark.index > result.index:
        return _PASSED.fullmatch(mark.left) is not None
    if mark.right.startswith("—"):
        return _PASSING.fullmatch(mark.left) is not None
    came_to = re.fullmatch(
        r"[,、]?(?:总[量数额])?(?:实际|累计)?(?:完成|实现|达到?|为)(?:了)?", result.left
    )
    return came_to is not None and (
        _PASSES.search(mark.left) is not None or mark.bounding in ("突破", "超过")
    )


def check_told_in_another_measure(statements: Statements) -> Iterator[Finding]:
    """3.5亿元(35000万元), 20公顷(300亩): one figure in two measures.

    Example: 3.5亿元(3500万元) → ten times too little → inconsistent; 20公顷(400亩) → 300亩 → inconsistent.
    Limits: the second stands in brackets at once, alone, or after 折合 and 合. A bare figure in brackets of the same
    measure may be another year's: it is accused only when a power of ten is all that is between the two.
    """
    text = statements.document.unified
    for sentence in statements.sentences:
        for one, other in pairwise(sentence):
            between = text[one.end : other.start]
            if len(between) > 6 or not _AGAIN.fullmatch(between.replace("(", "")):
                continue
            told = bool(_TOLD_AGAIN.search(between))
            bracketed = between.startswith("(") and text[other.end : other.end + 1] == ")"
            span = _in_measure_of(one, other)
            if not (told or bracketed) or span is None or not (exact(one) and exact(other)):
                continue
            if one.quantity.figure == other.quantity.figure and one.dimension == other.dimension:
                continue
            fits = span.meets(other.quantity.interval)
            if (
                not fits
                and not told
                and one.dimension == other.dimension
                and not _slipped(span, other)
            ):
                continue
            if fits and not (told or one.dimension != other.dimension):
                continue
            hint = "" if fits else slip(span, other.quantity.interval)
            yield finding(statements, "same_fact", _verdict(fits=fits), [one, other],
                          f"{show(one)} {'=' if fits else '≠'} {show(other)}",
                          say("同一事实两处数字一致。") if fits else say("同一个数用两种单位写出, %(one)s与%(other)s不等%(hint)s。", one=show(one), other=show(other), hint=hint))  # fmt: skip


def _in_measure_of(one: Claim, other: Claim) -> Interval | None:
    """What a figure is in the measure of another; None where they measure different things."""
    if one.quantity.unit.counts:
        return None
    if one.dimension == other.dimension:
        return one.quantity.interval
    factor = _ACRES.get((one.dimension, other.dimension))
    return one.quantity.interval.scaled(factor) if factor else None


def _slipped(span: Interval, other: Claim) -> bool:
    """Whether a power of ten is what lies between: 3.5亿 and 3500万."""
    powers = [Decimal(10) ** p for p in (-4, -3, -2, -1, 1, 2, 3, 4)]
    middle = (span.low + span.high) / 2
    return any(middle * power == other.quantity.size for power in powers)


def check_running_balance(statements: Statements) -> Iterator[Finding]:
    """年初1000家,新增200家,退出50家,年末1150家: what there was, what came, what went, what there is.

    Example: 1000 + 200 − 50 = 1150 → ok; 年末1250家 → inconsistent. 上年结转30件,新收120件,共办理150件 is the same.
    Limits: the figures follow each other in one sentence, in one unit, and each is called what it is.
    """
    for sentence in statements.sentences:
        for place, first in enumerate(sentence[:-2]):
            if not _AT_FIRST.search(first.left):
                continue
            run = sentence[place : place + 6]
            last = next((i for i, c in enumerate(run) if i > 1 and _closes(c)), 0)
            parts = run[1:last]
            if not last or not all(_plain(c, first) for c in run[: last + 1]):
                continue
            signs = [_sign(c) for c in parts]
            if not all(signs) or _sign(run[last]):
                continue
            yield _balanced(statements, run[: last + 1], signs)


def _closes(claim: Claim) -> bool:
    return bool(_AT_LAST.search(claim.left)) and not _sign(claim)


def _plain(claim: Claim, first: Claim) -> bool:
    kinds = (Kind.LEVEL, Kind.CHANGE)
    return (
        claim.kind in kinds
        and claim.dimension == first.dimension
        and exact(claim)
        and not claim.depth
    )


def _sign(claim: Claim) -> int:
    """1 for what came, −1 for what went, 0 for neither."""
    if _TAKEN.search(claim.left):
        return -1
    return 1 if _ADDED.search(claim.left) else 0


def _balanced(statements: Statements, run: list[Claim], signs: list[int]) -> Finding:
    first, *parts, last = run
    span, value, shown = first.quantity.interval, first.quantity.size, show(first)
    for part, sign in zip(parts, signs, strict=True):
        moved = part.quantity.interval
        span = span + moved if sign > 0 else span - moved
        value += part.quantity.size * sign
        shown += f" {'+' if sign > 0 else '-'} {show(part)}"
    fits = span.meets(last.quantity.interval)
    return finding(statements, "balance", _verdict(fits=fits), run,
                   f"{shown} = {like(value, last)} {'=' if fits else '≠'} {show(last)}",
                   say("期初、增减与期末相符。") if fits else say("按期初与增减应为%(value)s, 文中写%(last)s。", value=like(value, last), last=show(last)))  # fmt: skip


def _verdict(*, fits: bool) -> Verdict:
    return Verdict.OK if fits else Verdict.INCONSISTENT
