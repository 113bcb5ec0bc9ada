"""Where the amount of each posting stands."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting, RecognitionStep


def balances(
    postings: Iterable[int], known_at: datetime | None = None
) -> dict[int, dict[Status, int]]:
    """Amounts (smallest units) by status of each posting, now or as known at an instant."""
    rows = Posting.objects.filter(pk__in=list(postings))
    return balances_of(rows.only("status", "amount", "recorded_at"), known_at)


def balances_of(
    rows: Iterable[Posting], known_at: datetime | None = None
) -> dict[int, dict[Status, int]]:
    """The same of postings that are read already."""
    result: dict[int, dict[Status, int]] = {
        row.pk: defaultdict(int, {Status(row.status): row.amount})
        for row in rows
        if known_at is None or row.recorded_at <= known_at
    }
    steps = RecognitionStep.objects.filter(posting__in=list(result))
    if known_at is not None:
        steps = steps.filter(recorded_at__lte=known_at)
    moved = steps.values_list("posting", "origin", "destination").annotate(Sum("amount"))
    for pk, origin, destination, amount in moved:
        result[pk][Status(origin)] -= amount
        result[pk][Status(destination)] += amount
    return result


def holding(rows: QuerySet[Posting], status: Status, known_at: datetime) -> QuerySet[Posting]:
    """Those of which some amount stands in a status."""
    steps = (
        RecognitionStep.objects.filter(posting=OuterRef("pk"), recorded_at__lte=known_at)
        .order_by()
        .values("posting")
    )
    came = steps.filter(destination=status).annotate(total=Sum("amount")).values("total")
    went = steps.filter(origin=status).annotate(total=Sum("amount")).values("total")
    begun = Case(When(status=status, then=F("amount")), default=0)
    held = begun + Coalesce(Subquery(came), 0) - Coalesce(Subquery(went), 0)
    return rows.annotate(held=held).exclude(held=0)
