"""Growth: from a base given in words, from a change, and across years and tiers."""

import re
from collections.abc import Iterator
from decimal import Decimal

from shangheng.methods.claims.checks.base import (
    antecedent,
    before,
    comparable,
    exact,
    finding,
    number,
    printed,
    show,
    slip,
)  # fmt: skip
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.units import MULTIPLE, PERCENT, POINT, RANK
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements

_PRICE_ADJUSTED = re.compile(r"生产总值|GDP|增加值|可支配收入|农林牧渔业总产值|农业总产值|人均收入")
_HUNDRED = Decimal(100)


def check_growth_from_base(statements: Statements) -> Iterator[Finding]:
    """由X增至Y,增长Z%: growth recomputed from both ends given in the sentence.

    Example: 由50家增加到80家,增长60%: 80 ÷ 50 − 1 = 60 % → ok; 增长50% → inconsistent. The same for
    上年同期为50家. A change in units (增加30家) and in percentage points is checked in the same way.
    Limits: base and result must be in one sentence and one unit; words such as 可比口径 stop the check.
    """
    for claim in statements.claims:
        if claim.kind not in (Kind.GROWTH, Kind.CHANGE) or not comparable(claim, statements):
            continue
        pair = _ends(statements, claim)
        if pair is None or claim.link is not Link.NONE:
            continue
        result = _from_ends(statements, claim, *pair)
        if result is not None:
            yield result


def _ends(statements: Statements, claim: Claim) -> tuple[Claim, Claim] | None:
    """The base and the result that the sentence gives, when there is exactly one of each."""
    want = PERCENT if claim.dimension == POINT else None
    kinds = (Kind.RATE, Kind.SHARE, Kind.OTHER) if want else (Kind.LEVEL,)
    near = [c for c in statements.sentence(claim)
            if c is not claim and c.depth == claim.depth and (c.kind in kinds or c.link is not Link.NONE)
            and abs(c.index - claim.index) <= 3]  # fmt: skip
    bases = [c for c in near if c.link is Link.BASE and (want is None or c.dimension == want)]
    if len(bases) != 1 or bases[0].index > claim.index:
        return None
    base = bases[0]
    other = (claim.name and claim.name not in base.name) or "分别" in claim.phrase
    if other or (want is None and base.dimension == PERCENT):
        return None
    reached = [c for c in near if c.dimension == base.dimension and c is not base
               and ((c.link is Link.REACHED and c.index < claim.index) or c.index == base.index - 1)]  # fmt: skip
    return (base, reached[-1]) if len(reached) == 1 else None


def _from_ends(statements: Statements, claim: Claim, base: Claim, result: Claim) -> Finding | None:
    if not all(exact(c) for c in (claim, base, result)):
        return None
    if claim.dimension == PERCENT and _PRICE_ADJUSTED.search(result.name + base.name):
        return None
    low, high = base.quantity, result.quantity
    if claim.dimension == PERCENT:
        span = high.interval.growth_from(low.interval)
        value = (high.size / low.size - 1) * 100 if low.size else None
        unit, shown = "%", f"{show(result)} ÷ {show(base)} - 1"
    elif claim.dimension in (POINT, base.dimension):
        span = high.interval - low.interval
        value = high.size - low.size
        unit = "个百分点" if claim.dimension == POINT else ""
        shown = f"{show(result)} - {show(base)}"
    else:
        return None
    if span is None or value is None:
        return None
    stated = printed(claim).scaled(Decimal(claim.sign))
    factor = claim.quantity.unit.size if not unit else Decimal(1)
    verdict = Verdict.OK if span.meets(stated) else Verdict.INCONSISTENT
    plain = number(value / factor / _scale(claim) if not unit else value)
    unit = unit or _scaled_unit(claim)
    hint = "" if verdict is Verdict.OK else slip(span, stated)
    message = "增减与前后两数相符。" if verdict is Verdict.OK else (
        f"由{show(base)}到{show(result)}应为{plain}{unit}, 文中写{_signed(claim)}{hint}。")  # fmt: skip
    arithmetic = f"{shown} = {plain}{unit} {'≈' if verdict is Verdict.OK else '≠'} {_signed(claim)}"
    return finding(statements, "growth", verdict, [base, result, claim], arithmetic, message)


def _scale(claim: Claim) -> Decimal:
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        if mark in claim.quantity.figure:
            return Decimal(size)
    return Decimal(1)


def _scaled_unit(claim: Claim) -> str:
    mark = next((m for m in "亿万" if m in claim.quantity.figure), "")
    return mark + claim.quantity.unit.name


def _signed(claim: Claim) -> str:
    return ("-" if claim.sign < 0 else "") + show(claim)


def check_growth_from_change(statements: Statements) -> Iterator[Finding]:
    """完成Y,比上年增加D,增长Z%: the base is Y − D, so Z must be D ÷ (Y − D).

    Example: 税收收入8103万元,比上年增收1284万元,增长18.8%: 1284 ÷ 6819 = 18.83 % → ok.
    Limits: the three must follow each other in one sentence; 同口径 and the like stop the check.
    """
    for claim in statements.claims:
        if claim.kind is not Kind.GROWTH or claim.dimension != PERCENT or claim.series:
            continue
        triple = _change_and_level(statements, claim)
        if triple is None:
            continue
        change, level = triple
        if change.dimension != level.dimension or not comparable(claim, statements):
            continue
        if _PRICE_ADJUSTED.search(level.name):
            continue
        if all(exact(c) for c in (claim, change, level)) and level.link in (
            Link.NONE,
            Link.PART,
            Link.TOTAL,
        ):
            yield from _from_change(statements, claim, change, level)


def _change_and_level(statements: Statements, claim: Claim) -> tuple[Claim, Claim] | None:
    """The change in units beside a growth, and the level before both: Y,增加D,增长Z% or Y,增长Z%,增加D."""
    sentence = [c for c in statements.sentence(claim) if c.depth == claim.depth]
    if len(claim.name) >= 4:
        return None
    at = next(i for i, c in enumerate(sentence) if c is claim)
    earlier = sentence[max(0, at - 2) : at]
    if len(earlier) == 2 and earlier[1].kind is Kind.CHANGE and earlier[0].kind is Kind.LEVEL:
        return earlier[1], earlier[0]
    later = sentence[at + 1 : at + 2]
    if later and later[0].kind is Kind.CHANGE and earlier and earlier[-1].kind is Kind.LEVEL:
        alone = not later[0].name and later[0].dimension == earlier[-1].dimension
        return (later[0], earlier[-1]) if alone else None
    return None


def _from_change(
    statements: Statements, claim: Claim, change: Claim, level: Claim
) -> Iterator[Finding]:
    signed = change.quantity.interval.scaled(Decimal(change.sign))
    base = level.quantity.interval - signed
    span = signed.percent_of(base)
    if span is None or level.quantity.size == change.quantity.size * change.sign:
        return
    stated = printed(claim).scaled(Decimal(claim.sign))
    moved = change.quantity.size * change.sign
    value = moved / (level.quantity.size - moved) * 100
    verdict = Verdict.OK if span.meets(stated) else Verdict.INCONSISTENT
    if change.sign != claim.sign and Interval(-span.high, -span.low).meets(stated):
        verdict = Verdict.INCONSISTENT
    minus = "-" if change.sign > 0 else "+"
    arithmetic = (f"{_signed(change)} ÷ ({show(level)} {minus} {show(change)}) = {number(value)}% "
                  f"{'≈' if verdict is Verdict.OK else '≠'} {_signed(claim)}")  # fmt: skip
    message = "增减额与增幅相符。" if verdict is Verdict.OK else (
        f"按增减额推算增幅应为{number(value, 1)}%, 文中写{_signed(claim)}{slip(span, stated)}。")  # fmt: skip
    yield finding(statements, "growth", verdict, [level, change, claim], arithmetic, message)


def check_target_growth(statements: Statements) -> Iterator[Finding]:
    """目标T,增长Z%: a target and its growth imply a base, which must be last year's result.

    Example: 2021年完成40亿元; 2022年目标44亿元,增长10%: 44 ÷ 40 − 1 = 10 % → ok. Were it 42亿元,增长10%,
    the implied base 38.2 would not be the 40 that the report itself gives → inconsistent.
    Limits: the result must be in the report under the same name or heading, for the year before (or
    in the review part of a report that has a plan part), one value only; indicators whose growth is
    at constant prices (生产总值, 增加值) are left alone.
    """
    for claim in statements.claims:
        if claim.kind is not Kind.GROWTH or claim.dimension != PERCENT or claim.base == "mom":
            continue
        target = _target_before(statements, claim) or _target_after(statements, claim)
        if target is None or not exact(claim) or not exact(target):
            continue
        if not comparable(claim, statements):
            continue
        bases = _bases(statements, target)
        if bases and not any(
            _PRICE_ADJUSTED.search(b.name + target.name + target.heading) for b in bases
        ):
            yield _against_bases(statements, claim, target, bases)


def _target_before(statements: Statements, claim: Claim) -> Claim | None:
    earlier = next(iter(before(statements, claim)), None)
    if (
        earlier is None
        or not earlier.level
        or earlier.dimension in (PERCENT, POINT, MULTIPLE, RANK)
    ):
        return None
    if claim.name and claim.name not in earlier.name + earlier.heading:
        return None
    return earlier if _aimed(statements, earlier) and claim.clause - earlier.clause <= 2 else None


def _target_after(statements: Statements, claim: Claim) -> Claim | None:
    """增长8%,达到520亿元: the level that follows the growth in the next clause, without a name."""
    later = [c for c in statements.sentence(claim) if c.index == claim.index + 1]
    if not later or not later[0].level or later[0].clause != claim.clause + 1:
        return None
    level = later[0]
    reached = re.match(r"[,、]?(?:总[额量])?(?:达到?|完成|实现|突破)", level.left)
    if not reached or not claim.name or level.dimension in (PERCENT, POINT, MULTIPLE, RANK):
        return None
    level.name = level.name or claim.name
    return level if _aimed(statements, level) or _aimed(statements, claim) else None


def _aimed(statements: Statements, claim: Claim) -> bool:
    """Whether a figure is what is aimed at for a coming year."""
    period, year = claim.period, statements.year
    ahead = (
        period is not None and period.year is not None and year is not None and period.year > year
    )
    return claim.planned or (ahead and "目标" in claim.phrase)


def _bases(statements: Statements, target: Claim) -> list[Claim]:
    """Last year's results under the target's own name, or that of its heading."""
    dimension = target.dimension
    named = statements.results(target.name or target.heading, dimension)
    found = [c for c in named if _a_year_before(c, target)]
    if found or target.name:
        return found
    headed = statements.results_under(target.heading, dimension)
    return [c for c in headed if _a_year_before(c, target)][:1]


def _a_year_before(result: Claim, target: Claim) -> bool:
    if result.period is None or target.period is None:
        return True
    if result.period.years > 1 or target.period.years > 1 or result.period.year is None:
        return False
    return result.period.year + 1 == target.period.year and result.period.whole_year


def _against_bases(
    statements: Statements, claim: Claim, target: Claim, bases: list[Claim]
) -> Finding:
    stated = printed(claim).scaled(Decimal(claim.sign))
    base = next((b for b in bases if _grows(target, b, stated)), bases[-1])
    fits = _grows(target, base, stated)
    value = (target.quantity.size / base.quantity.size - 1) * 100
    implied = target.quantity.size / (1 + claim.sign * claim.quantity.value / _HUNDRED)
    verdict = Verdict.OK if fits else Verdict.INCONSISTENT
    if not fits and len({b.quantity.size for b in bases}) > 1:
        verdict = Verdict.AMBIGUOUS
    arithmetic = f"{show(target)} ÷ {show(base)} - 1 = {number(value)}% {'≈' if fits else '≠'} {_signed(claim)}"
    below = "目标低于上年实绩却写增长; " if not fits and value < 0 < claim.sign else ""
    message = "目标与上年实绩、增幅相符。" if fits else (
        f"{below}按{_signed(claim)}倒推上年基数约{number(implied / _scale(target))}{_scaled_unit(target)}, "
        f"而文中上年实绩为{show(base)}, 实际增幅{number(value, 2)}%。")  # fmt: skip
    return finding(statements, "target_growth", verdict, [base, target, claim], arithmetic, message)


def _grows(target: Claim, base: Claim, stated: Interval) -> bool:
    growth = target.quantity.interval.growth_from(base.quantity.interval)
    return growth is not None and growth.meets(stated)


def check_growth_without_base(statements: Statements) -> Iterator[Finding]:
    """同比增长Z% with no base in the report: nothing to recompute, the implied base is given.

    Example: 完成110亿元,同比增长10%: last year's figure would be 100亿元 → uncheckable.
    """
    for claim in statements.claims:
        if claim.kind is not Kind.GROWTH or claim.dimension != PERCENT or claim.planned:
            continue
        level = antecedent(statements, claim)
        if (
            level is None
            or level.dimension in (PERCENT, POINT)
            or level.planned
            or not exact(level)
        ):
            continue
        rate = 1 + claim.sign * claim.quantity.value / _HUNDRED
        if rate <= 0 or level.link in (Link.BASE, Link.REACHED):
            continue
        implied = level.quantity.size / rate / _scale(level) / level.quantity.unit.size
        arithmetic = f"{show(level)} ÷ (1 {'+' if claim.sign > 0 else '-'} {show(claim)}) = {number(implied)}{_scaled_unit(level)}"
        yield finding(statements, "growth_base", Verdict.UNCHECKABLE, [level, claim], arithmetic,
                      "文中没有上年基数, 无法复算; 列出倒推的基数供核对。")  # fmt: skip


def check_multiple(statements: Statements) -> Iterator[Finding]:
    """由X增至Y,增长N倍 is Y ÷ X − 1; 是X的N倍 is Y ÷ X; 翻一番 is twice.

    Example: 由20家增加到60家,增长2倍 → ok; 增长3倍 → inconsistent (60 is three times 20).
    Limits: both ends must be in the sentence.
    """
    for claim in statements.claims:
        if claim.dimension != MULTIPLE or not exact(claim):
            continue
        pair = _ends(statements, claim)
        if pair is None:
            continue
        base, result = pair
        ratio = result.quantity.interval.over(base.quantity.interval)
        if ratio is None:
            continue
        grown = claim.kind is Kind.GROWTH
        span = Interval(ratio.low - grown, ratio.high - grown)
        value = result.quantity.size / base.quantity.size - grown
        verdict = Verdict.OK if span.meets(printed(claim)) else Verdict.INCONSISTENT
        arithmetic = f"{show(result)} ÷ {show(base)}{' - 1' if grown else ''} = {number(value)}"
        message = "倍数与前后两数相符。" if verdict is Verdict.OK else (
            f"应为{number(value, 1)}倍, 文中写{show(claim)}(“增长N倍”与“是N倍”相差一)。")  # fmt: skip
        yield finding(statements, "multiple", verdict, [base, result, claim], arithmetic, message)


_DOUBLED = re.compile(r"翻(?:了)?(?P<near>近|约|超)?(?P<n>[一两二三四])番")


def check_doubling(statements: Statements) -> Iterator[Finding]:
    """由X增至Y,翻N番: Y must be about 2ᴺ times X (within 5 %).

    Example: 由2.3亿元增至4.6亿元,翻一番 → ok; 翻两番 → inconsistent (that would be 9.2).
    Limits: both ends must be in the sentence; 翻近一番 and 翻超一番 are left alone.
    """
    text = statements.document.unified
    for result in statements.claims:
        if result.link is not Link.REACHED or result.kind is not Kind.LEVEL or not exact(result):
            continue
        found = _DOUBLED.search(
            text, result.end, min(statements.sentence_end(result), result.end + 16)
        )
        base = next((c for c in before(statements, result) if c.link is Link.BASE), None)
        if found is None or found["near"] or base is None or base.dimension != result.dimension:
            continue
        ratio = result.quantity.interval.over(base.quantity.interval)
        if ratio is None:
            continue
        times = Decimal(2) ** (1 + "一两三四".index(found["n"].replace("二", "两")))
        fits = ratio.meets(Interval(times * Decimal("0.95"), times * Decimal("1.05")))
        value = result.quantity.size / base.quantity.size
        yield finding(
            statements,
            "multiple",
            Verdict.OK if fits else Verdict.INCONSISTENT,
            [base, result],
            f"{show(result)} ÷ {show(base)} = {number(value)} {'≈' if fits else '≠'} {times}",
            f"“{found.group()}”是{times}倍, 实为{number(value)}倍。"
            if not fits
            else "倍数与前后两数相符。",
        )
