"""Where the act that is running now comes from: an address of the network, or the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

COMMAND_LINE = "cli"

_address: ContextVar[str] = ContextVar("shangheng_address", default=COMMAND_LINE)


def address() -> str:
    """The address of the running request; `cli` outside of requests."""
    return _address.get()


@contextmanager
def coming_from(origin: str) -> Iterator[None]:
    """Everything within is recorded as coming from `origin`."""
    token = _address.set(origin)
    try:
        yield
    finally:
        _address.reset(token)
