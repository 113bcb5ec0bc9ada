"""What the ledger says to a claim: as known on the report's date and as known now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from shangheng.desks.briefing.domain.claims_match import Match, Measure
from shangheng.engines.ledger.domain.units import plain, rounded
from shangheng.methods.claims.audit import Audit
from shangheng.methods.claims.findings import Finding, Severity, Verdict, with_fingerprints
from shangheng.methods.wording import say

CHECK = "ledger"


@dataclass(frozen=True)
class Held:
    """What the ledger holds as known on a day, in its own unit; `claimed` counts what is pending."""

    day: date
    value: Decimal | None
    claimed: Decimal | None = None


def judge(match: Match, text: str, held: Sequence[Held]) -> Finding:
    """The finding on one claim; `held` is in order of days, the last one is now."""
    verdict, message = _verdict(match, held)
    claim = match.claim
    told = "；".join(_told(match, each) for each in held)  # zh-data: parts of an arithmetic
    stated = text[claim.start : claim.end]
    return Finding(
        check=CHECK,
        verdict=verdict,
        severity=Severity.MAJOR,
        spans=((claim.start, claim.end),),
        quote=_quote(text, claim.start, claim.end),
        arithmetic=say("材料%(stated)s；%(told)s", stated=stated, told=told),
        message=f"{_about(match)}{message}",
        claims=(claim.index,),
    )


def with_ledger(audit: Audit, found: Sequence[Finding]) -> Audit:
    """An audit with what the ledger says to it, in order of place; coverage counts both."""
    findings = sorted(
        (*audit.findings, *with_fingerprints(found)), key=lambda f: (f.spans, f.check, f.message)
    )
    used = {i for f in findings if f.verdict is not Verdict.UNCHECKABLE for i in f.claims}
    coverage = replace(audit.coverage, checked=len(used))
    return replace(audit, findings=tuple(findings), coverage=coverage)


def _verdict(match: Match, held: Sequence[Held]) -> tuple[Verdict, str]:
    now, then = held[-1], held[0]
    if now.value is None and then.value is None:
        return Verdict.UNCHECKABLE, say("：台账中没有这个数，无法对照。")
    agrees_now = now.value is not None and match.agrees(now.value)
    agreed = then.value is not None and match.agrees(then.value)
    if agrees_now and (agreed or then.value is None):
        return Verdict.OK, say("与台账相符。")
    if agreed:
        return Verdict.AMBIGUOUS, say("与报告当时的台账相符，台账此后有改动，与现在不符。")
    if agrees_now:
        return Verdict.AMBIGUOUS, say("与现在的台账相符，与报告当时所知的不符。")
    if any(each.claimed is not None and match.agrees(each.claimed) for each in held):
        return Verdict.AMBIGUOUS, say("加上待认定的才是此数，台账已认定的与它不符。")
    return Verdict.INCONSISTENT, say("与台账不符。")


def _about(match: Match) -> str:
    period, name = match.period.name, match.indicator.name
    if match.measure is Measure.GROWTH:
        return say("%(period)s%(name)s同比增长", period=period, name=name)
    if match.measure is Measure.TARGET:
        tier = match.claim.tier
        return say("%(period)s%(name)s%(tier)s目标", period=period, name=name, tier=tier)
    return say("%(period)s%(name)s", period=period, name=name)


def _told(match: Match, held: Held) -> str:
    day = held.day.isoformat()
    if held.value is None:
        return say("按%(day)s所知台账缺数", day=day)
    decimals = 2 if match.measure is Measure.GROWTH else max(match.definition.decimals, 2)
    value = plain(rounded(held.value, decimals))
    return say("按%(day)s所知台账为%(value)s%(unit)s", day=day, value=value, unit=match.unit)


def _quote(text: str, start: int, end: int) -> str:
    """The words of the clause before a figure, and the figure: what a fingerprint is made of."""
    marks = "。！？；，,;!?\n"  # zh-data: ends of clauses
    low = max(start - 40, 0)
    cut = max(text.rfind(mark, low, start) for mark in marks)
    return text[max(cut + 1, low) : end].strip()
