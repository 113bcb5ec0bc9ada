"""Every page that a role can reach by links opens without a complaint, also on a phone."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from shangheng.core.accounts import rules
from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]

WALL = "wall/"  # pages for a screen on the wall
PER_ROUTE = 2  # pages of one kind are alike: two of each are opened
HREF = re.compile(r'<a\b[^>]*?\shref="([^"#?]+)')
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
TOKEN = re.compile(r'value="\w{64}"')  # of a form: another at every request
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


@pytest.fixture(scope="module")
def opened() -> set[str]:
    """What stood in the pages that some role opened: the same at the same address looks the same."""
    return set()


def links_of(text: str) -> list[str]:
    """Where a page leads within the platform, without queries and fragments."""
    paths = [unescape(href) for href in HREF.findall(text)]
    return [path for path in paths if path.startswith("/") and not path.startswith("/static/")]


def content(text: str) -> str:
    """What stands in a page within its frame; all of it where there is none."""
    framed = MAIN.search(text)
    return TOKEN.sub("", framed[0] if framed else text)


def faults_of(page: Page, path: str, wall: bool) -> list[str]:
    """Open a page on a screen, then as narrow as a phone, unless it is for a wall."""
    page.goto(path, wait_until="load")
    if wall:
        return []
    page.set_viewport_size({"width": 390, "height": 844})
    fits: bool = page.evaluate(FITS)
    page.set_viewport_size({"width": 1440, "height": 900})
    return [] if fits else [f"{path} is wider than a phone"]


@pytest.mark.parametrize("role", sorted(rules.roles()))
def test_every_page_within_reach_opens(
    role: str, server: Server, browser_page: Page, opened: set[str]
) -> None:
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
        answer = page.request.get(path)
        if answer.status >= 400:
            faults.append(f"{path} answers {answer.status}")
        elif "text/html" in answer.headers["content-type"]:
            text = answer.text()
            waiting.extend(links_of(text))
            if (inside := path + content(text)) not in opened:
                opened.add(inside)
                faults += faults_of(page, path, wall=route.endswith(WALL))
    assert not faults, f"as {role}: {faults}"
    assert len(visits) > 3, f"{role} reaches hardly anything: {sorted(visits)}"
