"""What the search finds on this desk: reports and texts whose figures were audited."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from shangheng.core.search.declaring import Document
from shangheng.desks.briefing.domain.markup import plain_words
from shangheng.desks.briefing.models import ClaimsAudit, Draft, Report


def reports() -> QuerySet[Report]:
    """Reports with their latest text."""
    drafts = Draft.objects.filter(report=OuterRef("pk")).order_by("-number").values("text")
    return Report.objects.annotate(latest_text=Subquery(drafts[:1]))


def report_document(row: Report) -> Document:
    """A report by its title and its latest text."""
    return Document(
        key=str(row.pk),
        title=row.title,
        url=reverse("report", args=[row.pk]),
        about=row.span.label,
        body=plain_words(getattr(row, "latest_text", None) or ""),
        unit_id=row.unit_id,
        owner_id=row.owner_id,
    )


def audits() -> QuerySet[ClaimsAudit]:
    """Audits of figures."""
    return ClaimsAudit.objects.all()


def audit_document(row: ClaimsAudit) -> Document:
    """An audit of figures by the title and the text that was audited."""
    return Document(
        key=str(row.pk),
        title=row.title,
        url=reverse("claims-audit", args=[row.pk]),
        about=str(timezone.localtime(row.created_at).date()),
        body=row.text,
        codes=(row.sha256,),
        unit_id=row.unit_id,
        owner_id=row.created_by_id,
    )
