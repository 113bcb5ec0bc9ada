"""The desks and their pages as the frame lists them; each app registers its own in ``AppConfig.ready()``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from shangheng.core.accounts.access import admits
from shangheng.core.accounts.models import User
from shangheng.core.search.declaring import Document
from shangheng.core.ui.moment import Moment
from shangheng.core.ui.waiting import Waits

PHONE_DESKS = 3
ENOUGH = 100  # of what waits: more is shown as 99+, so nobody need count it


@dataclass(frozen=True)
class Item:
    """One page in the menu; ``waiting`` says what waits there for a person (0 or None shows nothing)."""

    label: str | Promise
    url_name: str
    permission: str
    waiting: Callable[[User], Waits | None] | None = None


@dataclass(frozen=True)
class Desk:
    """A group of pages under one heading; desks are listed by ``order``, then by ``code``."""

    code: str
    label: str | Promise
    icon: str
    items: tuple[Item, ...]
    order: int = 100
    phone: bool = True


@dataclass(frozen=True)
class Entry:
    """A menu line made ready for one person."""

    label: str
    url: str
    icon: str
    waiting: int
    current: bool
    phone: bool = False
    entries: tuple["Entry", ...] = ()


_desks: dict[str, Desk] = {}


def register(desk: Desk) -> None:
    """Add ``desk`` to the frame, or replace the one registered under the same code."""
    _desks[desk.code] = desk


def add(code: str, item: Item) -> None:
    """Add a page to a desk that is registered already; added again, it replaces itself."""
    desk = _desks[code]
    others = tuple(each for each in desk.items if each.url_name != item.url_name)
    _desks[code] = replace(desk, items=(*others, item))


def desks() -> list[Desk]:
    """Return the registered desks in the order of the menu."""
    return sorted(_desks.values(), key=lambda desk: (desk.order, desk.code))


def waits_for(user: User) -> dict[str, Waits]:
    """What waits for ``user`` behind the pages that they may open."""
    return {
        item.url_name: waits
        for desk in _desks.values()
        for item in desk.items
        if item.waiting and admits(user, item.permission) and (waits := item.waiting(user))
    }


def entries_for(
    request: HttpRequest, user: User, moment: Moment | None, waiting: Mapping[str, int]
) -> list[Entry]:
    """Return the desks that ``user`` may open, each with its pages; links keep the moment.

    ``waiting`` tells how much waits behind a page.
    """
    current = _current_url(request.path, [i.url_name for desk in desks() for i in desk.items])
    suffix = f"?{moment.query}" if moment and moment.query else ""
    result = []
    for desk in desks():
        entries = tuple(_entries(desk, user, current, suffix, waiting))
        if entries:
            result.append(
                Entry(
                    label=str(desk.label),
                    url=entries[0].url,
                    icon=desk.icon,
                    waiting=sum(entry.waiting for entry in entries),
                    current=any(entry.current for entry in entries),
                    phone=desk.phone,
                    entries=entries,
                )
            )
    return result


def on_phone(entries: Iterable[Entry]) -> list[Entry]:
    """Return the desks for the bar at the foot of a phone; whoever has none there gets what they have."""
    every = list(entries)
    return ([entry for entry in every if entry.phone] or every)[:PHONE_DESKS]


def pages(user: User) -> list[Document]:
    """The pages that a person may open, as the search finds them: by their name or their desk's."""
    return [
        Document(item.url_name, str(item.label), reverse(item.url_name), str(desk.label))
        for desk in desks()
        for item in desk.items
        if admits(user, item.permission)
    ]


def _entries(
    desk: Desk, user: User, current: str, suffix: str, waiting: Mapping[str, int]
) -> Iterable[Entry]:
    for item in desk.items:
        if admits(user, item.permission):
            url = reverse(item.url_name)
            yield Entry(
                label=str(item.label),
                url=url + suffix,
                icon=desk.icon,
                waiting=waiting.get(item.url_name, 0) if item.waiting else 0,
                current=url == current,
            )


def _current_url(path: str, url_names: Iterable[str]) -> str:
    """The longest menu address that ``path`` lies under: a record's page belongs to its list."""
    under = [url for url in map(reverse, url_names) if path.startswith(url)]
    return max(under, key=len, default="")
