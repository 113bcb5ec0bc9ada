"""Results against targets: wording, pace, order of tiers, status."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from shangheng.methods.claims.checks.base import (
    aim,
    before,
    exact,
    finding,
    like,
    number,
    printed,
    show,
    slip,
)
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.units import PERCENT, POINT
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_HOPED = re.compile(r"可(?!比)|有望|预计|力争|将|确保|争取|有信心|能够")
_PACED = re.compile(r"^的?序时进度|^的?时间进度|^的?进度")
_PACE_POINTS = re.compile(
    r"(?:(?P<ahead>超(?:过|出|额)?|快于|高于|领先|提前)|(?P<behind>欠|落后(?:于)?|慢于|低于|滞后(?:于)?))"
    r"(?:[^,;]{0,4}?)(?:序时|时间|任务|目标|计划)?进度[^,;]{0,4}$"
    r"|[比较](?:(?:序时|时序|时间|计划)?进度|(?:序时|时序|时间)(?:要求|计划|节点)?)(?:(?P<fast>快|超前)|(?P<slow>慢|滞后))(?:了|约)?$"
)
_DECLARED = re.compile(
    r"(?:(?:超额|圆满|全面|如期|顺利|提前|已)(?:地)?(?:完成|实现)(?:了)?(?:全年|年度|年初)?(?:各项)?(?:目标|任务|计划)+|(?<![未没有能])(?:完成|达到|实现|符合)(?:了)?(?:[\u4e00-\u9fff]{0,4}(?:目标|任务|考核))(?:任务|值|要求)*(?=[,。;)]|$)|(?:目标|任务|指标)(?:均|全部)?已?(?:圆满)?(?:完成|达成|实现)(?=[,。;)]|$)|(?<![未不])达标|(?:好于|高于|优于|超出?)预期)(?![^,。;]{0,8}\d)"
)
_BEYOND = re.compile(
    r"[,、]?(?:超[出过]?|多于)(?:了)?(?:年度|全年|年初|原定)?(?:目标|计划|任务)[数值]?"
)
_FAILED = re.compile(
    r"(?:未(?:能)?(?:完成|达到?|实现)|没有(?:完成|达到)|欠进度|未达标|(?:低于|不及|未达到?|逊于)预期)"
)
_RESULTS = (Kind.LEVEL, Kind.SHARE, Kind.GROWTH, Kind.RATE)
_FALLING = re.compile(r"能耗|失业|下降|降低|控制|压减|不超过|以内|事故|死亡|排放|负债")


def check_target_wording(statements: Statements) -> Iterator[Finding]:
    """超/达到/完成/未达 a target: the words must agree with the two figures.

    Example: 完成518.3亿元,超全年目标518亿元 → ok (by 0.3); 完成510亿元,超目标518亿元 → inconsistent;
    完成525亿元,未达目标518亿元 → inconsistent. With 可/有望/预计 and the year over, a result below the
    target makes the promise unsupported. Limits: result and target in one sentence, or the target
    in the next sentences of the paragraph and the result the only one in that unit.
    """
    for target in statements.of_kind(Kind.TARGET):
        if not target.relation or (target.planned and not _open(target)):
            continue
        if _measured(statements, target):
            continue
        result = _result(statements, target)
        if result is None or not exact(target) or _other_year(result, target):
            continue
        yield from _worded(statements, target, result)


def _other_year(result: Claim, target: Claim) -> bool:
    years = [c.period.year if c.period else None for c in (result, target)]
    shifts = [c.period.shift if c.period else 0 for c in (result, target)]
    return (None not in years and years[0] != years[1]) or (
        None in years and shifts[0] != shifts[1]
    )


def _measured(statements: Statements, target: Claim) -> bool:
    """Whether the words go on to say how far the target was met: 完成目标300亿元的95%, 完成率95%."""
    sentence = statements.sentence(target)
    following = [c for c in sentence if c.index in (target.index + 1, target.index + 2)]
    return any(c.kind is Kind.COMPLETION for c in following) or target.right == "的"


def _open(target: Claim) -> bool:
    return bool(_HOPED.search(target.phrase))


def _result(statements: Statements, target: Claim) -> Claim | None:
    """The result that a target is compared with."""
    kinds = (
        (Kind.SHARE, Kind.GROWTH, Kind.RATE)
        if target.dimension == PERCENT
        else (Kind.LEVEL, Kind.CHANGE)
    )
    for other in before(statements, target):
        if other.dimension == target.dimension and other.kind in kinds:
            return other if other.link not in (Link.BASE, Link.REST) else None
    block = [c for c in statements.block(target) if c.index < target.index and c.sentence < target.sentence
             and c.kind in kinds and c.dimension == target.dimension and exact(c)]  # fmt: skip
    related = [c for c in block if _related(c.name, target.name)]
    return related[-1] if len(related) == 1 and target.dimension != PERCENT else None


def _related(one: str, other: str) -> bool:
    return bool(one) and bool(other) and (one.endswith(other) or other.endswith(one))


def _worded(statements: Statements, target: Claim, result: Claim) -> Iterator[Finding]:
    paced = (
        bool(_PACED.match(target.right)) and target.period is not None and target.period.last < 12
    )
    months = target.period.last if paced and target.period else 12
    goal = aim(target).scaled(Decimal(months) / 12)
    turned = 1 if re.search(r"下降|降低|压减|减少", target.right[:8] + target.left) else result.sign
    have = result.quantity.interval.scaled(Decimal(turned))
    reached, short = have.high >= goal.low, have.low < goal.high
    gap = result.quantity.size * turned - target.quantity.size * months / 12
    verdict, severity = Verdict.OK, Severity.MAJOR
    words = {"exceeds": say("超过"), "meets": say("达到"), "below": say("低于")}[target.relation]
    message = say(
        "实绩%(result)s与目标%(target)s相比, “%(words)s”的说法成立。",
        result=show(result),
        target=show(target),
        words=words,
    )
    if target.relation == "below":
        verdict = Verdict.OK if short else Verdict.INCONSISTENT
    elif not reached:
        if _open(target):
            if not statements.closed(result):
                return
            verdict = Verdict.UNSUPPORTED
        else:
            verdict = Verdict.INCONSISTENT
    if verdict is Verdict.INCONSISTENT:
        message = say(
            "实绩%(result)s与目标%(target)s相比, 不能说“%(words)s”。",
            result=show(result),
            target=show(target),
            words=words,
        )
    elif verdict is Verdict.UNSUPPORTED:
        message = say(
            "全年已结束, 实绩%(result)s未到目标%(target)s, “可完成”没有依据。",
            result=show(result),
            target=show(target),
        )
    arithmetic = _set_against(result, target, months, gap)
    yield finding(
        statements, "target_wording", verdict, [result, target], arithmetic, message, severity
    )


def _set_against(result: Claim, target: Claim, months: int, gap: Decimal) -> str:
    """The result, the target, and the one as a percentage of the other."""
    goal = target.quantity.size
    share = result.quantity.size / goal * 100 if goal else Decimal(0)
    part = f" × {months}/12" if months < 12 else ""
    return f"{show(result)} {'>=' if gap >= 0 else '<'} {show(target)}{part} ({number(share)}%)"


def check_declared_completion(statements: Statements) -> Iterator[Finding]:
    """目标T,实际完成Y, followed by 圆满完成/未完成 without a figure: the words must agree.

    Example: 年度目标50家,实际完成45家,圆满完成年度任务 → inconsistent (45 < 50).
    Limits: one target and one result of one unit in the sentence, target before the words.
    """
    text = statements.document.unified
    for target in statements.of_kind(Kind.TARGET):
        if target.relation or target.planned or not exact(target):
            continue
        sentence = [c for c in statements.sentence(target) if c.depth == target.depth]
        results = [c for c in sentence if c.kind is Kind.LEVEL and c.dimension == target.dimension
                   and c.link is Link.NONE and c.index > target.index]  # fmt: skip
        targets = [c for c in sentence if c.kind is Kind.TARGET and c.dimension == target.dimension]
        if not results or len(targets) != 1 or not exact(results[0]):
            continue
        if not re.search(r"完成|实[现际]|达到|引进|培育|新增|已|[仅只](?!限)", results[0].left):
            continue
        tail = text[results[0].end : statements.sentence_end(target)]
        declared, failed = _DECLARED.search(tail), _FAILED.search(tail)
        words = failed or declared
        if words is None or (declared and failed):
            continue
        done = results[0].quantity.interval.high >= target.quantity.interval.low
        holds = done if declared else not done
        yield finding(
            statements,
            "target_wording",
            Verdict.OK if holds else Verdict.INCONSISTENT,
            [target, results[0]],
            f"{show(results[0])} {'>=' if done else '<'} {show(target)}",
            say(
                "实绩%(results)s、目标%(target)s, “%(words)s”的说法%(which)s。",
                results=show(results[0]),
                target=show(target),
                words=words.group(),
                which=say("成立") if holds else say("不成立"),
            ),
        )


def check_gap(statements: Statements) -> Iterator[Finding]:
    """超出G, 相差G: the result less the target, where both stand before it in the sentence.

    Example: 完成7家,未完成目标14家,相差7家 → 14 − 7 = 7 → ok; 相差5家 → inconsistent. 完成726.2亿元,超额完成目标
    726亿元,超出0.2亿元 → ok. Limits: exactly one result and one target of the unit in the sentence.
    """
    for claim in statements.of_kind(Kind.GAP, Kind.TARGET):
        if not exact(claim) or (claim.kind is Kind.TARGET and not _BEYOND.fullmatch(claim.left)):
            continue
        dimension = PERCENT if claim.dimension == POINT else claim.dimension
        same = [c for c in before(statements, claim) if c.dimension == dimension and exact(c)
                and ";" not in statements.between(c, claim)]  # fmt: skip
        targets = [c for c in same if c.kind is Kind.TARGET]
        results = [c for c in same if c.kind in _RESULTS]
        if len(targets) != 1 or len(results) != 1:
            continue
        target, result = targets[0], results[0]
        gap = (result.quantity.interval - aim(target)).scaled(Decimal(claim.sign))
        fits = gap.meets(claim.quantity.interval)
        value = result.quantity.size - target.quantity.size
        shown = show(claim) if fits else like(abs(value), claim)
        arithmetic = f"{show(result)} - {show(target)} = {'-' if value < 0 else ''}{shown}"
        message = say("与目标的差额相符。") if fits else (
            say("与目标相比%(which)s%(shown)s, 文中写%(claim)s%(hint)s。", which=say("超出") if value >= 0 else say("相差"), shown=shown, claim=show(claim), hint=slip(gap, claim.quantity.interval)))  # fmt: skip
        verdict = Verdict.OK if fits else Verdict.INCONSISTENT
        yield finding(statements, "gap", verdict, [result, target, claim], arithmetic, message)


def check_pace(statements: Statements) -> Iterator[Finding]:
    """超序时进度W个百分点: completion minus months ÷ 12 (linear pace; 100 % at the end of December).

    Example: 上半年完成全年目标的60.5%,超进度10.5个百分点: 60.5 − 50 = 10.5 → ok.
    Limits: the months must be named (1-9月, 上半年, 前三季度); plans by month are not known here.
    """
    for claim in statements.of_dimension(POINT):
        if claim.period is None or claim.period.first != 1 or not exact(claim):
            continue
        found = _PACE_POINTS.search(claim.left)
        done = next((c for c in before(statements, claim) if c.kind is Kind.COMPLETION), None)
        if found is None or done is None or not exact(done) or done.period != claim.period:
            continue
        if claim.period.last == 12 and not statements.months_named(claim):
            continue
        time = Decimal(claim.period.last) / 12 * 100
        gap = done.quantity.interval - Interval(time, time)
        sign = 1 if found["ahead"] or found["fast"] else -1
        stated = printed(claim).scaled(Decimal(sign)).widened(Decimal("0.1"))
        value = done.quantity.value - time
        verdict = Verdict.OK if gap.meets(stated) else Verdict.INCONSISTENT
        arithmetic = (
            f"{show(done)} - {claim.period.last}/12 ({number(time)}%) = {number(value)}个百分点"
        )
        message = say("进度差与序时进度相符。") if verdict is Verdict.OK else (
            say("按序时进度应%(which)s%(value)s个百分点, 文中写%(claim)s。", which=say("超") if value >= 0 else say("欠"), value=number(abs(value), 1), claim=show(claim)))  # fmt: skip
        yield finding(statements, "pace", verdict, [done, claim], arithmetic, message)


def check_target_order(statements: Statements) -> Iterator[Finding]:
    """保底 ≤ 预期 ≤ 奋斗/力争 ≤ 拼搏/冲刺 ≤ 挑战: a higher tier may not be lower.

    Example: 预期目标100亿元,拼搏目标95亿元 → inconsistent. Limits: same indicator, year and unit, near
    each other; indicators that should fall (能耗, 失业率 …) are left alone.
    """
    tiered = [
        c for c in statements.of_kind(Kind.TARGET) if c.tier in wording.TIER_RANK and exact(c)
    ]
    for one, other in pairwise(tiered):
        if _FALLING.search(one.name + one.heading):
            continue
        between = statements.between(one, other) if one.block is other.block else ""
        for low, high in _tier_pair(one, other, apart=bool(re.search("[。;]|其中", between))):
            if low.quantity.interval.low > high.quantity.interval.high:
                yield finding(statements, "target_order", Verdict.INCONSISTENT, [low, high],
                              f"{low.tier}{show(low)} > {high.tier}{show(high)}",
                              say("%(tier)s目标%(high)s低于%(tier2)s目标%(low)s。", tier=high.tier, high=show(high), tier2=low.tier, low=show(low)))  # fmt: skip
            elif low.quantity.size < high.quantity.size:
                yield finding(statements, "target_order", Verdict.OK, [low, high],
                              f"{low.tier}{show(low)} < {high.tier}{show(high)}", say("各档目标由低到高。"))  # fmt: skip


def _tier_pair(one: Claim, other: Claim, *, apart: bool) -> Iterator[tuple[Claim, Claim]]:
    """Two targets that follow each other for one indicator, the lower tier first.

    Once a full stop or 其中 lies between them, a lower tier that follows opens another indicator.
    """
    same = (one.block.path, one.period, one.dimension, one.target_of) == (
        other.block.path, other.period, other.dimension, other.target_of)  # fmt: skip
    named = bool(other.name) and one.name != other.name
    if not same or named or other.sentence - one.sentence > 4:
        return
    ranks = wording.TIER_RANK[one.tier], wording.TIER_RANK[other.tier]
    if ranks[0] < ranks[1]:
        yield one, other
    elif ranks[1] < ranks[0] and not apart:
        yield other, one


def check_two_targets(statements: Statements) -> Iterator[Finding]:
    """One indicator with two targets for one year: which one holds is not clear.

    Example: 全年30家“入库”企业目标 in one place, 入库20家的目标任务 in another → ambiguous: two indicators or
    two targets; the definition must be pinned. Limits: never called inconsistent.
    """
    targets = [c for c in statements.of_kind(Kind.TARGET) if not c.planned and exact(c)
               and not c.tier and len(c.name) >= 2 and c.dimension not in (PERCENT, POINT)
               and not _measured(statements, c)]  # fmt: skip
    for place, one in enumerate(targets):
        for other in targets[place + 1 : place + 40]:
            if one.dimension != other.dimension or one.period != other.period:
                continue
            if one.quantity.interval.meets(other.quantity.interval) or not _nested(
                one.name, other.name
            ):
                continue
            yield finding(statements, "two_targets", Verdict.AMBIGUOUS, [one, other],
                          f"{show(one)} ≠ {show(other)}",
                          say("“%(one)s”与“%(other)s”的目标不同(%(one2)s、%(other2)s), 是两个指标还是两个目标, 口径需要说明。", one=one.name, other=other.name, one2=show(one), other2=show(other)))  # fmt: skip
            break


def _nested(one: str, other: str) -> bool:
    short, long = sorted((wording.core(one), wording.core(other)), key=len)
    return len(short) >= 2 and short in long and len(long) - len(short) <= 4


def check_target_falls(statements: Statements) -> Iterator[Finding]:
    """Next year's target below this year's target or result: possible, but it wants a reason.

    Example: 2021年目标18家; 2022年预期目标9家,拼搏目标12家 → ambiguous.
    Limits: same heading or name, same unit; growth at once stated as a fall is not reported.
    """
    for target in statements.of_kind(Kind.TARGET):
        if not target.planned or not target.tier or not exact(target):
            continue
        if target.dimension in (PERCENT, POINT) or _FALLING.search(target.heading):
            continue
        higher = [c for c in _earlier(statements, target)
                  if c.quantity.interval.low > target.quantity.interval.high]  # fmt: skip
        if higher:
            worst = max(higher, key=lambda c: c.quantity.size)
            yield finding(statements, "target_falls", Verdict.AMBIGUOUS, [worst, target],
                          f"{show(target)} < {show(worst)}",
                          say("新一年的%(tier)s目标%(target)s低于本年的%(worst)s, 需要说明理由。", tier=target.tier, target=show(target), worst=show(worst)))  # fmt: skip


def _earlier(statements: Statements, target: Claim) -> list[Claim]:
    """This year's targets and results under a heading of the same name."""
    goals = statements.targets_under(target.heading, target.dimension)
    results = statements.results_under(target.heading, target.dimension)
    return [c for c in (*goals, *results) if c.index < target.index]
