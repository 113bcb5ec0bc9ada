"""Every address that can be asked for answers every role, in Chinese and in English: never by an error."""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls import resolve as resolve_path
from django.urls.exceptions import Resolver404
from playwright.sync_api import Page

from shangheng.core.accounts import rules
from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = pytest.mark.journey

# 401: the API asks for a token, a program for its own; 405: a button's address, which only takes POST
ALLOWED = {200, 302, 401, 403, 404, 405}
FOUND_PER_ROUTE = 2
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
MADE_UP = {  # 1 for every other argument
    "code": "trade.total",
    "form": "xlsx",
    "tier": "expected",
    "reference": "trade.total/2021/420112",
}
HREF = re.compile(r'href="([^"]+)"')
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
TOKEN = re.compile(r'value="\w{64}"')  # of a form: another at every request
NOT_TRANSLATED = ("- Select an option -", "This field is required")


@pytest.fixture(scope="module")
def read_in_english() -> set[str]:
    """What stood in the pages that were asked for in English too, by any role: the same needs no second time."""
    return set()


@pytest.fixture
def server(shared_server: Server) -> Server:
    """Nothing is written here."""
    return shared_server


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Every route of the platform, as it is written in the URLconf."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from routes(entry, route)


def found_on(text: str) -> dict[str, list[str]]:
    """The addresses to which a page links, by route."""
    found: dict[str, list[str]] = defaultdict(list)
    for href in HREF.findall(text):
        path = urlsplit(href).path
        try:
            found[resolve_path(path).route].append(path)
        except Resolver404:
            continue
    return found


class Walk:
    """One person asks for every address."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.read = 0  # pages that were shown

    def ask(self, path: str, language: str) -> str:
        """The page at `path` as it comes, redirects not followed; what is wrong with it is noted."""
        answer = self.page.request.get(
            path, max_redirects=0, headers={"Accept-Language": language}, timeout=60_000
        )
        if answer.status not in ALLOWED:
            self.faults.append(f"{answer.status} {path} ({language})")
        if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            return ""
        text: str = answer.text()
        self.read += 1
        wanted = f'<html lang="{"zh-hans" if language == "zh-CN" else "en"}"'
        self.faults += [] if wanted in text else [f"{path} is not in {language}"]
        if language == "zh-CN":
            self.faults += [f"{path} says “{words}”" for words in NOT_TRANSLATED if words in text]
        return text


def content(page: str) -> str:
    """What stands in a page within its frame; all of it where there is none."""
    framed = MAIN.search(page)
    return TOKEN.sub("", framed[0] if framed else page)


def shown(walk: Walk) -> Iterator[tuple[str, str]]:
    """Addresses and what they show in Chinese.

    Pages without an argument, then a made-up address and linked ones of each other route.
    """
    every = list(routes(get_resolver()))
    linked = defaultdict[str, list[str]](list)
    for path in [f"/{route}" for route in every if not ARGUMENT.search(route)]:
        if text := walk.ask(path, "zh-CN"):
            yield path, text
            for other, paths in found_on(text).items():
                linked[other].extend(paths)
    for route in filter(ARGUMENT.search, every):
        made_up = ARGUMENT.sub(lambda argument: quote(MADE_UP.get(argument[1], "1")), route)
        for path in [f"/{made_up}", *linked[route][:FOUND_PER_ROUTE]]:
            if text := walk.ask(path, "zh-CN"):
                yield path, text


@pytest.mark.parametrize("role", sorted(rules.roles()))
def test_every_address_answers(
    role: str, server: Server, browser_page: Page, read_in_english: set[str]
) -> None:
    sign_in(browser_page, server, role)
    walk = Walk(browser_page)
    for path, text in list(shown(walk)):
        if (inside := path + content(text)) not in read_in_english:
            read_in_english.add(inside)
            walk.ask(path, "en")
    assert not walk.faults, f"as {role}: {walk.faults}"
    assert walk.read > 10
