"""What the administration asks this desk: where a record belongs, and what is open with whom."""

from collections import Counter

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shangheng.core.accounts.explain import Place
from shangheng.core.accounts.handover import Item
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.targets.words import indicator_word
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting, Target, TargetSheet
from shangheng.engines.ledger.selectors.balances import balances_of


def place_of_posting(pk: int) -> Place | None:
    """Unit and author of a posting."""
    rows = Posting.objects.filter(pk=pk).values_list("series__unit_id", "entry__actor_id")
    row = rows.first()
    return Place(*row) if row else None


def place_of_document(pk: int) -> Place | None:
    """Unit and uploader of a document."""
    row = Document.objects.filter(pk=pk).values_list("unit_id", "uploaded_by_id").first()
    return Place(*row) if row else None


def drafts_of(user: User) -> list[Item]:
    """Target sheets that a person has opened and that are not signed."""
    rows = TargetSheet.objects.filter(created_by=user, state=TargetSheet.DRAFT).order_by("-year")
    return [
        Item(
            row.pk, _("%(year)d年目标表第%(number)d版") % vars(row), reverse("sheet", args=[row.pk])
        )
        for row in rows
    ]


def submissions_of(user: User) -> list[Item]:
    """Postings that a person has posted or submitted and on which no answer has come yet."""
    mine = Q(entry__actor=user) | Q(steps__entry__actor=user)
    return _waiting(Posting.objects.filter(mine))


def submissions_of_unit(unit: OrgUnit) -> list[Item]:
    """Postings of a unit on which no answer has come yet."""
    return _waiting(Posting.objects.filter(series__unit=unit))


def drafts_of_unit(unit: OrgUnit) -> list[Item]:
    """Target sheets that are not signed and hold targets of a unit."""
    rows = Target.objects.filter(unit=unit, sheet__state=TargetSheet.DRAFT).select_related("sheet")
    counts = Counter(row.sheet for row in rows)
    return [
        Item(
            sheet.pk,
            _("%(year)d年目标表第%(number)d版：%(count)d项目标")
            % {"year": sheet.year, "number": sheet.number, "count": count},
            reverse("sheet", args=[sheet.pk]),
            unit.pk,
        )
        for sheet, count in counts.items()
    ]


def postings_by_unit() -> dict[int, int]:
    """How many postings each unit has, reversals included."""
    rows = Posting.objects.order_by().values_list("series__unit")
    return dict(rows.annotate(Count("pk")))


def targets_by_unit() -> dict[int, int]:
    """How many targets each unit has in all sheets."""
    rows = Target.objects.filter(unit__isnull=False).order_by().values_list("unit")
    return dict(rows.annotate(Count("pk")))


def documents_by_unit() -> dict[int, int]:
    """How many vouchers each unit has."""
    rows = Document.objects.filter(unit__isnull=False).order_by().values_list("unit")
    return dict(rows.annotate(Count("pk")))


def _waiting(postings: QuerySet[Posting]) -> list[Item]:
    rows = (
        postings.filter(n=1, steps__destination=Status.SUBMITTED)
        .select_related("series__indicator")
        .distinct()
        .order_by("pk")
    )
    there = balances_of(rows)
    return [
        Item(
            row.pk,
            f"#{row.pk} {indicator_word(row.series.indicator.code)} {row.occurred_on}",
            reverse("posting", args=[row.pk]),
            row.series.unit_id,
        )
        for row in rows
        if there[row.pk].get(Status.SUBMITTED)
    ]
