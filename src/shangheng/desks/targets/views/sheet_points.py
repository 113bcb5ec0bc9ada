"""Growth points of a draft, and the what-if that shows what they are worth."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.audit.conflicts import conflict_of, revision_of
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.core.ui.moment import moment_of
from shangheng.desks.targets.charts_sheet import tornado
from shangheng.desks.targets.domain.sheets import SheetRefused
from shangheng.desks.targets.forms.sheet_what_if import WhatIfForm, filled
from shangheng.desks.targets.forms.sheets import EditPointForm, PointForm, SeenForm
from shangheng.desks.targets.models import GrowthPoint
from shangheng.desks.targets.selectors.sheet_expected import way_back
from shangheng.desks.targets.selectors.sheets import sheet_page, try_out
from shangheng.desks.targets.services.sheets import (
    add_growth_point,
    change_growth_point,
    measure_of,
    remove_growth_point,
)
from shangheng.desks.targets.sheet_access import access_point, access_sheet, may_propose, must
from shangheng.desks.targets.sheet_versions import acts_on_point
from shangheng.desks.targets.sheet_words import tier_word
from shangheng.desks.targets.views.common import refused
from shangheng.desks.targets.words import name_of
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import UnknownIndicator
from shangheng.engines.ledger.models import TargetSheet


@permission_required("targets.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def point_new(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Name a posting to come."""
    actor, now = person_of(request), timezone.now()
    sheet = draft_of(request, pk)
    try:
        form = PointForm(request.POST or None, measure=measure_of(sheet, code))
    except UnknownIndicator as error:
        raise Http404 from error
    if form.is_valid():
        try:
            add_growth_point(actor=actor, at=now, sheet=sheet, indicator=code, point=form.draft())
        except SheetRefused as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("已增加增长点。"))
            return redirect("sheet", pk)
    context = {"form": form, "sheet": sheet, "name": name_of(catalogue.indicator(code))}
    return refused(request, "targets/sheet_point.html", context, wrong=form.is_bound)


@permission_required("targets.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def point_edit(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Change a growth point."""
    actor, now = person_of(request), timezone.now()
    sheet = draft_of(request, pk)
    try:
        row = access_point(actor=actor, sheet=pk, pk=point)
    except Http404:
        if request.method == "POST":
            return _gone(request, pk)
        raise
    measure = measure_of(sheet, row.indicator.code)
    data = chosen(request.POST) if request.method == "POST" else None
    form = EditPointForm(data, measure=measure, initial=_known(row))
    if form.is_valid():
        try:
            change_growth_point(actor=actor, at=now, row=row, point=form.draft(), seen=form.seen)
        except StaleEdit as stale:
            return _conflict(request, form, row, stale.current)
        except SheetRefused as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("已修改增长点。"))
            return redirect("sheet", pk)
    name = name_of(catalogue.indicator(row.indicator.code))
    origin, url = way_back(actor, row) or (None, "")
    context = {"form": form, "sheet": sheet, "name": name, "point": row}
    context |= {"origin": origin, "origin_url": url}
    return refused(request, "targets/sheet_point.html", context, wrong=form.is_bound)


@permission_required("targets.propose")
@require_POST
def point_remove(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Take a growth point out."""
    actor = person_of(request)
    row = access_point(actor=actor, sheet=pk, pk=point)
    form = SeenForm(request.POST)
    try:
        seen = form.seen if form.is_valid() else 0
        remove_growth_point(actor=actor, at=timezone.now(), row=row, seen=seen)
    except StaleEdit:
        messages.error(request, _("这个增长点在您打开之后有人改过，没有删除；请看过再删。"))
        return redirect("sheet-point", pk, point)
    except SheetRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已删除增长点。"))
    return redirect("sheet", pk)


@permission_required("targets.view")
@require_GET
def sheet_what_if(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What the coming year of an indicator may come to; nothing is stored."""
    actor, moment = person_of(request), moment_of(request)
    sheet = access_sheet(actor=actor, pk=pk)
    try:
        row = sheet_page(sheet, known_at=moment.known_at, also=code).row(code)
    except UnknownIndicator as error:
        raise Http404 from error
    if not row.can_be_tried:
        raise Http404
    form = WhatIfForm(filled(row.points, request.GET), points=row.points)
    organic = form.assumed() or row.organic
    outcome = try_out(row, organic, form.points(), row.goals) if organic else None
    context = {
        "sheet": sheet,
        "row": row,
        "name": row.name,
        "form": form,
        "organic": organic,
        "outcome": outcome,
        "chances": [
            {"goal": goal, "name": tier_word(goal.tier), "chance": chance}
            for goal, chance in zip(row.goals, outcome.chances, strict=True)
        ]
        if outcome
        else [],
        "points": form.points(),
        "tornado": tornado(row, outcome) if outcome else None,
        "grown": outcome.grown - outcome.base if outcome else None,
        "moment": moment,
    }
    return render(request, "targets/sheet_what_if.html", context)


def _known(row: GrowthPoint) -> dict[str, object]:
    version = revision_of(acts_on_point(row))
    return {
        **EditPointForm.known(row, measure_of(row.sheet, row.indicator.code)),
        "version": version,
    }


def _conflict(
    request: HttpRequest, form: EditPointForm, row: GrowthPoint, current: GrowthPoint | None
) -> HttpResponse:
    """Both sides of a growth point; back to the sheet when the other side has removed it."""
    if current is None:
        return _gone(request, row.sheet_id)
    context = {
        "conflict": conflict_of(form, _known(current), acts=acts_on_point(row)),
        "heading": row.name,
        "back_url": reverse("sheet", args=[row.sheet_id]),
    }
    return render(request, "ui/conflict.html", context, status=409)


def _gone(request: HttpRequest, sheet: int) -> HttpResponse:
    messages.error(request, _("这个增长点已被别人删除，您的修改没有保存。"))
    return redirect("sheet", sheet)


def draft_of(request: HttpRequest, pk: int) -> TargetSheet:
    """The draft that somebody may change. Raises Http404 for a sheet that is signed."""
    actor = person_of(request)
    must(may_propose(actor))
    sheet = access_sheet(actor=actor, pk=pk)
    if sheet.state != TargetSheet.DRAFT:
        raise Http404
    return sheet
