"""The only doors to a report and to an audit of figures."""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.desks.briefing.models import ClaimsAudit, Report
from shangheng.desks.briefing.selectors.claims import visible_audits
from shangheng.desks.briefing.selectors.reports import visible_to

Purpose = Literal["view", "write", "check", "sign", "issue"]


def access_report(*, actor: User, pk: int, to: Purpose = "view") -> Report:
    """The report, when `actor` may do that with it.

    Raises Http404 for a report that they may not even see, PermissionDenied for one that they may.
    """
    report = visible_to(actor).filter(pk=pk).first()
    if report is None:
        raise Http404
    if not may(actor, report, to):
        raise PermissionDenied
    return report


def may(actor: User, report: Report, to: Purpose) -> bool:
    """Whether `actor` may do that with a report that they see."""
    scope = scope_of(actor, f"briefing.{to}")
    return scope.covers(unit_id=report.unit_id, owner_id=report.owner_id)


def access_audit(*, actor: User, pk: int, to: Purpose = "view") -> ClaimsAudit:
    """The audit of figures, when `actor` may do that with it. Raises Http404, PermissionDenied."""
    row = visible_audits(actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    scope = scope_of(actor, f"briefing.{to}")
    if not scope.covers(unit_id=row.unit_id, owner_id=row.created_by_id):
        raise PermissionDenied
    return row
