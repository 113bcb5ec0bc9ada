"""Signs in the bar above every page that count what a person has not seen; apps register theirs in ``AppConfig.ready()``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from shangheng.core.accounts.models import User


@dataclass(frozen=True)
class Badge:
    """An icon with a count that leads to a page."""

    url_name: str
    label: str | Promise
    icon: str
    count: Callable[[User], int]


@dataclass(frozen=True)
class Shown:
    """A badge made ready for one person."""

    url_name: str
    label: str
    icon: str
    count: int


_badges: dict[str, Badge] = {}


def register(badge: Badge) -> None:
    """Add ``badge`` to the bar, or replace the one of the same page."""
    _badges[badge.url_name] = badge


def badges_for(user: User) -> list[Shown]:
    """Return the badges with what each counts for ``user``."""
    return [
        Shown(badge.url_name, str(badge.label), badge.icon, badge.count(user))
        for badge in _badges.values()
    ]
