"""What the administration asks this desk: where a record belongs, and what is open with whom."""

from django.db.models import Count, QuerySet
from django.urls import reverse

from shangheng.core.accounts.explain import Place
from shangheng.core.accounts.handover import Item
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.briefing.models import ClaimsAudit, Report, State

UNFINISHED = (State.DRAFT, State.CHECKED, State.SIGNED)


def place_of_report(pk: int) -> Place | None:
    """Unit and owner of a report."""
    row = Report.objects.filter(pk=pk).values_list("unit_id", "owner_id").first()
    return Place(*row) if row else None


def place_of_audit(pk: int) -> Place | None:
    """Unit and author of an audit of figures."""
    row = ClaimsAudit.objects.filter(pk=pk).values_list("unit_id", "created_by_id").first()
    return Place(*row) if row else None


def unfinished_reports(user: User) -> list[Item]:
    """Reports of a person that are on their way."""
    return _items(Report.objects.filter(owner=user, state__in=UNFINISHED))


def issued_reports(user: User) -> list[Item]:
    """Issued reports that a person answers for when their figures are restated."""
    return _items(Report.objects.filter(owner=user, state=State.ISSUED))


def unfinished_of_unit(unit: OrgUnit) -> list[Item]:
    """Reports of a unit that are on their way."""
    return _items(Report.objects.filter(unit=unit, state__in=UNFINISHED))


def reports_by_unit() -> dict[int, int]:
    """How many reports each unit has."""
    rows = Report.objects.filter(unit__isnull=False).order_by().values_list("unit")
    return dict(rows.annotate(Count("pk")))


def _items(rows: QuerySet[Report]) -> list[Item]:
    return [
        Item(
            row.pk,
            f"{row.title}（{row.get_state_display()}）",
            reverse("report", args=[row.pk]),
            row.unit_id,
        )
        for row in rows.order_by("-pk")
    ]
