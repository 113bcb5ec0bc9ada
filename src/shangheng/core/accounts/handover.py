"""What is open with a person, and who takes it over when they leave (离岗交接).

Desks say by `register` what can be open with somebody. What has an owner changes its owner; what is
written down for good (a submission, say) keeps its author, and the receiver gets it on their list.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.models import User

CLOSING, CLOSED = gettext_lazy("不交接，删去（不能恢复）"), gettext_lazy("删去，没有交接")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is open: its key, what it is called, where it is, the unit it belongs to.

    `permission` is what its receiver needs besides that of the kind.
    """

    key: int
    label: str
    url: str
    unit_id: int | None = None
    permission: str = ""


class HandOver(Protocol):
    """Gives things of one kind from one person to another, within the running transaction."""

    def __call__(
        self, *, actor: User, at: datetime, giver: User, receiver: User, keys: list[int]
    ) -> None:
        """Do it, with an audit row for each."""


class Close(Protocol):
    """Ends things of one kind that nobody is to take over, within the running transaction."""

    def __call__(self, *, actor: User, at: datetime, giver: User, keys: list[int]) -> None:
        """Do it, with an audit row for each."""


@dataclass(frozen=True, slots=True)
class Open:
    """A kind of open things. A receiver needs `permission` where each thing belongs.

    Without `hand_over` the things stay as they are, and stand on the receiver's list. With `close`
    they may be ended instead, which cannot be undone: `closing` says so before, `closed` on the
    sheet. Things that belong nowhere are not `scoped`; `permission` may then be ``SIGNED_IN``.
    """

    code: str
    label: str | Promise
    permission: str
    find: Callable[[User], Iterable[Item]]
    hand_over: HandOver | None = None
    order: int = 100
    close: Close | None = None
    scoped: bool = True
    closing: str | Promise = CLOSING
    closed: str | Promise = CLOSED

    @property
    def moves(self) -> bool:
        """Whether the owner changes; otherwise the receiver follows up what stays as it is."""
        return self.hand_over is not None

    @property
    def closes(self) -> bool:
        """Whether things may be ended instead."""
        return self.close is not None


_kinds: dict[str, Open] = {}


def register(kind: Open) -> None:
    """Have things of a kind handed over; registered again, it replaces."""
    _kinds[kind.code] = kind


def kinds() -> list[Open]:
    """The kinds in the order in which they are shown."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.code))


@dataclass(frozen=True, slots=True)
class Found:
    """What is open with somebody of one kind."""

    kind: Open
    items: tuple[Item, ...]

    @property
    def needed(self) -> list[str]:
        """The marks that a receiver must pass: that of the kind and those of the things."""
        own = (item.permission for item in self.items if item.permission)
        return list(dict.fromkeys([self.kind.permission, *own]))


def open_with(user: User) -> list[Found]:
    """Everything that is open with a person, kind by kind; kinds without any are left out."""
    found = [Found(kind, tuple(kind.find(user))) for kind in kinds()]
    return [one for one in found if one.items]
