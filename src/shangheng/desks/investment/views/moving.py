"""Taking a lead or project a step on: its gate asks for exactly what is missing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.database.edits import StaleEdit
from shangheng.desks.investment.forms.gates import GateForm
from shangheng.desks.investment.models import Lead, Project
from shangheng.desks.investment.services.handling import advance
from shangheng.desks.investment.views.acts import KINDS
from shangheng.desks.investment.views.common import (
    READ_AND_SEND,
    REFUSED,
    changed_meanwhile,
    refuse,
)
from shangheng.engines.cases.domain.workflow import Transition
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.selectors.cases import missing, workflow_of
from shangheng.engines.cases.selectors.wording import wanted
from shangheng.engines.cases.services.moving import leading_from


def _move(request: HttpRequest, pk: int, way: str, kind: str) -> HttpResponse:
    """The gate of a step, and the step itself when everything is there."""
    actor = person_of(request)
    row = KINDS[kind](actor=actor, pk=pk)
    try:
        step = leading_from(row.matter, way)
    except CannotDo as refusal:
        messages.warning(request, str(refusal))
        return redirect(kind, pk)
    lacks = missing(row.matter, step, actor)
    form = GateForm(
        request.POST or None,
        request.FILES or None,
        row=row,
        way=step,
        lacks=lacks,
        case=row.matter,
        actor=actor,
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            advance(
                actor=actor,
                at=timezone.now(),
                row=row,
                transition=step.id,
                seen=told["version"],
                values=form.values,
                uploads=list(form.uploads()),
                occurred_on=told.get("occurred_on"),
                reason=told.get("reason", ""),
            )
        except StaleEdit:
            return changed_meanwhile(request, row)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("“%(row)s”已%(way)s。") % {"row": row, "way": step.name})
            return redirect(_next(request) or reverse(kind, args=[pk]))
    return _page(request, form, row, step, kind)


def _page(
    request: HttpRequest, form: GateForm, row: Project | Lead, step: Transition, kind: str
) -> HttpResponse:
    case, actor = row.matter, person_of(request)
    context = {
        "form": form,
        "row": row,
        "page": kind,
        "way": step,
        "target": workflow_of(case)[1].stage(step.target),
        "wanted": wanted(case, form.lacks, actor),
        "next": _next(request),
    }
    return render(request, "investment/gate.html", context, status=422 if form.errors else 200)


def _next(request: HttpRequest) -> str:
    """Where to go on afterwards, within the platform."""
    to = request.POST.get("next") or request.GET.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else ""


def move_path(kind: str) -> URLPattern:
    """The address of every step of a kind."""

    @permission_required("cases.act")
    @require_http_methods(READ_AND_SEND)
    def view(request: HttpRequest, pk: int, way: str) -> HttpResponse:
        return _move(request, pk, way, kind)

    return path(f"{kind}s/<int:pk>/move/<slug:way>/", view, name=f"{kind}-move")
