"""Spaces: the list, one of them, entering and changing, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.audit.conflicts import acts_on, conflict_of
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.core.lists.showing import show
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.access import access_space, may_keep
from shangheng.desks.investment.forms import spaces as forms
from shangheng.desks.investment.listings.spaces import MAP, SPACES
from shangheng.desks.investment.models import Space
from shangheng.desks.investment.selectors.spaces import history, spaces_for, standings
from shangheng.desks.investment.services import spaces as services
from shangheng.desks.investment.views.common import READ_AND_SEND


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def space_list(request: HttpRequest) -> HttpResponse:
    """The spaces, as they stand on the day of the page."""
    return show(request, SPACES, template="investment/spaces.html")


@permission_required("investment.view")
@require_safe
def space_map(request: HttpRequest) -> HttpResponse:
    """The same spaces on a map, and in a table what is in view."""
    return show(request, MAP, template="investment/spaces.html", rows="investment/map.html")


@permission_required("investment.view")
@require_safe
def space_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One space: how it stands, what became of it, what was changed."""
    actor = person_of(request)
    row = access_space(actor=actor, pk=pk)
    found = spaces_for(actor, at=moment_of(request).known_at).filter(pk=pk)
    events = history(row, actor)
    last = next(event for event, _project in events if event.undone_at is None)
    context = {
        "row": row,
        "line": next(iter(standings(found, actor)), None),
        "events": events,
        "last": last,
        "may_undo": last.pk != events[-1][0].pk and services.may_undo(actor, row, last),
        "may_edit": may_keep(actor, row),
        "acts": acts_on(f"investment.space:{row.pk}").order_by("-number")[:20],
    }
    return render(request, "investment/space.html", context)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def space_new(request: HttpRequest) -> HttpResponse:
    """Enter a space."""
    actor = person_of(request)
    form = forms.NewSpaceForm(request.POST or None, actor=actor, initial={"unit": actor.unit})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        state, since = values.pop("state"), values.pop("since")
        try:
            row = services.enter_space(
                actor=actor, at=timezone.now(), values=values, state=state, since=since
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%s”已登记。") % row.name)
            return redirect("space", row.pk)
    return _form(request, form, _("登记载体"))


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def space_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a space that others may be changing as well."""
    actor = person_of(request)
    row = access_space(actor=actor, pk=pk, to="edit")
    data = chosen(request.POST) if request.method == "POST" else None
    form = forms.EditSpaceForm(data, initial=forms.entered(row))
    if data is not None and form.is_valid():
        try:
            services.change_space(
                actor=actor, at=timezone.now(), row=row, values=form.values, seen=form.seen
            )
        except StaleEdit as stale:
            context = {
                "conflict": conflict_of(
                    form,
                    forms.entered(stale.current),
                    acts=acts_on(f"investment.space:{pk}"),
                ),
                "heading": str(row),
                "back_url": redirect("space", pk).url,
            }
            return render(request, "ui/conflict.html", context, status=409)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect("space", pk)
    return _form(request, form, _("修改载体"), row)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def space_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a space is free, let or sold."""
    actor = person_of(request)
    row = access_space(actor=actor, pk=pk, to="edit")
    form = forms.StateForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.set_state(
                actor=actor, at=timezone.now(), row=row, seen=form.seen, **form.values
            )
        except StaleEdit:
            messages.warning(request, _("您打开之后，别人改过“%s”；请看过现在的内容再办。") % row)
            return redirect("space", pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("状态已更新。"))
            return redirect("space", pk)
    return _form(request, form, _("变更状态"), row)


@permission_required("investment.edit")
@require_POST
def space_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was last done to a space, if it is what the page showed."""
    actor = person_of(request)
    row = access_space(actor=actor, pk=pk)
    key = request.POST.get("event", "")
    event = int(key) if key.isascii() and key.isdigit() else 0
    try:
        services.undo_event(actor=actor, at=timezone.now(), row=row, event=event)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("已撤销上一步。"))
    return redirect("space", pk)


def _form(
    request: HttpRequest, form: Form, heading: str, row: Space | None = None, **more: Any
) -> HttpResponse:
    context = {"form": form, "heading": heading, "row": row, **more}
    status = 422 if form.errors else 200
    return render(request, "investment/space_form.html", context, status=status)
