"""Pages of the audit of figures: the list, a new text, the text with what was found."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangheng.core.accounts.access import allows, permission_required, person_of
from shangheng.core.exchange.scanning import NotClean
from shangheng.core.lists.showing import show
from shangheng.desks.briefing.access import access_audit, access_report
from shangheng.desks.briefing.domain.claims_text import TooLong, fitting, read_text
from shangheng.desks.briefing.forms import ClaimsForm
from shangheng.desks.briefing.listings.claims import CLAIMS
from shangheng.desks.briefing.models import CannotDo, ClaimsAudit, Decision, Report
from shangheng.desks.briefing.selectors import claims as selectors
from shangheng.desks.briefing.selectors.building import build
from shangheng.desks.briefing.selectors.editions import edition_of
from shangheng.desks.briefing.selectors.proofing import as_read
from shangheng.desks.briefing.services import claims as services
from shangheng.desks.briefing.services.writing import brief_of, latest
from shangheng.methods.claims.reading.document import Document, UnreadableReport


@permission_required("briefing.view")
@require_safe
def claims_list(request: HttpRequest) -> HttpResponse:
    """Every audit that the person may see."""
    return show(request, CLAIMS, template="briefing/claims_list.html")


@permission_required("briefing.write")
@require_http_methods(["GET", "HEAD", "POST"])
def claims_new(request: HttpRequest) -> HttpResponse:
    """Paste or upload a text; `after` names the audit whose text was edited."""
    user = person_of(request)
    after = request.GET.get("after", "")
    before = access_audit(actor=user, pk=int(after), to="write") if after.isdecimal() else None
    initial = {"title": before.title, "text": before.text} if before else {}
    sent = request.method == "POST"
    form = ClaimsForm(
        request.POST if sent else None, request.FILES if sent else None, initial=initial
    )
    if form.is_valid():
        document = _document(form)
        if document is not None:
            upload = form.cleaned_data["file"]
            row = services.keep_text(
                actor=user,
                at=timezone.now(),
                document=document,
                title=form.cleaned_data["title"],
                name=upload.name if upload else "",
                predecessor=before,
            )
            return redirect("claims-audit", row.pk)
    context = {"form": form, "before": before}
    return render(request, "briefing/claims_new.html", context, status=422 if form.errors else 200)


@permission_required("briefing.view")
@require_safe
def claims_audit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with every figure that does not hold, and why."""
    return _page(request, access_audit(actor=person_of(request), pk=pk))


@permission_required("briefing.write")
@require_POST
def claims_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or dismiss one finding."""
    user = person_of(request)
    row = access_audit(actor=user, pk=pk, to="write")
    fingerprint = request.POST.get("fingerprint", "")
    try:
        services.decide(
            actor=user,
            at=timezone.now(),
            row=row,
            fingerprint=fingerprint,
            decision=request.POST.get("decision", ""),
            reason=request.POST.get("reason", ""),
        )
    except CannotDo as refusal:
        messages.error(request, refusal.told(_))
        return _page(request, row, status=422)
    messages.success(request, _("已记下，同一处文字再次审核时沿用。"))
    query = request.GET.urlencode()
    return redirect(reverse("claims-audit", args=[pk]) + (f"?{query}" if query else ""))


@permission_required("briefing.write")
@require_POST
def report_claims(request: HttpRequest, pk: int) -> HttpResponse:
    """Audit the text of a report of this desk, after the one audited before it."""
    user = person_of(request)
    report = access_report(actor=user, pk=pk, to="write")
    printed = _printed(report)
    if printed is None:
        messages.error(request, _("正文有写错的地方，改好之后才能审核。"))
        return redirect("report", pk)
    try:
        document = fitting(printed)
    except TooLong as refusal:
        messages.error(request, refusal.told(_))
        return redirect("report", pk)
    last = selectors.visible_audits(user).filter(report=report).first()
    if last is not None and last.text == document.text:
        return redirect("claims-audit", last.pk)
    row = services.keep_text(
        actor=user,
        at=timezone.now(),
        document=document,
        title=report.title,
        predecessor=last,
        report=report,
    )
    return redirect("claims-audit", row.pk)


def _printed(report: Report) -> Document | None:
    """A report as it prints, without the annex of its figures; None where it cannot be read."""
    if report.build is not None:
        return as_read(edition_of(report.build))
    edition = build(brief_of(report, latest(report)), known_at=timezone.now()).edition
    return as_read(edition) if edition else None


def _document(form: ClaimsForm) -> Document | None:
    upload = form.cleaned_data["file"]
    try:
        if upload:
            return services.read_upload(upload.name, upload.read())
        return read_text(form.cleaned_data["text"])
    except (UnreadableReport, NotClean) as refusal:
        form.add_error("file", str(refusal))
    except TooLong as refusal:
        form.add_error("file" if upload else "text", refusal.told(_))
    return None


def _page(request: HttpRequest, row: ClaimsAudit, status: int = 200) -> HttpResponse:
    user = person_of(request)
    verdict, severity = request.GET.get("verdict", ""), request.GET.get("severity", "")
    page = selectors.audit_page(row, now=timezone.now(), verdict=verdict, severity=severity)
    context = {
        "row": row,
        "found": page,
        "verdict_names": selectors.VERDICTS,
        "severity_names": selectors.SEVERITIES,
        "decisions": Decision,
        "successor": row.successors.order_by("-pk").first(),
        "may_write": allows(user, "briefing.write"),
        "query": request.GET.urlencode(),
    }
    return render(request, "briefing/claims_audit.html", context, status=status)
