"""The usual ways to narrow a list, so that a declaration needs no function of its own."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from shangheng.core.lists.declaring import Asked

type Rows = QuerySet[Any]
type Narrow = Callable[[Rows, str, Asked], Rows]

LONGEST_KEY = 18  # digits: any key, and no more than a database takes for one


def by(field: str) -> Narrow:
    """Those whose `field` has the value."""
    return lambda rows, value, _asked: rows.filter(**{field: value})


def numbered(field: str) -> Narrow:
    """Those whose key `field` is the number, with # or without; no other text meets any."""

    def narrow(rows: Rows, text: str, _asked: Asked) -> Rows:
        number = text.removeprefix("#")
        told = number.isascii() and number.isdigit() and len(number) <= LONGEST_KEY
        return rows.filter(**{field: int(number)}) if told else rows.none()

    return narrow


def holding(*fields: str) -> Narrow:
    """Those of which one of `fields` holds the text; `pk` is met by its number, with # or without."""

    def narrow(rows: Rows, text: str, _asked: Asked) -> Rows:
        named = Q()
        for field in fields:
            if field != "pk":
                named |= Q((f"{field}__icontains", text))
        number = text.removeprefix("#")
        if "pk" in fields and number.isascii() and number.isdigit():
            named |= Q(pk=int(number))
        return rows.filter(named) if named else rows.none()

    return narrow


def since(field: str, *, instant: bool = False) -> Narrow:
    """Those whose day is the value or later; `instant` for a field that keeps the time as well."""
    begins = _begin if instant else _day
    return lambda rows, value, _asked: rows.filter(**{f"{field}__gte": begins(value)})


def until(field: str, *, instant: bool = False) -> Narrow:
    """Those whose day is the value or earlier; `instant` for a field that keeps the time as well."""
    if instant:
        return lambda rows, value, _asked: rows.filter(**{f"{field}__lt": _begin(value, days=1)})
    return lambda rows, value, _asked: rows.filter(**{f"{field}__lte": _day(value)})


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _begin(value: str, days: int = 0) -> datetime:
    """The first instant of a day, or of one that many days later."""
    return timezone.make_aware(datetime.combine(_day(value) + timedelta(days), time.min))
