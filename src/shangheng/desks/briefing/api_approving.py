"""The desk's operations of the API: a report checked, answered for, signed, issued, and every way back."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.api.fields import Key
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.briefing.access import Purpose, access_report, may
from shangheng.desks.briefing.api_reports import ReportOut, place_of, report_out
from shangheng.desks.briefing.models import Report
from shangheng.desks.briefing.services import approving, writing

router = Router(tags=["briefing"])


class ReasonIn(Schema):
    """Why."""

    reason: str = Field(min_length=1, max_length=500)


class WaiverIn(ReasonIn):
    """Findings that somebody answers for."""

    findings: list[str] = Field(min_length=1, max_length=500, description=_("发现的 key。"))


@router.post("reports/{int:pk}/check", response={201: ReportOut}, summary=_("核稿通过"))
@guarded
@permission_required("briefing.check")
def check_report(request: HttpRequest, response: HttpResponse, pk: Key) -> Status[ReportOut]:
    """Confirm text and figures."""
    return _done(request, response, pk, "check", approving.check_report)


@router.post("reports/{int:pk}/waivers", response={201: ReportOut}, summary=_("说明理由放行"))
@guarded
@permission_required("briefing.sign")
def waive_findings(
    request: HttpRequest, response: HttpResponse, pk: Key, body: WaiverIn
) -> Status[ReportOut]:
    """Answer for findings that would stop the signature."""
    return _done(
        request, response, pk, "sign", approving.waive, keys=body.findings, reason=body.reason
    )


@router.post("reports/{int:pk}/signature", response={201: ReportOut}, summary=_("签发材料"))
@guarded
@permission_required("briefing.sign")
def sign_report(request: HttpRequest, response: HttpResponse, pk: Key) -> Status[ReportOut]:
    """Sign a checked report."""
    return _done(request, response, pk, "sign", approving.sign_report)


@router.post("reports/{int:pk}/issue", response={201: ReportOut}, summary=_("印发材料"))
@guarded
@permission_required("briefing.issue")
def issue_report(request: HttpRequest, response: HttpResponse, pk: Key) -> Status[ReportOut]:
    """Issue a signed report."""
    return _done(request, response, pk, "issue", approving.issue_report)


@router.post("reports/{int:pk}/withdrawal", response={201: ReportOut}, summary=_("撤回材料"))
@guarded
@permission_required("briefing.issue")
def withdraw_report(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ReasonIn
) -> Status[ReportOut]:
    """Take an issued report back; it stays readable and says that it was."""
    return _done(request, response, pk, "issue", approving.withdraw_report, reason=body.reason)


@router.post("reports/{int:pk}/return", response={201: ReportOut}, summary=_("退回材料"))
@guarded
@permission_required("briefing.view")
def return_report(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ReasonIn
) -> Status[ReportOut]:
    """Give a report back to its writer: for whoever may check or sign it."""
    actor = person_of(request)
    report = access_report(actor=actor, pk=pk)
    if not (may(actor, report, "check") or may(actor, report, "sign")):
        raise PermissionDenied
    return _done(request, response, pk, "view", approving.send_back, reason=body.reason)


@router.post("reports/{int:pk}/undo", response={201: ReportOut}, summary=_("撤销自己的上一步"))
@guarded
@permission_required("briefing.view")
def undo_step(request: HttpRequest, response: HttpResponse, pk: Key) -> Status[ReportOut]:
    """Take back one's own check or signature while nothing has been issued."""
    return _done(request, response, pk, "view", approving.undo)


@router.post("reports/{int:pk}/revision", response={201: ReportOut}, summary=_("新建修订稿"))
@guarded
@permission_required("briefing.write")
def revise_report(request: HttpRequest, response: HttpResponse, pk: Key) -> Status[ReportOut]:
    """Open a new edition of an issued report; gives that edition."""
    actor = person_of(request)
    report = access_report(actor=actor, pk=pk, to="write")
    with unchanged(request, lambda: report_out(report)):
        revision = writing.revise(actor=actor, at=timezone.now(), report=report)
    return made(response, report_out(revision), place_of(revision))


def _done(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    to: Purpose,
    step: Callable[..., object],
    **more: Any,
) -> Status[ReportOut]:
    """The report after a step on the version that If-Match names."""
    actor = person_of(request)
    report: Report = access_report(actor=actor, pk=pk, to=to)
    with unchanged(request, lambda: report_out(report)):
        step(actor=actor, at=timezone.now(), report=report, **more)
    return made(response, report_out(access_report(actor=actor, pk=pk)), place_of(report))
