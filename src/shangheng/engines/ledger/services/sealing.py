"""Sealing: a past that has been quoted never changes.

Whoever writes shares a lock and stamps what it writes after the last seal; whoever seals waits for
the writers to finish. So once the past up to an instant is sealed, every later question “as known
at” that instant has one answer, also when clocks disagree or are set back.
"""

from datetime import datetime

from django.db import transaction

from shangheng.core.database import locks
from shangheng.engines.ledger.domain.instant import TICK
from shangheng.engines.ledger.models import Seal

LOCK = "ledger"


def recorded_now(at: datetime) -> datetime:
    """The instant to record something at: `at`, or just after the seal if that is later.

    Call inside the transaction that writes.
    """
    locks.shared(LOCK)
    seal = Seal.objects.first()
    return at if seal is None else max(at, seal.sealed_at + TICK)


@transaction.atomic
def seal(*, at: datetime) -> datetime:
    """Seal the past up to `at` and return the sealed instant, which is `at` or later."""
    locks.exclusive(LOCK)
    current = Seal.objects.first()
    if current is None:
        return Seal.objects.create(sealed_at=at).sealed_at
    if current.sealed_at < at:
        current.sealed_at = at
        current.save(update_fields=["sealed_at"])
    return at
