"""A real browser before a real server. Every journey has a server and a database of its own."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.server import Data, Server
from tests.journeys.visitor import visiting

ARGUMENTS = [
    "--no-sandbox",  # tests run as root in containers
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--font-render-hinting=none",
]
NUMBERS = count(1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once; SHANGHENG_TEST_BROWSER names another than the one on the PATH."""
    named = os.environ.get("SHANGHENG_TEST_BROWSER")
    path = named or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Data]:
    """The sample year, loaded once; journeys work on copies of it."""
    data = Data.empty(tmp_path_factory.mktemp("sample"), f"sample_{os.getpid()}")
    loaded = data.run("demo", "--no-serve")
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    first = Server(data)
    first.start()  # lays out the assets, once for all copies
    first.stop()
    yield data
    data.remove()


@pytest.fixture
def server(sample_data: Data, tmp_path: Path) -> Iterator[Server]:
    """A running platform with the sample year, which the test may change as it likes."""
    data = sample_data.copy(tmp_path / "data", f"journey_{os.getpid()}_{next(NUMBERS)}")
    running = Server(data)
    running.start()
    yield running
    running.kill()
    data.remove()


@pytest.fixture(scope="session")
def shared_server(sample_data: Data, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One platform for all stories that only read; a module takes it as its `server`."""
    data = sample_data.copy(tmp_path_factory.mktemp("shared"), f"shared_{os.getpid()}")
    running = Server(data)
    running.start()
    yield running
    running.kill()
    data.remove()


@pytest.fixture
def browser_page(browser: Browser, server: Server, tmp_path: Path) -> Iterator[Page]:
    """A Chinese visitor's page. What the browser complains of (scripts, CSP, failed assets) fails the test."""
    with visiting(browser, server, tmp_path) as page:
        yield page
