"""From a figure back to its postings, their recognition and their vouchers, and through time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.instant import TICK
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting, PostingEvidence, RecognitionStep, Series
from shangheng.engines.ledger.selectors.balances import balances_of
from shangheng.engines.ledger.selectors.figures import figure
from shangheng.engines.ledger.selectors.reading import day_after

MOMENTS = 12


@dataclass(frozen=True)
class PostingView:
    """A posting for reading: its value and where it stands, in the indicator's unit."""

    row: Posting
    value: Decimal
    unit: str
    amounts: Mapping[Status, Decimal]

    @property
    def standing(self) -> list[tuple[str, Decimal]]:
        """The amounts under the names of their statuses."""
        return [(status.word, amount) for status, amount in sorted(self.amounts.items())]

    @property
    def is_reversed(self) -> bool:
        """Whether it has been taken back, or is itself what took another back."""
        return self.row.reverses_id is not None or hasattr(self.row, "reversal")


@dataclass(frozen=True)
class Moment:
    """What a figure was known to be from a day on."""

    known_on: date
    value: Decimal | None
    text: str
    change: Decimal | None


def postings_of(query: Query, *, known_at: datetime) -> QuerySet[Posting]:
    """The postings behind one posted indicator, newest facts first."""
    rows = Posting.objects.filter(
        series__indicator__code=query.indicator,
        series__area=query.area,
        occurred_on__range=(query.period.start.first, query.period.end.last),
        recorded_at__lte=known_at,
    )
    if query.units is not None:
        rows = rows.filter(series__unit__in=query.units)
    for name, value in query.dimensions:
        keys = [
            series.pk
            for series in Series.objects.filter(indicator__code=query.indicator)
            if f"{name}={value}" in series.dimensions.split(";")
        ]
        rows = rows.filter(series__in=keys)
    return for_reading(rows).order_by("-occurred_on", "-pk")


def for_reading(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    """Postings with all that a page shows of them, in a fixed number of queries."""
    evidence = PostingEvidence.objects.select_related("document").order_by("pk")
    return rows.select_related(
        "series__indicator", "series__unit", "entry__actor", "reverses", "reversal"
    ).prefetch_related(Prefetch("evidence", queryset=evidence))


def views(rows: list[Posting], *, known_at: datetime | None = None) -> list[PostingView]:
    """Postings with their amounts by status, as known at an instant."""
    held = balances_of(rows, known_at)
    result = []
    for row in rows:
        definition = catalogue.definition(row.series.indicator.code, row.occurred_on)
        unit = catalogue.unit_of(definition)
        amounts = {s: unit.from_minor(a) for s, a in held.get(row.pk, {}).items() if a}
        result.append(PostingView(row, unit.from_minor(row.amount), unit.code, amounts))
    return result


def evidence_count(query: Query, *, known_at: datetime) -> int:
    """How many different vouchers stand behind a posted indicator's figure."""
    postings = postings_of(query, known_at=known_at).order_by().values("pk")
    rows = PostingEvidence.objects.filter(posting__in=postings, entry__recorded_at__lte=known_at)
    return rows.values("document__sha256").distinct().count()


def moments(query: Query, *, known_at: datetime) -> list[Moment]:
    """How the figure changed as more became known: its last days of change, oldest first."""
    postings = postings_of(query, known_at=known_at).order_by()
    day = TruncDate("recorded_at", tzinfo=timezone.get_current_timezone())
    days = set(postings.values_list(day, flat=True))
    steps = RecognitionStep.objects.filter(
        posting__in=postings.values("pk"), recorded_at__lte=known_at
    )
    days |= set(steps.values_list(day, flat=True))
    result: list[Moment] = []
    previous: Decimal | None = None
    for known_on in sorted(days)[-MOMENTS:]:
        answer = figure(query, known_at=min(day_after(known_on) - TICK, known_at))
        change = None if previous is None or answer.value is None else answer.value - previous
        result.append(Moment(known_on, answer.value, answer.text, change))
        previous = answer.value
    return result


def steps_of(posting: Posting, *, known_at: datetime | None = None) -> list[RecognitionStep]:
    """The recognition of one posting, step by step."""
    limit = Q() if known_at is None else Q(recorded_at__lte=known_at)
    rows = posting.steps.filter(limit).select_related("entry__actor", "document")
    return list(rows.order_by("pk"))
