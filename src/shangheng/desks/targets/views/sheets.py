"""Target sheets: the list of versions, one sheet, the signature, files to take away."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangheng.core.accounts.access import allows, permission_required, person_of
from shangheng.core.audit.conflicts import Act, acts_since, revision_of
from shangheng.core.database.edits import StaleEdit
from shangheng.core.lists.showing import show
from shangheng.core.ui.downloads import attachment
from shangheng.core.ui.moment import moment_of
from shangheng.desks.targets.domain.sheets import SheetRefused
from shangheng.desks.targets.forms.sheets import OpenForm, SignForm
from shangheng.desks.targets.listings.sheets import SHEETS
from shangheng.desks.targets.selectors.sheet_gates import gates_of, proposers
from shangheng.desks.targets.selectors.sheet_list import next_year
from shangheng.desks.targets.selectors.sheets import SheetPage, sheet_page
from shangheng.desks.targets.services.sheet_export import export_sheet
from shangheng.desks.targets.services.sheet_tiers import recompute
from shangheng.desks.targets.services.sheets import open_draft, sign
from shangheng.desks.targets.sheet_access import access_sheet, may_propose, may_sign, must
from shangheng.desks.targets.sheet_versions import acts_on_sheet
from shangheng.desks.targets.sheet_words import base_arithmetic, base_moved
from shangheng.desks.targets.views.common import refused
from shangheng.desks.targets.words import indicator_word, named


@permission_required("targets.view")
@require_GET
def sheet_list(request: HttpRequest) -> HttpResponse:
    """Years and versions."""
    actor = person_of(request)
    context = {"may_propose": may_propose(actor), "may_sign": may_sign(actor)}
    return show(request, SHEETS, template="targets/sheet_list.html", context=context)


@permission_required("targets.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_new(request: HttpRequest) -> HttpResponse:
    """Open a draft."""
    actor, now = person_of(request), timezone.now()
    must(may_propose(actor))
    form = OpenForm(request.POST or None, initial={"year": next_year(now)})
    if form.is_valid():
        try:
            sheet = open_draft(actor=actor, at=now, **form.cleaned_data)
        except SheetRefused as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("草案已建立。"))
            return redirect("sheet", sheet.pk)
    return refused(request, "targets/sheet_new.html", {"form": form}, wrong=form.is_bound)


@permission_required("targets.view")
@require_GET
def show_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: indicators by tiers, held against the ledger."""
    actor, moment = person_of(request), moment_of(request)
    page = sheet_page(access_sheet(actor=actor, pk=pk), known_at=moment.known_at)
    context = {
        "page": page,
        "sheet": page.sheet,
        "tiers": [named(tier) for tier in page.tiers],
        "rows": [_told(page, row.indicator.code) for row in page.rows],
        "accepted": [
            {"row": one, "name": indicator_word(one.indicator.code)} for one in page.accepted
        ],
        "may_edit": page.is_draft and may_propose(actor),
        "may_share": page.is_draft and allows(actor, "targets.propose"),
        "may_sign": page.is_draft and may_sign(actor),
        "gates": gates_of(page) if page.is_draft else [],
        "no_chance": not any(cell and cell.chance for row in page.rows for cell in row.cells),
        "moment": moment,
    }
    return render(request, "targets/sheet.html", context)


@permission_required("targets.propose")
@require_POST
def sheet_recompute(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Set the targets of one indicator anew on the base as it is now."""
    actor = person_of(request)
    sheet = access_sheet(actor=actor, pk=pk)
    try:
        done = recompute(actor=actor, at=timezone.now(), sheet=sheet, indicator=code)
    except SheetRefused as refusal:
        messages.error(request, str(refusal))
    else:
        words = {"name": indicator_word(code), "n": len(done)}
        messages.success(request, _("已按现基数重算“%(name)s”的%(n)s个目标。") % words)
    return redirect("sheet", pk)


@permission_required("targets.sign")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, and the signature."""
    actor, now = person_of(request), timezone.now()
    must(may_sign(actor))
    sheet = access_sheet(actor=actor, pk=pk)
    page = sheet_page(sheet, known_at=now)
    if not page.is_draft:
        return redirect("sheet", pk)
    version, gates = revision_of(acts_on_sheet(sheet)), gates_of(page)
    data = request.POST if request.method == "POST" else None
    form, acts = SignForm(data, initial={"version": version}, gates=gates), list[Act]()
    try:
        if form.is_valid() and _signed(request, form, page, now):
            return redirect("sheet", pk)
    except StaleEdit:
        acts = acts_since(acts_on_sheet(sheet), form.seen, detailed=True)
        form = SignForm(initial={**form.values, "version": version}, gates=gates)
    blocked = any(not gate.waivable for gate in form.gates)
    context = {
        "form": form,
        "page": page,
        "sheet": sheet,
        "blocked": blocked,
        "proposers": proposers() if form.gates else [],
        "acts": acts,
    }
    if acts:
        return render(request, "targets/sheet_sign.html", context, status=409)
    return refused(request, "targets/sheet_sign.html", context, wrong=form.is_bound)


@permission_required("targets.view")
@require_GET
def sheet_export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The sheet as Word or Excel."""
    if form not in {"docx", "xlsx"}:
        raise Http404
    actor = person_of(request)
    sheet = access_sheet(actor=actor, pk=pk)
    known_at = moment_of(request).known_at
    if form == "docx" and sheet.signed_at:
        known_at = sheet.signed_at  # what was signed reads the same whenever it is printed
    page = sheet_page(sheet, known_at=known_at)
    return attachment(export_sheet(actor=actor, at=timezone.now(), page=page, form=form))


def _signed(request: HttpRequest, form: SignForm, page: SheetPage, now: datetime) -> bool:
    try:
        sign(
            actor=person_of(request),
            at=now,
            sheet=page.sheet,
            reasons=form.reasons(),
            seen=form.seen,
        )
    except SheetRefused as refusal:
        form.take(refusal, "reason-")
        return False
    messages.success(request, _("已签发，从现在起生效，不能再改。"))
    return True


def _told(page: SheetPage, code: str) -> dict[str, Any]:
    """A row with what is said about its bases."""
    row = page.row(code)
    return {
        "row": row,
        "moved": list(dict.fromkeys(base_moved(goal) for goal in row.stale)),
        "arithmetic": [base_arithmetic(goal) for goal in row.stale],
        "rebased": any(goal.row.growth is not None for goal in row.stale),
    }
