"""The result of an audit of figures as files, and as data for other programs."""

import base64
import binascii
import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.desks.briefing.access import access_audit
from shangheng.desks.briefing.domain.claims_text import TooLong, read_file, read_text
from shangheng.desks.briefing.selectors.claims_ledger import against_ledger
from shangheng.desks.briefing.services.claims import download_audit
from shangheng.methods.claims.audit import audit
from shangheng.methods.claims.output import audit_data
from shangheng.methods.claims.reading.document import Document, UnreadableReport


class BadCall(ValueError):
    """A call that cannot be understood; the message says how it has to be."""


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


@permission_required("briefing.view")
@require_POST
def claims_api(request: HttpRequest) -> HttpResponse:
    """Audit a text and keep nothing: {"text"} or {"name", "file" in base64} in, findings out.

    With "against_ledger": false the ledger is left aside. 400 for a call that cannot be understood,
    413 for one that is too large, 422 for a file that cannot be read; {"error"} says why.
    """
    try:
        asked = _asked(request)
        document = _document(asked)
    except RequestDataTooBig:
        return _refused(_("内容太大，请在网页上传文件，或拆分后再审核。"), 413)
    except BadCall as refusal:
        return _refused(str(refusal), 400)
    except TooLong as refusal:
        return _refused(refusal.told(_), 413)
    except UnreadableReport as refusal:
        return _refused(str(refusal), 422)
    found = audit(document)
    if asked.get("against_ledger", True):
        found = against_ledger(found, now=timezone.now())
    return JsonResponse(dict(audit_data(found)), json_dumps_params={"ensure_ascii": False})


def _asked(request: HttpRequest) -> dict[str, Any]:
    try:
        asked = json.loads(request.body)
    except ValueError:
        raise BadCall(_("内容不是 JSON。")) from None
    if not isinstance(asked, dict):
        raise BadCall(_("内容要是一个 JSON 对象，有 text，或者有 name 和 file。"))
    return asked


def _document(asked: dict[str, Any]) -> Document:
    text, file, name = asked.get("text"), asked.get("file"), asked.get("name", "")
    if isinstance(text, str) and file is None:
        return read_text(text)
    if not (isinstance(file, str) and isinstance(name, str) and text is None):
        raise BadCall(_("内容要是一个 JSON 对象，有 text，或者有 name 和 file。"))
    try:
        content = base64.b64decode(file, validate=True)
    except binascii.Error:
        raise BadCall(_("file 要用 base64 写。")) from None
    return read_file(name, content)


def _refused(why: str, status: int) -> JsonResponse:
    return JsonResponse({"error": why}, status=status, json_dumps_params={"ensure_ascii": False})


def _file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    user = person_of(request)
    row = access_audit(actor=user, pk=pk)
    file = download_audit(actor=user, at=timezone.now(), row=row, kind=kind)
    response = HttpResponse(file.content, content_type=file.media_type)
    header = content_disposition_header(as_attachment=True, filename=file.name)
    if header:
        response["Content-Disposition"] = header
    return response
