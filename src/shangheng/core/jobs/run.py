"""One run of a job: what its handler sees, and what becomes of what it does or raises."""

import hashlib
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.audit.context import coming_from
from shangheng.core.jobs import leases
from shangheng.core.jobs.leases import LeaseLost
from shangheng.core.jobs.models import Artefact, Job, Part, State
from shangheng.core.jobs.registry import Handler, handler_of, tell

__all__ = ["Cancelled", "LeaseLost", "Refused", "Run", "Stopping", "execute"]

logger = logging.getLogger(__name__)
PART = 1024 * 1024


class Cancelled(Exception):
    """Somebody has cancelled the job: clear up and let this through."""


class Stopping(Exception):
    """The worker stops, and another will take the job up: clear up and let this through."""


class Refused(Exception):
    """The job cannot be done, however often it is tried; the message tells its person why."""


class Run:
    """What a handler gets: the arguments, the person, and ways to tell how far it is."""

    def __init__(self, job: Job, *, beaten_elsewhere: bool = False) -> None:
        self.job = job
        self.arguments: dict[str, Any] = job.arguments
        self.actor: User | None = job.actor
        self.cancelled = self.lost = self.stopping = False
        self._beaten_elsewhere = beaten_elsewhere

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Tell how far it is; call it often, it costs next to nothing.

        Raises Cancelled, Stopping or LeaseLost when there is no sense in going on.
        """
        self.job.done, self.job.total, self.job.note = done, total, note[:300]
        if not self._beaten_elsewhere:
            self.beat()
        self.check()

    def check(self) -> None:
        """Go on? Raises Cancelled, Stopping or LeaseLost."""
        if self.lost:
            raise LeaseLost(str(self.job))
        if self.cancelled:
            raise Cancelled(str(self.job))
        if self.stopping:
            raise Stopping(str(self.job))

    def beat(self) -> None:
        """Give a sign of life, and take note of what others want of this run."""
        try:
            self.cancelled = leases.beat(self.job) or self.cancelled
        except LeaseLost:
            self.lost = True

    def artefact(self, name: str, content: bytes, media_type: str) -> Artefact:
        """Leave a file for the person; one of the same name is replaced. Raises LeaseLost."""
        limit: int = settings.JOBS_FILE_MAX_BYTES
        if len(content) > limit:
            raise Refused(
                _("结果文件“%(name)s”有%(size)d MB，超过上限%(limit)d MB。请缩小范围后再试。")
                % {"name": name, "size": len(content) // 1024**2, "limit": limit // 1024**2}
            )
        with self.fenced():
            Artefact.objects.filter(job=self.job, name=name).delete()
            artefact = Artefact.objects.create(
                job=self.job,
                name=name,
                media_type=media_type,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
            for place, start in enumerate(range(0, len(content), PART)):
                piece = content[start : start + PART]
                Part.objects.create(artefact=artefact, place=place, content=piece)
        return artefact

    @contextmanager
    def fenced(self) -> Iterator[None]:
        """A transaction that is committed only if this run still holds the job.

        Raises LeaseLost at its end otherwise, and nothing that was written in it remains.
        """
        with transaction.atomic():
            yield
            leases.write(self.job, done=self.job.done)

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """A transaction with whose end the job is done: what is written in it is written once.

        For handlers that work out long what they then write at one stroke. Raises LeaseLost.
        """
        with transaction.atomic():
            yield
            leases.end(self.job, State.DONE, at=timezone.now())


def execute(run: Run) -> State | None:
    """Run the handler of a job that was taken up, and write down what came of it.

    The state in which it ends; None when another worker has it by now.
    """
    job = run.job
    with translation.override(job.language or settings.LANGUAGE_CODE), coming_from(f"job:{job.pk}"):
        try:
            handler = handler_of(job.kind)
            _authorise(run, handler)
            _do(run, handler)
            state: State | None = State.DONE
        except LeaseLost:
            logger.warning("%s was taken up by another worker", job)
            return None
        except Exception as problem:
            state = _settle(job, problem)
    if state in {State.DONE, State.FAILED, State.CANCELLED}:
        tell(job)
    return state


def _authorise(run: Run, handler: Handler) -> None:
    """Who has left, or may no longer do this, has no job done for them. Raises Refused."""
    if run.actor is None or not handler.permission:
        return
    if not allows(run.actor, handler.permission):
        raise Refused(_("您已没有做这件事的权限，任务没有执行。需要的，请向系统管理员申请授权。"))


def _do(run: Run, handler: Handler) -> None:
    if handler.whole:
        with transaction.atomic():
            handler.run(run)
            leases.end(run.job, State.DONE, at=timezone.now())
    else:
        handler.run(run)
        if run.job.state != State.DONE:  # it has not finished by itself
            leases.end(run.job, State.DONE, at=timezone.now())


def _settle(job: Job, problem: Exception) -> State | None:
    """Write down how a run ended that did not come to its end."""
    now = timezone.now()
    trace = "".join(traceback.format_exception(problem))[-20_000:]
    try:
        if isinstance(problem, Cancelled):
            leases.end(job, State.CANCELLED, at=now)
            return State.CANCELLED
        if isinstance(problem, Stopping):
            leases.hand_back(job, at=now, counted=False)
            return State.WAITING
        if isinstance(problem, Refused):
            leases.end(job, State.FAILED, at=now, message=str(problem))
            return State.FAILED
        logger.error("%s went wrong in attempt %d", job, job.attempt, exc_info=problem)
        if job.attempt < job.attempts_allowed:
            leases.hand_back(job, at=now, counted=True, traceback=trace)
            return State.WAITING
        leases.end(job, State.FAILED, at=now, traceback=trace)
    except LeaseLost:
        return None
    return State.FAILED
