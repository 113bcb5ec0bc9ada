"""What holds for every test: no network beyond this machine, and Django beside a running browser."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test.utils import override_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# Playwright keeps an event loop running in the thread of the tests, and Django would refuse its ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A slow machine is no fault of what is tested.
hypothesis_settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("unhurried")

TOLD = os.environ.get("SHANGHENG_TEST_TOLD")
"""The folder in which runs beside each other say what they tell; none when a run is alone."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is told once comes last, so that the run that is done first takes the most of it."""
    items.sort(key=is_told_once)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what is told once and the other run tells."""
    if TOLD and is_told_once(item):
        claim = Path(TOLD) / item.nodeid.partition("::")[0].replace("/", "-")
        try:
            with claim.open("x") as file:
                file.write(str(os.getpid()))
        except FileExistsError:
            if claim.read_text() != str(os.getpid()):
                pytest.skip("told by the run beside this one")


def is_told_once(item: pytest.Item) -> bool:
    """Whether telling the test on one database is enough; its whole module is then told by one run."""
    return item.get_closest_marker("once") is not None


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
