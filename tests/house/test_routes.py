"""Nobody can forget to protect a page: every route declares who may use it."""

import re
from collections.abc import Iterator

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.tree import PACKAGE, name, under

OPEN = {"public", "signed_in"}


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route below `resolver` with its full pattern."""
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, pattern)
        else:
            yield pattern, entry


def marks(route: URLPattern) -> set[str | None]:
    """What a route asks for: one mark, or one for each method that it serves."""
    by_method: dict[str, str] = getattr(route.callback, "permissions", {})
    return {getattr(route.callback, "permission", None), *by_method.values()}


def known_permissions() -> set[str]:
    rules = yaml.safe_load((PACKAGE / "rules" / "permissions.yaml").read_text(encoding="utf-8"))
    return {rule["code"] for rule in rules}


def test_every_route_declares_a_permission() -> None:
    undeclared = [
        pattern
        for pattern, route in routes(get_resolver())
        if not marks(route) <= known_permissions() | OPEN
    ]
    assert not undeclared, (
        "Decorate the view with permission_required(code of rules/permissions.yaml), signed_in or "
        f"public (core.accounts.access): {undeclared}"
    )


def test_every_route_has_a_name() -> None:
    nameless = [pattern for pattern, route in routes(get_resolver()) if not route.name]
    assert not nameless, f"Give path() a name=, so that templates need no addresses: {nameless}"


def test_every_route_that_a_page_names_exists() -> None:
    names = {route.name for _, route in routes(get_resolver())}
    used = {
        (name(file), called)
        for file in under("src", suffix=".html")
        for called in re.findall(r"""{%\s*url\s+["']([^"']+)""", file.read_text(encoding="utf-8"))
    }
    unknown = sorted(f"{file}: {called}" for file, called in used if called not in names)
    assert not unknown, f"No route has that name: {unknown}"
