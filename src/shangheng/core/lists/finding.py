"""The rows of a list for a question, whoever asks it: a page, a file, the API."""

from typing import Any

from django.db.models import Model, QuerySet

from shangheng.core.lists.declaring import Asked, Listing


def narrowed[M: Model](
    listing: Listing[M, Any], asked: Asked, *, whole: bool = False
) -> QuerySet[M]:
    """What fits the period (unless `whole`) and the filters of `asked`, whatever the tab."""
    rows = listing.rows(asked)
    if listing.period and not whole:
        rows = listing.period(rows, asked)
    for one in listing.filters:
        if value := asked.values.get(one.key):
            rows = one.narrow(rows, value, asked)
    return rows


def ordered[M: Model](listing: Listing[M, Any], rows: QuerySet[M], sort: str = "") -> QuerySet[M]:
    """Rows in the order of `sort`, a column or `-` and a column; "" is the usual order."""
    sort = sort or listing.sort
    column = listing.column(sort.removeprefix("-"))
    fields = [*(column.sort if column else ()), "pk"]
    if sort.startswith("-"):
        fields = [f[1:] if f.startswith("-") else f"-{f}" for f in fields]
    return rows.order_by(*fields)
