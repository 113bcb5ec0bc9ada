"""Holding the kept documents against what the audit says was handed in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shangheng.core.audit.checks import Finding
from shangheng.core.audit.models import Row
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import verify_all


def verify() -> Iterator[Finding]:
    """Documents whose row or file is not what was handed in, that are gone, or that nobody stored."""
    rows = Row.objects.filter(act="evidence.store")
    stored = {int(row.target.partition(":")[2]): row for row in rows}
    for document in Document.objects.order_by("pk").iterator():
        row = stored.pop(document.pk, None)
        if row is None:
            message = _("凭证 #%d 没有留痕记录，不是经由系统保存。") % document.pk
            yield _finding("inserted", document.pk, message)
        elif not _as_stored(document, row):
            yield _finding("altered", document.pk, _("凭证 #%d 与保存时不符。") % document.pk)
    for pk in sorted(stored):
        yield _finding("removed", pk, _("凭证 #%d 已不在系统中。") % pk)
    for damage in verify_all():
        yield _finding(damage.flaw.value, damage.document.pk, str(damage))


def _as_stored(document: Document, row: Row) -> bool:
    told = row.after if isinstance(row.after, dict) else {}
    own = (document.sha256, document.size, document.uploaded_by_id, document.uploaded_at)
    return own == (told.get("sha256"), told.get("size"), row.actor_id, row.at)


def _finding(kind: str, document: int, message: str) -> Finding:
    return Finding("evidence", kind, f"evidence.document:{document}", message)
