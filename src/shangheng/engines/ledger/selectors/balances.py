"""Where the amount of each posting stands."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Sum

from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting, RecognitionStep


def balances(
    postings: Iterable[int], known_at: datetime | None = None
) -> dict[int, dict[Status, int]]:
    """Amounts (smallest units) by status of each posting, now or as known at an instant."""
    keys = list(postings)
    result: dict[int, dict[Status, int]] = {}
    rows = Posting.objects.filter(pk__in=keys)
    steps = RecognitionStep.objects.filter(posting__in=keys)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
        steps = steps.filter(recorded_at__lte=known_at)
    for pk, status, amount in rows.values_list("pk", "status", "amount"):
        result[pk] = defaultdict(int, {Status(status): amount})
    moved = steps.values_list("posting", "origin", "destination").annotate(Sum("amount"))
    for pk, origin, destination, amount in moved:
        result[pk][Status(origin)] -= amount
        result[pk][Status(destination)] += amount
    return result
