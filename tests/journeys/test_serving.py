"""A bureau starts the platform on an empty database and stops it again."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.server import Data, Server

pytestmark = pytest.mark.journey


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Data]:
    """A data folder and a database in which nothing has been made yet."""
    (tmp_path / "data").mkdir()
    data = Data.empty(tmp_path / "data", f"empty_{os.getpid()}")
    yield data
    data.remove()


@pytest.fixture
def fresh(empty: Data) -> Iterator[Server]:
    """A platform that has just been set up: tables, and no rows."""
    server = Server(empty)
    server.start("--migrate")
    yield server
    server.kill()


def test_a_database_that_is_not_up_to_date_is_refused_with_a_way_out(empty: Data) -> None:
    refused = empty.run("serve", "--port", "0")
    assert refused.returncode == 1
    assert "shangheng upgrade" in refused.stderr


def test_visitors_are_asked_to_log_in(fresh: Server, browser: Browser) -> None:
    with browser.new_context(base_url=fresh.url, locale="zh-CN") as context:
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_role("heading", name="登录")).to_be_visible()


def test_pages_carry_the_content_policy_and_assets_come_compressed(fresh: Server) -> None:
    with urlopen(f"{fresh.url}/login/") as answer:
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    [script] = (fresh.data.folder / "static" / "ui" / "vendor").glob("htmx-*.min.js")
    asked = Request(
        f"{fresh.url}/static/ui/vendor/{script.name}", headers={"Accept-Encoding": "br"}
    )
    with urlopen(asked) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_it_stops_when_asked_and_frees_the_port(fresh: Server) -> None:
    assert fresh.stop() == 0
    again = Server(fresh.data)
    again.port = fresh.port
    again.start()
    assert again.stop() == 0
