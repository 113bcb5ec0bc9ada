"""Findings as they were kept with a build, and who answered for which."""

from collections.abc import Iterable
from dataclasses import dataclass

from shangheng.desks.briefing.domain.findings import Finding, standing
from shangheng.desks.briefing.models import Build, Report, Waiver


@dataclass(frozen=True)
class Answered:
    """A finding with the waiver that lets it pass, if there is one."""

    finding: Finding
    waiver: Waiver | None = None

    @property
    def stops(self) -> bool:
        """Whether it stops a signature now."""
        return self.finding.severity == "error" and self.waiver is None


def stored_findings(build: Build) -> tuple[Finding, ...]:
    """What was found when the build was pinned."""
    return tuple(Finding(**row) for row in build.findings)


def open_findings(report: Report, build: Build) -> tuple[Finding, ...]:
    """Those that stop a signature."""
    waived = set(report.waivers.values_list("digest", flat=True))
    return standing(stored_findings(build), waived)


def answered(report: Report, findings: Iterable[Finding]) -> list[Answered]:
    """Findings with their waivers, those that stop first."""
    waivers = {row.digest: row for row in report.waivers.select_related("actor")}
    result = [Answered(finding, waivers.get(finding.digest)) for finding in findings]
    return sorted(result, key=lambda item: (not item.stops, item.finding.severity != "error"))
