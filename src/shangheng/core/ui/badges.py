"""Signs in the bar above every page that count what a person has not seen; apps register theirs in ``AppConfig.ready()``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from shangheng.core.accounts.models import User
from shangheng.core.ui.waiting import Waits


@dataclass(frozen=True)
class Badge:
    """An icon with a count that leads to a page."""

    url_name: str
    label: str | Promise
    icon: str
    waiting: Callable[[User], Waits]


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


def waits_for(user: User) -> dict[str, Waits]:
    """What waits for ``user`` behind each badge."""
    return {page: badge.waiting(user) for page, badge in _badges.items()}


def badges_for(waiting: Mapping[str, int]) -> list[Shown]:
    """Return the badges with what waits behind each."""
    return [
        Shown(page, str(badge.label), badge.icon, waiting.get(page, 0))
        for page, badge in _badges.items()
    ]
