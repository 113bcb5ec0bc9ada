"""Operations: the audit of figures, for programs that keep their reports themselves."""

from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from shangheng.core.accounts.access import permission_required
from shangheng.core.api import problems, routers
from shangheng.core.api.wording import lazy as _
from shangheng.core.exchange.scanning import NotClean
from shangheng.desks.briefing import api_approving
from shangheng.desks.briefing.domain.claims_text import TooLong, read_text
from shangheng.desks.briefing.selectors.claims_ledger import against_ledger
from shangheng.desks.briefing.services.claims import read_upload
from shangheng.methods.claims.audit import audit
from shangheng.methods.claims.output import AuditData, audit_data
from shangheng.methods.claims.reading.document import Document, UnreadableReport

router = Router(tags=["briefing"])


class FindingOut(Schema):
    """One relation between figures, recomputed."""

    check: str = Field(description=_("核对的种类，见说明文档。"))
    verdict: Literal["ok", "inconsistent", "ambiguous", "unsupported", "uncheckable"]
    severity: Literal["major", "minor", "editorial"]
    spans: list[list[int]] = Field(description=_("所涉文字的起止字符，左闭右开。"))
    quote: str
    arithmetic: str
    message: str
    fingerprint: str = Field(description=_("只随这一处文字而变，别处改动不影响。"))


class CoverageOut(Schema):
    """Quantities read, understood, and used in a relation."""

    quantities: int
    understood: int
    checked: int


class NoteOut(Schema):
    """What of the text was left out."""

    code: str
    message: str
    spans: list[list[int]]


class AuditOut(Schema):
    """Everything found in a report, with how much of it was read."""

    claims: list[FindingOut]
    coverage: CoverageOut
    notes: list[NoteOut]


def document_of(text: str, file: UploadedFile | None) -> Document:
    """The text that was sent, or that of the file. Raises what `problems` tells."""
    if (file is None) == (not text):
        raise problems.wrong("file", str(_("请给出 text 或 file，只给一样。")))
    return read_text(text) if file is None else read_upload(file.name or "", file.read())


@router.post("claims/check", response=AuditOut, summary=_("审核一份材料里的数字"))
@permission_required("briefing.view")
def check_claims(
    request: HttpRequest,
    text: Annotated[str, Form(description=_("材料的文字；或者上传 file。"))] = "",
    file: Annotated[
        UploadedFile | None, File(description=_("txt、docx、xlsx、html 或 pdf。"))
    ] = None,
    ledger: Annotated[bool, Form(description=_("是否与台账核对。"))] = True,
) -> AuditData:
    """Audit a text or a file and keep nothing of it."""
    document = document_of(text, file)
    found = audit(document)
    if ledger:
        found = against_ledger(found, now=timezone.now())
    return audit_data(found)


def register_api() -> None:
    """Called once, when the desk is ready."""
    routers.register("briefing", router)
    routers.register("briefing", api_approving.router)
    problems.tell(UnreadableReport, lambda error: problems.wrong("file", str(error)))
    problems.tell(NotClean, lambda error: problems.wrong("file", str(error)))
    problems.tell(TooLong, _too_long)


def _too_long(error: TooLong) -> problems.Problem:
    told = error.told(gettext)
    return problems.Problem(413, told) if error.values else problems.wrong("text", told)
