"""Jobs that come by themselves: each due instant once, however many workers see it."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from shangheng.core.jobs.models import OPEN, Job, State
from shangheng.core.jobs.registry import Schedule, handler_of, schedules

FORGOTTEN = 500
"""How many old ones go at most when the next is ordered."""


def tick(*, at: datetime, seen: dict[str, str] | None = None) -> list[Job]:
    """Order what is due. `seen` remembers the last keys of one worker, so that it asks only once each.

    One that is still waiting or running is not ordered a second time beside itself.
    """
    ordered = []
    memory = {} if seen is None else seen
    for schedule in schedules():
        key = schedule.key(at)
        if memory.get(schedule.code) != key:
            job = order(schedule, at=at, key=key)
            memory[schedule.code] = key
            ordered += [job] if job else []
            if job and schedule.kept:
                _forget(schedule, before=at - schedule.kept)
    return ordered


def _forget(schedule: Schedule, *, before: datetime) -> None:
    """Remove those that went well and would only bury other jobs in the list."""
    old = Job.objects.filter(schedule=schedule.code, state=State.DONE, finished_at__lt=before)
    Job.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:FORGOTTEN])).delete()


def order(schedule: Schedule, *, at: datetime, key: str) -> Job | None:
    """The job of one due instant; None when it was ordered before or the last one still runs."""
    if Job.objects.filter(unique_key=key).exists():
        return None
    if Job.objects.filter(schedule=schedule.code, state__in=OPEN).exists():
        return None
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=schedule.kind,
                label=str(schedule.label)[:200],
                arguments=dict(schedule.arguments),
                language=settings.LANGUAGE_CODE,
                unique_key=key,
                schedule=schedule.code,
                attempts_allowed=handler_of(schedule.kind).attempts,
                created_at=at,
            )
    except IntegrityError:  # another worker was quicker
        return None
