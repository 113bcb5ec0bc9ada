"""What stands behind figures: vouchers, and postings that have none."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.models import Posting, PostingEvidence

_PLACE = (
    "series__indicator__code",
    "series__area",
    "series__unit",
    "series__dimensions",
    "occurred_on",
    "subject",
)


class Backings:
    """Vouchers and unevidenced postings of some figures, in two queries for all of them."""

    def __init__(self, found: Iterable[Figure], known_at: datetime) -> None:
        self._leaves = {figure.query: tuple(_leaves(figure)) for figure in found}
        queries = {query for leaves in self._leaves.values() for query in leaves}
        self._vouchers: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._bare: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        if queries:
            self._read(queries, known_at)

    def vouchers(self, query: Query, subject: str = "") -> int:
        """How many different vouchers stand behind the figure, or behind one subject of it."""
        hashes = {
            row[-1]
            for leaf in self._leaves.get(query, ())
            for row in self._vouchers[leaf.indicator]
            if _covers(leaf, row) and subject in {"", row[5]}
        }
        return len(hashes)

    def bare(self, query: Query) -> int:
        """How many live postings behind the figure have no voucher."""
        return sum(
            row[-1]
            for leaf in self._leaves.get(query, ())
            for row in self._bare[leaf.indicator]
            if _covers(leaf, row)
        )

    def _read(self, queries: set[Query], known_at: datetime) -> None:
        live = (
            Posting.objects.filter(
                series__indicator__code__in={query.indicator for query in queries},
                series__area__in={query.area for query in queries},
                occurred_on__gte=min(query.period.start.first for query in queries),
                occurred_on__lte=max(query.period.end.last for query in queries),
                recorded_at__lte=known_at,
                reverses=None,
            )
            .exclude(reversal__recorded_at__lte=known_at)
            .order_by()
        )
        attached = Q(evidence__entry__recorded_at__lte=known_at)
        for row in (
            live.filter(attached)
            .values_list(*_PLACE, "occurred_on", "evidence__document__sha256")
            .distinct()
        ):
            self._vouchers[row[0]].append(row)
        evidence = PostingEvidence.objects.filter(
            posting=OuterRef("pk"), entry__recorded_at__lte=known_at
        )
        bare = live.filter(~Exists(evidence)).values_list(*_PLACE)
        for row in bare.annotate(Count("pk")):
            self._bare[row[0]].append(row)


def _leaves(figure: Figure) -> Iterable[Query]:
    """The posted indicators of which a figure is made."""
    if not figure.parts:
        return [figure.query]
    return [query for part in figure.parts for query in _leaves(part)]


def _covers(query: Query, row: tuple[Any, ...]) -> bool:
    _code, area, unit, dimensions, day, *_rest = row
    values = set(dimensions.split(";"))
    return (
        area == query.area
        and query.period.start.first <= day <= query.period.end.last
        and (query.units is None or unit in query.units)
        and all(f"{name}={value}" in values for name, value in query.dimensions)
    )
