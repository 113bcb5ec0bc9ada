"""Every page that a role can reach by links opens without a complaint, also on a phone."""

from collections import Counter, deque
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Error, Page

from shangheng.core.accounts import rules
from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]

WALL = "wall/"  # pages for a screen on the wall
PER_ROUTE = 2  # pages of one kind are alike: two of each are opened
LINKS = "links => links.map(link => link.getAttribute('href'))"
# charts take their new width a few frames after the window has taken its own
FITS = """async () => {
  const root = document.documentElement;
  for (let frame = 0; frame < 60 && root.scrollWidth > root.clientWidth; frame++)
    await new Promise(requestAnimationFrame);
  return root.scrollWidth <= root.clientWidth;
}"""


@pytest.fixture
def server(shared_server: Server) -> Server:
    """Nothing is written here."""
    return shared_server


def links_of(page: Page) -> list[str]:
    """Where the page leads within the platform, without queries and fragments."""
    hrefs = page.eval_on_selector_all("a[href]", LINKS)
    paths = [urlsplit(href).path for href in hrefs if not urlsplit(href).netloc]
    return [path for path in paths if path.startswith("/") and not path.startswith("/static/")]


def status_of(page: Page, path: str) -> int:
    """Open a page; the status it answers with, and 0 for a file to download."""
    try:
        answer = page.goto(path, wait_until="load")
    except Error as problem:
        if "Download is starting" in problem.message:
            return 0
        raise
    assert answer is not None
    return answer.status


def too_wide_for_a_phone(page: Page) -> bool:
    page.set_viewport_size({"width": 390, "height": 844})
    fits: bool = page.evaluate(FITS)
    page.set_viewport_size({"width": 1440, "height": 900})
    return not fits


@pytest.mark.parametrize("role", sorted(rules.roles()))
def test_every_page_within_reach_opens(role: str, server: Server, browser_page: Page) -> None:
    page = browser_page
    sign_in(page, server, role)
    waiting, seen, visits = deque([urlsplit(page.url).path]), set[str](), Counter[str]()
    faults: list[str] = []
    while waiting:
        path = waiting.popleft()
        route = resolve(path).route
        if path in seen or visits[route] >= PER_ROUTE:
            continue
        seen.add(path)
        visits[route] += 1
        status = status_of(page, path)
        if status >= 400:
            faults.append(f"{path} answers {status}")
        elif status:
            waiting.extend(links_of(page))
            if not route.endswith(WALL) and too_wide_for_a_phone(page):
                faults.append(f"{path} is wider than a phone")
    assert not faults, f"as {role}: {faults}"
    assert len(visits) > 3, f"{role} reaches hardly anything: {sorted(visits)}"
