"""Files of a report: Word, PDF and text, and the record of who took them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.desks.briefing.domain.edition import Edition
from shangheng.desks.briefing.models import Report, State
from shangheng.desks.briefing.selectors.editions import edition_of
from shangheng.desks.briefing.services.recording import record
from shangheng.methods.documents.fonts import FontPlan, plan_fonts
from shangheng.methods.documents.pdf import to_pdf
from shangheng.methods.documents.plain import to_text
from shangheng.methods.documents.word import to_docx

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class File:
    """A file of a report and what its reader must be told."""

    name: str
    content: bytes
    media_type: str
    warnings: tuple[str, ...] = ()


def render(edition: Edition, kind: str, *, signed_on: date | None = None) -> File:
    """The edition as `docx`, `pdf` or `txt`; without the day of the signature it says 送审稿."""
    document = edition.document(date=signed_on, draft=signed_on is None)
    name = f"{edition.title}.{kind}"
    if kind == "txt":
        return File(name, to_text(document).encode(), MEDIA[kind])
    plan, warnings = _fonts()
    if kind == "docx":
        return File(name, to_docx(document, plan.names), MEDIA[kind], warnings)
    pdf = to_pdf(document, plan)
    told = dict.fromkeys([*warnings, *map(str, pdf.warnings)])
    return File(name, pdf.content, MEDIA[kind], tuple(told))


@transaction.atomic
def download(*, actor: User, at: datetime, report: Report, kind: str) -> File:
    """The pinned build of a report as a file; leaves an audit row. Raises LookupError without one."""
    if report.build is None:
        raise LookupError(f"report {report.pk} has no build")
    file = render(edition_of(report.build), kind, signed_on=signed_on(report))
    after = {"kind": kind, "build": report.build_id}
    record(actor=actor, at=at, act="download", report=report, after=after)
    return file


def signed_on(report: Report) -> date | None:
    """The day of the signature (成文日期), or None while the report is unsigned."""
    if report.state in {State.DRAFT, State.CHECKED}:
        return None
    last = report.steps.filter(act="sign", build=report.build).order_by("-pk").first()
    return timezone.localtime(last.at).date() if last else None


def font_warnings() -> tuple[str, ...]:
    """Which fonts of the settings are missing on this machine, and what stands in for them."""
    return _fonts()[1]


def _fonts() -> tuple[FontPlan, tuple[str, ...]]:
    folders = tuple(settings.REPORT_FONT_DIRS)
    present = tuple(folder for folder in folders if folder.is_dir())
    gone = [
        _("字体目录不存在：%s，请检查设置 SHANGHENG_FONT_DIRS。") % folder
        for folder in folders
        if folder not in present
    ]
    plan = plan_fonts(settings.REPORT_FONTS, present)
    return plan, (*gone, *map(str, plan.warnings))
