"""Pages about people: who they are and what they may do."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangheng.core.accounts import entry, services
from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.forms.people import (
    EditPersonForm,
    GrantForm,
    NewPersonForm,
    PersonForm,
    SeenForm,
)
from shangheng.core.accounts.models import Grant, User
from shangheng.core.accounts.passwords import initial_password
from shangheng.core.accounts.sessions import sessions_of
from shangheng.core.audit.conflicts import Act, acts_on, acts_since, conflict_of, hold, revision_of
from shangheng.core.database.edits import StaleEdit, chosen


@permission_required("accounts.view")
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person with their grants."""
    user = _person(pk)
    return _person_page(request, user, GrantForm(initial=_seen(user)))


@permission_required("accounts.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Add a person; the password made for them is shown once."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = initial_password()
        try:
            added = services.create_user(
                actor=person_of(request), at=timezone.now(), password=password, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _show_password(request, added, password)
    return _form_page(request, form, _("增加人员"))


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name or the unit of a person."""
    user = _person(pk)
    data = chosen(request.POST) if request.method == "POST" else None
    form = EditPersonForm(data, initial=_known(user))
    if data is not None and form.is_valid():
        try:
            _change(request, user, form)
        except StaleEdit:
            return _conflict(request, form, _person(pk))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect("person", user.pk)
    return _form_page(request, form, _("修改人员"), user)


@permission_required("accounts.manage")
@never_cache
@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a new password, shown once."""
    user, password = _person(pk), initial_password()
    services.reset_password(
        actor=person_of(request), at=timezone.now(), user=user, password=password
    )
    return _show_password(request, user, password)


@permission_required("accounts.manage")
@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person who is locked out try again at once."""
    user = _person(pk)
    entry.unlock(actor=person_of(request), user=user, at=timezone.now())
    messages.success(request, _("已解除锁定。"))
    return redirect("person", user.pk)


@permission_required("accounts.manage")
@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate a person (active=0) or let them in again (active=1)."""
    user, active = _person(pk), request.POST.get("active") == "1"
    _try(
        request,
        lambda: services.set_active(
            actor=person_of(request), at=timezone.now(), user=user, active=active
        ),
        _("已恢复使用。") if active else _("已停用，正在使用的登录立即失效。"),
    )
    return redirect("person", user.pk)


@permission_required("accounts.manage")
@require_POST
def add_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    user = _person(pk)
    form = GrantForm(request.POST)
    if form.is_valid():
        try:
            given = services.grant(
                actor=person_of(request),
                at=timezone.now(),
                user=user,
                seen=form.seen,
                **form.values,
            )
        except StaleEdit:
            return _others_were_quicker(request, user, form.seen, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已授予“%s”角色。") % given.role_name)
            return redirect("person", user.pk)
    return _person_page(request, user, form, status=422)


@permission_required("accounts.manage")
@require_POST
def remove_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    grant = get_object_or_404(Grant.objects.select_related("user__unit"), pk=pk)
    user, form = grant.user, SeenForm(request.POST)
    if not form.is_valid():
        return _person_page(request, user, GrantForm(initial=_seen(user)), status=422)
    actor, now = person_of(request), timezone.now()
    try:
        services.revoke(actor=actor, at=now, grant=grant, seen=form.seen)
    except StaleEdit:
        return _others_were_quicker(request, user, form.seen)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("已收回“%s”角色。") % grant.role_name)
    return redirect("person", user.pk)


def _person(pk: int) -> User:
    return get_object_or_404(User.objects.select_related("unit"), pk=pk)


def _known(user: User) -> dict[str, object]:
    """What the form about a person shows first."""
    version = revision_of(acts_on(services.target_of(user)))
    return {"display_name": user.display_name, "unit": user.unit_id, "version": version}


@transaction.atomic
def _change(request: HttpRequest, user: User, form: EditPersonForm) -> None:
    """Change a person as they were seen. Raises StaleEdit, ValidationError."""
    hold(acts_on(services.target_of(user)), user, seen=form.seen)
    services.change_user(actor=person_of(request), at=timezone.now(), user=user, **form.values)


def _conflict(request: HttpRequest, form: EditPersonForm, user: User) -> HttpResponse:
    context = {
        "conflict": conflict_of(form, _known(user), acts=acts_on(services.target_of(user))),
        "heading": user.display_name,
        "back_url": reverse("person_edit", args=[user.pk]),
    }
    return render(request, "ui/conflict.html", context, status=409)


def _seen(user: User) -> dict[str, object]:
    """The version of what a person may do, as a form carries it."""
    return {"version": revision_of(services.acts_on_rights(user))}


def _others_were_quicker(
    request: HttpRequest, user: User, seen: int, form: GrantForm | None = None
) -> HttpResponse:
    """The person as they are now, with who changed their rights meanwhile; what was chosen is kept."""
    again = GrantForm(initial=(form.values if form else {}) | _seen(user))
    acts = acts_since(services.acts_on_rights(user), seen)
    return _person_page(request, _person(user.pk), again, status=409, acts=acts)


def _person_page(
    request: HttpRequest,
    user: User,
    form: GrantForm,
    status: int = 200,
    acts: Sequence[Act] = (),
) -> HttpResponse:
    context = {
        "person": user,
        "form": form,
        "acts": acts,
        "version": _seen(user)["version"],
        "locked_until": entry.user_locked_until(user, timezone.now()),
        "sessions": sessions_of(user, timezone.now()),
        "is_self": user.pk == person_of(request).pk,
    }
    return render(request, "accounts/person.html", context, status=status)


def _form_page(
    request: HttpRequest, form: PersonForm, heading: str, user: User | None = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "person": user}
    status = 422 if form.errors else 200
    return render(request, "accounts/person_form.html", context, status=status)


def _show_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    return render(request, "accounts/new_password.html", {"person": user, "password": password})


def _try(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do it and say so, or say why it was refused."""
    try:
        act()
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.error(request, message)
    else:
        messages.success(request, done)
