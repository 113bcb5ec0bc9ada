"""Leads: the list, one of them, entering and changing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import allows, permission_required, person_of
from shangheng.core.audit.conflicts import acts_on
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.core.lists.showing import show
from shangheng.desks.investment.access import access_lead, may, may_rule_on
from shangheng.desks.investment.forms import leads as forms
from shangheng.desks.investment.listings.leads import LEADS
from shangheng.desks.investment.models import Dispute
from shangheng.desks.investment.selectors.files import file_of
from shangheng.desks.investment.selectors.leads import contact_for, source_name
from shangheng.desks.investment.services import leads as services
from shangheng.desks.investment.services.claiming import is_claimed
from shangheng.desks.investment.views.common import (
    READ_AND_SEND,
    REFUSED,
    conflict,
    form_page,
    refuse,
)
from shangheng.engines.registry.industries import industry_name


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def lead_list(request: HttpRequest) -> HttpResponse:
    """The leads that the person may see."""
    return show(request, LEADS, template="investment/leads.html")


@permission_required("investment.view")
@require_safe
def lead_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One lead, with what was done to it."""
    actor = person_of(request)
    row = access_lead(actor=actor, pk=pk)
    may_enter = allows(actor, "investment.edit")
    claimed = is_claimed(row, timezone.localdate())
    disputes = Dispute.objects.filter(lead=row).select_related("claimant", "ruled_by", "lead__case")
    context = {
        "row": row,
        "page": "lead",
        "file": file_of(actor, row),
        "source": source_name(row.source),
        "industry": industry_name(row.industry),
        "contact": contact_for(actor, row),
        "may_edit": may(actor, row, "edit"),
        "may_claim": may_enter and not claimed and not row.matter.closed,
        "may_dispute": may_enter and claimed and row.claimed_by_id != actor.pk,
        "disputes": [(one, may_rule_on(actor, one)) for one in disputes],
        "acts": acts_on(f"investment.lead:{row.pk}").order_by("-number")[:20],
    }
    return render(request, "investment/lead.html", context)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def lead_new(request: HttpRequest) -> HttpResponse:
    """Enter a lead."""
    actor = person_of(request)
    form = forms.NewLeadForm(request.POST or None, actor=actor, initial={"unit": actor.unit})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        unit = values.pop("unit")
        try:
            row = services.enter_lead(actor=actor, at=timezone.now(), values=values, unit=unit)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("“%s”已登记，等待认领。") % row.title)
            return redirect("lead", row.pk)
    return form_page(request, form, _("登记招商线索"), home="leads")


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def lead_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a lead that others may be changing as well."""
    actor = person_of(request)
    row = access_lead(actor=actor, pk=pk, to="edit")
    data = chosen(request.POST) if request.method == "POST" else None
    form = forms.EditLeadForm(data, initial=forms.entered(row))
    if data is not None and form.is_valid():
        try:
            services.change_lead(
                actor=actor, at=timezone.now(), row=row, values=form.values, seen=form.seen
            )
        except StaleEdit as stale:
            return conflict(request, form, stale.current, forms.entered(stale.current))
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect("lead", pk)
    return form_page(request, form, _("修改招商线索"), row)
