"""Ordering, cancelling and repeating jobs, and handing out what they leave."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.jobs.models import OPEN, Artefact, Job, State
from shangheng.core.jobs.registry import handler_of, known, schedules, tell
from shangheng.methods.wording import parted


class DamagedArtefact(Exception):
    """The kept bytes of a file are not those that the job has left."""


def enqueue(
    *,
    actor: User | None,
    at: datetime,
    kind: str,
    arguments: Mapping[str, Any],
    unique_key: str = "",
    not_before: datetime | None = None,
    label: str = "",
) -> Job:
    """Order a job; it is run once the running transaction is committed, by whichever worker is free.

    Under one `unique_key` there is one job: ordering it again returns it as it stands, and starts it
    anew when it had failed or was cancelled. Raises PermissionDenied, UnknownKind.
    """
    handler = handler_of(kind)
    if actor is not None and handler.permission and not allows(actor, handler.permission):
        raise PermissionDenied
    if unique_key and (kept := _ordered_before(unique_key)):
        return kept
    job = Job(
        kind=kind,
        label=label[:200],
        actor=actor,
        arguments=dict(arguments),
        language=get_language() or "",
        unique_key=unique_key,
        attempts_allowed=handler.attempts,
        created_at=at,
        not_before=not_before,
    )
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:  # somebody else was quicker
        return Job.objects.get(unique_key=unique_key)
    return job


@transaction.atomic
def cancel(*, actor: User, at: datetime, job: Job) -> Job:
    """Cancel a job: at once while it waits, at its next step while it runs; nothing once it is over."""
    now = _locked(actor, job)
    if now.state == State.WAITING:
        now.state, now.finished_at, now.cancel_requested = State.CANCELLED, at, True
        now.save(update_fields=["state", "finished_at", "cancel_requested"])
        transaction.on_commit(partial(tell, now))
    elif now.state == State.RUNNING and not now.cancel_requested:
        now.cancel_requested = True
        now.save(update_fields=["cancel_requested"])
    else:
        return now
    _record("jobs.cancel", actor, at, now)
    return now


@transaction.atomic
def retry(*, actor: User, at: datetime, job: Job) -> Job:
    """Run a job once more that has failed or was cancelled; nothing for any other."""
    now = _locked(actor, job)
    if now.state in {State.FAILED, State.CANCELLED}:
        _again(now)
        _record("jobs.retry", actor, at, now)
    return now


@transaction.atomic
def pass_on(*, actor: User, at: datetime, job: Job, receiver: User) -> Job:
    """Give a job to another person: what runs or lingers starts anew, with the rights of that person.

    Whoever runs it now loses it at the next step, and leaves nothing. Raises ValidationError where
    the receiver may not do such a job.
    """
    now = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    handler, before = known(now.kind), now.actor
    if handler is None or (handler.permission and not allows(receiver, handler.permission)):
        told = _("“%(job)s”不能交给%(person)s：没有做这件事的权限。")
        raise ValidationError(parted(told % {"job": now.title, "person": receiver.display_name}))
    if handler.takes:
        handler.takes(now, receiver)
    if now.state != State.WAITING:
        now.state, now.attempt, now.not_before = State.WAITING, now.attempt + 1, None
        now.attempts_allowed = now.attempt + handler.attempts
        now.done = now.total = 0
        now.finished_at, now.cancel_requested = None, False
    now.actor = receiver
    now.save()
    names = [{"actor": one.username} if one else None for one in (before, receiver)]
    _record("jobs.pass", actor, at, now, *names)
    return now


@transaction.atomic
def run_now(*, actor: User, at: datetime, code: str) -> Job:
    """Order the job of a schedule out of turn; the one that still waits or runs, if any.

    Raises PermissionDenied, LookupError for a schedule that is not there.
    """
    if not allows(actor, "jobs.manage"):
        raise PermissionDenied
    schedule = next((one for one in schedules() if one.code == code), None)
    if schedule is None:
        raise LookupError(code)
    running = Job.objects.filter(schedule=code, state__in=OPEN).first()
    if running is not None:
        return running
    job = Job.objects.create(
        kind=schedule.kind,
        label=str(schedule.label)[:200],
        arguments=dict(schedule.arguments),
        language=get_language() or "",
        schedule=code,
        attempts_allowed=handler_of(schedule.kind).attempts,
        created_at=at,
    )
    _record("jobs.run_now", actor, at, job)
    return job


def download(*, actor: User, at: datetime, artefact: Artefact) -> bytes:
    """The bytes of a file, leaving a row in the audit. Raises DamagedArtefact."""
    content = b"".join(bytes(part) for part in artefact.parts.values_list("content", flat=True))
    if hashlib.sha256(content).hexdigest() != artefact.sha256:
        raise DamagedArtefact(f"{artefact.job}: {artefact.name}")
    with transaction.atomic():
        after = {"name": artefact.name, "sha256": artefact.sha256}
        _record("jobs.download", actor, at, artefact.job, after=after)
    return content


@transaction.atomic
def _ordered_before(unique_key: str) -> Job | None:
    kept = Job.objects.select_for_update(of=("self",)).filter(unique_key=unique_key).first()
    return _again(kept) if kept and kept.state in {State.FAILED, State.CANCELLED} else kept


def _locked(actor: User, job: Job) -> Job:
    """The job as it stands now. Raises PermissionDenied when it is no affair of this person."""
    if job.actor_id != actor.pk and not allows(actor, "jobs.manage"):
        raise PermissionDenied
    return Job.objects.select_for_update(of=("self",)).get(pk=job.pk)


def _again(job: Job) -> Job:
    handler = known(job.kind)
    job.state, job.cancel_requested = State.WAITING, False
    job.attempts_allowed = job.attempt + (handler.attempts if handler else 1)
    job.not_before = job.finished_at = None
    job.message = job.traceback = job.note = ""
    job.done = job.total = 0
    job.save()
    return job


def _record(
    act: str,
    actor: User,
    at: datetime,
    job: Job,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    target = f"jobs.job:{job.pk}"
    record(actor=actor, act=act, at=at, target=target, label=job.title, before=before, after=after)
