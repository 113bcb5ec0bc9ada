"""The rows of a list for a question, whoever asks it: a page, a file, the API."""

from typing import Any

from django.db.models import F, Lookup, Model, QuerySet, Subquery

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


class Among(Lookup):
    """Whether a key is one of those that a subquery finds.

    PostgreSQL is given them as an array, which it finds first; with `IN` it joins the whole table
    to what is shown, and then looks for the keys. SQLite finds them first in any case, and has no arrays.
    A lookup and no function: SQLite would be asked whether the function is true, row by row.
    """

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The lookup on PostgreSQL."""
        key, before = self.process_lhs(compiler, connection)
        found, within = self.process_rhs(compiler, connection)
        return f"{key} = ANY(ARRAY{found})", (*before, *within)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The lookup on SQLite."""
        key, before = self.process_lhs(compiler, connection)
        found, within = self.process_rhs(compiler, connection)
        return f"{key} IN {found}", (*before, *within)


def by_keys[M: Model](page: QuerySet[M]) -> QuerySet[M]:
    """The same rows in the same order, looked up by their keys.

    So the database sorts and skips keys alone, and joins what is shown to one page of rows only.
    A page that takes more along than the fields of its model stays as it is.
    """
    query = page.query
    if query.annotations or query.distinct or query.combinator or query.select_related:
        return page
    if page._prefetch_related_lookups or query.deferred_loading[0] or query.extra:  # type: ignore[attr-defined] # no public way
        return page
    keys = Subquery(page.values("pk"))
    return page.model._base_manager.filter(Among(F("pk"), keys)).order_by(*query.order_by)
