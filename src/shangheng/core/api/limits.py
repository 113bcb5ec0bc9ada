"""Rates: so many requests a minute for a token and for an address, whichever process serves them.

What is left of a minute is kept in the database and drawn from it in portions: a process takes an
eighth of what it knows to be left, and asks again when that is used up. So 600 requests cost some
thirty writes rather than 600, and yet all processes together never let more through than the limit.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db import connection

from shangheng.core.api.models import Spending

SECONDS = 60
PORTION = 8
FORGET_AFTER = 60  # minutes

_DRAW = """
INSERT INTO api_spending (who, minute, spent) VALUES (%s, %s, %s)
ON CONFLICT (who) DO UPDATE SET
    spent = CASE WHEN api_spending.minute = excluded.minute
                 THEN api_spending.spent + excluded.spent ELSE excluded.spent END,
    minute = excluded.minute
RETURNING spent
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """How a request stands to a rate: `left` after it, or over it until `resets` seconds later."""

    name: str
    limit: int
    left: int
    resets: int
    over: bool

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers writes them."""
        told = {
            "RateLimit-Policy": f'"{self.name}";q={self.limit};w={SECONDS}',
            "RateLimit": f'"{self.name}";r={self.left};t={self.resets}',
        }
        return told | ({"Retry-After": str(self.resets)} if self.over else {})


@dataclass(slots=True)
class _Purse:
    """What this process holds of one minute: `mine` to give out, `rest` believed left for all."""

    minute: int
    mine: int
    rest: int


_purses: dict[str, _Purse] = {}
_lock = Lock()


def spend(name: str, key: str, limit: int, *, at: datetime) -> Rate:
    """Count one request of `key` against `limit` a minute."""
    minute, second = divmod(at.timestamp(), SECONDS)
    who, now = f"{name}:{key}", int(minute)
    with _lock:
        purse = _purses.get(who)
        if purse is None or purse.minute != now:
            _sweep(now)
            purse = _purses[who] = _Purse(now, 0, limit)
        if not purse.mine and purse.rest:
            _draw(who, purse, limit)
        over = not purse.mine
        purse.mine -= 0 if over else 1
        left = purse.mine + purse.rest
    return Rate(name, limit, left, max(1, math.ceil(SECONDS - second)), over)


def forget() -> None:
    """Give up what this process holds."""
    with _lock:
        _purses.clear()


def _draw(who: str, purse: _Purse, limit: int) -> None:
    portion = max(1, purse.rest // PORTION)
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [who, purse.minute, portion])
        (spent,) = cursor.fetchone()
    purse.mine = max(0, min(portion, limit - (spent - portion)))
    purse.rest = max(0, limit - spent)


def _sweep(minute: int) -> None:
    """Drop purses of past minutes and, once an hour, rows that nobody draws from any more."""
    stale = [who for who, purse in _purses.items() if purse.minute < minute]
    hour = {_purses[who].minute // FORGET_AFTER for who in stale}
    for who in stale:
        del _purses[who]
    if hour and max(hour) < minute // FORGET_AFTER:
        Spending.objects.filter(minute__lt=minute - FORGET_AFTER).delete()
