"""Pages about the tree of units."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangheng.core.accounts import selectors
from shangheng.core.accounts import units as services
from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.forms.units import EditUnitForm, NewUnitForm, UnitForm
from shangheng.core.accounts.models import OrgUnit
from shangheng.core.audit.conflicts import acts_on, conflict_of, hold, revision_of
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit, chosen


@permission_required("accounts.view")
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The whole tree."""
    return render(request, "accounts/units.html", {"units": selectors.unit_tree()})


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """Add a unit, below the one that `?parent=` names."""
    form = NewUnitForm(request.POST or None, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        try:
            unit = services.create_unit(
                actor=person_of(request), at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已增加“%s”。") % unit.label)
            return redirect("units")
    return _form_page(request, form, _("增加单位"))


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a unit, put it elsewhere among its neighbours, or hang it under another parent."""
    unit = get_object_or_404(OrgUnit.objects.select_related("parent"), pk=pk)
    data = chosen(request.POST) if request.method == "POST" else None
    form = EditUnitForm(data, initial=_known(unit))
    if data is not None and form.is_valid():
        try:
            _save(request, unit, form)
        except StaleEdit:
            return _conflict(request, form, get_object_or_404(OrgUnit, pk=pk))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect("units")
    return _form_page(request, form, _("修改单位"), unit)


@permission_required("accounts.manage")
@require_POST
def activate_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a unit out of use (active=0) or back into it (active=1)."""
    unit = get_object_or_404(OrgUnit.objects.select_related("parent"), pk=pk)
    active = request.POST.get("active") == "1"
    try:
        services.set_unit_active(
            actor=person_of(request), at=timezone.now(), unit=unit, active=active
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("已恢复使用。") if active else _("已停用。"))
    return redirect("units")


def _acts(unit: OrgUnit) -> QuerySet[Row]:
    return acts_on(f"accounts.orgunit:{unit.pk}")


def _known(unit: OrgUnit) -> dict[str, object]:
    """What the form about a unit shows first."""
    names = ("name", "name_en", "position", "parent")
    return {
        **{name: getattr(unit, name) for name in names},
        "version": revision_of(_acts(unit)),
    }


def _conflict(request: HttpRequest, form: EditUnitForm, unit: OrgUnit) -> HttpResponse:
    context = {
        "conflict": conflict_of(form, _known(unit), acts=_acts(unit)),
        "heading": unit.label,
        "back_url": reverse("units"),
    }
    return render(request, "ui/conflict.html", context, status=409)


@transaction.atomic
def _save(request: HttpRequest, unit: OrgUnit, form: EditUnitForm) -> None:
    """Only what was changed is done and recorded. Raises StaleEdit, ValidationError."""
    hold(_acts(unit), unit, seen=form.seen)
    actor, at, wanted = person_of(request), timezone.now(), form.cleaned_data
    if "parent" in form.changed_data:
        services.move_unit(actor=actor, at=at, unit=unit, parent=wanted["parent"])
    if set(form.changed_data) - {"parent", "version"}:
        services.change_unit(
            actor=actor,
            at=at,
            unit=unit,
            name=wanted["name"],
            name_en=wanted["name_en"],
            position=wanted["position"],
        )


def _form_page(
    request: HttpRequest, form: UnitForm, heading: str, unit: OrgUnit | None = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "unit": unit}
    status = 422 if form.errors else 200
    return render(request, "accounts/unit_form.html", context, status=status)
