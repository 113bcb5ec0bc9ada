"""Files of a report; each download leaves an audit row."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.desks.briefing.access import access_report
from shangheng.desks.briefing.services.downloads import download


@permission_required("briefing.view")
@require_GET
def report_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as Word."""
    return _file(request, pk, "docx")


@permission_required("briefing.view")
@require_GET
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as PDF."""
    return _file(request, pk, "pdf")


@permission_required("briefing.view")
@require_GET
def report_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as plain text."""
    return _file(request, pk, "txt")


def _file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    user = person_of(request)
    report = access_report(actor=user, pk=pk)
    if report.build is None:
        messages.warning(request, _("还没有生成定稿，生成之后才能下载。"))
        return redirect("report", pk)
    file = download(actor=user, at=timezone.now(), report=report, kind=kind)
    response = HttpResponse(file.content, content_type=file.media_type)
    header = content_disposition_header(as_attachment=True, filename=file.name)
    if header:
        response["Content-Disposition"] = header
    return response
