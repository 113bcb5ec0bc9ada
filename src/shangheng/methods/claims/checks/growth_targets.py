"""Growth that a target implies, across years and tiers."""

import re
from collections.abc import Iterator
from decimal import Decimal

from shangheng.methods.claims.checks.base import (
    before,
    comparable,
    exact,
    finding,
    number,
    printed,
    scale_of,
    scaled_unit,
    show,
    signed,
)  # fmt: skip
from shangheng.methods.claims.checks.growth import PRICE_ADJUSTED
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.quantity import Bound
from shangheng.methods.claims.quantities.units import MULTIPLE, PERCENT, POINT, RANK
from shangheng.methods.claims.statements.claim import Claim, Kind
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_AIMS = (Bound.EXACT, Bound.OVER)
_WITHOUT_NAME = ("", "总量", "总额", "总规模", "规模", "总值")


def check_target_growth(statements: Statements) -> Iterator[Finding]:
    """目标T,增长Z%: a target and its growth imply a base, which must be last year's result.

    Example: 2021年完成40亿元; 2022年目标44亿元,增长10%: 44 ÷ 40 − 1 = 10 % → ok. Were it 42亿元,增长10%,
    the implied base 38.2 would not be the 40 that the report itself gives → inconsistent.
    Limits: the result must be in the report under the same name or heading, for the year before (or
    in the review part of a report that has a plan part), one value only; indicators whose growth is
    at constant prices (生产总值, 增加值) are left alone.
    """
    for claim in statements.of_kind(Kind.GROWTH):
        if claim.dimension != PERCENT:
            continue
        target = _target_before(statements, claim) or _target_after(statements, claim)
        hoped = exact(claim) or claim.quantity.bound is Bound.ABOUT
        if target is None or not hoped or target.quantity.bound not in _AIMS:
            continue
        if not comparable(claim, statements):
            continue
        bases = _bases(statements, target)
        if bases and not any(
            PRICE_ADJUSTED.search(b.name + target.name + target.heading) for b in bases
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
    reached = re.match(r"[,、]?(?:总[额量值]|总?规模)?(?:达到?|完成|实现|突破)", level.left)
    if not reached or not claim.name or level.dimension in (PERCENT, POINT, MULTIPLE, RANK):
        return None
    level.name = claim.name if level.name in _WITHOUT_NAME else level.name
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
    name = target.name or next(
        (c.name for c in before(statements, target) if c.name), target.heading
    )
    named = statements.results(name, dimension)
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
    if claim.quantity.bound is Bound.ABOUT:
        stated = stated.widened(Decimal(1))
    base = next((b for b in bases if _grows(target, b, stated)), bases[-1])
    fits = _grows(target, base, stated)
    value = (target.quantity.size / base.quantity.size - 1) * 100
    implied = target.quantity.size / (1 + claim.sign * claim.quantity.value / Decimal(100))
    verdict = Verdict.OK if fits else Verdict.INCONSISTENT
    if not fits and len({b.quantity.size for b in bases}) > 1:
        verdict = Verdict.AMBIGUOUS
    arithmetic = f"{show(target)} ÷ {show(base)} - 1 = {number(value)}% {'≈' if fits else '≠'} {signed(claim)}"
    below = say("目标低于上年实绩却写增长; ") if not fits and value < 0 < claim.sign else ""
    message = say("目标与上年实绩、增幅相符。") if fits else (
        say("%(below)s按%(claim)s倒推上年基数约%(implied)s%(scaled_unit)s, 而文中上年实绩为%(base)s, 实际增幅%(value)s%%。", below=below, claim=signed(claim), implied=number(implied / scale_of(target)), scaled_unit=scaled_unit(target), base=show(base), value=number(value, 2)))  # fmt: skip
    return finding(statements, "target_growth", verdict, [base, target, claim], arithmetic, message)


def _grows(target: Claim, base: Claim, stated: Interval) -> bool:
    if target.quantity.bound is Bound.OVER:
        least = Interval(target.quantity.size, target.quantity.size)
        growth = least.growth_from(base.quantity.interval)
        return growth is not None and growth.low <= stated.high
    growth = target.quantity.interval.growth_from(base.quantity.interval)
    return growth is not None and growth.meets(stated)
