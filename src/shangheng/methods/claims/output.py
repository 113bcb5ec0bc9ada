"""The findings of an audit as plain data, for JSON and for an interface."""

from typing import TypedDict

from shangheng.methods.claims.audit import Audit
from shangheng.methods.claims.findings import Finding


class FindingData(TypedDict):
    """One finding; spans are [start, end) in the characters of the text that was read."""

    check: str
    verdict: str
    severity: str
    spans: list[list[int]]
    quote: str
    arithmetic: str
    message: str
    fingerprint: str


class CoverageData(TypedDict):
    """Quantities read, understood, and used in a relation."""

    quantities: int
    understood: int
    checked: int


class NoteData(TypedDict):
    """What was left out while reading."""

    code: str
    message: str
    spans: list[list[int]]


class AuditData(TypedDict):
    """A whole audit."""

    claims: list[FindingData]
    coverage: CoverageData
    notes: list[NoteData]


def audit_data(audit: Audit) -> AuditData:
    """The audit as data: `claims`, `coverage`, and `notes` about what was not audited."""
    coverage = audit.coverage
    return {
        "claims": [finding_data(f) for f in audit.findings],
        "coverage": {
            "quantities": coverage.quantities,
            "understood": coverage.understood,
            "checked": coverage.checked,
        },
        "notes": [
            {"code": n.code, "message": n.message, "spans": [[s, e] for s, e in n.spans]}
            for n in audit.document.notes
        ],
    }


def finding_data(finding: Finding) -> FindingData:
    """One finding as data."""
    return {
        "check": finding.check,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "spans": [[start, end] for start, end in finding.spans],
        "quote": finding.quote,
        "arithmetic": finding.arithmetic,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
    }
