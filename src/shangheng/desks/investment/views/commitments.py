"""Commitments: the list, those of one project, one of them, what is done there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.audit.conflicts import acts_on
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.core.lists.showing import show
from shangheng.desks.investment.access import access_commitment, access_project, may
from shangheng.desks.investment.domain.commitments import Review, needs_review
from shangheng.desks.investment.forms import commitments as forms
from shangheng.desks.investment.forms.money import ReasonForm, upload_of
from shangheng.desks.investment.listings.commitments import COMMITMENTS
from shangheng.desks.investment.models import Commitment
from shangheng.desks.investment.selectors import commitments as reading
from shangheng.desks.investment.services import commitments as services
from shangheng.desks.investment.views.acts_on_money import act_on, sent
from shangheng.desks.investment.views.common import READ_AND_SEND, conflict


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def commitment_list(request: HttpRequest) -> HttpResponse:
    """The commitments of all projects that the person may see."""
    return show(request, COMMITMENTS)


@permission_required("investment.view")
@require_safe
def project_commitments(request: HttpRequest, pk: int) -> HttpResponse:
    """What the two sides of one project promised each other."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk)
    rows = reading.commitments_for(actor).filter(project=project, taken_back_at=None)
    lines = reading.lines_of(rows.order_by("due_on", "pk"), timezone.localdate())
    context = {
        "row": project,
        "sides": [
            (_("投资方承诺"), [line for line in lines if line.row.side == "investor"]),
            (_("区里承诺"), [line for line in lines if line.row.side == "district"]),
        ],
        "may_edit": may(actor, project, "edit"),
    }
    return render(request, "investment/commitments.html", context)


@permission_required("investment.view")
@require_safe
def commitment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One clause: promised, done, reviewed."""
    actor = person_of(request)
    row = access_commitment(actor=actor, pk=pk)
    line = reading.lines_of([row], timezone.localdate())[0]
    live = row.taken_back_at is None
    context = {
        "row": row,
        "line": line,
        "steps": row.progress.select_related("entered_by", "document"),
        "may_edit": live and may(actor, row.project, "edit"),
        "may_review": live
        and needs_review(row.side, row.kind)
        and row.entered_by_id != actor.pk
        and may(actor, row.project, "rule"),
        "unreviewed": row.review == Review.PENDING,
        "acts": acts_on(f"investment.commitment:{row.pk}").order_by("-number")[:20],
    }
    return render(request, "investment/commitment.html", context)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def commitment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a clause."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk, to="edit")
    form = forms.PromiseForm(request.POST if request.method == "POST" else None)

    def promise() -> str:
        values = form.cleaned_data
        row = services.promise(actor=actor, at=timezone.now(), project=project, values=values)
        messages.success(request, _("条款已登记。"))
        return reverse("commitment", args=[row.pk])

    return act_on(request, form, _("登记承诺"), project, promise, page="project-commitments")


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def commitment_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a clause right that others may be changing as well, with the reason."""
    actor = person_of(request)
    row = access_commitment(actor=actor, pk=pk)
    if not may(actor, row.project, "edit"):
        raise PermissionDenied
    data = chosen(request.POST) if request.method == "POST" else None
    form = forms.CorrectPromiseForm(data, initial=_entered(row))

    def correct() -> str:
        values = dict(form.values)
        why = values.pop("why")
        services.correct(
            actor=actor, at=timezone.now(), row=row, values=values, reason=why, seen=form.seen
        )
        messages.success(request, _("条款已更正。"))
        return reverse("commitment", args=[pk])

    page = "project-commitments"
    try:
        return act_on(request, form, _("更正承诺"), row.project, correct, page=page)
    except StaleEdit as stale:
        return conflict(request, form, stale.current, _entered(stale.current))


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def commitment_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was done; for the district's support, a payment."""
    actor = person_of(request)
    row = access_commitment(actor=actor, pk=pk)
    line = reading.lines_of([row], timezone.localdate())[0]
    form = forms.ProgressForm(*sent(request), line=line)

    def progress() -> str:
        values = dict(form.cleaned_data)
        upload = upload_of(values.pop("scan"))
        services.progress(actor=actor, at=timezone.now(), row=row, upload=upload, **values)
        messages.success(request, _("履行情况已登记。"))
        return reverse("commitment", args=[pk])

    return act_on(request, form, _("登记履行"), row.project, progress, page="project-commitments")


@permission_required("investment.rule")
@require_http_methods(READ_AND_SEND)
def commitment_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the outcome of the fair-competition review."""
    actor = person_of(request)
    row = access_commitment(actor=actor, pk=pk)
    form = forms.ReviewForm(*sent(request))

    def review() -> str:
        values = dict(form.cleaned_data)
        upload = upload_of(values.pop("scan"))
        services.review(actor=actor, at=timezone.now(), row=row, upload=upload, **values)
        messages.success(request, _("审查结论已登记。"))
        return reverse("commitment", args=[pk])

    return act_on(
        request, form, _("登记公平竞争审查"), row.project, review, page="project-commitments"
    )


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def commitment_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was entered by mistake."""
    actor = person_of(request)
    row = access_commitment(actor=actor, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def take_back() -> str:
        services.take_back(actor=actor, at=timezone.now(), row=row, **form.cleaned_data)
        messages.success(request, _("已撤销。"))
        return reverse("project-commitments", args=[row.project_id])

    return act_on(request, form, _("撤销承诺"), row.project, take_back, page="project-commitments")


def _entered(row: Commitment) -> dict[str, Any]:
    """What the form shows first, with the version that it was read from."""
    known = {name: getattr(row, name) for name in (*services.FIELDS, "version")}
    return known | {"amount": row.plain_amount, "why": ""}
