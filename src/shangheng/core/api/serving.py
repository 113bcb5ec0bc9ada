"""From operations to Django views: one view for each address, with the mark of each method on it."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation, PathView

from shangheng.core.accounts.access import person_of
from shangheng.core.api import problems
from shangheng.core.api.once import once
from shangheng.core.api.problems import FieldError, Problem
from shangheng.core.api.site import api
from shangheng.core.api.versions import with_version
from shangheng.core.audit.marks import by_method

View = Callable[..., HttpResponseBase]
CONVERTED = re.compile(r"{(?:(\w+):)?(\w+)}")


def routes() -> list[URLPattern]:
    """A route for every address of the API."""
    return [
        path(CONVERTED.sub(_placeholder, address), view_of(served), name=name_of(served))
        for address, served in addresses()
    ]


def addresses() -> Iterator[tuple[str, PathView]]:
    """Every address below `/api/v1/` with what it serves."""
    for router in api._get_bound_routers():
        for place, served in router.path_operations.items():
            yield "/".join(part.strip("/") for part in (router.prefix, place) if part), served


def name_of(served: PathView) -> str:
    """The name of its route: `api-list_postings`."""
    return f"api-{served.operations[0].view_func.__name__}"


def view_of(served: PathView) -> View:
    """One view for all methods of an address."""
    operations = {method: one for one in served.operations for method in one.methods}

    def view(request: HttpRequest, **parameters: Any) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else str(request.method)
        try:
            return _run(operations[method], request, parameters)
        except Problem as problem:
            return problems.answer(request, problem)

    marks = {method: mark_of(operation) for method, operation in operations.items()}
    marks |= {"HEAD": marks["GET"]} if "GET" in marks else {}
    view.__dict__.update(csrf_exempt=True, is_api=True)  # no cookie counts here, only the token
    return by_method(view, marks)


def mark_of(operation: Operation) -> str:
    """What an operation asks of its caller; a forgotten mark stops the start."""
    mark = getattr(operation.view_func, "permission", None)
    if mark is None:
        raise RuntimeError(f"{operation.view_func.__name__} of the API declares no permission")
    return str(mark)


def _run(
    operation: Operation, request: HttpRequest, parameters: dict[str, Any]
) -> HttpResponseBase:
    _must_be_readable(operation, request)
    if request.method == "POST":
        return once(
            request,
            person_of(request),
            lambda: operation.run(request, **parameters),
            at=timezone.now(),
        )
    response = operation.run(request, **parameters)
    reads = request.method in {"GET", "HEAD"} and response.status_code == 200
    return (
        with_version(request, response)
        if reads and isinstance(response, HttpResponse)
        else response
    )


def _must_be_readable(operation: Operation, request: HttpRequest) -> None:
    """Refuse parameters that nobody reads (a filter misspelt gives a wrong list), and NUL in JSON.

    Elsewhere in a request `core.database.unkept` has refused it.
    """
    unknown = [name for name in request.GET if name not in _parameters(operation)]
    errors = [FieldError(f"query.{name}", "unknown", _("没有这个参数。")) for name in unknown]
    if errors:
        raise Problem(422, _("请改正所列的各项后重试。"), errors)
    if request.content_type == "application/json" and b"\\u0000" in request.body:
        told = FieldError("body", "control", _("含有看不见的空字符（NUL），不能保存。"))
        raise Problem(422, _("请改正所列的各项后重试。"), [told])


@cache
def _parameters(operation: Operation) -> frozenset[str]:
    found = OpenAPISchema.operation_parameters(_described(), operation)
    return frozenset(one["name"] for one in found if one["in"] == "query")


@cache
def _described() -> OpenAPISchema:
    return OpenAPISchema(api, "")


def _placeholder(found: re.Match[str]) -> str:
    kind, name = found.groups()
    return f"<{kind}:{name}>" if kind else f"<{name}>"
