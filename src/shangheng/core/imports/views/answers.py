"""What the pages of an import share: addresses, answers, the preview as a page shows it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from shangheng.core.imports.forms import ConfirmForm
from shangheng.core.imports.held import HeldLost
from shangheng.core.imports.kept import PAGE
from shangheng.core.imports.lines import Line, Seen
from shangheng.core.imports.registry import Table


def page(table: Table, step: str, **query: str) -> str:
    """The address of a page of the table's import."""
    name = f"{table.url_name}-{step}" if step else table.url_name
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


def lost(request: HttpRequest, table: Table, error: HeldLost) -> HttpResponse:
    """Back to the start, saying why."""
    messages.warning(request, str(error))
    return redirect(page(table, ""))


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent with a form, even when that is nothing at all; None for a page that is shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def answer(
    request: HttpRequest, name: str, context: dict[str, Any], *, wrong: bool
) -> HttpResponse:
    """A page; 422 when something was sent and is wrong."""
    context |= addresses(context["table"])
    return render(request, f"imports/{name}.html", context, status=422 if wrong else 200)


def addresses(table: Table) -> dict[str, str]:
    """Where the pages of a table are, for the templates."""
    steps = ("template", "columns", "preview", "marked", "batches")
    return {"url_start": page(table, "")} | {f"url_{step}": page(table, step) for step in steps}


def confirm_form(request: HttpRequest, repeated: int, table: Table) -> ConfirmForm:
    """The form below a preview, asking about rows that repeat others where they may be taken in."""
    return ConfirmForm(*sent(request), asks_repeats=bool(repeated and table.repeats))


def previewed(
    request: HttpRequest,
    table: Table,
    token: str,
    form: ConfirmForm,
    found: Seen,
    lines: Sequence[Line],
) -> HttpResponse:
    """The page of a preview."""
    context = {
        "table": table,
        "form": form,
        "found": found,
        "token": token,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
    }
    return answer(request, "preview", context, wrong=request.method == "POST" or not found.ok)
