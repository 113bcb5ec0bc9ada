"""Buttons that move a report on or back, and the page of its findings."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.desks.briefing.access import Purpose, access_report, may
from shangheng.desks.briefing.forms import ReasonForm
from shangheng.desks.briefing.models import CannotDo, State
from shangheng.desks.briefing.services import approving
from shangheng.desks.briefing.views.page import page_of


@permission_required("briefing.check")
@require_POST
def report_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm text and figures."""
    return _act(
        request, pk, "check", approving.check_report, _("核稿通过，等待签发。"), seen=_seen(request)
    )


@permission_required("briefing.sign")
@require_POST
def report_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign."""
    return _act(
        request, pk, "sign", approving.sign_report, _("已签发，等待印发。"), seen=_seen(request)
    )


@permission_required("briefing.issue")
@require_POST
def report_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue."""
    said = _("已印发。台账今后若改动其中的数字，本页会提示。")
    return _act(request, pk, "issue", approving.issue_report, said)


@permission_required("briefing.view")
@require_POST
def report_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own last step."""
    return _act(request, pk, "view", approving.undo, _("已撤销上一步。"))


@permission_required("briefing.issue")
@require_POST
def report_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an issued report back, with a reason."""
    reason = request.POST.get("reason", "")
    said = _("已撤回，材料仍可查看，并注明已撤回。")
    return _act(request, pk, "issue", approving.withdraw_report, said, reason=reason)


@permission_required("briefing.view")
@require_POST
def report_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a report back to its writer: for whoever may check or sign it."""
    user = person_of(request)
    report = access_report(actor=user, pk=pk)
    if not (may(user, report, "check") or may(user, report, "sign")):
        raise PermissionDenied
    reason = request.POST.get("reason", "")
    return _act(request, pk, "view", approving.send_back, _("已退回起草人。"), reason=reason)


@permission_required("briefing.view")
@require_http_methods(["GET", "HEAD", "POST"])
def report_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything found; whoever may sign can answer for it here, with a reason."""
    user, now = person_of(request), timezone.now()
    report = access_report(actor=user, pk=pk, to="sign" if request.method == "POST" else "view")
    form = ReasonForm(request.POST or None)
    status = 200
    if request.method == "POST":
        keys = request.POST.getlist("key")
        try:
            waivers = approving.waive(
                actor=user,
                at=now,
                report=report,
                keys=keys,
                reason=request.POST.get("reason", ""),
            )
        except CannotDo as refusal:
            form.add_error(None, refusal.told(_))
            status = 422
        else:
            messages.success(request, _("已说明理由放行%d项。") % len(waivers))
            return redirect("report-findings", pk)
    context = {**page_of(user, report, now=now), "form": form, "signing": State.CHECKED}
    context["chosen"] = request.POST.getlist("key")
    return render(request, "briefing/findings.html", context, status=status)


def _seen(request: HttpRequest) -> int:
    """The build that stood on the page; 0, which is none, for a page that does not say."""
    build = request.POST.get("build", "")
    return int(build) if build.isascii() and build.isdigit() and len(build) < 19 else 0


def _act(
    request: HttpRequest,
    pk: int,
    to: Purpose,
    service: Callable[..., Any],
    said: str,
    **more: object,
) -> HttpResponse:
    user = person_of(request)
    report = access_report(actor=user, pk=pk, to=to)
    try:
        service(actor=user, at=timezone.now(), report=report, **more)
    except CannotDo as refusal:
        messages.error(request, refusal.told(_))
    else:
        messages.success(request, said)
    return redirect("report", pk)
