"""What ends with an account: apps above say what else to end when somebody is deactivated."""

from datetime import datetime
from typing import Protocol

from shangheng.core.accounts.models import User
from shangheng.core.audit.actor import Actor


class Ending(Protocol):
    """Ends something of a person, in the transaction that deactivates them."""

    def __call__(self, *, actor: Actor | None, at: datetime, user: User) -> None:
        """End it."""


_endings: dict[str, Ending] = {}


def when_somebody_leaves(code: str, ending: Ending) -> None:
    """Have `ending` called for everybody who is deactivated; registered again, it replaces."""
    _endings[code] = ending


def end_what_they_hold(*, actor: Actor | None, at: datetime, user: User) -> None:
    """Call every ending."""
    for ending in _endings.values():
        ending(actor=actor, at=at, user=user)
