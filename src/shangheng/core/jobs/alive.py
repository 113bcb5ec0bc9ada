"""Which workers live: each says so every few seconds, whether it has a job or not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from shangheng.core.jobs.models import Heartbeat

EVERY = 10.0  # seconds between two signs
SILENT = timedelta(seconds=60)  # without a sign for so long a worker counts as gone
FORGOTTEN = timedelta(days=1)


def sign(*, worker: str, threads: int, started_at: datetime, at: datetime) -> None:
    """Say that a worker lives; those that have been gone for a day are forgotten."""
    seen = {"threads": threads, "started_at": started_at, "seen_at": at}
    Heartbeat.objects.update_or_create(worker=worker, defaults=seen)
    Heartbeat.objects.filter(_away(at, FORGOTTEN)).delete()


def sign_off(worker: str) -> None:
    """The worker stops as it was asked to: nobody need miss it."""
    Heartbeat.objects.filter(worker=worker).delete()


@dataclass(frozen=True, slots=True)
class Workers:
    """Those that live, and those that went without signing off."""

    living: list[Heartbeat]
    silent: list[Heartbeat]


def workers(at: datetime) -> Workers:
    """All workers of the last day. A sign from the future counts as little as an old one."""
    away = set(Heartbeat.objects.filter(_away(at, SILENT)).values_list("pk", flat=True))
    everyone = list(Heartbeat.objects.all())
    return Workers(
        [one for one in everyone if one.pk not in away], [one for one in everyone if one.pk in away]
    )


def _away(at: datetime, span: timedelta) -> Q:
    return Q(seen_at__lt=at - span) | Q(seen_at__gt=at + span)
