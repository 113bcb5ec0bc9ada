"""The agenda or the minutes of a meeting as a file, and the record of who took it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.exchange.files import File
from shangheng.engines.cases.models import Meeting
from shangheng.engines.cases.selectors.register import paper_of
from shangheng.methods.documents.fonts import plan_fonts
from shangheng.methods.documents.pdf import to_pdf
from shangheng.methods.documents.word import to_docx

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@transaction.atomic
def download_paper(*, actor: User, at: datetime, meeting: Meeting, kind: str) -> File:
    """The agenda, or once it was held the minutes, as `docx` or `pdf`, with what `actor` may see of
    it; leaves an audit row. Raises LookupError for another kind."""
    media = MEDIA[kind]
    document = paper_of(actor, meeting, at.replace(microsecond=0))  # as PDF writes it
    fonts = plan_fonts(
        settings.REPORT_FONTS, tuple(one for one in settings.REPORT_FONT_DIRS if one.is_dir())
    )
    content = to_docx(document, fonts.names) if kind == "docx" else to_pdf(document, fonts).content
    audit.record(
        actor=actor,
        act="cases.meeting.download",
        at=at,
        target=f"cases.meeting:{meeting.pk}",
        label=meeting.title,
        after={"kind": kind},
    )
    return File(f"{document.title}.{kind}", media, content)
