"""Findings as they were kept with a build, and who answered for which."""

from collections.abc import Iterable
from dataclasses import dataclass

from shangheng.desks.briefing.domain.findings import Finding, standing
from shangheng.desks.briefing.models import Build, ClaimVerdict, Decision, Report, Waiver


@dataclass(frozen=True)
class Answered:
    """A finding with what lets it pass, if there is something: a waiver, or a dismissal in an audit."""

    finding: Finding
    waiver: Waiver | ClaimVerdict | None = None

    @property
    def stops(self) -> bool:
        """Whether it stops a signature now."""
        return self.finding.severity == "error" and self.waiver is None


def stored_findings(build: Build) -> tuple[Finding, ...]:
    """What was found when the build was pinned."""
    return tuple(Finding(**row) for row in build.findings)


def open_findings(report: Report, build: Build) -> tuple[Finding, ...]:
    """Those that stop a signature."""
    found = stored_findings(build)
    dismissed = dismissals(report, found)
    waived = set(report.waivers.values_list("digest", flat=True))
    return standing((f for f in found if f.key not in dismissed), waived)


def dismissals(report: Report, findings: Iterable[Finding]) -> dict[str, ClaimVerdict]:
    """The figures in doubt that an audit of this report's text has dismissed last, by their keys."""
    keys = {f.key.partition(":")[2]: f.key for f in findings if f.kind == "claims"}
    if not keys:
        return {}
    rows = ClaimVerdict.objects.filter(audit__report=report, fingerprint__in=keys)
    last = {row.fingerprint: row for row in rows.select_related("actor").order_by("pk")}
    return {keys[f]: row for f, row in last.items() if row.decision == Decision.DISMISSED}


def answered(report: Report, findings: Iterable[Finding]) -> list[Answered]:
    """Findings with their waivers, those that stop first."""
    found = list(findings)
    waivers = {row.digest: row for row in report.waivers.select_related("actor")}
    dismissed = dismissals(report, found)
    result = [Answered(f, waivers.get(f.digest) or dismissed.get(f.key)) for f in found]
    return sorted(result, key=lambda item: (not item.stops, item.finding.severity != "error"))
