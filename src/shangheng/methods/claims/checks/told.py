"""Relations between three figures told in any words: a difference, a growth, a completion, an average, a multiple.

These checks come last and look only at figures that no check before them has used. They do not know the words of one
kind of report: a figure is tied to two others by the part that classes of words give to each.
"""

import re
from collections.abc import Iterator

from shangheng.methods.claims.checks.base import (
    aim,
    comparable,
    exact,
    finding,
    like,
    number,
    printed,
    show,
    signed,
    slip,
)  # fmt: skip
from shangheng.methods.claims.checks.roles import (
    aimed,
    difference,
    falls,
    kin,
    lead,
    near,
    noun,
    pair_of,
    passages,
    standard,
    stated,
    two_others,
)  # fmt: skip
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.units import MULTIPLE, PERCENT, POINT, RANK
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_PRICES = re.compile(r"生产总值|GDP|增加值|可支配|总产值|人均收入")
_RATE = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{1,3})(?:化|完成)?(?:率|面|比例|占比|比重)[\u4e00-\u9fff]{0,4}$"
)
_COMPARES = re.compile(r"(?:[高低快慢]于|超[过出]?|落后于?|领先于?|[比较])[^,;]{0,8}$")
_PART_OF = re.compile(
    r"(?:占|率|比例?|比重|程度|进度|份额|相当于|完成|达成|兑现|恢复|实现|达到?|为|是|的)(?:了|为|达|约|至|到|是){0,2}$"
)


def check_told(statements: Statements, settled: set[int]) -> Iterator[Finding]:
    """A figure that words tie to two others of its sentence, in whatever order they stand.

    Example: 上届40家,本届46家,多出5家: 46 − 40 = 6 → inconsistent. 原计划60天,实际用时48天,缩短20%: 12 ÷ 60 → ok.
    Limits: the two others are the only ones of their measure, one of them is a standard (an earlier figure, a target, an
    average, what 比 and 较 precede), and their names do not differ.
    """
    for passage in passages(statements):
        if len(passage) < 3:
            continue
        for claim in passage:
            if claim.index in settled or claim.sentence != passage[-1].sentence or not exact(claim):
                continue
            for found in _of(statements, passage, claim, settled):
                settled.update(found.claims)
                yield found


def _of(
    statements: Statements, passage: list[Claim], claim: Claim, settled: set[int]
) -> Iterator[Finding]:
    if claim.dimension == PERCENT:
        yield from _percent(statements, passage, claim, settled)
        yield from _rate(statements, passage, claim)
    elif (difference(claim) or _beyond(statements, claim)) and claim.dimension != RANK:
        yield from _difference(statements, passage, claim)


def _beyond(statements: Statements, claim: Claim) -> bool:
    """完成率80%,超过75%的序时进度5个百分点: points after a figure that another is said to be above or below."""
    other = statements.claims[claim.index - 1] if claim.index else claim
    beside = other.sentence == claim.sentence and other.clause == claim.clause
    return (
        claim.dimension == POINT
        and beside
        and _COMPARES.search(other.left + other.bounding) is not None
    )


def _difference(statements: Statements, sentence: list[Claim], claim: Claim) -> Iterator[Finding]:
    dimension = PERCENT if claim.dimension == POINT else claim.dimension
    pair = pair_of(statements, sentence, claim, dimension)
    if pair is None or not comparable(claim, statements):
        return
    result, base = pair
    goal = aim(base) if exact(base) else stated(base)
    span = result.quantity.interval - goal
    either = (span, Interval(-span.high, -span.low))
    fits = any(s.meets(printed(claim)) for s in either)
    value = abs(result.quantity.size - base.quantity.size)
    shown = number(value) if claim.dimension == POINT else like(value, claim)
    yield finding(statements, "gap", Verdict.OK if fits else Verdict.INCONSISTENT, [base, result, claim],
                  f"|{show(result)} - {show(base)}| = {shown} {'=' if fits else '≠'} {show(claim)}",
                  say("差额与两数相符。") if fits else
                  say("两数之差为%(value)s, 文中写%(claim)s%(hint)s。", value=shown, claim=show(claim), hint=slip(Interval(value, value), claim.quantity.interval)))  # fmt: skip


def _completes(statements: Statements, claim: Claim, base: Claim) -> bool:
    """Whether words call a percentage what of a target was done."""
    own = claim.kind is Kind.COMPLETION or not noun(claim)
    return own and aimed(statements, base) and _PART_OF.search(claim.left) is not None


def _rate(statements: Statements, sentence: list[Claim], claim: Claim) -> Iterator[Finding]:
    """发放问卷500份,回收480份,回收率96%: a rate that is named by what was done out of the only other number."""
    found = _RATE.search(claim.left)
    if (
        found is None
        or claim.kind not in (Kind.RATE, Kind.COMPLETION, Kind.SHARE)
        or claim.link is not Link.NONE
    ):
        return
    for dimension in sorted({c.dimension for c in near(sentence, claim) if c.quantity.unit.counts}):
        others = two_others(statements, sentence, claim, dimension)
        if not others or any(c.kind not in (Kind.LEVEL, Kind.TARGET) for c in others):
            continue
        part, whole = sorted(others, key=lambda c: (aimed(statements, c), c.quantity.size))
        if not aimed(statements, whole):
            part, whole = sorted(others, key=lambda c: c.quantity.size)
        words = lead(statements, part)[-8:] + part.right[:6]
        told = set(found["stem"]) & set(words)
        share = part.quantity.interval.percent_of(whole.quantity.interval)
        if share is not None and re.search(f"[不未没][{found['stem']}]", words):
            share = Interval(100 - share.high, 100 - share.low)
        if (
            not told
            or share is None
            or ";" in statements.between(*sorted(others, key=lambda c: c.index))
        ):
            continue
        fits = share.meets(printed(claim))
        value = number((share.low + share.high) / 2, 1)
        yield finding(statements, "rate", Verdict.OK if fits else Verdict.INCONSISTENT, [part, whole, claim],
                      f"{show(part)} ÷ {show(whole)} = {value}% {'≈' if fits else '≠'} {show(claim)}",
                      say("比率与两数相符。") if fits else say("按两数计算应为%(value)s%%, 文中写%(claim)s。", value=value, claim=show(claim)))  # fmt: skip


def _percent(
    statements: Statements, sentence: list[Claim], claim: Claim, settled: set[int]
) -> Iterator[Finding]:
    levels = {
        c.dimension
        for c in near(sentence, claim)
        if c.level or c.kind in (Kind.CHANGE, Kind.GAP, Kind.AVERAGE)
    }
    for dimension in sorted(levels - {PERCENT, POINT, RANK, MULTIPLE}):
        yield from _of_change(statements, sentence, claim, dimension)
        pair = pair_of(statements, sentence, claim, dimension)
        if pair is None or not comparable(claim, statements):
            continue
        result, base = pair
        if _PRICES.search(result.name + base.name):
            continue
        rises = claim.kind is Kind.GROWTH or difference(claim)
        if not rises and not (
            _completes(statements, claim, base) and not {result.index, base.index} <= settled
        ):
            continue
        share = result.quantity.interval.percent_of(aim(base))
        if share is None:
            continue
        yield _of_base(statements, claim, result, base, share, rises=rises)


def _of_change(
    statements: Statements, sentence: list[Claim], claim: Claim, dimension: str
) -> Iterator[Finding]:
    """A level, what it has changed by, and the change in percent: 500户, 多出20户, 增幅4.2%."""
    others = two_others(statements, sentence, claim, dimension)
    moved = [c for c in others if c.kind is Kind.CHANGE or difference(c)]
    if len(moved) != 1 or not (claim.kind is Kind.GROWTH or difference(claim)):
        return
    change = moved[0]
    level = next(c for c in others if c is not change)
    if _PRICES.search(level.name) or not comparable(claim, statements) or not kin(level, change):
        return
    by = change.quantity.interval
    before = level.quantity.interval + by if falls(change) else level.quantity.interval - by
    base = level.quantity.interval if standard(statements, level) else before
    share = by.percent_of(base)
    if share is None or share.low < 0:
        return
    yield _moved(statements, claim, change, level, share)


def _moved(
    statements: Statements, claim: Claim, change: Claim, level: Claim, share: Interval
) -> Finding:
    fits = share.meets(printed(claim))
    value = number((share.low + share.high) / 2, 1)
    return finding(statements, "growth", Verdict.OK if fits else Verdict.INCONSISTENT, [level, change, claim],
                   f"{show(level)}, {show(change)} → {value}% {'≈' if fits else '≠'} {show(claim)}",
                   say("增减额与增幅相符。") if fits else say("按增减额推算增幅应为%(value)s%%, 文中写%(claim)s%(hint)s。", value=value, claim=signed(claim), hint=slip(share, printed(claim))))  # fmt: skip


def _of_base(
    statements: Statements,
    claim: Claim,
    result: Claim,
    base: Claim,
    share: Interval,
    *,
    rises: bool,
) -> Finding:
    value = result.quantity.size / base.quantity.size * 100 - (100 if rises else 0)
    if rises:
        share = Interval(share.low - 100, share.high - 100)
    told = printed(claim)
    turned = Interval(-told.high, -told.low)
    if claim.kind is Kind.GROWTH:
        fits = share.meets(told if claim.sign > 0 else turned)
    else:
        fits = share.meets(told) or (rises and share.meets(turned))
    shown = f"{show(result)} ÷ {show(base)}{' - 1' if rises else ''}"
    return finding(statements, "growth" if rises else "completion", Verdict.OK if fits else Verdict.INCONSISTENT, [base, result, claim],
                   f"{shown} = {number(value)}% {'≈' if fits else '≠'} {show(claim)}",
                   say("比率与两数相符。") if fits else say("按两数计算应为%(value)s%%, 文中写%(claim)s。", value=number(abs(value) if rises else value, 1), claim=show(claim)))  # fmt: skip
