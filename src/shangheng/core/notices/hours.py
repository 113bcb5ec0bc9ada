"""Quiet hours and the hour of the digest, in the bureau's time."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from shangheng.core.notices.models import Preference, Quiet

type Hours = tuple[time, time]


def midnight(at: datetime) -> datetime:
    """The beginning of the day."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def quiet_until(preference: Preference, at: datetime) -> datetime | None:
    """When the quiet hours of a person end that run now; None when none do."""
    if preference.quiet == Quiet.NONE:
        return None
    if preference.quiet == Quiet.OWN and preference.quiet_from and preference.quiet_to:
        return end_of(preference.quiet_from, preference.quiet_to, at)
    return bureau_quiet_until(at)


def bureau_quiet_until(at: datetime) -> datetime | None:
    """When the quiet hours of the bureau end that run now; None when none do."""
    hours: Hours | None = settings.QUIET_HOURS
    return end_of(*hours, at) if hours else None


def end_of(start: time, end: time, at: datetime) -> datetime | None:
    """The end of a span of the day that `at` lies in; a span may run over midnight."""
    local = timezone.localtime(at)
    now = local.time()
    inside = start <= now < end if start < end else now >= start or now < end
    return following(end, at) if inside else None


def digest_after(preference: Preference, at: datetime) -> datetime:
    """When the digest goes out that takes in what happened at an instant."""
    return following(preference.digest_at or settings.DIGEST_AT, at)


def following(moment: time, at: datetime) -> datetime:
    """The next instant after `at` at which the clock shows `moment`."""
    local = timezone.localtime(at)
    due = local.replace(hour=moment.hour, minute=moment.minute, second=0, microsecond=0)
    return due if due > local else due + timedelta(days=1)
