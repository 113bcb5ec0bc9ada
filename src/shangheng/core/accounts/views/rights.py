"""Pages about roles: the table of rights, its Excel file, one role, and the local roles."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shangheng.core.accounts import localroles, matrix
from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.forms.roles import EditRoleForm, ReasonForm, RoleForm
from shangheng.core.accounts.models import Grant, LocalRole
from shangheng.core.accounts.roles import all_roles
from shangheng.core.accounts.rules import permissions
from shangheng.core.audit.conflicts import acts_on, conflict_of
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit, chosen

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permission_required("accounts.view")
@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """Who may do what: roles across, permissions down."""
    roles = list(all_roles().values())
    holders = {role.code: 0 for role in roles}
    for code in Grant.objects.filter(user__is_active=True).values_list("role", flat=True):
        holders[code] = holders.get(code, 0) + 1
    context = {
        "roles": [(role, holders[role.code]) for role in roles],
        "rights": matrix.rights(roles),
        "retired": LocalRole.objects.exclude(retired_at=None),
    }
    return render(request, "accounts/rights.html", context)


@permission_required("accounts.view")
@require_GET
def rights_excel(request: HttpRequest) -> HttpResponse:
    """The table of rights as at now, as Excel."""
    now = timezone.now()
    content = matrix.export(actor=person_of(request), at=now)
    name = timezone.localtime(now).strftime("rights-%Y%m%d-%H%M.xlsx")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=EXCEL, headers=headers)


@permission_required("accounts.view")
@require_GET
def role(request: HttpRequest, code: str) -> HttpResponse:
    """One role: what it allows, who holds it, and how it came to be."""
    local = LocalRole.objects.filter(code=code).first()
    rule = all_roles().get(code) or (local.as_role() if local else None)
    if rule is None:
        raise Http404
    grants = Grant.objects.filter(role=code).select_related("user__unit", "local")
    rows = grants.prefetch_related("units").order_by("-user__is_active", "user__username")
    history = (
        Row.objects.filter(target=f"accounts.localrole:{local.pk}") if local else Row.objects.none()
    )
    context = {
        "role": rule,
        "local": local,
        "held": [p for p in permissions().values() if p.code in rule.permissions],
        "grants": [(grant, matrix.scope_words(grant)) for grant in rows],
        "history": history.order_by("-number"),
    }
    return render(request, "accounts/role.html", context)


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_role(request: HttpRequest) -> HttpResponse:
    """Make a local role, starting from the permissions of the role that `?from=` names."""
    pattern = all_roles().get(request.GET.get("from", ""))
    known = _known(pattern.permissions, pattern.scope) if pattern else {}
    form = RoleForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            made = localroles.create_role(
                actor=person_of(request), at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已建立“%s”角色，可以授予了。") % made.zh)
            return redirect("role", made.code)
    return _form_page(request, form, _("新建本地角色"), None)


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_role(request: HttpRequest, code: str) -> HttpResponse:
    """Change a local role."""
    local = get_object_or_404(LocalRole, code=code, retired_at=None)
    data = chosen(request.POST) if request.method == "POST" else None
    form = EditRoleForm(data, initial=EditRoleForm.known(local))
    if data is not None and form.is_valid():
        try:
            localroles.change_role(
                actor=person_of(request),
                at=timezone.now(),
                role=local,
                seen=form.seen,
                **form.values,
            )
        except StaleEdit as stale:
            return _conflict(request, form, stale.current)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已保存，担任这个角色的人员下一次点击即按新的权限办理。"))
            return redirect("role", code)
    return _form_page(request, form, _("修改本地角色"), local)


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def retire_role(request: HttpRequest, code: str) -> HttpResponse:
    """Take a local role out of use."""
    local = get_object_or_404(LocalRole, code=code, retired_at=None)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            localroles.retire_role(
                actor=person_of(request), at=timezone.now(), role=local, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%s”角色已停用，不能再授予。") % local.zh)
            return redirect("rights")
    return _form_page(request, form, _("停用本地角色"), local)


def _known(codes: Any, scope: str) -> dict[str, Any]:
    return {"permissions": list(codes), "scope": str(scope)}


def _conflict(request: HttpRequest, form: EditRoleForm, local: LocalRole) -> HttpResponse:
    acts = acts_on(localroles.target_of(local))
    context = {
        "conflict": conflict_of(form, EditRoleForm.known(local), acts=acts),
        "heading": local.zh,
        "back_url": reverse("role", args=[local.code]),
    }
    return render(request, "ui/conflict.html", context, status=409)


def _form_page(
    request: HttpRequest, form: RoleForm | ReasonForm, heading: str, local: LocalRole | None
) -> HttpResponse:
    holders = local.grants.filter(user__is_active=True).count() if local else 0
    context = {"form": form, "heading": heading, "local": local, "holders": holders}
    status = 422 if form.errors else 200
    return render(request, "accounts/role_form.html", context, status=status)
