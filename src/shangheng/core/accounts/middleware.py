"""The gate: no view runs before its mark has been asked."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from shangheng.core.accounts.access import admits
from shangheng.core.accounts.models import User
from shangheng.core.accounts.sessions import note_presence
from shangheng.core.audit.marks import PUBLIC, mark_for
from shangheng.core.audit.services import record

logger = logging.getLogger(__name__)
VOUCHED = "vouched"  # in the session of somebody who came in by another service
WRITTEN_EVERY = 60  # seconds between two writes of a session that is in use


class KeepAliveMiddleware:
    """Middleware: the time-out counts from the last act, to the minute, not from the login.

    Where the person is logged in is noted as well. A session is written once a minute at most,
    instead of at every request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Touch the session of a person who is logged in."""
        now = timezone.now()
        minute = int(now.timestamp() // WRITTEN_EVERY)
        if SESSION_KEY in request.session and request.session.get("minute") != minute:
            request.session["minute"] = minute
            if isinstance(request.user, User) and request.session.session_key:
                note_presence(
                    user=request.user,
                    session_key=request.session.session_key,
                    at=now,
                    device=request.headers.get("User-Agent", ""),
                )
        return self.get_response(request)


class GateMiddleware:
    """Middleware: enforces `view.permission`; a view without one is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do until the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None lets the view run. Raises PermissionDenied."""
        permission = permission_of(view, request.method)
        if permission == PUBLIC:
            return None
        user = request.user
        if not isinstance(user, User):
            return _ask_to_log_in(request)
        if (page := _duty(request, user)) is not None:
            return _redirect(request, reverse(page))
        if not may_open(user, view, request.method):
            with transaction.atomic():
                record(
                    actor=user,
                    act="access.refused",
                    at=timezone.now(),
                    label=f"{request.method} {request.path}",
                    after={"permission": permission},
                )
            raise PermissionDenied
        return None


def permission_of(view: Callable[..., Any], method: str | None = "GET") -> str | None:
    """The mark of a view; None (and a line in the log) for a view without one."""
    permission = mark_for(view, method)
    if permission is None:
        logger.error("view %r declares no permission and is refused", view)
    return permission


def may_open(
    user: User | AnonymousUser, view: Callable[..., Any], method: str | None = "GET"
) -> bool:
    """Whether `user` passes the mark of `view`."""
    permission = permission_of(view, method)
    if permission == PUBLIC:
        return True
    return permission is not None and admits(user, permission)


def may_follow(user: User | AnonymousUser, url: str) -> bool:
    """Whether `user` passes the mark of the page at an address of the platform."""
    try:
        return may_open(user, resolve(urlsplit(url).path).func)
    except Resolver404:
        return False


def landing_page(user: User) -> str:
    """Where a person starts: the first of `settings.LANDING_PAGES` that they may open."""
    for name in settings.LANDING_PAGES:
        url = reverse(name)
        if may_open(user, resolve(url).func):
            return url
    return reverse("password")


def password_is_due(user: User, at: datetime) -> bool:
    """Whether a person must choose a new password before anything else."""
    age = at - user.password_changed_at
    return user.must_change_password or age > timedelta(days=settings.PASSWORD_DAYS)


@dataclass(frozen=True)
class Duty:
    """What a person must do before anything else, and the page where they do it."""

    page: str
    is_due: Callable[[HttpRequest, User], bool]


_duties: dict[str, Duty] = {}


def add_duty(duty: Duty) -> None:
    """Have everybody sent to `duty.page` for whom it is due."""
    _duties[duty.page] = duty


def _duty(request: HttpRequest, user: User) -> str | None:
    """The page of the first duty; none for a program, whose token ends by itself."""
    match = request.resolver_match
    here = match.url_name if match else None
    if user.scopes is not None or here in {"logout", "language"}:
        return None
    due = next((duty.page for duty in _duties.values() if duty.is_due(request, user)), None)
    return None if due == here else due


def _must_choose_a_password(request: HttpRequest, user: User) -> bool:
    """Not for whom another service vouches: they have come in without one."""
    return password_is_due(user, timezone.now()) and VOUCHED not in request.session


add_duty(Duty("password", _must_choose_a_password))


def _ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """To the login page and, after it, back to the page where one was.

    For what was sent (POST) that is the page with the form; `lost` has the login page say that it
    was not kept.
    """
    page = request.get_full_path()
    query = {"next": page}
    if request.method != "GET" or request.headers.get("HX-Request"):
        query["next"] = _page_before(request) or "/"
    if request.method not in {"GET", "HEAD"}:
        query["lost"] = "1"
    return _redirect(request, f"{reverse('login')}?{urlencode(query)}")


def _page_before(request: HttpRequest) -> str:
    address = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return ""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _redirect(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(url)  # else the login page would land inside the page
    return HttpResponseRedirect(url)
