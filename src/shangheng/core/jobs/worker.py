"""A worker: takes jobs up, gives signs of life for them, orders what is due, stops when asked to."""

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from shangheng.core.jobs import alive as heartbeats
from shangheng.core.jobs import leases
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.registry import handlers, tell
from shangheng.core.jobs.run import Run, execute
from shangheng.core.jobs.schedules import tick

logger = logging.getLogger(__name__)
TURN = 1.0  # seconds between two looks at the table
TROUBLE = 3.0  # seconds to wait while the database is away
GRACE = 15.0  # seconds that running jobs have to come to a stop
SLOW_LOCK = 1.0  # a lock that took so long: the database was held up, and with it all signs of life


@dataclass
class Watch:
    """Watches the signs of life of running jobs by our own steady clock."""

    lease: float
    heard: dict[tuple[int, int], tuple[int, float]] = field(default_factory=dict)

    def silent(self) -> list[int]:
        """The jobs whose beats have stood still for a lease."""
        now, heard = time.monotonic(), {}
        running = Job.objects.filter(state=State.RUNNING)
        for pk, attempt, beats in running.values_list("pk", "attempt", "beats"):
            before = self.heard.get((pk, attempt))
            known = before is not None and before[0] == beats
            heard[pk, attempt] = before if before and known else (beats, now)
        self.heard = heard
        return [pk for (pk, _), (_, since) in heard.items() if now - since >= self.lease]

    def forget(self) -> None:
        """Begin anew: what was silent may have been held up with us."""
        self.heard = {}


def name_of_this_worker() -> str:
    """Machine, process and a number of its own: no two workers ever share one."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def take_up(watch: Watch, worker: str) -> Run | None:
    """The next job to be run, taken up; None when nothing waits."""
    silent = watch.silent()
    before = time.monotonic()
    job = leases.take(worker=worker, kinds=handlers(), at=timezone.now(), silent=silent)
    if silent and time.monotonic() - before > SLOW_LOCK:
        watch.forget()
    if job is None:
        return None
    if job.state != State.RUNNING:
        tell(job)
        return None
    return Run(job, beaten_elsewhere=True)


def drain(limit: int = 1000) -> int:
    """Run everything that waits, one job after the other in this thread; how many runs. For tests."""
    for number in range(limit):
        name = name_of_this_worker()
        job = leases.take(worker=name, kinds=handlers(), at=timezone.now())
        if job is None:
            return number
        execute(Run(job))
    raise RuntimeError(f"still jobs waiting after {limit}")


class Worker:
    """Runs up to `threads` jobs at once until `stop` is called."""

    def __init__(self, *, threads: int, lease: float | None = None) -> None:
        self.name = name_of_this_worker()
        self._lease = lease or float(settings.JOBS_LEASE_SECONDS)
        self._stopping = threading.Event()
        self._runs: dict[int, Run] = {}
        self._guard = threading.Lock()
        self._started_at, self._signed = timezone.now(), 0.0
        self._threads = [
            threading.Thread(target=self._work, name=f"jobs-{place}", daemon=True)
            for place in range(threads)
        ]

    def stop(self) -> None:
        """Take up nothing more, and hand back what runs; safe in a signal handler."""
        self._stopping.set()

    def run(self, *, alive: threading.Event | None = None, parent: int | None = None) -> bool:
        """Work until stopped (or until the process `parent` is gone); whether all jobs came to a stop."""
        for thread in self._threads:
            thread.start()
        if alive:
            alive.set()
        seen: dict[str, str] = {}
        self._safely(self._sign)
        while not self._stopping.wait(TURN):
            if parent is not None and os.getppid() != parent:
                self.stop()
            self._safely(self._beat_all)
            if time.monotonic() - self._signed >= heartbeats.EVERY:
                self._safely(self._sign)
            self._safely(lambda: tick(at=timezone.now(), seen=seen))
        return self._come_to_a_stop()

    def _come_to_a_stop(self) -> bool:
        deadline = time.monotonic() + GRACE
        for run in list(self._runs.values()):
            run.stopping = True
        while time.monotonic() < deadline and any(one.is_alive() for one in self._threads):
            self._safely(self._beat_all)
            self._threads[0].join(0.05)
            for thread in self._threads:
                thread.join(0.05)
        self._safely(lambda: heartbeats.sign_off(self.name))
        return not any(one.is_alive() for one in self._threads)

    def _sign(self) -> None:
        self._signed = time.monotonic()
        heartbeats.sign(
            worker=self.name,
            threads=len(self._threads),
            started_at=self._started_at,
            at=timezone.now(),
        )

    def _beat_all(self) -> None:
        for run in list(self._runs.values()):
            run.beat()

    def _work(self) -> None:
        watch = Watch(self._lease)
        while not self._stopping.is_set():
            if not self._safely(lambda: self._one(watch)):
                self._stopping.wait(TURN)
        connection.close()

    def _one(self, watch: Watch) -> bool:
        """Run the next job; whether there was one."""
        run = take_up(watch, self.name)
        if run is None:
            return False
        with self._guard:
            self._runs[run.job.pk] = run
        try:
            run.stopping = self._stopping.is_set()
            execute(run)
        finally:
            with self._guard:
                del self._runs[run.job.pk]
        return True

    def _safely[T](self, act: Callable[[], T]) -> T | None:
        """Do it; when the database is away or held up, say so, wait a little, and go on."""
        try:
            return act()
        except (DatabaseError, InterfaceError) as problem:
            if not self._stopping.is_set():
                logger.warning("jobs: the database does not answer: %s", str(problem).strip())
            with suppress(Exception):
                connection.close()
            self._stopping.wait(TROUBLE)
        except Exception:
            logger.exception("jobs: a worker met something unexpected")
            self._stopping.wait(TROUBLE)
        finally:
            close_old_connections()
        return None
