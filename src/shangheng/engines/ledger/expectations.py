"""What desks expect an indicator to gain in a year; each desk offers its own in `AppConfig.ready()`.

A target sheet takes some of it up as growth points, by somebody's decision, and never knows whose it
is. What is offered is no posting and enters no figure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.functional import Promise

from shangheng.core.accounts.models import User


@dataclass(frozen=True, slots=True)
class Expected:
    """A posting to come: `low` to `high` in the unit of the indicator if it comes, `chance` in percent
    that it comes within the year. `key` is the same whenever the same thing is offered."""

    key: str
    name: str
    due_on: date
    low: Decimal
    high: Decimal
    chance: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What is asked for: a year of an indicator, as known at an instant, as far as somebody may see it."""

    actor: User
    indicator: str
    year: int
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a desk expects. `source` says what it was worked out from; `more` counts what is left out
    because it is small; `empty` says why there is nothing, where there is nothing."""

    items: Sequence[Expected]
    source: str = ""
    more: int = 0
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a desk offers for one indicator to those who hold `permission`.

    `page` is the name of the route where all of it stands, `url` leads from a key to what is meant.
    """

    code: str
    label: str | Promise
    indicator: str
    permission: str
    page: str
    tell: Callable[[About], Told]
    url: Callable[[str], str]


_offers: dict[str, Offer] = {}


def register(*offers: Offer) -> None:
    """Add offers, or replace those registered under the same code."""
    _offers.update({one.code: one for one in offers})


def offers(indicator: str) -> list[Offer]:
    """What is offered for an indicator, in the order of registration."""
    return [one for one in _offers.values() if one.indicator == indicator]


def origin_of(offer: Offer, item: Expected) -> str:
    """How something that was taken up says where it came from."""
    return f"{offer.code}:{item.key}"


def found(origin: str) -> tuple[Offer, str] | None:
    """The offer and the key that an origin names; None where the desk no longer offers it."""
    code, _colon, key = origin.partition(":")
    offer = _offers.get(code)
    return (offer, key) if offer else None
