"""Every page that a role can reach by links opens without a complaint, also on a phone."""

from collections import Counter, deque
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Error, Page

from shangheng.core.accounts import rules
from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = pytest.mark.journey

PER_ROUTE = 2  # pages of one kind are alike: two of each are opened
LINKS = "links => links.map(link => link.getAttribute('href'))"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def links_of(page: Page) -> list[str]:
    """Where the page leads within the platform, without queries and fragments."""
    hrefs = page.eval_on_selector_all("a[href]", LINKS)
    paths = [urlsplit(href).path for href in hrefs if not urlsplit(href).netloc]
    return [path for path in paths if path.startswith("/") and not path.startswith("/static/")]


def opened(page: Page, path: str) -> bool:
    """Open a page; False when it is a file to download. Raises AssertionError for an error page."""
    try:
        answer = page.goto(path, wait_until="load")
    except Error as problem:
        if "Download is starting" in problem.message:
            return False
        raise
    assert answer is not None
    assert answer.status < 400, f"{path}: {answer.status}"
    return True


@pytest.mark.parametrize("role", sorted(rules.roles()))
def test_every_page_within_reach_opens(role: str, server: Server, browser_page: Page) -> None:
    page = browser_page
    sign_in(page, server, role)
    waiting, seen, visits = deque([urlsplit(page.url).path]), {"/logout/"}, Counter[str]()
    wide: list[str] = []
    while waiting:
        path = waiting.popleft()
        route = resolve(path).route
        if path in seen or visits[route] >= PER_ROUTE:
            continue
        seen.add(path)
        visits[route] += 1
        if not opened(page, path):
            continue
        page.set_viewport_size({"width": 390, "height": 844})
        if page.evaluate(OVERFLOW) > 0:
            wide.append(path)
        page.set_viewport_size({"width": 1440, "height": 900})
        waiting.extend(links_of(page))
    assert len(visits) > 3, f"{role} reaches hardly anything: {sorted(visits)}"
    assert not wide, f"wider than a phone's screen: {wide}"
