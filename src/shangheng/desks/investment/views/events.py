"""Events: the list, one of them with its stands and projects, what is entered there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.core.lists.showing import show
from shangheng.desks.investment.access import access_event, may_enter
from shangheng.desks.investment.forms import events as forms
from shangheng.desks.investment.listings.events import EVENTS
from shangheng.desks.investment.models import Event
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.desks.investment.services import events as services
from shangheng.desks.investment.views.acts_on_money import act
from shangheng.desks.investment.views.common import READ_AND_SEND, conflict


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def event_list(request: HttpRequest) -> HttpResponse:
    """The events that the person may see."""
    return show(request, EVENTS, template="investment/events.html")


@permission_required("investment.view")
@require_safe
def event_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: its stands, its projects, what it came to."""
    actor = person_of(request)
    row = access_event(actor=actor, pk=pk)
    results = row.results.select_related("project")
    context = {
        "row": row,
        "stands": row.stands.select_related("organisation"),
        "results": results.filter(project__in=projects_for(actor).order_by().values("pk")),
        "may_edit": may_enter(actor, row.unit),
    }
    return render(request, "investment/event.html", context)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def event_new(request: HttpRequest) -> HttpResponse:
    """Enter an event."""
    actor = person_of(request)
    data = request.POST if request.method == "POST" else None
    form = forms.EventForm(data, actor=actor, initial={"unit": actor.unit})

    def enter() -> str:
        values = dict(form.cleaned_data)
        unit = values.pop("unit")
        row = services.enter_event(actor=actor, at=timezone.now(), unit=unit, values=values)
        messages.success(request, _("“%s”已登记。") % row.name)
        return reverse("event", args=[row.pk])

    back = reverse("events")
    crumbs = [(back, _("签约和展会"))]
    return act(request, form, _("登记活动"), enter, back_url=back, crumbs=crumbs)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an event right that others may be changing as well."""
    actor = person_of(request)
    row = access_event(actor=actor, pk=pk)
    if not may_enter(actor, row.unit):
        raise PermissionDenied
    data = chosen(request.POST) if request.method == "POST" else None
    form = forms.EditEventForm(data, actor=actor, initial=_entered(row))

    def change() -> str:
        services.change_event(
            actor=actor, at=timezone.now(), row=row, values=form.values, seen=form.seen
        )
        messages.success(request, _("已保存。"))
        return reverse("event", args=[pk])

    try:
        return _act(request, form, _("修改活动"), row, change)
    except StaleEdit as stale:
        return conflict(request, form, stale.current, _entered(stale.current))


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def event_stands(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter or change the stands of an enterprise."""
    actor = person_of(request)
    row = access_event(actor=actor, pk=pk)
    form = forms.StandsForm(request.POST if request.method == "POST" else None)

    def enter() -> str:
        services.set_stands(actor=actor, at=timezone.now(), event=row, values=form.cleaned_data)
        messages.success(request, _("展位已登记。"))
        return reverse("event", args=[pk])

    return _act(request, form, _("登记展位"), row, enter)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def event_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the event did for a project."""
    actor = person_of(request)
    row = access_event(actor=actor, pk=pk)
    form = forms.OutcomeForm(request.POST if request.method == "POST" else None, actor=actor)

    def enter() -> str:
        services.set_outcome(
            actor=actor,
            at=timezone.now(),
            event=row,
            project=form.cleaned_data["project"],
            outcome=form.cleaned_data["outcome"],
        )
        messages.success(request, _("项目成效已登记。"))
        return reverse("event", args=[pk])

    return _act(request, form, _("登记项目成效"), row, enter)


def _entered(row: Event) -> dict[str, Any]:
    """What the form shows first, with the version that it was read from."""
    return {name: getattr(row, name) for name in (*services.FIELDS, "version")}


def _act(
    request: HttpRequest, form: Any, heading: str, row: Event, do: Callable[[], str]
) -> HttpResponse:
    back = reverse("event", args=[row.pk])
    crumbs = [(reverse("events"), _("签约和展会")), (back, row.name)]
    return act(request, form, heading, do, back_url=back, crumbs=crumbs)
