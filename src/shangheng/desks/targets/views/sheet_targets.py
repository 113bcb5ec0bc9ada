"""Editing one indicator of a draft: its tiers, its parts by unit, its months."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.selectors import unit_tree
from shangheng.core.audit.conflicts import conflict_of, revision_of
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import EditForm, StaleEdit, chosen
from shangheng.desks.targets.domain.sheets import (
    MONTHS,
    SheetRefused,
    linear_plan,
    seasonal_plan,
)
from shangheng.desks.targets.forms.sheets import PlanForm, TiersForm, UnitsForm, date_or
from shangheng.desks.targets.selectors.sheet_bases import (
    grows,
    is_whole_year,
    last_year_figure,
    seasonal_shares,
)
from shangheng.desks.targets.selectors.sheets import SheetPage, SheetRow, sheet_page
from shangheng.desks.targets.selectors.standing import PACED
from shangheng.desks.targets.services.sheet_tiers import plan_months, set_tiers, set_units
from shangheng.desks.targets.sheet_access import access_sheet, may_propose, must
from shangheng.desks.targets.sheet_versions import acts_on_parts, acts_on_plan, acts_on_tiers
from shangheng.desks.targets.sheet_words import tier_word
from shangheng.desks.targets.views.common import refused
from shangheng.engines.ledger.domain.indicator import UnknownIndicator
from shangheng.methods.pace import Shares


@permission_required("targets.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_tiers(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The tiers of one indicator, on the base that the ledger knew on a day."""
    actor, now = person_of(request), timezone.now()
    page, row = _draft(request, pk, code, now)
    day = date_or(request.GET.get("base_on", ""), timezone.localdate(now))
    known_at = _end_of(day, now)
    base = last_year_figure(page.sheet, code, known_at=known_at)
    acts = acts_on_tiers(page.sheet, code)
    known = {**TiersForm.known(row.goals), "version": revision_of(acts)}
    form = TiersForm(
        chosen(request.POST) if request.method == "POST" else None,
        initial=known,
        unit=row.definition.unit,
        goals=row.goals,
        growing=grows(base),
    )
    if form.is_valid():
        try:
            changed = set_tiers(
                actor=actor,
                at=now,
                sheet=page.sheet,
                indicator=code,
                wanted=form.wanted(),
                base_known_at=known_at,
                seen=form.seen,
            )
        except StaleEdit:
            return _conflict(request, form, known, acts, page, row)
        except SheetRefused as refusal:
            form.take(refusal, "value-")
        else:
            _tell(request, changed)
            return redirect("sheet", pk)
    context = {
        **_context(page, row),
        "form": form,
        "base": base,
        "base_on": day,
        "growing": grows(base),
        "partial": base.value is not None and not is_whole_year(base),
        "today": timezone.localdate(now),
    }
    return refused(request, "targets/sheet_tiers.html", context, wrong=form.is_bound)


@permission_required("targets.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_units(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The tiers of one indicator, shared out among units."""
    actor, now = person_of(request), timezone.now()
    page, row = _draft(request, pk, code, now, whole=False)
    units = _units(actor, row)
    acts = acts_on_parts(page.sheet, code)
    known = {**UnitsForm.known(row.parts), "version": revision_of(acts)}
    form = UnitsForm(
        chosen(request.POST) if request.method == "POST" else None,
        initial=known,
        units=units,
        tiers=[goal.tier for goal in sorted(row.goals, key=lambda goal: goal.order)],
    )
    if form.is_valid():
        try:
            changed = set_units(
                actor=actor,
                at=now,
                sheet=page.sheet,
                indicator=code,
                wanted=form.wanted(),
                seen=form.seen,
            )
        except StaleEdit:
            return _conflict(request, form, known, acts, page, row)
        except SheetRefused as refusal:
            form.take(refusal)
        else:
            _tell(request, changed)
            return redirect("sheet", pk)
    goals = sorted(row.goals, key=lambda goal: goal.order)
    sums = [sum((p.value for p in row.parts if p.tier == g.tier), Decimal(0)) for g in goals]
    context = {
        **_context(page, row),
        "form": form,
        "whole": may_propose(actor),
        "tiers": [tier_word(goal.tier) for goal in goals],
        "totals": [
            {
                "goal": g,
                "parts": s,
                "gap": s - g.value,
                "any": any(p.tier == g.tier for p in row.parts),
            }
            for g, s in zip(goals, sums, strict=True)
        ],
    }
    return refused(request, "targets/sheet_units.html", context, wrong=form.is_bound)


@permission_required("targets.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_plan(request: HttpRequest, pk: int, code: str, tier: str) -> HttpResponse:
    """The cumulative monthly plan of a tier; `?fill=linear` or `seasonal` suggests one."""
    actor, now = person_of(request), timezone.now()
    page, row = _draft(request, pk, code, now)
    goal = next((goal for goal in row.goals if goal.tier == tier), None)
    if goal is None or row.definition.form not in PACED:
        raise Http404
    shares = seasonal_shares(page.sheet, code, known_at=now)
    fill = request.GET.get("fill", "")
    months = {
        one.row.month: one.value
        for one in page.goals
        if one.row.indicator.code == code and one.tier == tier and one.row.unit_id is None
    }
    acts = acts_on_plan(page.sheet, code, tier)
    known = PlanForm.known({MONTHS: goal.value, **months}) | {"version": revision_of(acts)}
    data: Mapping[str, Any] | None = None
    if request.method == "POST":
        data = chosen(request.POST)
    elif plan := _suggestion(fill, goal.value, shares, row.definition.decimals):
        data = PlanForm.suggested(known, dict(enumerate(plan, 1)))
    form = PlanForm(data, initial=known, unit=row.definition.unit)
    if request.method == "POST" and form.is_valid():
        try:
            changed = plan_months(
                actor=actor,
                at=now,
                sheet=page.sheet,
                indicator=code,
                tier=tier,
                months=form.months(),
                seen=form.seen,
            )
        except StaleEdit:
            return _conflict(request, form, known, acts, page, row)
        except SheetRefused as refusal:
            form.take(refusal, "month-")
        else:
            _tell(request, changed)
            return redirect("sheet", pk)
    context = {
        **_context(page, row),
        "form": form,
        "goal": goal,
        "tier": tier_word(tier),
        "fill": fill,
        "shares": shares,
    }
    return refused(request, "targets/sheet_plan.html", context, wrong=request.method == "POST")


def _suggestion(
    fill: str, value: Decimal, shares: Shares | None, decimals: int
) -> Sequence[Decimal]:
    """The plan that is asked for, month by month; empty where none is, or none can be made."""
    if fill == "linear":
        return linear_plan(value, decimals)
    if fill == "seasonal" and shares:
        return seasonal_plan(value, shares.percent, decimals)
    return ()


def _draft(
    request: HttpRequest, pk: int, code: str, now: datetime, *, whole: bool = True
) -> tuple[SheetPage, SheetRow]:
    """The draft with the indicator, present or new. Raises Http404 for what cannot be edited.

    Who proposes for some units alone reaches only what is not about the `whole`.
    """
    actor = person_of(request)
    must(not whole or may_propose(actor))
    try:
        page = sheet_page(access_sheet(actor=actor, pk=pk), known_at=now, also=code)
    except UnknownIndicator as error:
        raise Http404 from error
    if not page.is_draft:
        raise Http404
    return page, page.row(code)


def _conflict(
    request: HttpRequest,
    form: EditForm,
    known: dict[str, Any],
    acts: QuerySet[Row],
    page: SheetPage,
    row: SheetRow,
) -> HttpResponse:
    """Both sides of a grid: `known` is read before the edit, so it is the others'."""
    words = {"year": page.sheet.year, "name": row.name}
    context = {
        "conflict": conflict_of(form, dict.fromkeys(form.fields) | known, acts=acts),
        "heading": _("%(year)s年%(name)s") % words,
        "back_url": request.get_full_path(),
    }
    return render(request, "ui/conflict.html", context, status=409)


def _context(page: SheetPage, row: SheetRow) -> dict[str, object]:
    return {"page": page, "sheet": page.sheet, "row": row, "indicator": row.indicator}


def _units(actor: User, row: SheetRow) -> list[OrgUnit]:
    """The units to share among: the leaves of the tree, and those that have a part already."""
    units = [unit for unit in unit_tree(active_only=True) if may_propose(actor, unit)]
    parents = {unit.parent_id for unit in units}
    held = {part.row.unit_id for part in row.parts}
    return [unit for unit in units if unit.pk not in parents or unit.pk in held]


def _end_of(day: date, now: datetime) -> datetime:
    """The last instant of a day, but none that is still to come."""
    return min(timezone.make_aware(datetime.combine(day, time.max)), now)


def _tell(request: HttpRequest, changed: int) -> None:
    if changed:
        messages.success(request, _("已保存%(n)s处改动。") % {"n": changed})
    else:
        messages.info(request, _("没有改动。"))
