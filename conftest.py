"""What holds for every test: no network beyond this machine, and Django beside a running browser."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test.utils import override_settings
from django.utils import translation

# Playwright keeps an event loop running in the thread of the tests, and Django would refuse its ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


class NetworkUsedError(RuntimeError):
    """A test has tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection except to this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise NetworkUsedError(f"a test tried to reach {address}; tests use no network")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Hash passwords at no cost; a test of the real cost sets Argon2 again."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def sessions_written_once() -> Iterator[None]:
    """Write a session at its first request only: else queries are counted by the minute in which they fall."""
    from shangheng.core.accounts import middleware

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "WRITTEN_EVERY", 10**12)
        yield


@pytest.fixture(autouse=True)
def dictionaries_as_stored() -> None:
    """What a test before has put into a dictionary was rolled back: it is not remembered either."""
    from shangheng.core.dictionaries.selectors import forget

    forget()


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Every test begins in Chinese: a page asked for in English leaves its language to the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
