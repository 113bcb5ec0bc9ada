"""A real report whose claims were checked by hand: everything wrong is found, nothing right accused."""

import csv
import re
from decimal import Decimal

import pytest

from shangheng.methods.claims.audit import Audit
from shangheng.methods.claims.audit import audit as run_audit
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.reading.read import read_report
from shangheng.methods.claims.tests.shared import SHARED

REPORT = SHARED / "reference/2021-work-summary.txt"
CHECKED = SHARED / "reference/2021-claims-checked.csv"
pytestmark = pytest.mark.skipif(not REPORT.exists(), reason="the checked report is not here")


@pytest.fixture(scope="module")
def audited() -> Audit:
    return run_audit(read_report(REPORT.name, REPORT.read_bytes()))


def _claims(verdict: str) -> list[dict[str, str]]:
    with CHECKED.open(encoding="utf-8-sig") as lines:
        return [row for row in csv.DictReader(lines) if row["verdict"] == verdict]


def _figures(words: str) -> set[Decimal]:
    return {Decimal(found).normalize() for found in re.findall(r"\d+(?:\.\d+)?", words)}


def _shown(audited: Audit, finding: Finding) -> str:
    return "".join(audited.document.text[start:end] for start, end in finding.spans)


def test_every_inconsistent_claim_is_found_with_its_arithmetic(audited: Audit) -> None:
    accused = audited.with_verdict(Verdict.INCONSISTENT)
    for claim in _claims("inconsistent"):
        figures = _figures(claim["recomputed"]) if claim["recomputed"] else set()
        about = [f for f in accused if _about(audited, f, claim)]
        assert about, claim["id"]
        if claim["kind"] == "target growth":
            assert any(figures & _figures(f.arithmetic) for f in about), claim["id"]


_KINDS = {
    "same-fact two values": "same_fact",
    "status": "status",
    "entity spelling": "spelling",
    "target growth": "target_growth",
}


def _about(audited: Audit, finding: Finding, claim: dict[str, str]) -> bool:
    if claim["kind"] == "structure":
        return finding.check == ("duplicate_body" if "两次" in claim["quote"] else "numbering")
    if finding.check != _KINDS[claim["kind"]]:
        return False
    if claim["kind"] == "entity spelling":
        names = re.findall(r"[\u4e00-\u9fff]{4}", claim["quote"] + " " + claim["check"])
        return any(name in _shown(audited, finding) for name in names)
    return bool(_figures(claim["quote"]) & _figures(_shown(audited, finding) + finding.quote))


def test_nothing_that_is_right_is_accused(audited: Audit) -> None:
    accused = [
        f for f in audited.with_verdict(Verdict.INCONSISTENT) if f.severity is Severity.MAJOR
    ]
    wrong = [figures for row in _claims("inconsistent") if (figures := _figures(row["quote"]))]
    for finding in accused:
        figures = _figures(_shown(audited, finding))
        assert any(figures & known for known in wrong), finding


def test_the_second_copy_of_the_body_is_dropped_and_said_so(audited: Audit) -> None:
    assert "duplicate_body" in {n.code for n in audited.document.notes}
    duplicated = next(n.spans[0] for n in audited.document.notes if n.code == "duplicate_body")
    inside = [c for c in audited.statements.claims if duplicated[0] <= c.start < duplicated[1]]
    assert not inside


def test_the_further_contradictions_are_reported(audited: Audit) -> None:
    reported = {f.check for f in audited.findings if f.verdict is not Verdict.OK}
    assert {
        "threshold_count", "two_targets", "target_wording", "target_falls", "all_exceeded", "counted_twice",
        "stages_overlap", "remainder_wording", "missing_target", "tier_words", "relative_year", "stale_status",
        "rank_change", "pace_wording", "usage", "doubled_word", "punctuation",
    } <= reported  # fmt: skip
