"""What belongs to a unit, and what of it is still open when the unit is closed.

Apps above say by `register` what they keep by unit, and by `register_open` what would be left lying
without a unit to see to it. What can pass to the successor passes; what is written down for good
stays with the closed unit, and the successor, who reaches it, follows it up.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from shangheng.core.accounts.handover import Item
from shangheng.core.accounts.models import OrgUnit, User


@dataclass(frozen=True, slots=True)
class Holding:
    """Records that are kept by unit. `count` says how many each unit has (one query), by its key."""

    code: str
    label: str | Promise
    measure: str | Promise
    count: Callable[[], Mapping[int, int]]
    order: int = 100


class PassOn(Protocol):
    """Gives open things of a unit to another one, within the running transaction."""

    def __call__(
        self, *, actor: User, at: datetime, unit: OrgUnit, to: OrgUnit, keys: list[int]
    ) -> None:
        """Do it, with an audit row for each."""


@dataclass(frozen=True, slots=True)
class OpenKind:
    """Open things of a unit. Without `pass_on` they stay, and the successor follows them up."""

    code: str
    label: str | Promise
    find: Callable[[OrgUnit], Iterable[Item]]
    pass_on: PassOn | None = None
    order: int = 100


@dataclass(frozen=True, slots=True)
class OpenThings:
    """What is open with a unit of one kind."""

    kind: OpenKind
    items: tuple[Item, ...]


_holdings: dict[str, Holding] = {}
_open: dict[str, OpenKind] = {}


def register(*holdings: Holding) -> None:
    """Have records counted by unit; registered again, one replaces."""
    _holdings.update({one.code: one for one in holdings})


def register_open(*kinds: OpenKind) -> None:
    """Have open things looked for when a unit is closed; registered again, one replaces."""
    _open.update({one.code: one for one in kinds})


def holdings() -> list[Holding]:
    """What is kept by unit, in the order in which it is shown."""
    return sorted(_holdings.values(), key=lambda one: (one.order, one.code))


def open_kinds() -> dict[str, OpenKind]:
    """The kinds of open things by their code, in the order in which they are shown."""
    return dict(sorted(_open.items(), key=lambda pair: (pair[1].order, pair[0])))


def open_in(unit: OrgUnit) -> list[OpenThings]:
    """What is open with a unit, kind by kind; kinds without any are left out."""
    found = [OpenThings(kind, tuple(kind.find(unit))) for kind in open_kinds().values()]
    return [one for one in found if one.items]
