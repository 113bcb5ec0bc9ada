"""Ending sessions: one's own, or as an administrator those of others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shangheng.core.accounts import sessions
from shangheng.core.accounts.access import permission_required, person_of, signed_in
from shangheng.core.accounts.models import Presence, User


@signed_in
@require_GET
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Where the visitor is logged in."""
    found = sessions.sessions_of(person_of(request), timezone.now())
    context = {"sessions": found, "here": request.session.session_key}
    return render(request, "accounts/own_sessions.html", context)


@signed_in
@require_POST
def end_own(request: HttpRequest, pk: int) -> HttpResponse:
    """The visitor ends one of their sessions elsewhere."""
    person = person_of(request)
    presence = get_object_or_404(Presence.objects.select_related("user"), pk=pk, user=person)
    sessions.end_session(actor=person, at=timezone.now(), presence=presence)
    messages.success(request, _("那一处的登录已结束。"))
    return redirect("sessions")


@permission_required("accounts.manage")
@require_POST
def end_all(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator ends every session of a person."""
    user = get_object_or_404(User, pk=pk)
    ended = sessions.end_sessions(actor=person_of(request), at=timezone.now(), user=user)
    messages.success(request, _("已结束%d处登录。") % ended)
    return redirect("person", pk)
