"""A visitor before the browser, to whom nothing may complain: scripts, content policy, assets, answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from tests.journeys.server import Server

SETTINGS: dict[str, Any] = {
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "viewport": {"width": 1440, "height": 900},
    "accept_downloads": True,
}
PHONE = {"width": 390, "height": 844}


@contextmanager
def visiting(browser: Browser, server: Server, folder: Path, **settings: Any) -> Iterator[Page]:
    """A page of a new visitor; leaves `last.png` in `folder`. Fails on what the browser complains of."""
    context = browser.new_context(base_url=server.url, **{**SETTINGS, **settings})
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints = _listen(page)
    try:
        yield page
        page.screenshot(path=folder / "last.png")
    finally:
        context.close()
    assert not complaints, f"{complaints}\nserver log: {server.log.read_text()[-1200:]}"


def _listen(page: Page) -> list[str]:
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # a refused form answers 422, which the browser logs; failed answers are judged below
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text}")

    def judge(response: Response) -> None:
        asset = "/static/" in response.url
        if response.status >= 500 or (asset and response.status >= 400):
            complaints.append(f"{response.status} {response.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("response", judge)
    return complaints
