"""Where the act that is running now comes from: an address of the network, or the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

COMMAND_LINE = "cli"

_address: ContextVar[str] = ContextVar("shangheng_address", default=COMMAND_LINE)
_device: ContextVar[str] = ContextVar("shangheng_device", default="")


def address() -> str:
    """The address of the running request; `cli` outside of requests."""
    return _address.get()


def device() -> str:
    """What the browser of the running request says of itself; "" outside of requests."""
    return _device.get()


@contextmanager
def coming_from(origin: str, device: str = "") -> Iterator[None]:
    """Everything within is recorded as coming from `origin`."""
    tokens = _address.set(origin), _device.set(device)
    try:
        yield
    finally:
        _address.reset(tokens[0])
        _device.reset(tokens[1])
