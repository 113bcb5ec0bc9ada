"""Acts on many rows at once: first what will happen to which of them, then, confirmed, all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.lists.declaring import Act, Bulk, Listing, row_key
from shangheng.core.lists.table import Line, Table, line_of

COLUMNS = 4  # of a row in the preview: enough to know it again


@dataclass(frozen=True)
class Refused:
    """A row that cannot take part, and why."""

    line: Line
    why: str


def perform(request: HttpRequest, listing: Listing[Any, Any]) -> HttpResponse:
    """The preview of a bulk act or, when it was confirmed, the act itself."""
    table = Table(request, listing)
    code = request.POST.get("act", "")
    act = next((one for one in table.acts if one.code == code), None)
    if act is None or act.run is None:
        raise PermissionDenied(_("这份列表没有这项批量操作，或者您没有它的权限。"))
    rows = chosen(request, table, act)
    back = table.url + table.address(page=table.state.page)
    if not rows:
        messages.warning(request, _("没有选中可以办理的记录，请先勾选。"))
        return redirect(back)
    why = {row_key(row): act.refuse(row, table.asked) for row in rows}
    able = [row for row in rows if not why[row_key(row)]]
    confirmed = "confirm" in request.POST or (act.at_once and bool(able))
    form = act.form(request.POST, request.FILES) if confirmed else act.form()
    if confirmed and form.is_valid() and (act.at_once or _unchanged(form, rows, able)):
        bulk = Bulk(table.asked.actor, timezone.now(), able, form.cleaned_data)
        try:
            with transaction.atomic():
                done = act.run(bulk)
        except act.errors as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(f"{table.url}?{act.then}" if act.then else back)
    columns = [column for column in listing.columns if column.shown][:COLUMNS]
    context = {
        "listing": listing,
        "table": table,
        "act": act,
        "form": form,
        "heads": columns,
        "able": [line_of(row, columns) for row in able],
        "refused": [Refused(line_of(r, columns), why[row_key(r)]) for r in rows if why[row_key(r)]],
        "rows": able,
        "together": act.together(able) if act.together and able else None,
        "back": back,
        "action": request.get_full_path(),
    }
    return render(request, "lists/preview.html", context, status=422 if confirmed else 200)


def chosen(request: HttpRequest, table: Table[Any, Any], act: Act[Any]) -> Sequence[Any]:
    """The rows that were ticked, or all that fit the filters, as far as they are within reach."""
    rows = table.found
    if "all" not in request.POST:
        keys = [int(pk) for pk in request.POST.getlist("row")[: act.most] if _is_key(pk)]
        rows = table.listing.rows(table.asked).filter(pk__in=keys).order_by(*rows.query.order_by)
    return table.listing.lines(list(table.listing.fetch(rows)[: act.most]), table.asked)


def _unchanged(form: Form, rows: Sequence[Any], able: Sequence[Any]) -> bool:
    """Whether every row still can take part, as the preview promised."""
    if len(able) < len(rows):
        text = _("确认之前有%d条记录变了，不能再办理。请核对下面的清单，再确认一次。")
        form.add_error(None, text % (len(rows) - len(able)))
        return False
    return True


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
