"""All that stands behind one figure, for its provenance page."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from shangheng.core.ui.figures import unit_after
from shangheng.desks.targets import words
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.domain.units import rounded
from shangheng.engines.ledger.models import Posting, PublishedFigure
from shangheng.engines.ledger.selectors.conflicts import Conflict, conflicts
from shangheng.engines.ledger.selectors.figures import figure
from shangheng.engines.ledger.selectors.provenance import (
    Moment,
    PostingView,
    evidence_count,
    moments,
    postings_of,
    views,
)


@dataclass(frozen=True)
class Provenance:
    """A figure with its postings and history. Of a computed figure, its parts lead further."""

    figure: Figure
    postings: QuerySet[Posting]
    conflicts: tuple[Conflict, ...]

    @property
    def section(self) -> str:
        """The line of business."""
        found = (s for s in catalogue.sections() if s["code"] == self.figure.indicator.section)
        return catalogue.name_of(next(found))

    @property
    def area(self) -> str:
        """Whose figure it is, where it is not the bureau's own."""
        return words.elsewhere(self.figure.query.area)

    @property
    def countings(self) -> list[tuple[bool, bool, str]]:
        """Ways to count, where anything is pending: with it?, is it this one?, reference."""
        if not _awaited(self.figure):
            return []
        query, known_at = self.figure.query, self.figure.known_at
        return [
            (
                way is Counting.CLAIMED,
                way is query.counting,
                replace(query, counting=way).reference(known_at),
            )
            for way in Counting
        ]

    @cached_property
    def posting_count(self) -> int:
        """How many postings there are, within anybody's reach or not."""
        return self.postings.count()

    @property
    def amounts(self) -> list[tuple[str, Decimal]]:
        """Where the amounts stand: (status, amount in the unit of the figure)."""
        return [(s.word, amount) for s, amount in sorted(self.figure.amounts.items())]

    @cached_property
    def evidence(self) -> int:
        """How many different vouchers there are."""
        return evidence_count(self.figure.query, known_at=self.figure.known_at)

    @cached_property
    def moments(self) -> list[Moment]:
        """How the figure changed as more became known."""
        return moments(self.figure.query, known_at=self.figure.known_at)

    @cached_property
    def published(self) -> list[PublishedFigure]:
        """What documents state about it."""
        query = self.figure.query
        rows = PublishedFigure.objects.filter(
            indicator__code=query.indicator,
            area=query.area,
            period__startswith=str(query.period.start.year),
            recorded_at__lte=self.figure.known_at,
        )
        return list(rows.order_by("pk"))

    def read(self, rows: list[Posting]) -> list[PostingView]:
        """Postings with their amounts by status, as known at the figure's instant."""
        return views(rows, known_at=self.figure.known_at)

    @property
    def formula(self) -> str:
        """A ratio written out with its numbers: “385.6 ÷ 726.2 × 100 = 53.10”."""
        formula = self.figure.definition.formula
        parts = self.figure.parts
        if formula is None or not formula.denominator or self.figure.value is None:
            return ""
        sides = (parts[: len(formula.numerator)], parts[len(formula.numerator) :])
        top, bottom = (" + ".join(f"{p.value}{unit_after(p.unit)}" for p in side) for side in sides)
        result = rounded(self.figure.value, self.figure.decimals + 1)
        return f"{top} ÷ {bottom} × {formula.scale} = {result}{unit_after(self.figure.unit)}"


def _awaited(figure: Figure) -> bool:
    """Whether a figure, or any part that it is computed from, has something pending."""
    return bool(figure.pending) or any(_awaited(part) for part in figure.parts)


def provenance(query: Query, *, known_at: datetime) -> Provenance:
    """What stands behind the answer to a query. Raises UnknownIndicator."""
    answer = figure(query, known_at=known_at)
    found = conflicts(query.area, query.period.end.year, known_at=known_at)
    return Provenance(
        figure=answer,
        postings=postings_of(query, known_at=known_at),
        conflicts=tuple(c for c in found if query.indicator in c.indicators),
    )
