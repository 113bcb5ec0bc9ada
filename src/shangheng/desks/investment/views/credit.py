"""Whose a project is, what units did, and the league of both."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.lists.showing import show
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.access import access_effort, access_project, may, may_enter
from shangheng.desks.investment.forms import credit as forms
from shangheng.desks.investment.forms.money import ReasonForm, upload_of
from shangheng.desks.investment.listings.credit import EFFORTS, LEAGUE
from shangheng.desks.investment.selectors import credit as reading
from shangheng.desks.investment.services import credit as services
from shangheng.desks.investment.views.acts_on_money import act, sent
from shangheng.desks.investment.views.common import READ_AND_SEND, REFUSED, refuse


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def league(request: HttpRequest) -> HttpResponse:
    """Units ranked by what they achieved, beside what they did for it."""
    return show(request, LEAGUE)


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def effort_list(request: HttpRequest) -> HttpResponse:
    """What units did to win investment."""
    return show(request, EFFORTS, template="investment/efforts.html")


@permission_required("investment.view")
@require_safe
def effort_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them."""
    actor = person_of(request)
    row = access_effort(actor=actor, pk=pk)
    may_edit = row.taken_back_at is None and may_enter(actor, row.unit)
    return render(request, "investment/effort.html", {"row": row, "may_edit": may_edit})


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def effort_new(request: HttpRequest) -> HttpResponse:
    """Enter what a unit did."""
    actor = person_of(request)
    form = forms.EffortForm(*sent(request), actor=actor, initial={"unit": actor.unit})

    def enter() -> str:
        values = dict(form.cleaned_data)
        upload, unit = upload_of(values.pop("scan")), values.pop("unit")
        row = services.enter_effort(
            actor=actor, at=timezone.now(), unit=unit, values=values, upload=upload
        )
        messages.success(request, _("“%s”已登记。") % row.title)
        return reverse("effort", args=[row.pk])

    back = reverse("efforts")
    crumbs = [(back, _("招商活动台账"))]
    return act(request, form, _("登记招商活动"), enter, back_url=back, crumbs=crumbs)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def effort_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what was entered wrongly right: it is taken back and entered anew, with the reason."""
    actor = person_of(request)
    row = access_effort(actor=actor, pk=pk)
    known = {name: getattr(row, name) for name in (*services.EFFORT_FIELDS, "unit")}
    form = forms.CorrectEffortForm(*sent(request), actor=actor, initial=known)

    def correct() -> str:
        values = dict(form.cleaned_data)
        upload, unit, why = upload_of(values.pop("scan")), values.pop("unit"), values.pop("why")
        new = services.correct_effort(
            actor=actor,
            at=timezone.now(),
            row=row,
            unit=unit,
            values=values,
            reason=why,
            upload=upload,
        )
        messages.success(request, _("已更正，原来的一笔已撤销。"))
        return reverse("effort", args=[new.pk])

    back = reverse("effort", args=[pk])
    crumbs = [(reverse("efforts"), _("招商活动台账")), (back, row.title)]
    return act(request, form, _("更正招商活动"), correct, back_url=back, crumbs=crumbs)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def effort_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was entered by mistake."""
    actor = person_of(request)
    row = access_effort(actor=actor, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = reverse("effort", args=[pk])

    def take_back() -> str:
        services.take_back_effort(actor=actor, at=timezone.now(), row=row, **form.cleaned_data)
        messages.success(request, _("已撤销。"))
        return back

    crumbs = [(reverse("efforts"), _("招商活动台账")), (back, row.title)]
    return act(request, form, _("撤销"), take_back, back_url=back, crumbs=crumbs)


@permission_required("investment.view")
@require_safe
def project_credit(request: HttpRequest, pk: int) -> HttpResponse:
    """How a project is shared, now and before."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk)
    rows = reading.rulings_of(project, moment_of(request).known_at)
    context = {
        "row": project,
        "rulings": rows[::-1],
        "now": reading.ruling_on(rows, timezone.localdate()),
        "may_rule": may(actor, project, "rule"),
    }
    return render(request, "investment/credit.html", context)


@permission_required("investment.rule")
@require_http_methods(READ_AND_SEND)
def ruling_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule how a project is shared."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk, to="rule")
    form = forms.RulingForm(*sent(request))
    parts = forms.PartForms(request.POST if request.method == "POST" else None, prefix="parts")
    if request.method == "POST" and form.is_valid() and parts.is_valid():
        values = dict(form.cleaned_data)
        upload = upload_of(values.pop("scan"))
        named = [one.part for one in parts if one.part is not None]
        try:
            services.rule(
                actor=actor,
                at=timezone.now(),
                project=project,
                parts=named,
                upload=upload,
                **values,
            )
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("已裁定，以往的裁定仍可查看。"))
            return redirect("project-credit", pk)
    status = 422 if request.method == "POST" else 200
    context = {"row": project, "form": form, "parts": parts}
    return render(request, "investment/ruling.html", context, status=status)
