"""Money in place: the list, the money of one project, one arrival, what is done with them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.audit.conflicts import acts_on
from shangheng.core.lists.showing import show
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.access import access_arrival, access_outflow, access_project, may
from shangheng.desks.investment.forms import money as forms
from shangheng.desks.investment.listings.money import ARRIVALS
from shangheng.desks.investment.models import Outflow
from shangheng.desks.investment.selectors import money as reading
from shangheng.desks.investment.services import money as services
from shangheng.desks.investment.services import submitting
from shangheng.desks.investment.views.acts_on_money import act_on, sent
from shangheng.desks.investment.views.common import READ_AND_SEND
from shangheng.engines.ledger.domain.status import Status

INDUSTRY = frozenset("BCD")  # sections of GB/T 4754: mining, manufacturing, energy and water


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def arrival_list(request: HttpRequest) -> HttpResponse:
    """The arrivals that the person may see; several are sent to the city together."""
    return show(request, ARRIVALS)


@permission_required("investment.view")
@require_safe
def project_money(request: HttpRequest, pk: int) -> HttpResponse:
    """What arrived for a project, what left again, what there is to doubt."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk)
    rows = reading.arrivals_for(actor).filter(project=project)
    lines = reading.lines_of(rows.prefetch_related("documents"), moment_of(request).known_at)
    context = {
        "row": project,
        "lines": lines,
        "sums": reading.sums_of(lines),
        "outflows": Outflow.objects.filter(project=project).select_related("payee", "document"),
        "doubts": reading.doubts_of(project),
        "may_edit": may(actor, project, "edit"),
    }
    return render(request, "investment/money.html", context)


@permission_required("investment.view")
@require_safe
def arrival_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One arrival: its voucher, what it counts for, where it stands."""
    actor = person_of(request)
    row = access_arrival(actor=actor, pk=pk)
    line = reading.lines_of([row], moment_of(request).known_at)[0]
    context = {
        "row": row,
        "line": line,
        "documents": row.documents.all(),
        "doubts": [one for one in reading.doubts_of(row.project) if one.arrival.pk == row.pk],
        "batches": row.batches.all(),
        "may_edit": line.is_live and may(actor, row.project, "edit"),
        "may_withdraw": line.held(Status.SUBMITTED) and may(actor, row.project, "submit"),
        "acts": acts_on(f"investment.arrival:{row.pk}").order_by("-number")[:20],
    }
    return render(request, "investment/arrival.html", context)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def arrival_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter money that arrived for a project."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk, to="edit")
    first = {
        "payer": project.investor.name if project.investor else "",
        "industrial": project.industry[:1] in INDUSTRY,
        "currency": "CNY",
    }
    form = forms.ArrivalForm(*sent(request), today=timezone.localdate(), initial=first)

    def enter() -> str:
        upload = forms.upload_of(form.cleaned_data["scan"])
        row = services.enter_arrival(
            actor=actor,
            at=timezone.now(),
            project=project,
            values=form.values(),
            uploads=[upload] if upload else [],
        )
        messages.success(request, _("到资#%d已登记入账。") % row.pk)
        return reading.arrival_url(row.pk)

    return act_on(request, form, _("登记到资"), project, enter, page="project-money")


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def outflow_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter money that left again."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk, to="edit")
    form = forms.OutflowForm(*sent(request))

    def enter() -> str:
        services.enter_outflow(
            actor=actor,
            at=timezone.now(),
            project=project,
            values=form.values(),
            upload=forms.upload_of(form.cleaned_data["scan"]),
        )
        messages.success(request, _("资金流出已登记。"))
        return reverse("project-money", args=[pk])

    return act_on(request, form, _("登记资金流出"), project, enter, page="project-money")


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def arrival_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an arrival back."""
    actor = person_of(request)
    row = access_arrival(actor=actor, pk=pk, to="edit")
    form = forms.ReasonForm(request.POST or None)

    def take_back() -> str:
        services.take_back_arrival(actor=actor, at=timezone.now(), row=row, **form.cleaned_data)
        messages.success(request, _("到资#%d已撤销，台账已冲销。") % pk)
        return reading.arrival_url(pk)

    return act_on(request, form, _("撤销到资"), row.project, take_back, page="project-money")


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def outflow_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an outflow that was entered by mistake."""
    actor = person_of(request)
    row = access_outflow(actor=actor, pk=pk)
    project = row.project
    form = forms.ReasonForm(request.POST or None)

    def take_back() -> str:
        services.take_back_outflow(actor=actor, at=timezone.now(), row=row, **form.cleaned_data)
        messages.success(request, _("已撤销。"))
        return reverse("project-money", args=[project.pk])

    return act_on(request, form, _("撤销资金流出"), project, take_back, page="project-money")


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def arrival_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a voucher."""
    actor = person_of(request)
    row = access_arrival(actor=actor, pk=pk, to="edit")
    form = forms.ScanForm(*sent(request))

    def attach() -> str:
        upload = forms.upload_of(form.cleaned_data["scan"])
        if upload is not None:
            services.add_voucher(actor=actor, at=timezone.now(), row=row, upload=upload)
        messages.success(request, _("凭证已补上。"))
        return reading.arrival_url(pk)

    return act_on(request, form, _("补充凭证"), row.project, attach, page="project-money")


@permission_required("investment.submit")
@require_http_methods(READ_AND_SEND)
def arrival_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was sent to the city and is not decided."""
    actor = person_of(request)
    row = access_arrival(actor=actor, pk=pk, to="submit")
    form = forms.ReasonForm(request.POST or None)

    def withdraw() -> str:
        note = form.cleaned_data["reason"]
        submitting.withdraw(actor=actor, at=timezone.now(), row=row, note=note)
        messages.success(request, _("已撤回提交。"))
        return reading.arrival_url(pk)

    return act_on(request, form, _("撤回提交"), row.project, withdraw, page="project-money")
