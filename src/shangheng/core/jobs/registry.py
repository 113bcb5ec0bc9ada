"""What can be done as a job, and when it is done by itself; higher rooms fill this in `ready()`."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import Promise

if TYPE_CHECKING:
    from shangheng.core.accounts.models import User
    from shangheng.core.jobs.models import Job
    from shangheng.core.jobs.run import Run

logger = logging.getLogger(__name__)


class UnknownKind(LookupError):
    """A kind of job that no handler is registered for."""


@dataclass(frozen=True, slots=True)
class Lingering:
    """How the result of a job that is done still waits for its person, such as a preview.

    `is_open` says whether it does, `drop` forgets it.
    """

    is_open: "Callable[[Job], bool]"
    drop: "Callable[[Job], None]"


@dataclass(frozen=True, slots=True)
class Handler:
    """One kind of job.

    `run` does it. A job may be run more than once (a worker may die just before it says that it is
    done), so `run` must be idempotent; with `whole`, everything that it writes and the mark that it
    is done stand or fall together, and then it happens exactly once, whoever dies when. `Run.finishing`
    does the same for the last step of a long job, without holding up other writers meanwhile.

    `permission` is what the person must hold who orders it, who takes its files, and when it runs.
    `attempts` is how often it is tried before it has failed. `page` says where its result is shown,
    `notice` by which kind of notice its person hears that it is done, where not by the common one.

    When its person leaves, `takes` lets another have the job: it brings along what stands under the
    name of the former person, and raises ValidationError where the other may not do it.
    """

    kind: str
    label: str | Promise
    run: "Callable[[Run], None]"
    permission: str = ""
    attempts: int = 3
    whole: bool = False
    page: "Callable[[Job], str] | None" = None
    notice: str = ""
    lingering: Lingering | None = None
    takes: "Callable[[Job, User], None] | None" = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A job that comes by itself: `daily_at` a local time of day, or `every` so long.

    `kept` is how long those that went well are kept, where that is shorter than for other jobs.
    """

    code: str
    kind: str
    daily_at: time | None = None
    every: timedelta | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    label: str | Promise = ""
    kept: timedelta | None = None

    def __post_init__(self) -> None:
        if (self.daily_at is None) == (self.every is None):
            raise ValueError(f"{self.code}: give daily_at or every")

    def slot(self, at: datetime) -> datetime:
        """The last instant at or before `at` at which it was due."""
        if self.every is not None:
            seconds = self.every.total_seconds()
            return datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=at.tzinfo)
        local = timezone.localtime(at)
        due = datetime.combine(local.date(), self.daily_at or time(), tzinfo=local.tzinfo)
        return due if due <= local else due - timedelta(days=1)

    def following(self, at: datetime) -> datetime:
        """The next instant at which it is due."""
        return self.slot(at) + (self.every or timedelta(days=1))

    def key(self, at: datetime) -> str:
        """What makes the job of one instant unique, however many workers see that it is due."""
        return f"schedule:{self.code}:{self.slot(at):%Y-%m-%dT%H:%M:%S}"


_handlers: dict[str, Handler] = {}
_schedules: dict[str, Schedule] = {}
_listeners: "list[Callable[[Job], None]]" = []


def register(handler: Handler) -> None:
    """Add a kind of job, or replace the one registered under the same name."""
    _handlers[handler.kind] = handler


def register_schedule(schedule: Schedule) -> None:
    """Add a schedule, or replace the one registered under the same code."""
    _schedules[schedule.code] = schedule


def when_finished(listener: "Callable[[Job], None]") -> None:
    """Call `listener` with each job that is done, has failed or was cancelled, after it is written."""
    _listeners.append(listener)


def handler_of(kind: str) -> Handler:
    """The handler of a kind. Raises UnknownKind."""
    try:
        return _handlers[kind]
    except KeyError:
        raise UnknownKind(f"register a handler for jobs of the kind {kind!r}") from None


def known(kind: str) -> Handler | None:
    """The handler of a kind; None when nothing here does such jobs any more."""
    return _handlers.get(kind)


def handlers() -> dict[str, Handler]:
    """Every handler by its kind."""
    return dict(_handlers)


def schedules() -> list[Schedule]:
    """Every schedule by its code."""
    return [_schedules[code] for code in sorted(_schedules)]


def tell(job: "Job") -> None:
    """Let those know who want to hear of finished jobs; what goes wrong there is only logged."""
    for listener in _listeners:
        try:
            listener(job)
        except Exception:
            logger.exception("a listener failed on %s", job)
