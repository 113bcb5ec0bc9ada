"""Spaces for a project: what suits it and why, what it asks, holding one for it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.database.edits import StaleEdit
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.access import access_project, access_space, may
from shangheng.desks.investment.forms import spaces as forms
from shangheng.desks.investment.selectors.spaces import (
    SHOWN,
    matches_for,
    need_of,
    spaces_for,
    standings,
    version_on,
)
from shangheng.desks.investment.services import spaces as services
from shangheng.desks.investment.views.common import READ_AND_SEND


@permission_required("investment.view")
@require_safe
def project_spaces(request: HttpRequest, pk: int) -> HttpResponse:
    """The free spaces for a project, the most suitable first, with the reasons."""
    actor = person_of(request)
    row = access_project(actor=actor, pk=pk)
    at = moment_of(request).known_at
    taken = spaces_for(actor, at=at).filter(taken_by=row.pk)
    context = {
        "row": row,
        "need": need_of(row),
        "matches": matches_for(actor, row, at=at),
        "held": [one for one in standings(taken, actor) if one.taken],
        "rule": version_on(timezone.localdate(at)),
        "most": SHOWN,
        "may_edit": may(actor, row, "edit"),
    }
    return render(request, "investment/project_spaces.html", context)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def project_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a project asks of a space."""
    actor = person_of(request)
    row = access_project(actor=actor, pk=pk, to="edit")
    form = forms.NeedForm(request.POST or None, initial=forms.entered(need_of(row)))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_need(
                actor=actor, at=timezone.now(), project=row, values=form.values, seen=form.seen
            )
        except StaleEdit:
            messages.warning(request, _("您打开之后，别人改过“%s”；请看过现在的内容再办。") % row)
            return redirect("project-spaces", pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect("project-spaces", pk)
    context = {"form": form, "heading": _("对载体的要求"), "project": row}
    status = 422 if form.errors else 200
    return render(request, "investment/space_form.html", context, status=status)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def project_reserve(request: HttpRequest, pk: int, space: int) -> HttpResponse:
    """Hold a space for a project."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk, to="edit")
    row = access_space(actor=actor, pk=space)
    days = int(version_on(timezone.localdate())["reserve_days"])
    form = forms.ReserveForm(request.POST or None, days=days)
    if request.method == "POST" and form.is_valid():
        try:
            services.reserve(
                actor=actor, at=timezone.now(), row=row, project=project, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已为“%s”预留。") % project.name)
            return redirect("project-spaces", pk)
    context = {
        "form": form,
        "heading": _("预留“%s”") % row.name,
        "project": project,
        "submit": _("预留"),
    }
    status = 422 if form.errors else 200
    return render(request, "investment/space_form.html", context, status=status)
