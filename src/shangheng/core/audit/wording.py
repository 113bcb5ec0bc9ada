"""The values of details in words: what only a program reads is told by its name."""

import re
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")

_words: dict[str, Callable[[str], str]] = {}


def register(words: Callable[[str], str], *details: str) -> None:
    """Have the values of these details (the last part of their path) told by `words`."""
    _words.update(dict.fromkeys(details, words))


def words_of(path: str, value: str) -> str:
    """The value of a detail such as `grant.role` as a person reads it."""
    tell = _words.get(path.rpartition(".")[2])
    if tell is not None:
        return tell(value)
    if INSTANT.fullmatch(value):
        return f"{timezone.localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
    return value
