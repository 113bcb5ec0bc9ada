"""Sealing: a past that has been quoted never changes.

Whoever writes waits for its turn and stamps what it writes after the last seal; whoever seals waits
for its turn likewise. So once the past up to an instant is sealed, every later question “as known
at” that instant has one answer, also when clocks disagree or are set back.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from shangheng.core.audit import services as audit
from shangheng.engines.ledger.domain.instant import TICK
from shangheng.engines.ledger.models import Posting, RecognitionStep, Seal


def recorded_now(at: datetime) -> datetime:
    """The instant to record something at: `at`, or just after the seal if that is later.

    Call first in the transaction that writes.
    """
    audit.take_turn()
    seal = Seal.objects.first()
    return at if seal is None else max(at, seal.sealed_at + TICK)


def recorded_after(at: datetime, postings: Iterable[int]) -> datetime:
    """As `recorded_now`, and not before what was recorded of these postings.

    Otherwise, with a clock that was set back, a reversal would be known before its posting.
    """
    now, keys = recorded_now(at), list(postings)
    told = (
        Posting.objects.filter(pk__in=keys).aggregate(last=Max("recorded_at"))["last"],
        RecognitionStep.objects.filter(posting__in=keys).aggregate(last=Max("recorded_at"))["last"],
    )
    latest: datetime = max([now, *(instant for instant in told if instant is not None)])
    return latest


@transaction.atomic
def seal(*, at: datetime) -> datetime:
    """Seal the past up to `at` and return the sealed instant, which is `at` or later."""
    audit.take_turn()
    current = Seal.objects.first()
    if current is None:
        return Seal.objects.create(sealed_at=at).sealed_at
    if current.sealed_at < at:
        current.sealed_at = at
        current.save(update_fields=["sealed_at"])
    return at
