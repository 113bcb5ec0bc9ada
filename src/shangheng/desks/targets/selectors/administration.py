"""What the administration asks this desk: where a record belongs, and what is open with whom."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shangheng.core.accounts.explain import Place
from shangheng.core.accounts.handover import Item
from shangheng.core.accounts.models import User
from shangheng.desks.targets.words import indicator_word
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting, TargetSheet
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
    rows = (
        Posting.objects.filter(Q(entry__actor=user) | Q(steps__entry__actor=user), n=1)
        .filter(steps__destination=Status.SUBMITTED)
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
