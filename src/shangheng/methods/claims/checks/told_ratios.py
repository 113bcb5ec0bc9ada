"""Averages, multiples and marks told in any words, among figures that no check before has used."""

import re
from collections.abc import Iterator
from itertools import pairwise

from shangheng.methods.claims.checks.base import exact, finding, number, printed, show
from shangheng.methods.claims.checks.ranks import average_finding
from shangheng.methods.claims.checks.roles import (
    crosses,
    lead,
    near,
    noun,
    pair_of,
    passages,
    related,
    two_others,
)
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.quantities.quantity import Bound
from shangheng.methods.claims.quantities.units import MULTIPLE, PERCENT, POINT, RANK
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_EACH = re.compile(
    r"(?:(?P<noun>[\u4e00-\u9fff])均|每(?P<one>[\u4e00-\u9fff]{1,4}?)|(?:^|[,、的])单(?P<single>[\u4e00-\u9fff]))[\u4e00-\u9fff]{0,6}$"
)
_ANY = "个家件项位次体平处"
_MORE = re.compile(r"(?:增[长加]?|提[高升]|扩大|翻|多|高出|上升|涨|攀升)[\u4e00-\u9fff]{0,3}$")
_NEAR = 10
_RATIOS = (PERCENT, POINT, MULTIPLE, RANK)
_PASSING = re.compile(
    r"(?:[突冲]?破|超越?过?|逾|[跨迈越闯登站跃踏跻晋][上过入越进身升]?)(?:了|出)?$"
)
_RECORD = re.compile(r"首|历[史届年]|[再又连]|一举|成功|创|新|顺利|正式")
_WHOLE = re.compile(r"总[数量]|存量|保有|累计")
_NAMED_MARK = re.compile(r"的?(?:大关|台阶|关口|门槛|新?高度)")
_MARKED = re.compile(r"的?(?:大关|台阶|关口|门槛|整数|关$|$|的|这)")


def check_ratios_told(statements: Statements, settled: set[int]) -> Iterator[Finding]:
    """An average, a multiple or a mark that words tie to figures of its sentence.

    Example: 12个网点卖出3600件,单店卖出320件: 3600 ÷ 12 = 300 → inconsistent.
    Limits: one total and one number only; a mark has no name of its own and is a round number.
    """
    for sentence in passages(statements):
        for claim in sentence if len(sentence) > 2 else ():
            if claim.index in settled or claim.sentence != sentence[-1].sentence:
                continue
            if not exact(claim):
                continue
            if claim.dimension == MULTIPLE:
                yield from _settling(settled, _multiple(statements, sentence, claim))
            elif claim.dimension not in _RATIOS and (each := _EACH.search(claim.left)):
                of = each["noun"] or each["one"] or each["single"]
                yield from _settling(settled, _average(statements, sentence, claim, of))
        for one, other in pairwise(sentence):
            if {one.index, other.index} & settled or one.dimension != other.dimension:
                continue
            yield from _settling(settled, _mark(statements, one, other))


def _settling(settled: set[int], found: Iterator[Finding]) -> Iterator[Finding]:
    """The findings, with their figures marked as settled."""
    for finding_ in found:
        settled.update(finding_.claims)
        yield finding_


def _average(
    statements: Statements, sentence: list[Claim], claim: Claim, of: str
) -> Iterator[Finding]:
    measure = claim.dimension.partition("/")[0]
    others = [c for c in near(sentence, claim)
              if c is not claim and c.dimension not in _RATIOS and c.depth == claim.depth]  # fmt: skip
    totals = [c for c in others if c.dimension == measure]
    counts = [c for c in others if c.dimension != measure]
    if len(counts) > 1:
        counts = [c for c in counts if _counted(statements, c, claim, of)]
    if len(totals) != 1 or len(counts) != 1 or not all(exact(c) for c in others):
        return
    if totals[0].kind not in (Kind.LEVEL, Kind.CHANGE) or counts[0].kind is not Kind.LEVEL:
        return
    if crosses([totals[0], counts[0]], claim) and not related(totals[0], claim):
        return
    if claim.link is not Link.NONE or not _counted(statements, counts[0], claim, of):
        return
    span = totals[0].quantity.interval.over(counts[0].quantity.interval)
    if span is not None:
        yield average_finding(statements, claim, totals[0], counts[0], span)


def _counted(statements: Statements, count: Claim, claim: Claim, of: str) -> bool:
    """Whether an average is one over what was counted: 单店 over 12家门店, 摊均 over 60个摊位."""
    if of in _ANY:
        return count.index < claim.index and not count.dimension.startswith("time")
    words = lead(statements, count)[-8:] + count.right[:8] + count.quantity.unit.name
    return any(character in words for character in of.replace("日", "日天"))


def _multiple(statements: Statements, sentence: list[Claim], claim: Claim) -> Iterator[Finding]:
    for dimension in sorted({c.dimension for c in near(sentence, claim)} - set(_RATIOS)):
        grown = 1 if _MORE.search(claim.left) else 0
        pair = (
            pair_of(statements, sentence, claim, dimension)
            if grown
            else two_others(statements, sentence, claim, dimension)
        )
        if not pair or (not grown and len(claim.left) > _NEAR):
            continue
        low, high = sorted(pair, key=lambda c: c.quantity.size)
        span = high.quantity.interval.over(low.quantity.interval)
        if span is None:
            continue
        told = printed(claim)
        fits = told.low <= span.high - grown and span.low - grown <= told.high
        value = number(high.quantity.size / low.quantity.size - grown)
        yield finding(statements, "multiple", Verdict.OK if fits else Verdict.INCONSISTENT, [low, high, claim],
                      f"{show(high)} ÷ {show(low)}{' - 1' if grown else ''} = {value} {'≈' if fits else '≠'} {show(claim)}",
                      say("比值与两数相符。") if fits else say("按两数计算比值应为%(value)s, 文中写“%(words)s”。", value=value, words=show(claim)))  # fmt: skip


def _mark(statements: Statements, one: Claim, other: Claim) -> Iterator[Finding]:
    """52.3亿元,历届首次超60亿元: a round number without a name that the figure beside it is said to have passed."""
    for result, mark in ((one, other), (other, one)):
        words = lead(statements, mark) + mark.bounding
        passed = _PASSING.search(words.lstrip(",、")) and (
            _RECORD.search(words)
            or _NAMED_MARK.match(mark.right)
            or mark.quantity.bound is Bound.OVER
        )
        named = noun(mark) and (mark is other or noun(result))
        if (
            not passed
            or _WHOLE.search(words)
            or named
            or result.kind is not Kind.LEVEL
            or not exact(result)
        ):
            continue
        if not _round(mark) or _round(result) or not _MARKED.match(mark.right) or result.planned:
            continue
        fits = result.quantity.interval.high >= mark.quantity.size
        yield finding(statements, "item_threshold", Verdict.OK if fits else Verdict.INCONSISTENT, [result, mark],
                      f"{show(result)} {'>=' if fits else '<'} {show(mark)}",
                      say("已达到所说的关口。") if fits else say("%(result)s不到所说的%(mark)s。", result=show(result), mark=show(mark)))  # fmt: skip
        return


def _round(claim: Claim) -> bool:
    """Whether a number has one or two digits that count, as marks have."""
    return len(claim.quantity.figure.replace(".", "").strip("0万亿千百")) <= 2
