"""Addresses of pages by a number, for the many rows of an import or a list."""

from functools import cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

_STANDS_IN = 4_093_082_899  # a number that no route holds by itself


def numbered(name: str, number: int) -> str:
    """The address of the route `name` with one whole number in it.

    `reverse` goes through the patterns for each; here it is asked once for each route.
    """
    before, after = _around(name, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)
    return f"{before}{number}{after}"


@cache
def _around(name: str, _prefix: str, urlconf: str) -> tuple[str, str]:
    before, _number, after = reverse(name, urlconf, [_STANDS_IN]).partition(str(_STANDS_IN))
    return before, after
