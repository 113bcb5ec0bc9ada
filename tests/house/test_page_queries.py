"""On the sample year, every page without parameters takes as many queries as are kept for it."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from shangheng.config.sample.load import load
from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import roles
from shangheng.core.dictionaries import selectors as dictionaries
from tests.house.query_counts import pinned, pins
from tests.house.test_routes import OPEN, routes

QUERIES = 30
"""The most that any page may take."""


def plain_pages() -> Iterator[tuple[str, str]]:
    """Name and permission of every route that is opened without parameters."""
    for pattern, route in routes(get_resolver()):
        if "<" not in pattern and route.name:
            yield route.name, getattr(route.callback, "permission", "")


def visitor(permission: str) -> User:
    """Somebody of the sample year who may open a page with that permission."""
    for code, role in roles().items():
        if permission in OPEN or permission in role.permissions:
            return User.objects.filter(grants__role=code).earliest("pk")
    raise LookupError(f"no role holds {permission}")


@pytest.mark.django_db
def test_pages_take_as_many_queries_as_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "KEPT_SECONDS", 3600)  # not read anew in between
    load(lambda *_: None)
    client = Client()
    faults = []
    for name, permission in plain_pages():
        client.force_login(visitor(permission))
        if client.get(reverse(name)).status_code != 200:  # fills what is kept between requests
            continue  # a route that only takes posts, or leads elsewhere
        try:
            with pinned(name):
                client.get(reverse(name))
        except AssertionError as fault:
            faults.append(str(fault).partition("\n")[0])
    assert not faults, "\n".join(faults)


def test_no_page_may_take_many() -> None:
    many = {page: count for page, count in pins().items() if count > QUERIES}
    assert not many, f"Over {QUERIES} queries, whatever was kept: {many}"
