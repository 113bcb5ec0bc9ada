"""Projects: the list, one of them, entering and changing."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.audit.conflicts import acts_on
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.core.lists.showing import show
from shangheng.desks.investment.access import access_project, may
from shangheng.desks.investment.forms import projects as forms
from shangheng.desks.investment.forms.fields import project_label
from shangheng.desks.investment.listings.progress import PROGRESS
from shangheng.desks.investment.listings.projects import BOARD, DIARY, MAP, PROJECTS
from shangheng.desks.investment.selectors.chains import position_of
from shangheng.desks.investment.selectors.files import file_of
from shangheng.desks.investment.selectors.leads import leads_for
from shangheng.desks.investment.selectors.organisations import people_of
from shangheng.desks.investment.selectors.posting_rules import posting_rule
from shangheng.desks.investment.selectors.projects import counted_of, projects_for
from shangheng.desks.investment.services import projects as services
from shangheng.desks.investment.views.common import (
    READ_AND_SEND,
    REFUSED,
    changed_meanwhile,
    conflict,
    form_page,
    refuse,
)
from shangheng.engines.cases.selectors.cases import stage_of
from shangheng.engines.registry.industries import industry_name

PICKED = 20
"""Projects that are offered at once while one types."""


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def project_list(request: HttpRequest) -> HttpResponse:
    """The projects that the person may see."""
    return show(request, PROJECTS, template="investment/projects.html")


@permission_required("investment.view")
@require_safe
def project_board(request: HttpRequest) -> HttpResponse:
    """The same projects on a board by stage."""
    return show(request, BOARD, template="investment/projects.html", rows="investment/board.html")


@permission_required("investment.view")
@require_safe
def project_diary(request: HttpRequest) -> HttpResponse:
    """The same projects in the calendar of a month."""
    return show(request, DIARY, template="investment/projects.html", rows="investment/diary.html")


@permission_required("investment.view")
@require_safe
def project_progress(request: HttpRequest) -> HttpResponse:
    """How far projects had come on a day, and those behind each number."""
    return show(request, PROGRESS, template="investment/projects.html")


@permission_required("investment.view")
@require_safe
@vary_on_headers("HX-Request")
def project_pick(request: HttpRequest) -> HttpResponse:
    """Projects to choose from while one types part of a name or a number; by itself it is no page."""
    if request.headers.get("HX-Request") != "true":
        return redirect("projects")
    text = request.GET.get("project", "").strip().removeprefix("#")
    number = Q(pk=int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else Q()
    found = projects_for(person_of(request)).filter(Q(name__icontains=text) | number)
    rows = [(project_label(row), stage_of(row.matter).name, row) for row in found[:PICKED]]
    return render(request, "investment/project_options.html", {"rows": rows})


@permission_required("investment.view")
@require_safe
def project_map(request: HttpRequest) -> HttpResponse:
    """The same projects on a map, and in a table what is in view."""
    return show(request, MAP, template="investment/projects.html", rows="investment/map.html")


@permission_required("investment.view")
@require_safe
def project_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One project, with what was done to it."""
    actor = person_of(request)
    row = access_project(actor=actor, pk=pk)
    parties = list(dict.fromkeys(one for one in (row.investor, row.company, row.group) if one))
    context = {
        "row": row,
        "page": "project",
        "file": file_of(actor, row),
        "parties": parties,
        "contacts": people_of(actor, parties),
        "counted": counted_of(row),
        "posting_rule": posting_rule(timezone.localdate()),
        "leads": leads_for(actor).filter(project=row),
        "position": position_of(row),
        "industry": industry_name(row.industry),
        "team": row.team.select_related("unit"),
        "may_edit": may(actor, row, "edit"),
        "acts": acts_on(f"investment.project:{row.pk}").order_by("-number")[:20],
    }
    return render(request, "investment/project.html", context)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def project_new(request: HttpRequest) -> HttpResponse:
    """Enter a project."""
    actor = person_of(request)
    form = forms.NewProjectForm(request.POST or None, actor=actor, initial={"unit": actor.unit})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        kept = {name: values.pop(name) for name in ("unit", "occurred_on", "team")}
        try:
            row = services.enter_project(actor=actor, at=timezone.now(), values=values, **kept)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("“%s”已登记。") % row.name)
            return redirect("project", row.pk)
    return form_page(request, form, _("登记招商项目"), home="projects")


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a project that others may be changing as well."""
    actor = person_of(request)
    row = access_project(actor=actor, pk=pk, to="edit")
    data = chosen(request.POST) if request.method == "POST" else None
    form = forms.EditProjectForm(data, initial=forms.entered(row))
    if data is not None and form.is_valid():
        values = dict(form.values)
        team = values.pop("team")
        try:
            services.change_project(
                actor=actor, at=timezone.now(), row=row, values=values, team=team, seen=form.seen
            )
        except StaleEdit as stale:
            return conflict(request, form, stale.current, forms.entered(stale.current))
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect("project", pk)
    return form_page(request, form, _("修改招商项目"), row)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def project_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a project goes."""
    actor = person_of(request)
    row = access_project(actor=actor, pk=pk, to="edit")
    known = {"status": row.status, "reason": row.status_reason, "version": row.version}
    form = forms.StatusForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_status(
                actor=actor, at=timezone.now(), row=row, seen=form.seen, **form.values
            )
        except StaleEdit:
            return changed_meanwhile(request, row)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("推进状态已更新。"))
            return redirect("project", pk)
    return form_page(request, form, _("调整推进状态"), row)
