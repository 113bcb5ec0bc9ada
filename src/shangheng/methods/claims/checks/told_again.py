"""A growth, a rate or an average that is told twice within a few sentences, with two values."""

import re
from collections.abc import Iterator

from shangheng.methods.claims.checks.base import before, comparable, exact, finding, show
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_APART = 3
_PLAIN = re.compile(r"平均|年均|全[年市区县省]|\d+|[的了同环比]|增[速幅长]|累计|完成|实现")
_OTHER = re.compile(r"实际|名义|累计|季度?|月|其中|年均|可比|分别|拉动|贡献")


def check_told_again(statements: Statements, settled: set[int]) -> Iterator[Finding]:
    """可支配收入31200元,增长5.2%。…可支配收入增长6.1%: one growth has one value.

    Example: 浓度为31微克。…年均浓度降至35微克 → inconsistent. Limits: the same name of four or more characters, at most
    three sentences apart in one paragraph, for one period, with nothing that makes them two things.
    """
    last: dict[tuple[object, ...], Claim] = {}
    for claim in statements.of_kind(Kind.GROWTH, Kind.AVERAGE, Kind.RATE):
        subject = _subject(statements, claim)
        if len(subject) < 4 or claim.planned or claim.depth or claim.series or not exact(claim):
            continue
        if claim.link is Link.BASE or (claim.kind is Kind.RATE and claim.link is not Link.NONE):
            continue
        key = (subject, claim.kind, claim.dimension, claim.period, claim.sign)
        one, last[key] = last.get(key), claim
        if (
            one is None
            or one.block is not claim.block
            or not 1 <= claim.sentence - one.sentence <= _APART
        ):
            continue
        if _OTHER.search(one.phrase + claim.phrase) or not (
            comparable(one, statements) and comparable(claim, statements)
        ):
            continue
        fits = one.quantity.interval.meets(claim.quantity.interval)
        yield finding(statements, "same_fact", Verdict.OK if fits else Verdict.INCONSISTENT, [one, claim],
                      f"{show(one)} {'=' if fits else '≠'} {show(claim)}",
                      say("总数与前文一致。") if fits else say("“%(one)s”两处数字不一致: %(one2)s与%(other)s%(hint)s。", one=subject, one2=show(one), other=show(claim), hint=""))  # fmt: skip


def _subject(statements: Statements, claim: Claim) -> str:
    """What a figure is of: its own name, or that of the level just before its growth."""
    name = claim.name
    if not name and claim.kind is Kind.GROWTH:
        level = next((c for c in before(statements, claim) if c.kind is not Kind.GROWTH), None)
        name = level.name if level is not None and level.index == claim.index - 1 else ""
    return _PLAIN.sub("", wording.core(name))
