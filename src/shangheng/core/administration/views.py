"""Pages of the administrator and the auditor: people, logins, the logs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.administration.listings.logins import LOGINS
from shangheng.core.administration.listings.operations import OPERATIONS
from shangheng.core.administration.listings.people import PEOPLE
from shangheng.core.administration.listings.sessions import SESSIONS
from shangheng.core.administration.selectors import object_of
from shangheng.core.audit.models import Row
from shangheng.core.audit.selectors import differences
from shangheng.core.lists.showing import show


@permission_required("accounts.view")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, or those looked for."""
    return show(request, PEOPLE, template="administration/people.html")


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Who is logged in now."""
    return show(request, SESSIONS, template="administration/sessions.html")


@permission_required("audit.view")
@require_GET
def operations(request: HttpRequest) -> HttpResponse:
    """The acts that were looked for, the latest first."""
    head = Row.objects.order_by("-number").first()
    context = {"head": head, "at": "audit"}
    return show(request, OPERATIONS, template="administration/log.html", context=context)


@permission_required("audit.view")
@require_GET
def logins(request: HttpRequest) -> HttpResponse:
    """Who came in, and who tried to."""
    context = {"at": "logins"}
    return show(request, LOGINS, template="administration/log.html", context=context)


@permission_required("audit.view")
@require_GET
def act(request: HttpRequest, number: int) -> HttpResponse:
    """One act: what was before, what after, and its place in the chain."""
    row = get_object_or_404(Row, pk=number)
    context = {
        "row": row,
        "object": object_of(row, person_of(request)),
        "differences": differences(row),
        "intact": row.fields().digest() == row.hash,
        "earlier": Row.objects.filter(pk=number - 1).exists(),
        "later": Row.objects.filter(pk=number + 1).exists(),
    }
    return render(request, "administration/act.html", context)
