"""The lists there are, by code; each app adds its own in ``AppConfig.ready()``."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from shangheng.core.lists.declaring import Listing

_listings: dict[str, Listing[Any, Any]] = {}

type Order = Callable[[HttpRequest, Listing[Any, Any]], HttpResponse]
_long_exports: list[Order] = []


class UnknownListing(LookupError):
    """A list that nobody registered."""


def register(*listings: Listing[Any, Any]) -> None:
    """Add lists, or replace those registered under the same codes."""
    for listing in listings:
        _listings[listing.code] = listing


def listing(code: str) -> Listing[Any, Any]:
    """The list of that code. Raises UnknownListing."""
    try:
        return _listings[code]
    except KeyError:
        raise UnknownListing(f"there is no list {code!r}") from None


def listings() -> list[Listing[Any, Any]]:
    """Every list."""
    return list(_listings.values())


def make_long_exports_by(order: Order) -> None:
    """Have `order` answer where a list is exported that is too long to wait for."""
    _long_exports[:] = [order]


def long_exports() -> Order | None:
    """Who takes long exports; None when they are made at once."""
    return _long_exports[0] if _long_exports else None
