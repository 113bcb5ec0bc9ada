"""Average growth a year between two years that are named: 由2020年的400亿元增加到2025年的520亿元,年均增长5.4%."""

import re
from collections.abc import Iterator
from decimal import Decimal

from shangheng.methods.claims.checks.base import (
    before,
    exact,
    finding,
    number,
    printed,
    show,
    signed,
)
from shangheng.methods.claims.checks.growth import PRICE_ADJUSTED
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.units import PERCENT
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_ADJUSTED = re.compile(f"{PRICE_ADJUSTED.pattern}|可比|不变价|剔除|扣除|实际增长|口径|名义")
_IN_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:年?[末底])?的?$")


def check_yearly_growth(statements: Statements) -> Iterator[Finding]:
    """由2020年的400亿元增加到2025年的520亿元,年均增长5.4%: the rate that, year upon year, makes the one of the other.

    Example: (520 ÷ 400)^(1/5) − 1 = 5.39 % → ok; 年均增长6% → inconsistent; the plain mean 30 % ÷ 5 = 6 % is not it.
    Limits: base and result follow each other in the sentence, each with its year just before it; nothing at constant
    or comparable prices.
    """
    for claim in statements.of_kind(Kind.GROWTH):
        if claim.dimension != PERCENT or "年均" not in claim.left or not exact(claim):
            continue
        ends = list(before(statements, claim))[:2]
        if len(ends) < 2 or not _follow(ends[1], ends[0], claim):
            continue
        result, base = ends
        years = [_IN_YEAR.search(statements.document.unified, c.start - 12, c.start) for c in ends]
        if (
            not years[0]
            or not years[1]
            or _ADJUSTED.search(statements.between(base, claim) + base.left)
        ):
            continue
        count = int(years[0]["year"]) - int(years[1]["year"])
        times = result.quantity.interval.over(base.quantity.interval)
        if count < 2 or times is None or times.low <= 0:
            continue
        span = Interval(_yearly(times.low, count), _yearly(times.high, count))
        fits = span.meets(printed(claim).scaled(Decimal(claim.sign)))
        value = number(_yearly(result.quantity.size / base.quantity.size, count))
        yield finding(statements, "growth", Verdict.OK if fits else Verdict.INCONSISTENT, [base, result, claim],
                      f"({show(result)} ÷ {show(base)})^(1/{count}) - 1 = {value}% {'≈' if fits else '≠'} {signed(claim)}",
                      say("年均增长与首末两年相符。") if fits else say("按首末两年计算年均增长应为%(value)s%%, 文中写%(claim)s。", value=value, claim=signed(claim)))  # fmt: skip


def _follow(base: Claim, result: Claim, claim: Claim) -> bool:
    """Whether a base, what it became and the growth follow each other."""
    linked = base.link is Link.BASE and result.link is Link.REACHED
    next_to = base.index + 2 == result.index + 1 == claim.index
    return (
        linked and next_to and base.dimension == result.dimension and exact(base) and exact(result)
    )


def _yearly(times: Decimal, years: int) -> Decimal:
    """The rate in percent that gives `times` after so many years."""
    return (times ** (1 / Decimal(years)) - 1) * 100
