"""Kinds of work for the tests of the jobs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from shangheng.core.accounts.models import User
from shangheng.core.jobs import registry
from shangheng.core.jobs.models import Job
from shangheng.core.jobs.registry import Handler
from shangheng.core.jobs.run import Run
from shangheng.core.jobs.services import enqueue

NOW = datetime(2021, 12, 31, 2, 0, tzinfo=UTC)


@contextmanager
def working(kind: str, run: Callable[[Run], None], **options: Any) -> Iterator[Handler]:
    """A kind of work that there is only here."""
    handler = Handler(kind, kind, run, **options)
    registry.register(handler)
    try:
        yield handler
    finally:
        del registry._handlers[kind]


def order(actor: User | None = None, kind: str = "test", **options: Any) -> Job:
    """One job."""
    options = {"arguments": {}, "at": NOW, **options}
    return enqueue(actor=actor, kind=kind, **options)
