"""What was imported: the list, one batch, and taking it back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import person_of
from shangheng.core.imports.access import access_batch, access_table
from shangheng.core.imports.forms import UndoForm
from shangheng.core.imports.listings import code_of
from shangheng.core.imports.registry import CannotUndo
from shangheng.core.imports.selectors import history, lines_of
from shangheng.core.imports.services.undo import obstacles, undo
from shangheng.core.imports.views.answers import addresses
from shangheng.core.lists import registry as lists
from shangheng.core.lists.showing import show

PAGE = 50


def batch_list(request: HttpRequest, code: str) -> HttpResponse:
    """Every batch of a table, the latest first."""
    table = access_table(actor=person_of(request), code=code)
    context = {
        "url_home": reverse(table.home),
        "home_label": table.home_label,
        "url_start": reverse(table.url_name),
    }
    listing = lists.listing(code_of(code))
    return show(request, listing, template="imports/batches.html", context=context)


def batch_page(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One batch: who, when, which file, which rows, and what became of it."""
    actor = person_of(request)
    table = access_table(actor=actor, code=code)
    batch = access_batch(actor=actor, table=table, pk=pk)
    page = Paginator(batch.rows.order_by("number"), PAGE).get_page(request.GET.get("page"))
    context = {
        "table": table,
        "batch": batch,
        "page": page,
        "lines": lines_of(table, batch, page.object_list, actor),
        "links": table.linked(batch),
        "history": history(batch),
    }
    return render(request, "imports/batch.html", context | addresses(table))


def batch_undo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a batch back, or say why it cannot be."""
    actor, now = person_of(request), timezone.now()
    table = access_table(actor=actor, code=code)
    batch = access_batch(actor=actor, table=table, pk=pk)
    form = UndoForm(request.POST if request.method == "POST" else None)
    stopped = obstacles(actor=actor, at=now, table=table, batch=batch)
    if request.method == "POST" and form.is_valid() and not stopped:
        try:
            undo(
                actor=actor,
                at=now,
                table=table,
                batch=batch,
                reason=form.cleaned_data["reason"],
            )
        except CannotUndo as error:
            stopped = error.obstacles
        else:
            messages.success(request, _("已撤销这一批导入。"))
            return redirect(f"{table.url_name}-batch", batch.pk)
    context = {"table": table, "batch": batch, "form": form, "obstacles": stopped}
    status = 422 if request.method == "POST" else 200
    return render(request, "imports/undo.html", context | addresses(table), status=status)
