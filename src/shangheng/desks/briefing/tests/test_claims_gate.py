"""A finding dismissed on the page of the audit stops no signature, one confirmed again does."""

from shangheng.core.accounts.models import User
from shangheng.desks.briefing.models import Build, ClaimsAudit, Decision, Report
from shangheng.desks.briefing.selectors.editions import edition_of
from shangheng.desks.briefing.selectors.findings import answered, open_findings, stored_findings
from shangheng.desks.briefing.selectors.proofing import as_read
from shangheng.desks.briefing.services import approving
from shangheng.desks.briefing.services.claims import decide, keep_text
from shangheng.desks.briefing.tests.test_approving import AT, SHARE, checked


def _kept(writer: User, report: Report, built: Build) -> ClaimsAudit:
    return keep_text(actor=writer, at=AT, document=as_read(edition_of(built)), report=report)


def test_a_dismissal_in_the_audit_of_a_report_opens_its_gate(
    writer: User, checker: User, director: User
) -> None:
    report = checked(writer, checker, SHARE)
    assert report.build is not None
    [found] = open_findings(report, report.build)
    kept = _kept(writer, report, report.build)
    fingerprint = found.key.removeprefix("claims:")
    decide(
        actor=writer,
        at=AT,
        row=kept,
        fingerprint=fingerprint,
        decision=Decision.DISMISSED,
        reason="另有口径",
    )
    assert open_findings(report, report.build) == ()
    [told] = answered(report, stored_findings(report.build))
    assert told.waiver is not None
    assert not told.stops
    assert told.waiver.reason == "另有口径"
    approving.sign_report(actor=director, at=AT, report=report)


def test_what_is_confirmed_after_a_dismissal_stops_again(writer: User, checker: User) -> None:
    report = checked(writer, checker, SHARE)
    assert report.build is not None
    [found] = open_findings(report, report.build)
    kept = _kept(writer, report, report.build)
    fingerprint = found.key.removeprefix("claims:")
    for decision in (Decision.DISMISSED, Decision.CONFIRMED):
        decide(
            actor=writer,
            at=AT,
            row=kept,
            fingerprint=fingerprint,
            decision=decision,
            reason="另有口径",
        )
    assert open_findings(report, report.build) == (found,)


def test_a_dismissal_in_the_audit_of_another_text_opens_nothing(
    writer: User, checker: User
) -> None:
    report = checked(writer, checker, SHARE)
    assert report.build is not None
    [found] = open_findings(report, report.build)
    kept = keep_text(actor=writer, at=AT, document=as_read(edition_of(report.build)))
    decide(
        actor=writer,
        at=AT,
        row=kept,
        fingerprint=found.key.removeprefix("claims:"),
        decision=Decision.DISMISSED,
        reason="另有口径",
    )
    assert open_findings(report, report.build) == (found,)
