"""Telling those above that something was written, without knowing them.

A service of a lower room says `changed(unit)` in its transaction; what must stay in step with it
registers in ``AppConfig.ready()``. No signals: nothing happens that a service does not call.
"""

from collections.abc import Callable

from django.db.models import Model

_followers: list[Callable[..., None]] = []


def follow(follower: Callable[..., None]) -> None:
    """Let `follower(*things)` be called, in the same transaction, with what was written."""
    if follower not in _followers:
        _followers.append(follower)


def changed(*things: Model) -> None:
    """Tell every follower."""
    for follower in _followers:
        follower(*things)
