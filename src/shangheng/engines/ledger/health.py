"""What the ledger adds to the checks of the operation."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from shangheng.core.operations.findings import found
from shangheng.core.operations.registry import Finding, Level
from shangheng.engines.ledger.models import Posting, Seal

BEHIND = timedelta(days=2)


def rollups_keep_up() -> Iterator[Finding]:
    """Yesterday, or at least the day before, is rolled up."""
    sealed = Seal.objects.first()
    through = sealed.rolled_through if sealed else None
    today = timezone.localdate()
    if through is None:
        first = (
            Posting.objects.order_by("recorded_at").values_list("recorded_at", flat=True).first()
        )
        if first is not None and today - timezone.localdate(first) > BEHIND:
            yield found("rollups.behind", Level.WARNING, through="—")
    elif today - through > BEHIND:
        yield found("rollups.behind", Level.WARNING, through=through)
