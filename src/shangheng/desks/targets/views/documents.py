"""Vouchers: the list, one of them with its preview, its pages as pictures, the file itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.lists.showing import show
from shangheng.desks.targets import words
from shangheng.desks.targets.listings.documents import DOCUMENTS
from shangheng.desks.targets.selectors import documents as reading
from shangheng.engines.evidence import services as evidence
from shangheng.engines.evidence.access import access_document
from shangheng.engines.evidence.domain.media import BY_MIME
from shangheng.engines.evidence.domain.preview import ImagePreview, Preview
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.selectors import same_content, visible_to


@permission_required("evidence.view")
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """The vouchers within reach."""
    return show(request, DOCUMENTS)


@permission_required("evidence.view")
@require_safe
def document_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One voucher: what it shows, what stands on it, and whether it was handed in before."""
    reader = person_of(request)
    document = access_document(actor=reader, pk=pk)
    preview, damage = _preview(document, _number(request.GET.get("page", "1")))
    copies = same_content(document)
    context = {
        "document": document,
        "kind": words.kind_word(document.kind),
        "media": _media_word(document),
        "preview": preview,
        "damage": damage,
        "uses": reading.uses([document.sha256], reader)[document.sha256],
        "copies": list(visible_to(reader).filter(pk__in=copies).select_related("uploaded_by")),
        "hidden_copies": copies.exclude(pk__in=visible_to(reader)).count(),
        "replies": reading.replies(document, reader),
        "published": reading.published_in(document),
    }
    return render(request, "targets/document_page.html", context)


@permission_required("evidence.view")
@require_safe
def document_picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page of a voucher as PNG; `?size=small` for lists."""
    document = access_document(actor=person_of(request), pk=pk)
    preview, _damage = _preview(document, number)
    if not isinstance(preview, ImagePreview):
        raise Http404
    small = request.GET.get("size") == "small"
    picture = reading.thumbnail(preview.png) if small else preview.png
    response = HttpResponse(picture, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"  # a document never changes
    return response


@permission_required("evidence.view")
@require_safe
def document_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was handed in, as an attachment; the audit trail says who took it."""
    actor = person_of(request)
    document = access_document(actor=actor, pk=pk)
    try:
        content = evidence.download(actor=actor, at=timezone.now(), document=document)
    except evidence.DamagedEvidence as error:
        return render(request, "targets/document_damaged.html", {"message": str(error)}, status=410)
    return HttpResponse(content, headers=evidence.safe_headers(document))


def _preview(document: Document, number: int) -> tuple[Preview | None, str]:
    """What can be shown, or why the kept file is not handed out."""
    try:
        return evidence.preview(document, number), ""
    except evidence.DamagedEvidence as error:
        return None, str(error)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _media_word(document: Document) -> str:
    media = BY_MIME.get(document.media_type)
    return media.label if media else document.media_type
