"""Directions and orders told in any words: a fall that rises, a comparison the wrong way round, a ranking out of order."""

import re
from collections.abc import Iterator
from itertools import pairwise

from shangheng.methods.claims.checks.base import exact, finding, show
from shangheng.methods.claims.checks.roles import kin, lead
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.quantities.quantity import Bound
from shangheng.methods.claims.quantities.units import PERCENT
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_UP = re.compile(rf"(?:{wording.UP}|扩大?|攀|拓展?|翻|壮大|发展)(?:到|至|成|为)[^,;]{{0,10}}$")
_DOWN = re.compile(rf"(?:{wording.DOWN}|压缩?|缩|回[落调]|收[窄缩])(?:到|至|成|为)[^,;]{{0,10}}$")
_ABOVE = re.compile(r"(?:[高多快好优强大]于|超过?|领先|高出|超出)[^,;\d]{0,12}$")
_BELOW = re.compile(r"(?:[低少慢差弱小]于|落后于?|不及|逊于|不如)[^,;\d]{0,12}$")
_OTHERS = re.compile(r"全[国省市区县州]|平均|同类|周边|兄弟|大盘")
_SORTED = re.compile(r"[由从](?P<from>[高低多少大小快慢前后])[到至](?P<to>[高低多少大小快慢前后])")
_RANKED = re.compile(r"排名?在?前|依次|排序|位列前|前[二三四五六七八九十\d][名位]")
_EACH = re.compile(r"(?:均|都|皆|全部|每)[^,;。]{0,14}$")


def check_order_told(statements: Statements, settled: set[int]) -> Iterator[Finding]:
    """由34件下降到41件 is no fall; 92%, 高于全市95%的平均水平 is not above it; 由高到低, 80, 85, 90 is not in that order.

    Limits: the words stand beside the figures that they compare, and the figures are clearly apart.
    """
    for sentence in statements.sentences:
        for one, other in pairwise(c for c in sentence if not c.depth):
            if one.dimension != other.dimension or not exact(one):
                continue
            yield from _direction(statements, one, other)
            if not {one.index, other.index} & settled:
                yield from _compared(statements, one, other)
        yield from _sorted(statements, sentence)
        yield from _each_above(statements, sentence)


def _told(
    statements: Statements, check: str, claims: list[Claim], sign: str, *, fits: bool
) -> Finding:
    shown = f" {sign} ".join(show(c) for c in claims)
    return finding(statements, check, Verdict.OK if fits else Verdict.INCONSISTENT, claims, shown,
                   say("两数与所说的高低、增减一致。") if fits else say("两数与所说的高低、增减不一致。"))  # fmt: skip


def _direction(statements: Statements, base: Claim, reached: Claim) -> Iterator[Finding]:
    if base.link is not Link.BASE or reached.link is not Link.REACHED or not exact(reached):
        return
    words = lead(statements, reached)
    up, down = _UP.search(words), _DOWN.search(words)
    if (up is None) == (down is None) or re.search(r"[负亏排]|名次|位次", words + base.phrase):
        return
    low, high = base.quantity.interval, reached.quantity.interval
    fits = low.low <= high.high if up else low.high >= high.low
    if not fits:
        yield _told(statements, "growth", [base, reached], "→", fits=False)


def _compared(statements: Statements, one: Claim, other: Claim) -> Iterator[Finding]:
    words = lead(statements, other) + other.bounding
    above, below = _ABOVE.search(words), _BELOW.search(words)
    if (above is None) == (below is None) or not _OTHERS.search(words + other.right[:8]):
        return
    if (
        (one.kind is Kind.GROWTH and one.sign < 0)
        or other.kind is Kind.TARGET
        or not kin(one, other)
    ):
        return
    first, size = one.quantity.interval, other.quantity.size
    fits = first.high >= size if above else first.low <= size
    yield _told(statements, "item_threshold", [one, other], ">" if above else "<", fits=fits)


def _sorted(statements: Statements, sentence: list[Claim]) -> Iterator[Finding]:
    """由高到低, 前三名依次为甲(95分)、乙(97分): figures in another order than the words say."""
    text = statements.document.unified
    opening = text[statements.sentence_start(sentence[0]) : sentence[-1].start]
    told = _SORTED.search(opening)
    if told is None or not _RANKED.search(opening) or told["from"] in "前后":
        return
    run = [c for c in sentence if c.dimension == sentence[-1].dimension and exact(c)]
    if (
        len(run) < 2
        or run[-1].index - run[0].index != len(run) - 1
        or (run[-1].dimension == PERCENT and run[-1].kind is Kind.GROWTH)
    ):
        return
    falls = told["from"] in "高多大快"
    fits = all(
        (a.quantity.interval.high >= b.quantity.interval.low)
        if falls
        else (a.quantity.interval.low <= b.quantity.interval.high)
        for a, b in pairwise(run)
    )
    yield _told(statements, "rank_change", run, ">" if falls else "<", fits=fits)


def _each_above(statements: Statements, sentence: list[Claim]) -> Iterator[Finding]:
    """投资额均在3000万元以上,分别是3500万元、2800万元: each of those that follow reaches what all are said to reach."""
    for place, mark in enumerate(sentence[:-2]):
        over = mark.quantity.bound is Bound.OVER and _EACH.search(lead(statements, mark))
        run = [c for c in sentence[place + 1 :] if c.dimension == mark.dimension and exact(c)]
        if (
            not over
            or len(run) < 2
            or "分别" not in statements.between(mark, run[0]) + run[0].phrase
        ):
            continue
        for claim in run:
            if claim.quantity.interval.high < mark.quantity.size:
                yield _told(statements, "item_threshold", [mark, claim], ">", fits=False)
