"""Structural goals: all classes with their projects, the classes of one project, what is done there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.access import access_goal_claim, access_project, may
from shangheng.desks.investment.forms import goals as forms
from shangheng.desks.investment.forms.money import ReasonForm, upload_of
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors import goals as reading
from shangheng.desks.investment.services import goals as services
from shangheng.desks.investment.views.acts_on_money import act_on, sent
from shangheng.desks.investment.views.common import READ_AND_SEND


@permission_required("investment.view")
@require_safe
def structural(request: HttpRequest) -> HttpResponse:
    """Each class against its target, claimed apart from recognised, and the projects behind it."""
    actor, moment = person_of(request), moment_of(request)
    chosen = reading.class_of(request.GET.get("class", ""))
    lines = reading.lines_of(moment)
    context = {
        "lines": lines,
        "summed": reading.summed(lines),
        "classes": reading.classes(),
        "chosen": chosen,
        "filled": reading.filled(actor, moment, chosen.code if chosen else ""),
    }
    return render(request, "investment/structural.html", context)


@permission_required("investment.view")
@require_safe
def project_goals(request: HttpRequest, pk: int) -> HttpResponse:
    """The classes, what each asks of one project, and how far it is there."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk)
    context = {
        "row": project,
        "fits": reading.fits_of(project, timezone.localdate(), moment_of(request).known_at),
        "may_edit": may(actor, project, "edit"),
        "may_submit": may(actor, project, "submit"),
        "may_recognise": may(actor, project, "recognise"),
    }
    return render(request, "investment/project_goals.html", context)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def goal_claim(request: HttpRequest, pk: int, goal: str) -> HttpResponse:
    """Count a project in a class."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk, to="edit")
    found = reading.class_of(goal)
    version = found.on(timezone.localdate()) if found else None
    if found is None or version is None:
        raise Http404
    signed = project.matter.milestones.filter(stage="signed").order_by("-pk").first()
    first = {"counts_on": signed.occurred_on if signed else None}
    form = forms.ClaimForm(*sent(request), version=version, initial=first)

    def claim() -> str:
        values = dict(form.cleaned_data)
        upload = upload_of(values.pop("scan"))
        services.claim_goal(
            actor=actor, at=timezone.now(), project=project, goal=goal, upload=upload, **values
        )
        messages.success(request, _("已计入“%s”，待报市认定。") % found.name)
        return _page(project)

    return act_on(request, form, _("计入“%s”") % found.name, project, claim, page="project-goals")


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def goal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a project no longer in a class."""
    actor = person_of(request)
    row = access_goal_claim(actor=actor, pk=pk)
    form = ReasonForm(request.POST or None)

    def withdraw() -> str:
        services.withdraw_goal(actor=actor, at=timezone.now(), row=row, **form.cleaned_data)
        messages.success(request, _("已撤销。"))
        return _page(row.project)

    return act_on(request, form, _("撤销计入"), row.project, withdraw, page="project-goals")


@permission_required("investment.submit")
@require_http_methods(READ_AND_SEND)
def goal_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a project in a class to the city."""
    actor = person_of(request)
    row = access_goal_claim(actor=actor, pk=pk)
    form = forms.NoteForm(request.POST if request.method == "POST" else None)

    def submit() -> str:
        services.submit_goal(actor=actor, at=timezone.now(), row=row, **form.cleaned_data)
        messages.success(request, _("已报市认定。"))
        return _page(row.project)

    return act_on(request, form, _("报市认定"), row.project, submit, page="project-goals")


@permission_required("investment.recognise")
@require_http_methods(READ_AND_SEND)
def goal_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the city says."""
    actor = person_of(request)
    row = access_goal_claim(actor=actor, pk=pk)
    form = forms.GoalReplyForm(*sent(request), today=timezone.localdate())

    def decide() -> str:
        values = dict(form.cleaned_data)
        upload = upload_of(values.pop("scan"))
        services.decide_goal(actor=actor, at=timezone.now(), row=row, upload=upload, **values)
        messages.success(request, _("认定结果已登记。"))
        return _page(row.project)

    return act_on(request, form, _("登记认定结果"), row.project, decide, page="project-goals")


def _page(project: Project) -> str:
    return reverse("project-goals", args=[project.pk])
