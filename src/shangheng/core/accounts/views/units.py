"""Pages about the tree of units: the outline, one unit, adding and renaming, Excel."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shangheng.core.accounts import units as services
from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.forms.units import EditUnitForm, NewUnitForm, OutlineForm, UnitForm
from shangheng.core.accounts.models import OrgUnit, UnitChange
from shangheng.core.accounts.tree.exporting import export_tree
from shangheng.core.accounts.tree.holdings import holdings
from shangheng.core.accounts.tree.reading import (
    Node,
    history_of,
    kept_by,
    narrowed,
    tree_now,
    tree_on,
)
from shangheng.core.audit.conflicts import acts_on, conflict_of, hold, revision_of
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit, chosen

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LATEST = 5


@permission_required("accounts.view")
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The tree as an outline: now or as of a day, all of it or what is looked for."""
    form = OutlineForm(request.GET)
    day = form.cleaned_data["on"] if form.is_valid() else None
    latest = UnitChange.objects.exclude(actor=None).select_related("unit", "other", "actor")
    context = {
        "form": form,
        "nodes": _nodes(form),
        "day": day,
        "holdings": holdings(),
        "latest": latest[:LATEST],
    }
    return render(request, "accounts/units.html", context, status=422 if form.errors else 200)


@permission_required("accounts.view")
@require_GET
def units_excel(request: HttpRequest) -> HttpResponse:
    """The outline as it is shown, as Excel."""
    form, now = OutlineForm(request.GET), timezone.now()
    day = (form.cleaned_data["on"] if form.is_valid() else None) or timezone.localdate(now)
    content = export_tree(actor=person_of(request), at=now, nodes=_nodes(form), on=day)
    headers = {"Content-Disposition": f'attachment; filename="units-{day:%Y%m%d}.xlsx"'}
    return HttpResponse(content, content_type=EXCEL, headers=headers)


@permission_required("accounts.view")
@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: where it stands, who belongs to it, what it keeps, how it came to be."""
    found = _unit(pk)
    past = history_of(found)
    context = {
        "unit": found,
        "above": _above(found),
        "below": found.children.filter(is_active=True),
        "people": found.people.filter(is_active=True).order_by("username"),
        "kept": kept_by(found),
        "past": past,
        "closed": next((one.change for one in past.lines if _closes(one.change, found)), None),
    }
    return render(request, "accounts/unit.html", context)


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """Add a unit, below the one that `?parent=` names."""
    form = NewUnitForm(request.POST or None, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_unit(
                actor=person_of(request), at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已增加“%s”。") % made.label)
            return redirect("units")
    return _form_page(request, form, _("增加单位"))


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a unit, or put it elsewhere among its neighbours."""
    found = _unit(pk)
    data = chosen(request.POST) if request.method == "POST" else None
    form = EditUnitForm(data, initial=_known(found))
    if data is not None and form.is_valid():
        try:
            _save(request, found, form)
        except StaleEdit:
            return _conflict(request, form, _unit(pk))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect("units")
    return _form_page(request, form, _("改名与排序"), found)


def _nodes(form: OutlineForm) -> list[Node]:
    wanted = form.cleaned_data if form.is_valid() else {}
    day = wanted.get("on")
    nodes = tree_on(day) if day and day < timezone.localdate() else tree_now()
    return narrowed(nodes, text=wanted.get("q", ""), closed=bool(wanted.get("closed")))


def _unit(pk: int) -> OrgUnit:
    return get_object_or_404(OrgUnit.objects.select_related("parent", "successor"), pk=pk)


def _above(unit: OrgUnit) -> QuerySet[OrgUnit]:
    """The units above, from the root down."""
    codes = unit.path.split("/")[:-2]
    return OrgUnit.objects.filter(code__in=codes).order_by("path")


def _closes(change: UnitChange, unit: OrgUnit) -> bool:
    ends = change.kind in {UnitChange.Kind.CLOSE, UnitChange.Kind.MERGE}
    return ends and change.unit_id == unit.pk and not change.undone_at and not unit.is_active


def _acts(unit: OrgUnit) -> QuerySet[Row]:
    return acts_on(f"accounts.orgunit:{unit.pk}")


def _known(unit: OrgUnit) -> dict[str, object]:
    """What the form about a unit shows first."""
    values = {name: getattr(unit, name) for name in ("name", "name_en", "position")}
    return {**values, "version": revision_of(_acts(unit))}


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
    if set(form.changed_data) & {"name", "name_en", "position"}:
        services.change_unit(actor=person_of(request), at=timezone.now(), unit=unit, **form.values)


def _form_page(
    request: HttpRequest, form: UnitForm, heading: str, unit: OrgUnit | None = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "unit": unit}
    status = 422 if form.errors else 200
    return render(request, "accounts/unit_form.html", context, status=status)
