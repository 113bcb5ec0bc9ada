"""The pages of an import, mounted by the desk whose table it is.

Each desk has them under its own address and its own permission, so that a page of the import asks
for what the desk asks for.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.urls.resolvers import URLPattern
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts.access import permission_required
from shangheng.core.imports.listings import batches_of
from shangheng.core.imports.registry import table
from shangheng.core.imports.views import batches, importing
from shangheng.core.lists.registry import register

View = Callable[..., HttpResponse]
_READ = ["GET", "HEAD"]
_READ_AND_SEND = ["GET", "HEAD", "POST"]


def import_pages(*, code: str, permission: str, at: str, name: str) -> list[URLPattern]:
    """The routes of one table: `at` is the address (targets/import/), `name` that of its first page.

    The list of its batches is registered with them.
    """
    register(batches_of(table(code)))

    def mount(rest: str, view: View, step: str, methods: list[str]) -> URLPattern:
        return path(f"{at}{rest}", _bound(view, code, permission, methods), name=f"{name}{step}")

    return [
        mount("", importing.start, "", _READ_AND_SEND),
        mount("template.xlsx", importing.blank, "-template", _READ),
        mount("columns/", importing.columns, "-columns", _READ_AND_SEND),
        mount("preview/", importing.show_preview, "-preview", _READ_AND_SEND),
        mount("marked.xlsx", importing.marked, "-marked", _READ),
        mount("batches/", batches.batch_list, "-batches", _READ_AND_SEND),
        mount("batches/<int:pk>/", batches.batch_page, "-batch", _READ),
        mount("batches/<int:pk>/undo/", batches.batch_undo, "-undo", _READ_AND_SEND),
    ]


def _bound(view: View, code: str, permission: str, methods: list[str]) -> View:
    """The view for one table, behind its permission."""

    @wraps(view)
    def shown(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, code, **kwargs)

    return permission_required(permission)(require_http_methods(methods)(shown))
