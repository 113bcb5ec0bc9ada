"""Search over everything: each desk and engine offers what it can find, within what a person may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.audit.marks import SIGNED_IN

HITS = 8


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, a line about it, its address."""

    title: str
    url: str
    about: str = ""


@dataclass(frozen=True)
class Source:
    """Something that can be searched; ``find`` takes the person, the words and how many are wanted.

    ``permission`` is what a person needs to find anything here, or ``SIGNED_IN``.
    """

    code: str
    label: str | Promise
    permission: str
    find: Callable[[User, str, int], Sequence[Hit]]
    order: int = 100


@dataclass(frozen=True)
class Group:
    """What one source found."""

    label: str
    hits: tuple[Hit, ...]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add ``source`` to the search, or replace the one registered under the same code."""
    _sources[source.code] = source


def may_open(user: User, permission: str) -> bool:
    """Whether ``user`` holds ``permission``, which may also be ``SIGNED_IN``."""
    return permission == SIGNED_IN or allows(user, permission)


def search(user: User, text: str, limit: int = HITS) -> list[Group]:
    """Return what ``user`` may see of what ``text`` names, at most ``limit`` hits of each source."""
    words = text.strip()
    if not words:
        return []
    groups = []
    for source in sorted(_sources.values(), key=lambda s: (s.order, s.code)):
        if may_open(user, source.permission):
            hits = tuple(source.find(user, words, limit))[:limit]
            groups += [Group(str(source.label), hits)] if hits else []
    return groups
