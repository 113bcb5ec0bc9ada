"""Before the gate: which token calls, and whether it calls too often."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.api import problems
from shangheng.core.api.bearer import caller, note_use
from shangheng.core.api.limits import Rate, spend
from shangheng.core.api.problems import Problem
from shangheng.core.audit.context import address
from shangheng.core.audit.marks import PUBLIC, mark_for

RATE = "api_rate"


class ApiMiddleware:
    """Middleware: at an address of the API the token alone says who calls; a session says nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say how the caller stands to its rate."""
        response = self.get_response(request)
        rate: Rate | None = request.__dict__.get(RATE)
        if rate is not None:
            for name, value in rate.headers.items():
                response[name] = value
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None lets the gate decide; a problem ends the request."""
        if not getattr(view, "is_api", False):
            return None
        request.user = AnonymousUser()
        try:
            _admit(request, view)
        except Problem as problem:
            return problems.answer(request, problem)
        return None


def _admit(request: HttpRequest, view: Callable[..., Any]) -> None:
    now = timezone.now()
    _count(request, spend("address", address(), settings.API_ADDRESS_RATE, at=now))
    mark = mark_for(view, request.method)
    if mark is None:
        raise Problem(405, headers={"Allow": ", ".join(sorted(view.__dict__["permissions"]))})
    found = caller(request, at=now)
    if found is not None:
        token, request.user = found
        _count(request, spend("token", str(token.pk), settings.API_TOKEN_RATE, at=now))
        note_use(token, at=now, address=address())
    elif mark != PUBLIC:
        raise Problem(401, headers={"WWW-Authenticate": "Bearer"})


def _count(request: HttpRequest, rate: Rate) -> None:
    request.__dict__[RATE] = rate
    if rate.over:
        told = _("每分钟最多%(limit)d次，%(seconds)d秒后可以再试。")
        raise Problem(429, told % {"limit": rate.limit, "seconds": rate.resets})
