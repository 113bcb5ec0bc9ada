"""From a template to a file, its columns, its preview and, confirmed, all rows or none."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import person_of
from shangheng.core.accounts.models import User
from shangheng.core.exchange.languages import listed
from shangheng.core.exchange.marked import marked_copy
from shangheng.core.exchange.read import FileRefused, open_sheets
from shangheng.core.exchange.template import template
from shangheng.core.imports import held as holding
from shangheng.core.imports.access import access_table, batches_for
from shangheng.core.imports.files import File
from shangheng.core.imports.forms import ColumnsForm, ConfirmForm, TemplateForm, UploadForm
from shangheng.core.imports.held import Held, HeldLost, Upload
from shangheng.core.imports.lines import Lines
from shangheng.core.imports.plan import Plan, data_sheets, likely_sheets, plan
from shangheng.core.imports.registry import CannotKeep, Table
from shangheng.core.imports.services.background import order
from shangheng.core.imports.services.commit import ImportRefused, Wish, commit
from shangheng.core.imports.services.preview import Preview, preview
from shangheng.core.imports.services.titles import remember, remembered

PAGE = 50
RECENT = 5


def page(table: Table, step: str, **query: str) -> str:
    """The address of a page of the table's import."""
    name = f"{table.url_name}-{step}" if step else table.url_name
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


def start(request: HttpRequest, code: str) -> HttpResponse:
    """Where a template is had and a filled one is handed in."""
    actor = person_of(request)
    table = access_table(actor=actor, code=code)
    form = UploadForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = Upload(file.name, file.read())
        certain = _certain(table, upload, actor)
        token = holding.hold(certain or upload, table=table.code, actor=actor)
        step = "preview" if certain else "columns"
        return redirect(page(table, step, file=token))
    batches = batches_for(actor, table)
    context = {
        "table": table,
        "form": form,
        "template_form": TemplateForm(table=table) if table.groups else None,
        "batches": batches[:RECENT],
        "more_batches": batches.count() > RECENT,
    }
    return _answer(request, "start", context, wrong=form.is_bound)


def _certain(table: Table, upload: Upload, actor: User) -> Upload | None:
    """The upload with its layout, when nobody needs to be asked or the file cannot be read at all."""
    columns = table.columns(actor)
    try:
        sheets = open_sheets(upload.content, upload.name)
    except FileRefused:
        return upload
    usable, likely = data_sheets(sheets), likely_sheets(sheets, columns)
    if not usable:
        return upload
    if len(usable) > 1 and len(likely) != 1:
        return None
    found = plan((likely or usable)[0], columns, remembered(actor=actor, table=table.code))
    return Upload(upload.name, upload.content, found.layout) if found.certain else None


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
        return _lost(request, table, error)
    wanted = table.columns(actor)
    try:
        sheets = data_sheets(open_sheets(held.content, held.name))
    except FileRefused:
        sheets = []
    if not sheets:
        return redirect(page(table, "preview", file=held.token))
    found = _plan(request, held, table, sheets, actor)
    form = ColumnsForm(*_sent(request), plan=found, columns=wanted)
    if request.method == "POST" and form.is_valid():
        remember(actor=actor, table=table.code, titles=form.told)
        upload = Upload(held.name, held.content, form.layout)
        token = holding.token_of(upload, table=table.code, actor=actor)
        return redirect(page(table, "preview", file=token))
    context = {
        "table": table,
        "found": found,
        "form": form,
        "held": held,
        "sheets": [sheet.name for sheet in sheets],
    }
    return _answer(request, "columns", context, wrong=form.is_bound)


def _plan(request: HttpRequest, held: Held, table: Table, sheets: Any, actor: User) -> Plan:
    """The plan for the sheet and the row that the address names; guessed where it names none."""
    wanted = table.columns(actor)
    named = request.GET.get("sheet", held.layout.sheet if held.layout else "")
    likely = likely_sheets(sheets, wanted)
    sheet = next((one for one in sheets if one.name == named), (likely or sheets)[0])
    row = request.GET.get("row", "")
    told = remembered(actor=actor, table=table.code)
    return plan(sheet, wanted, told, row=int(row) if row.isdigit() else 0)


def show_preview(request: HttpRequest, code: str) -> HttpResponse:
    """What the file would do; sent, it does it."""
    actor, now = person_of(request), timezone.now()
    table = access_table(actor=actor, code=code)
    try:
        held = holding.take(request.GET.get("file", ""), table=code, actor=actor)
    except HeldLost as error:
        return _lost(request, table, error)
    found = preview(actor=actor, at=now, table=table, upload=held)
    asks = bool(found.repeated and table.repeats)
    form = ConfirmForm(*_sent(request), asks_repeats=asks)
    if request.method == "POST" and form.is_valid():
        wish = Wish(
            form.cleaned_data["source"],
            form.cleaned_data["note"],
            form.cleaned_data.get("duplicates") == "post",
        )
        try:
            if len(found.rows) >= table.in_job_from:
                return _ordered(request, table, held, wish)
            batch = commit(actor=actor, at=now, table=table, upload=held, wish=wish)
        except ImportRefused as error:
            found = error.preview
        except CannotKeep as error:
            form.add_error(None, str(error))
        else:
            holding.drop(held, actor=actor)
            messages.success(request, _done(batch.rows_taken, keeps=batch.document is not None))
            return redirect(f"{table.url_name}-batch", batch.pk)
    context = {"table": table, "form": form, "found": found, "token": held.token}
    context |= _shown(request, found)
    wrong = request.method == "POST" or not found.ok
    return _answer(request, "preview", context, wrong=wrong)


def _ordered(request: HttpRequest, table: Table, upload: Held, wish: Wish) -> HttpResponse:
    """A large file is taken in by a job; the page of the job shows how far it is."""
    actor = person_of(request)
    batch = order(actor=actor, at=timezone.now(), table=table, upload=upload, wish=wish)
    holding.drop(upload, actor=actor)
    return redirect("job", batch.job)


def _done(count: int, *, keeps: bool) -> str:
    if keeps:
        return _("已导入%d条记录，原文件作为凭证保存。") % count
    return _("已导入%d条记录。") % count


def _shown(request: HttpRequest, found: Preview) -> dict[str, object]:
    lines = Lines(found)
    return {
        "lines": lines,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
    }


def marked(request: HttpRequest, code: str) -> HttpResponse:
    """A copy of a wrong file in which the errors are marked."""
    actor = person_of(request)
    table = access_table(actor=actor, code=code)
    try:
        held = holding.take(request.GET.get("file", ""), table=code, actor=actor)
    except HeldLost as error:
        return _lost(request, table, error)
    found = preview(actor=actor, at=timezone.now(), table=table, upload=held)
    name = f"{held.name.rpartition('.')[0]}-{_('错误标注')}.xlsx"
    return File(name, marked_copy(held.content, found.errors)).response()


def _lost(request: HttpRequest, table: Table, error: HeldLost) -> HttpResponse:
    messages.warning(request, str(error))
    return redirect(page(table, ""))


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent with a form, even when that is nothing at all; None for a page that is shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _answer(
    request: HttpRequest, name: str, context: dict[str, Any], *, wrong: bool
) -> HttpResponse:
    """A page; 422 when something was sent and is wrong."""
    context |= addresses(context["table"])
    return render(request, f"imports/{name}.html", context, status=422 if wrong else 200)


def addresses(table: Table) -> dict[str, str]:
    """Where the pages of a table are, for the templates."""
    steps = ("template", "columns", "preview", "marked", "batches")
    return {"url_start": page(table, "")} | {f"url_{step}": page(table, step) for step in steps}
