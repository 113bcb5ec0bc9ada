"""What every page needs for its frame; nothing is counted or asked before a template uses it."""

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from shangheng.core.accounts.models import User
from shangheng.core.ui import badges, menu
from shangheng.core.ui.moment import ChoiceGroup, Moment, choices, moment_of
from shangheng.core.ui.waiting import count


def frame(request: HttpRequest) -> dict[str, Any]:
    """Offer ``moment``, ``menu``, ``signed_in`` and what the includes of the frame read.

    ``moment`` is None on the page that says that the address cannot be read.
    """
    user = getattr(request, "user", None)
    person = user if isinstance(user, User) else None
    waiting = cache(partial(_waiting, person))
    entries = SimpleLazyObject(lambda: _entries(request, person, waiting()))
    return {
        "moment": SimpleLazyObject(lambda: _moment(request)),
        "signed_in": person is not None,
        "menu": entries,
        "badges": SimpleLazyObject(lambda: badges.badges_for(waiting()) if person else []),
        "phone_menu": SimpleLazyObject(lambda: menu.on_phone(entries)),
        "moment_choices": SimpleLazyObject(lambda: _choices(request)),
        "kept_query": [
            (key, value)
            for key, values in request.GET.lists()
            if key not in {"period", "known", "page"}
            for value in values
        ],
    }


def _waiting(person: User | None) -> dict[str, int]:
    """How much waits behind each page: one query for the menu and the badges together."""
    return count(person, menu.waits_for(person) | badges.waits_for(person)) if person else {}


def _entries(
    request: HttpRequest, person: User | None, waiting: Mapping[str, int]
) -> list[menu.Entry]:
    return menu.entries_for(request, person, _moment(request), waiting) if person else []


def _choices(request: HttpRequest) -> list[ChoiceGroup]:
    moment = _moment(request)
    return choices(moment) if moment else []


def _moment(request: HttpRequest) -> Moment | None:
    try:
        return moment_of(request)
    except BadRequest:
        return None
