"""Leads claimed, released, checked for duplicates, disputed, converted; the yield by source."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.database.edits import StaleEdit
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.access import (
    access_dispute,
    access_lead,
    access_lead_to_dispute,
    access_project,
)
from shangheng.desks.investment.forms import claiming as forms
from shangheng.desks.investment.selectors.duplicates import similar
from shangheng.desks.investment.selectors.harvest import harvest_of
from shangheng.desks.investment.services import claiming as services
from shangheng.desks.investment.services.handling import handled
from shangheng.desks.investment.views.common import (
    READ_AND_SEND,
    REFUSED,
    changed_meanwhile,
    form_page,
    refuse,
)


@permission_required("investment.view")
@require_safe
@vary_on_headers("HX-Request")
def similar_names(request: HttpRequest) -> HttpResponse:
    """What resembles a name: a page, and for htmx the part beside the form in which it is typed."""
    text = next(
        (request.GET[key] for key in ("investor", "name", "title", "code") if request.GET.get(key)),
        "",
    )
    context = {"found": similar(person_of(request), text[:200]), "text": text}
    part = "#similar" if request.headers.get("HX-Request") else ""
    return render(request, f"investment/similar_page.html{part}", context)


@permission_required("investment.edit")
@require_POST
def lead_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lead out of the pool."""
    actor = person_of(request)
    row = access_lead(actor=actor, pk=pk)
    try:
        services.claim(actor=actor, at=timezone.now(), row=row, seen=_seen(request))
    except StaleEdit:
        return changed_meanwhile(request, row)
    except REFUSED as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%s”已由您认领。") % row)
    return redirect("lead", pk)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def lead_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a lead back into the pool."""
    actor = person_of(request)
    row = access_lead(actor=actor, pk=pk, to="edit")
    form = forms.ReleaseForm(request.POST or None, case=row.matter, actor=actor)
    if request.method == "POST" and form.is_valid():
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["version"]
        at = timezone.now()
        act = partial(services.release, actor=actor, at=at, row=row, reason=reason, seen=seen)
        try:
            handled(actor=actor, at=at, row=row, act=act)
        except StaleEdit:
            return changed_meanwhile(request, row)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("“%s”已放回待认领。") % row)
            return redirect("lead", pk)
    return form_page(request, form, _("放回待认领"), row)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def lead_duplicates(request: HttpRequest, pk: int) -> HttpResponse:
    """What may be the same, and what somebody makes of it."""
    actor = person_of(request)
    row = access_lead(actor=actor, pk=pk, to="edit")
    known = {"conclusion": row.duplicate_note, "version": row.version}
    form = forms.DuplicatesForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            services.note_duplicates(
                actor=actor, at=timezone.now(), row=row, seen=form.seen, **form.values
            )
        except StaleEdit:
            return changed_meanwhile(request, row)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("查重结论已记下。"))
            return redirect("lead", pk)
    found = similar(actor, row.investor.name if row.investor else row.title, but=row)
    return form_page(request, form, _("查重"), row, found=found, shows_similar=True)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def lead_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a lead is one's own, also one of which nothing but the search for duplicates told."""
    actor = person_of(request)
    row = access_lead_to_dispute(actor=actor, pk=pk)
    form = forms.DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        grounds = form.cleaned_data["grounds"]
        try:
            services.dispute(actor=actor, at=timezone.now(), row=row, grounds=grounds)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("争议已提出，等负责人裁定。"))
            return redirect("leads")
    return form_page(request, form, _("提出争议：%s") % row.title, home="leads")


@permission_required("investment.rule")
@require_http_methods(READ_AND_SEND)
def lead_rule(request: HttpRequest, pk: int, of: int) -> HttpResponse:
    """Rule on a dispute over a lead."""
    actor = person_of(request)
    row = access_lead(actor=actor, pk=pk, to="rule")
    dispute = access_dispute(pk=of, lead=row)
    form = forms.RulingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        at = timezone.now()
        act = partial(
            services.rule,
            actor=actor,
            at=at,
            dispute=dispute,
            upheld=told["upheld"] == "yes",
            ruling=told["ruling"],
        )
        try:
            handled(actor=actor, at=at, row=row, act=act)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("已裁定。"))
            return redirect("lead", pk)
    return form_page(request, form, _("裁定争议"), row, dispute=dispute)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def lead_convert(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a lead a project."""
    actor = person_of(request)
    row = access_lead(actor=actor, pk=pk, to="edit")
    found = similar(actor, row.investor.name if row.investor else row.title, but=row)
    form = forms.ConvertForm(
        request.POST or None, case=row.matter, actor=actor, initial={"name": row.title}
    )
    form.offer(found, actor)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        at = timezone.now()
        existing = (
            access_project(actor=actor, pk=int(told["project"]), to="edit")
            if told["project"]
            else None
        )
        act = partial(
            services.convert,
            actor=actor,
            at=at,
            row=row,
            project=existing,
            name=told["name"],
            seen=told["version"],
        )
        try:
            project = handled(actor=actor, at=at, row=row, act=act)
        except StaleEdit:
            return changed_meanwhile(request, row)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("“%s”已转为项目。") % row)
            return redirect("project", project.pk)
    return form_page(
        request, form, _("转为项目"), row, found=found, shows_similar=True, submit=_("转为项目")
    )


@permission_required("investment.view")
@require_safe
def lead_harvest(request: HttpRequest) -> HttpResponse:
    """What came of the leads of a year, by source."""
    moment = moment_of(request)
    year = moment.period[:4]
    if not year.isdigit():
        raise Http404
    context = {"harvest": harvest_of(person_of(request), int(year)), "year": year}
    return render(request, "investment/harvest.html", context)


def _seen(request: HttpRequest) -> int:
    """The version that the page showed; 0, which is none, where it is missing."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else 0
