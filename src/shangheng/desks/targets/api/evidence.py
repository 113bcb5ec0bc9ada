"""Operations: vouchers uploaded, listed and handed out."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.api.fields import Key
from shangheng.core.api.own.accounts import UnitBrief, unit_brief
from shangheng.core.api.paging import Page, Paging, paged
from shangheng.core.api.problems import wrong
from shangheng.core.api.versions import made
from shangheng.core.api.wording import lazy as _
from shangheng.desks.targets import words
from shangheng.desks.targets.selectors.documents import named, shown
from shangheng.engines.evidence import services
from shangheng.engines.evidence.access import access_document
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.selectors import visible_to

router = Router(tags=["evidence"])


class DocumentFilters(Paging):
    """Which vouchers."""

    show: Literal["", "unused", "again"] = Field("", description=_("未用的，或多处使用的。"))
    q: str = Field("", max_length=100, description=_("文件名或上传人的一部分。"))


class DocumentOut(Schema):
    """A voucher: never changed once it was handed in."""

    id: int
    name: str
    kind: str
    media_type: str
    size: int
    sha256: str
    unit: UnitBrief | None
    uploaded_by: str
    uploaded_at: datetime
    sample: bool


@router.get("documents", response=Page[DocumentOut], summary=_("凭证"))
@permission_required("evidence.view")
def list_documents(
    request: HttpRequest, response: HttpResponse, filters: Query[DocumentFilters]
) -> dict[str, object]:
    """The vouchers within reach, the latest first."""
    rows = shown(visible_to(person_of(request)), filters.show)
    rows = named(rows, filters.q) if filters.q else rows
    rows = rows.select_related("unit", "uploaded_by")
    return paged(request, response, rows, filters, lambda some: [_document(d) for d in some])


@router.post("documents", response={201: DocumentOut}, summary=_("上传凭证"))
@permission_required("evidence.upload")
def upload_document(
    request: HttpRequest,
    response: HttpResponse,
    file: File[UploadedFile],
    kind: Annotated[str, Form(max_length=60, description=_("凭证种类的代码。"))] = "",
) -> Status[DocumentOut]:
    """Keep a file as a voucher of one's own unit; the name is that of the file."""
    actor = person_of(request)
    if kind and kind not in words.voucher_kinds():
        raise wrong("form.kind", _("没有代码为“%s”的凭证种类。") % kind)
    document = services.store(
        actor=actor,
        at=timezone.now(),
        name=file.name or "",
        content=file.read(),
        kind=kind,
        unit=actor.unit,
    )
    return made(response, _document(document), f"/api/v1/evidence/documents/{document.pk}")


@router.get("documents/{int:pk}", response=DocumentOut, summary=_("一件凭证"))
@permission_required("evidence.view")
def get_document(request: HttpRequest, pk: Key) -> DocumentOut:
    """What is known of a voucher."""
    return _document(access_document(actor=person_of(request), pk=pk))


@router.get(
    "documents/{int:pk}/content",
    summary=_("下载凭证"),
    openapi_extra={"responses": {200: {"content": {"*/*": {}}}}},
)
@permission_required("evidence.view")
def download_document(request: HttpRequest, pk: Key) -> HttpResponse:
    """The bytes that were handed in; the download is written down in the audit."""
    actor = person_of(request)
    document = access_document(actor=actor, pk=pk)
    content = services.download(actor=actor, at=timezone.now(), document=document)
    return HttpResponse(content, headers=services.safe_headers(document))


def _document(document: Document) -> DocumentOut:
    return DocumentOut(
        id=document.pk,
        name=document.name,
        kind=document.kind,
        media_type=document.media_type,
        size=document.size,
        sha256=document.sha256,
        unit=unit_brief(document.unit) if document.unit else None,
        uploaded_by=document.uploaded_by.display_name,
        uploaded_at=document.uploaded_at,
        sample=document.is_sample,
    )
