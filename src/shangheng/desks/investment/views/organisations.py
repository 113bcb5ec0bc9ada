"""Organisations: the list, one of them with all that is known of it, entering and changing."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.audit.conflicts import acts_on
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.core.lists.showing import show
from shangheng.desks.investment.forms import organisations as forms
from shangheng.desks.investment.listings.organisations import ORGANISATIONS
from shangheng.desks.investment.selectors import organisations as reading
from shangheng.desks.investment.services import organisations as services
from shangheng.desks.investment.views.acts_on_money import act
from shangheng.desks.investment.views.common import (
    READ_AND_SEND,
    REFUSED,
    changed_meanwhile,
    conflict,
    form_page,
    refuse,
)
from shangheng.engines.registry.access import access_membership, access_organisation
from shangheng.engines.registry.models import NameKind, Organisation
from shangheng.engines.registry.services import organisations as registry


@permission_required("registry.view")
@require_http_methods(READ_AND_SEND)
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Every organisation of the registry."""
    return show(request, ORGANISATIONS, template="investment/organisations.html")


@permission_required("registry.view")
@require_safe
def organisation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation, with what of its undertakings the person may see."""
    actor = person_of(request)
    row = access_organisation(actor=actor, pk=pk)
    if row.pk != pk:
        messages.info(request, _("您找的单位已并入“%s”，现在显示的是它。") % row.name)
        return redirect("organisation", row.pk)
    context = {
        "row": row,
        "names": row.names.order_by("kind", "pk"),
        "facts": reading.facts_of(row),
        "warnings": reading.code_warnings(row),
        "daughters": row.daughters.filter(merged_into=None),
        "lists": [(one, reading.list_text(one)) for one in row.memberships.all()],
        "projects": reading.projects_of(actor, row),
        "leads": reading.leads_of(actor, row),
        "arrivals": reading.arrivals_of(actor, row),
        "contacts": reading.people_of(actor, [row]),
        "merges": reading.merges_of(row),
        "most": reading.MOST,
        "acts": acts_on(f"registry.organisation:{pk}").order_by("-number")[:20],
    }
    return render(request, "investment/organisation.html", context)


@permission_required("registry.view")
@require_safe
def organisation_resembling(request: HttpRequest, pk: int) -> HttpResponse:
    """Others that may be the same organisation, with why."""
    row = access_organisation(actor=person_of(request), pk=pk)
    context = {"row": row, "found": reading.resembling(row)}
    return render(request, "investment/resembling.html", context)


@permission_required("registry.edit")
@require_http_methods(READ_AND_SEND)
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    form = forms.NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.enter_organisation(
                actor=person_of(request), at=timezone.now(), values=form.cleaned_data
            )
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("“%s”已登记。") % row.name)
            return redirect("organisation", row.pk)
    return form_page(request, form, _("登记单位"), home="organisations")


@permission_required("registry.edit")
@require_http_methods(READ_AND_SEND)
def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of an organisation that others may be changing as well."""
    actor = person_of(request)
    row = access_organisation(actor=actor, pk=pk, to="edit")
    data = chosen(request.POST) if request.method == "POST" else None
    form = forms.EditOrganisationForm(data, initial=forms.entered(row))
    if data is not None and form.is_valid():
        try:
            services.change_organisation(
                actor=actor, at=timezone.now(), row=row, values=form.values, seen=form.seen
            )
        except StaleEdit as stale:
            return conflict(request, form, stale.current, forms.entered(stale.current))
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect("organisation", row.pk)
    return form_page(request, form, _("修改单位资料"), row)


@permission_required("registry.edit")
@require_http_methods(READ_AND_SEND)
def organisation_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an organisation a new name; the old one stays as a former one."""
    actor = person_of(request)
    row = access_organisation(actor=actor, pk=pk, to="edit")
    known = {"version": row.version, "since": timezone.localdate()}
    form = forms.RenameForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_organisation(
                actor=actor, at=timezone.now(), row=row, seen=form.seen, **form.values
            )
        except StaleEdit:
            return changed_meanwhile(request, row)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("已更名为“%s”，原名称转为曾用名。") % row.name)
            return redirect("organisation", row.pk)
    return form_page(request, form, _("更名"), row)


@permission_required("registry.edit")
@require_http_methods(READ_AND_SEND)
def organisation_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a former, short or foreign name."""
    actor = person_of(request)
    row = access_organisation(actor=actor, pk=pk, to="edit")
    form = forms.NameForm(request.POST if request.method == "POST" else None)

    def add() -> str:
        name, kind = form.cleaned_data["name"], NameKind(form.cleaned_data["kind"])
        until: date | None = form.cleaned_data["until"]
        services.add_name(
            actor=actor,
            at=timezone.now(),
            row=row,
            name=name,
            kind=kind,
            until=until,
            source=form.cleaned_data["source"],
        )
        messages.success(request, _("名称“%s”已登记，可以按它查找。") % name)
        return reading.organisation_url(row.pk)

    return act(request, form, _("登记别的名称"), add, **way_back(row))


@permission_required("registry.edit")
@require_http_methods(READ_AND_SEND)
def organisation_on_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that an organisation stands on a list in a year."""
    actor = person_of(request)
    row = access_organisation(actor=actor, pk=pk, to="edit")
    form = forms.ListForm(request.POST if request.method == "POST" else None)

    def note() -> str:
        services.put_on_list(actor=actor, at=timezone.now(), row=row, **form.cleaned_data)
        messages.success(request, _("名录已登记。"))
        return reading.organisation_url(row.pk)

    return act(request, form, _("登记名录"), note, **way_back(row))


@permission_required("registry.edit")
@require_POST
def organisation_off_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a place on a list that was noted wrongly."""
    actor = person_of(request)
    row = access_membership(actor=actor, pk=pk)
    text = reading.list_text(row)
    registry.take_off_list(actor=actor, at=timezone.now(), membership=row)
    messages.success(request, _("“%s”已撤销。") % text)
    return redirect("organisation", row.organisation_id)


def way_back(row: Organisation) -> dict[str, object]:
    """Where a form about an organisation leads back to."""
    page = reading.organisation_url(row.pk)
    return {
        "back_url": page,
        "crumbs": [(reverse("organisations"), _("企业名录")), (page, row.name)],
    }
