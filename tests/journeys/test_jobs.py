"""Long work: order it, see how far it is, cancel it, lose its worker, take the file."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Data, Server
from tests.journeys.visitor import visiting

SOME = re.compile("[1-9]")
pytestmark = pytest.mark.journey


@pytest.fixture
def server(sample_data: Data, tmp_path: Path) -> Iterator[Server]:
    """A platform that runs no jobs by itself, calls every export long, and is impatient."""
    data = sample_data.copy(tmp_path / "data", f"jobs_{os.getpid()}")
    running = Server(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHANGHENG_WORKERS_INSIDE", "0")
        patch.setenv("SHANGHENG_EXPORT_ROWS_AT_ONCE", "1")
        patch.setenv("SHANGHENG_JOBS_LEASE_SECONDS", "2")
        running.start()
        yield running
    running.kill()
    data.remove()


@contextmanager
def slow_worker(data: Data, seconds: float) -> Iterator["subprocess.Popen[str]"]:
    """A worker beside the server; killed at the end."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.slow_worker", str(seconds)],
        env=data.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield worker
    finally:
        worker.kill()
        worker.communicate()


def order_export(page: Page) -> None:
    page.goto("/targets/postings/?period=2021")
    page.locator("summary", has_text="导出").click()
    page.get_by_role("link", name="Excel，显示的列").click()
    page.wait_for_url("**/jobs/*/")
    expect(page.locator("#standing")).to_contain_text("等待")


def test_a_long_export_is_cancelled_outlives_its_worker_and_is_taken(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    with visiting(browser, server, tmp_path) as page:
        sign_in(page, server, "statistics_clerk")
        order_export(page)
        with slow_worker(server.data, 60):
            bar = page.get_by_role("progressbar")
            expect(bar).to_have_attribute("value", SOME, timeout=30_000)
            page.get_by_role("button", name="取消任务").click()
            expect(page.locator("#standing")).to_contain_text("已取消", timeout=15_000)
        order_export(page)
        with slow_worker(server.data, 60) as killed:
            expect(page.locator("#standing")).to_contain_text("进行中", timeout=30_000)
            killed.kill()
        with slow_worker(server.data, 0.5):
            page.get_by_role("link", name="后台任务").first.click()  # one may leave
            page.get_by_role("link", name="入账记录").filter(has_text="导出").first.click()
            expect(page.locator("#standing")).to_contain_text("完成", timeout=30_000)
            expect(page.get_by_text("执行次数")).to_be_visible()
        with page.expect_download() as waiting:
            page.get_by_role("link", name=".xlsx").click()
        assert waiting.value.path().read_bytes().startswith(b"PK")
