"""The result of an audit of figures as files."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.desks.briefing.access import access_audit
from shangheng.desks.briefing.services.claims import download_audit


@permission_required("briefing.view")
@require_GET
def claims_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as Word, with a comment at each figure that does not hold."""
    return _file(request, pk, "docx")


@permission_required("briefing.view")
@require_GET
def claims_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Every finding as a list."""
    return _file(request, pk, "xlsx")


@permission_required("briefing.view")
@require_GET
def claims_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Every finding as data."""
    return _file(request, pk, "json")


def _file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    user = person_of(request)
    row = access_audit(actor=user, pk=pk)
    file = download_audit(actor=user, at=timezone.now(), row=row, kind=kind)
    response = HttpResponse(file.content, content_type=file.media_type)
    header = content_disposition_header(as_attachment=True, filename=file.name)
    if header:
        response["Content-Disposition"] = header
    return response
