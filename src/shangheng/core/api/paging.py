"""Pages of lists, with the links of RFC 8288."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from shangheng.core.accounts.access import person_of
from shangheng.core.api.wording import lazy as _
from shangheng.core.lists.declaring import Asked, Listing
from shangheng.core.lists.finding import narrowed, ordered
from shangheng.core.ui.moment import Moment

SIZE, LARGEST = 50, 200


class Paging(Schema):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=1_000_000, description=_("页码，从1起。"))
    page_size: int = Field(SIZE, ge=1, le=LARGEST, description=_("每页条数。"))


class Page[T](Schema):
    """One page of a list, and how many records there are in all."""

    total: int = Field(description=_("全部条数。"))
    items: list[T]


def listed[M: Model](request: HttpRequest, listing: Listing[M, Any], asked: Paging) -> QuerySet[M]:
    """The rows of a list as they stand now, narrowed and sorted as on its page.

    What is asked bears the names of the filters of the list; `since` and `until` are its `from` and
    `to`, `tab` and `sort` what they are there.
    """
    told = {name: str(value) for name, value in asked.model_dump().items() if value}
    told |= {"from": told.get("since", ""), "to": told.get("until", "")}
    tab = told.get("tab", "")
    question = Asked(person_of(request), Moment("", None, timezone.now()), tab, told)
    rows = narrowed(listing, question)
    if listing.tabs:
        rows = listing.tabs.narrow(rows, tab, question)
    return ordered(listing, rows, told.get("sort", ""))


def paged[R, S](
    request: HttpRequest,
    response: HttpResponse,
    rows: QuerySet[Any, R] | Sequence[R],
    paging: Paging,
    show: Callable[[Sequence[R]], Sequence[S]],
) -> dict[str, object]:
    """The page as a body for `Page`; its neighbours stand in the header `Link`."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = (paging.page - 1) * paging.page_size
    items = list(rows[start : start + paging.page_size]) if start < total else []
    last = max(1, -(-total // paging.page_size))
    places = {"first": 1, "prev": paging.page - 1, "next": paging.page + 1, "last": last}
    links = [
        f'<{_address(request, page)}>; rel="{name}"'
        for name, page in places.items()
        if 1 <= page <= last
    ]
    response["Link"] = ", ".join(links)
    return {"total": total, "items": list(show(items))}


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}"
