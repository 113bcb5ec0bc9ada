"""Errors below `/api/` are problems for programs; everywhere else they are pages.

`config.urls` names these functions as its handlers.
"""

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shangheng.core.api.problems import Problem, answer
from shangheng.core.audit.marks import mark_for
from shangheng.core.ui import errors as pages

BELOW = "/api/v"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body that is too large."""
    if not request.path.startswith(BELOW):
        return pages.bad_request(request, exception)
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return answer(
        request, Problem(status, str(exception) if isinstance(exception, BadRequest) else "")
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, naming the scope that is missing."""
    if not request.path.startswith(BELOW):
        return pages.forbidden(request, exception)
    match = request.resolver_match
    needed = mark_for(match.func, request.method) if match else None
    told = str(exception) if isinstance(exception, PermissionDenied) else ""
    headers = {}
    if needed and not told:
        told = _("需要权限 %s：令牌须带上它，令牌的主人也须持有它。") % needed
        challenge = f'Bearer error="insufficient_scope", scope="{needed}"'
        headers = {"WWW-Authenticate": challenge}
    return answer(request, Problem(403, told, headers=headers))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, whether the address or the record is missing."""
    if not request.path.startswith(BELOW):
        return pages.not_found(request, exception)
    return answer(request, Problem(404))


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    if not request.path.startswith(BELOW):
        return pages.server_error(request)
    return answer(request, Problem(500))
