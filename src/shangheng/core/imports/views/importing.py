"""From a template to a file, its columns, its preview and, confirmed, all rows or none."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import person_of
from shangheng.core.accounts.models import User
from shangheng.core.exchange.languages import listed
from shangheng.core.exchange.marked import marked_copy
from shangheng.core.exchange.read import MAX_ROWS, FileRefused, open_sheets
from shangheng.core.exchange.template import template
from shangheng.core.imports import held as holding
from shangheng.core.imports import kept, pending
from shangheng.core.imports.access import access_table, batches_for
from shangheng.core.imports.files import File
from shangheng.core.imports.forms import ColumnsForm, TemplateForm, UploadForm
from shangheng.core.imports.held import Held, HeldLost, Upload
from shangheng.core.imports.lines import Lines, seen
from shangheng.core.imports.plan import Plan, data_sheets, likely_sheets, plan
from shangheng.core.imports.registry import CannotKeep, Table
from shangheng.core.imports.services.commit import ImportRefused, commit
from shangheng.core.imports.services.looking import order_preview
from shangheng.core.imports.services.preview import preview
from shangheng.core.imports.services.titles import remember, remembered
from shangheng.core.imports.views.answers import (
    answer,
    confirm_form,
    lost,
    page,
    previewed,
    sent,
)
from shangheng.core.imports.views.large import ordered, show_large

RECENT = 5
HEAD = 100  # rows that are looked at to guess what a file holds


def start(request: HttpRequest, code: str) -> HttpResponse:
    """Where a template is had and a filled one is handed in."""
    actor = person_of(request)
    table = access_table(actor=actor, code=code)
    form = UploadForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = Upload(file.name, file.read())
        certain, rows = _certain(table, upload, actor)
        holding.keep(certain or upload, actor=actor)
        if certain:
            return redirect(_preview_of(table, certain, actor, rows))
        token = holding.token_of(upload, table=table.code, actor=actor)
        return redirect(page(table, "columns", file=token))
    batches = batches_for(actor, table)
    context = {
        "table": table,
        "form": form,
        "template_form": TemplateForm(table=table) if table.groups else None,
        "batches": batches[:RECENT],
        "more_batches": batches.count() > RECENT,
    }
    return answer(request, "start", context, wrong=form.is_bound)


def _certain(table: Table, upload: Upload, actor: User) -> tuple[Upload | None, int]:
    """The upload with its layout, when nobody needs to be asked or the file cannot be read at all.

    With it, how many rows the file has: only its head is looked at here.
    """
    columns = table.columns(actor)
    try:
        sheets = open_sheets(upload.content, upload.name, rows=HEAD)
    except FileRefused:
        return upload, 0
    usable, likely = data_sheets(sheets), likely_sheets(sheets, columns)
    if not usable:
        return upload, 0
    if len(usable) > 1 and len(likely) != 1:
        return None, 0
    sheet = (likely or usable)[0]
    found = plan(sheet, columns, remembered(actor=actor, table=table.code))
    certain = Upload(upload.name, upload.content, found.layout) if found.certain else None
    return certain, sheet.total_rows


def _preview_of(table: Table, upload: Upload, actor: User, rows: int) -> str:
    """The address of the preview of a held file; that of a large one is ordered as a job."""
    job = None
    if rows > table.in_job_from:
        now = timezone.now()
        job = order_preview(actor=actor, at=now, table=table, upload=upload).pk
    token = holding.token_of(upload, table=table.code, actor=actor, job=job)
    return page(table, "preview", file=token)


def blank(request: HttpRequest, code: str) -> HttpResponse:
    """The template, for all or for the chosen groups."""
    actor = person_of(request)
    table = access_table(actor=actor, code=code)
    chosen = request.GET.getlist("group")
    columns = table.narrow(actor, chosen) if table.narrow else table.columns(actor)
    content = template(str(table.label), listed(columns))
    return File(_("%s模板.xlsx") % table.label, content).response()


def columns(request: HttpRequest, code: str) -> HttpResponse:
    """Which column of the file is which; sent, it is remembered."""
    actor = person_of(request)
    table = access_table(actor=actor, code=code)
    try:
        held = holding.take(request.GET.get("file", ""), table=code, actor=actor)
    except HeldLost as error:
        return lost(request, table, error)
    wanted = table.columns(actor)
    row = request.GET.get("row", "")
    head = HEAD + min(int(row), MAX_ROWS) if row.isdecimal() else HEAD
    try:
        sheets = data_sheets(open_sheets(held.content, held.name, rows=head))
    except FileRefused:
        sheets = []
    if not sheets:
        return redirect(page(table, "preview", file=held.token))
    found = _plan(request, held, table, sheets, actor)
    form = ColumnsForm(*sent(request), plan=found, columns=wanted)
    if request.method == "POST" and form.is_valid():
        remember(actor=actor, table=table.code, titles=form.told)
        upload = Upload(held.name, held.content, form.layout)
        rows = next(sheet.total_rows for sheet in sheets if sheet.name == found.sheet)
        return redirect(_preview_of(table, upload, actor, rows))
    context = {
        "table": table,
        "found": found,
        "form": form,
        "held": held,
        "sheets": [sheet.name for sheet in sheets],
    }
    return answer(request, "columns", context, wrong=form.is_bound)


def _plan(request: HttpRequest, held: Held, table: Table, sheets: Any, actor: User) -> Plan:
    """The plan for the sheet and the row that the address names; guessed where it names none."""
    wanted = table.columns(actor)
    named = request.GET.get("sheet", held.layout.sheet if held.layout else "")
    likely = likely_sheets(sheets, wanted)
    sheet = next((one for one in sheets if one.name == named), (likely or sheets)[0])
    row = request.GET.get("row", "")
    told = remembered(actor=actor, table=table.code)
    return plan(sheet, wanted, told, row=int(row) if row.isdecimal() else 0)


def show_preview(request: HttpRequest, code: str) -> HttpResponse:
    """What the file would do; sent, it does it."""
    actor, now = person_of(request), timezone.now()
    table = access_table(actor=actor, code=code)
    try:
        if sha256 := request.GET.get("held"):  # a preview that was handed over
            held = pending.take(sha256, table=code, actor=actor)
            return redirect(page(table, "preview", file=held.token))
        held = holding.take(request.GET.get("file", ""), table=code, actor=actor)
    except HeldLost as error:
        return lost(request, table, error)
    if held.job:
        return show_large(request, table, held, held.job)
    found = preview(actor=actor, at=now, table=table, upload=held)
    form = confirm_form(request, found.repeated, table)
    if request.method == "POST" and form.is_valid():
        try:
            if len(found.rows) >= table.in_job_from:
                return ordered(request, table, held, form.wish)
            batch = commit(actor=actor, at=now, table=table, upload=held, wish=form.wish)
        except ImportRefused as error:
            found = error.preview
        except CannotKeep as error:
            form.add_error(None, str(error))
        else:
            holding.drop(held, actor=actor)
            messages.success(request, _done(batch.rows_taken, keeps=batch.document is not None))
            return redirect(f"{table.url_name}-batch", batch.pk)
    if found.ok:
        pending.remember(held, table=table, actor=actor)
    lines = Lines(found)
    return previewed(request, table, held.token, form, seen(found, lines, at=now), lines)


def _done(count: int, *, keeps: bool) -> str:
    if keeps:
        return _("已导入%d条记录，原文件作为凭证保存。") % count
    return _("已导入%d条记录。") % count


def marked(request: HttpRequest, code: str) -> HttpResponse:
    """A copy of a wrong file in which the errors are marked."""
    actor = person_of(request)
    table = access_table(actor=actor, code=code)
    try:
        held = holding.take(request.GET.get("file", ""), table=code, actor=actor)
        content = _marked(table, held, actor)
    except HeldLost as error:
        return lost(request, table, error)
    name = f"{held.name.rpartition('.')[0]}-{_('错误标注')}.xlsx"
    return File(name, content).response()


def _marked(table: Table, held: Held, actor: User) -> bytes:
    if held.job:
        return kept.marked(held.job)
    found = preview(actor=actor, at=timezone.now(), table=table, upload=held)
    return marked_copy(held.content, found.errors)
