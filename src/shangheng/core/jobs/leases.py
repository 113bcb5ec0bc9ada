"""Who holds a job: taking it up, signs of life, and writes that only the holder can make."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from shangheng.core.jobs.models import Job, State

BACK_OFF = timedelta(seconds=10)
LONGEST_BACK_OFF = timedelta(hours=1)


class LeaseLost(Exception):
    """Another worker has taken the job up: whatever was about to be written must not be."""


def take(
    *, worker: str, kinds: Iterable[str], at: datetime, silent: Iterable[int] = ()
) -> Job | None:
    """Take up the job that has waited longest, or one of `silent` whose worker is gone; None if none.

    `silent` are jobs whose beats have stood still for a lease. Two workers never take the same. A
    job whose worker is gone and that is not tried again comes back as it ended, not as running.
    """
    free = Q(state=State.WAITING) & (Q(not_before=None) | Q(not_before__lte=at))
    abandoned = Q(state=State.RUNNING, pk__in=list(silent))
    found = Job.objects.filter(free | abandoned, kind__in=list(kinds)).order_by("pk")
    if not found.exists():  # without a lock: an idle worker hinders nobody
        return None
    with transaction.atomic():
        job = found.select_for_update(skip_locked=True, of=("self",)).first()
        if job is None:
            return None
        if job.state == State.RUNNING and _given_up(job, at):
            return job
        job.state, job.worker, job.attempt = State.RUNNING, worker, job.attempt + 1
        job.started_at, job.not_before = at, None
        job.done, job.total, job.note = 0, 0, ""
        job.save()
        job.artefacts.all().delete()  # files of a run that did not come to its end
        return job


def _given_up(job: Job, at: datetime) -> bool:
    """Whether a job whose worker is gone is not taken up again: cancelled, or tried often enough."""
    if job.cancel_requested:
        end(job, State.CANCELLED, at=at)
        return True
    if job.attempt >= job.attempts_allowed:
        end(job, State.FAILED, at=at, traceback=f"{job.worker}: no sign of life")
        return True
    return False


def write(job: Job, **values: Any) -> None:
    """Change the row of a job that is still ours. Raises LeaseLost, and then nothing is written."""
    held = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=State.RUNNING)
    if not held.update(**values):
        raise LeaseLost(f"{job} is no longer held by {job.worker}")
    for name, value in values.items():
        if isinstance(value, str | int | datetime | None):
            setattr(job, name, value)


def beat(job: Job) -> bool:
    """A sign of life with the progress made; whether the job is to be cancelled. Raises LeaseLost."""
    write(job, beats=F("beats") + 1, done=job.done, total=job.total, note=job.note)
    wanted: bool = Job.objects.values_list("cancel_requested", flat=True).get(pk=job.pk)
    return wanted


def end(job: Job, state: State, *, at: datetime, message: str = "", traceback: str = "") -> None:
    """The job is over. Raises LeaseLost."""
    write(
        job,
        state=state,
        finished_at=at,
        done=job.done,
        total=job.total,
        note=job.note,
        message=message[:1000],
        traceback=traceback,
    )


def hand_back(job: Job, *, at: datetime, counted: bool, traceback: str = "") -> None:
    """The job waits again: at once when its worker stops, after a while when it went wrong.

    Raises LeaseLost.
    """
    if counted:
        pause = min(BACK_OFF * 4 ** (job.attempt - 1), LONGEST_BACK_OFF)
        write(job, state=State.WAITING, not_before=at + pause, traceback=traceback)
    else:
        write(job, state=State.WAITING, attempts_allowed=F("attempts_allowed") + 1)
