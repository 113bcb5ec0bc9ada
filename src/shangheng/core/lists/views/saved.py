"""Pages about saved views: keep one, change it, share it, remove it, choose what a list opens with."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shangheng.core.accounts.access import admits, allows, person_of, signed_in
from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import roles
from shangheng.core.audit.conflicts import Act, acts_on, acts_since, conflict_of, revision_of
from shangheng.core.audit.marks import SIGNED_IN
from shangheng.core.database.edits import EditForm, StaleEdit, chosen
from shangheng.core.lists import registry, services
from shangheng.core.lists.declaring import AnyListing
from shangheng.core.lists.forms import SeenForm, ViewForm
from shangheng.core.lists.models import NAME_LENGTH, SavedView
from shangheng.core.lists.selectors import defaults_of, views_for


@signed_in
@require_safe
def view_list(request: HttpRequest, code: str) -> HttpResponse:
    """The views of one list: the own ones with all that can be done, and those that others share."""
    return _list_page(request, code)


def _list_page(
    request: HttpRequest, code: str, status: int = 200, acts: Sequence[Act] = ()
) -> HttpResponse:
    actor = person_of(request)
    listing = _listing(actor, code)
    defaults = defaults_of(code)
    rows = list(views_for(actor, code).select_related("owner"))
    names = {role.code: role.name for role in roles().values()}
    for row in rows:
        held = defaults.get(row.pk, [])
        row.is_mine = row.owner_id == actor.pk  # type: ignore[attr-defined] # the template asks for it
        row.is_first = any(d.person_id == actor.pk for d in held)  # type: ignore[attr-defined] # the template asks for it
        row.roles = [(d.role, names.get(d.role, d.role)) for d in held if d.role]  # type: ignore[attr-defined] # the template asks for it
    context = {
        "listing": listing,
        "rows": rows,
        "roles": [
            role
            for role in roles().values()
            if listing.permission in {SIGNED_IN, *role.permissions}
        ],
        "may_share": allows(actor, "lists.share"),
        "may_default": allows(actor, "lists.default"),
        "url": reverse(listing.url),
        "most": NAME_LENGTH,
        "version": revision_of(services.acts_of_choosing(code)),
        "acts": acts,
    }
    return render(request, "lists/views.html", context, status=status)


@signed_in
@require_POST
def view_new(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what a list shows under a name."""
    actor = person_of(request)
    listing = _listing(actor, code)
    try:
        view = services.save_view(
            actor=actor,
            at=timezone.now(),
            listing=code,
            name=request.POST.get("name", ""),
            query=request.POST.get("query", ""),
            shared="shared" in request.POST,
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(f"{reverse(listing.url)}?{request.POST.get('query', '')}")
    messages.success(request, _("视图“%s”已保存。") % view.name)
    return redirect(_address(view))


@signed_in
@require_POST
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a view, share it or no longer, or keep under it what the list shows now."""
    actor, view = person_of(request), _view(request, pk)
    form = ViewForm(chosen(request.POST))
    if not form.is_valid():
        return _refused(request, form, view)
    try:
        view = services.change_view(
            actor=actor, at=timezone.now(), view=view, seen=form.seen, **form.values
        )
    except StaleEdit:
        return _conflict(request, form, _view(request, pk))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("视图“%s”已保存。") % view.name)
    return redirect(_address(view) if "query" in form.values else _views(view.listing))


@signed_in
@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a view."""
    actor, view, form = person_of(request), _view(request, pk), SeenForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, view)
    try:
        services.delete_view(actor=actor, at=timezone.now(), view=view, seen=form.seen)
    except StaleEdit:
        messages.error(request, _("视图在您打开之后改过，没有删除；请看过现在的样子再删。"))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("视图“%s”已删除。") % view.name)
    return redirect(_views(view.listing))


@signed_in
@require_POST
def view_default(request: HttpRequest, code: str) -> HttpResponse:
    """Choose what a list opens with, for oneself or for a role; without `view`, the usual list."""
    actor = person_of(request)
    _listing(actor, code)
    wanted, role = request.POST.get("view", ""), request.POST.get("role", "")
    view = _view(request, int(wanted)) if wanted.isdecimal() else None
    form = SeenForm(request.POST)
    seen = form.seen if form.is_valid() else 0
    try:
        services.set_default(
            actor=actor, at=timezone.now(), listing=code, view=view, role=role, seen=seen
        )
    except StaleEdit:
        acts = acts_since(services.acts_of_choosing(code), seen)
        return _list_page(request, code, status=409, acts=acts)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("默认视图已改。") if view else _("已改回完整列表。"))
    return redirect(_views(code))


def _refused(request: HttpRequest, form: EditForm, view: SavedView) -> HttpResponse:
    for error in form.errors.values():
        messages.error(request, " ".join(map(str, error)))
    return redirect(_views(view.listing))


def _conflict(request: HttpRequest, form: ViewForm, view: SavedView) -> HttpResponse:
    """Only the owner has a hand in a view: what is laid out comes from another window."""
    acts = acts_on(services.target_of(view))
    context = {
        "conflict": conflict_of(form, ViewForm.known(view), acts=acts, not_by=view.owner_id),
        "heading": view.name,
        "back_url": _views(view.listing),
    }
    return render(request, "ui/conflict.html", context, status=409)


def _listing(actor: User, code: str) -> AnyListing:
    """The list, when the person may open it."""
    try:
        listing = registry.listing(code)
    except registry.UnknownListing:
        raise Http404 from None
    if not admits(actor, listing.permission):
        raise PermissionDenied
    return listing


def _view(request: HttpRequest, pk: int) -> SavedView:
    """A view that the person may open; Http404 otherwise, as if there were none."""
    view = get_object_or_404(SavedView, pk=pk)
    actor = person_of(request)
    _listing(actor, view.listing)
    return get_object_or_404(views_for(actor, view.listing), pk=pk)


def _address(view: SavedView) -> str:
    return f"{reverse(registry.listing(view.listing).url)}?view={view.pk}"


def _views(code: str) -> str:
    return reverse("list-views", args=[code])
