"""The list of postings: what fits the filters, what it comes to, a page of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from shangheng.core.accounts.models import User
from shangheng.core.ui.moment import Moment
from shangheng.desks.targets.selectors.lines import ORDER, Part, PostingLine, parts_of
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import Form, Indicator
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.domain.units import Unit
from shangheng.engines.ledger.models import Posting, PostingEvidence, RecognitionStep
from shangheng.engines.ledger.selectors.balances import holding
from shangheng.engines.ledger.selectors.provenance import for_reading, views

RECENT = 6


@dataclass(frozen=True)
class Totals:
    """What a list comes to. `parts` only where amounts of one indicator and area can be added up."""

    postings: int
    indicators: int
    areas: int
    reversals: int
    unevidenced: int
    samples: int
    parts: Sequence[Part]
    is_distinct: bool  # a count of distinct subjects: the sum may count one of them twice

    @property
    def whole(self) -> Decimal | None:
        """The sum of the parts; None without any."""
        values = [part.amount.value for part in self.parts if part.amount.value is not None]
        return sum(values, Decimal(0)) if values else None


def known(rows: QuerySet[Posting], known_at: datetime) -> QuerySet[Posting]:
    """Those that were recorded by then."""
    return rows.filter(recorded_at__lte=known_at)


def in_period(rows: QuerySet[Posting], period: Period) -> QuerySet[Posting]:
    """Those that occurred in a period."""
    return rows.filter(occurred_on__range=(period.start.first, period.end.last))


def evidenced(rows: QuerySet[Posting], *, wanted: bool) -> QuerySet[Posting]:
    """Those with vouchers; or those that should have some and have none."""
    has = Exists(PostingEvidence.objects.filter(posting=OuterRef("pk")))
    return rows.filter(has) if wanted else rows.filter(~has, n=1)


def live(rows: QuerySet[Posting], known_at: datetime) -> QuerySet[Posting]:
    """Those that count: neither reversals nor reversed by then."""
    undone = Posting.objects.filter(reverses=OuterRef("pk"), recorded_at__lte=known_at)
    return rows.filter(~Exists(undone), reverses=None)


def standing(rows: QuerySet[Posting], status: Status, asked: Moment) -> QuerySet[Posting]:
    """Those that count and of which some amount stands in a status; where it stands now is kept ready."""
    if asked.known is None:
        return rows.filter(standings__status=status)
    return holding(live(rows, asked.known_at), status, asked.known_at)


def lines_of(rows: Iterable[Posting], *, known_at: datetime | None = None) -> list[PostingLine]:
    """Postings for reading; `rows` come from `for_reading`."""
    return [PostingLine(view) for view in views(list(rows), known_at=known_at)]


def read(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    """With all that a line shows of them."""
    return for_reading(rows)


def totals(rows: QuerySet[Posting], indicator: str, *, known_at: datetime) -> Totals:
    """What a list comes to, over all of its pages; the amounts where it is of one `indicator`."""
    rows = rows.order_by()
    definition = catalogue.definition(indicator, known_at.date()) if indicator else None
    added = ORDER if definition and definition.form in {Form.FLOW, Form.COUNT} else ()
    evidenced = Exists(PostingEvidence.objects.filter(posting=OuterRef("pk")))
    counted = rows.aggregate(
        postings=Count("pk"),
        indicators=Count("series__indicator", distinct=True),
        areas=Count("series__area", distinct=True),
        reversals=Count("pk", filter=Q(n=-1)),
        unevidenced=Count("pk", filter=Q(Q(n=1), ~evidenced)),
        samples=Count("pk", filter=Q(is_sample=True)),
        **{status.name: Sum("amount", filter=Q(status=status)) for status in added},
    )
    begun = {status: counted.pop(status.name) or 0 for status in added}
    parts: list[Part] = []
    if definition is not None and counted["areas"] == 1:
        parts = _parts(rows, begun, catalogue.unit_of(definition), known_at)
    is_distinct = definition is not None and definition.form is Form.COUNT
    return Totals(parts=parts, is_distinct=is_distinct, **counted)


def _parts(
    rows: QuerySet[Posting], begun: Mapping[Status, int], unit: Unit, known_at: datetime
) -> list[Part]:
    """Where the amounts stand that `begun` in a status; nothing where amounts are not added up."""
    if not begun:
        return []
    amounts = dict(begun)
    steps = RecognitionStep.objects.filter(
        posting__in=rows.values("pk"), recorded_at__lte=known_at
    ).values_list("origin", "destination")
    for origin, destination, amount in steps.annotate(Sum("amount")):
        amounts[Status(origin)] -= amount
        amounts[Status(destination)] += amount
    held = [(status, unit.from_minor(amount)) for status, amount in amounts.items() if amount]
    return parts_of(held, unit.code)


def recent_indicators(actor: User) -> list[Indicator]:
    """The indicators that a person posted last, newest first."""
    rows = (
        Posting.objects.filter(entry__actor=actor, n=1)
        .values_list("series__indicator__code")
        .annotate(last=Max("pk"))
        .order_by("-last")[:RECENT]
    )
    known = catalogue.indicators()
    return [known[code] for code, _last in rows if code in known]


def named(text: str) -> Q:
    """By number (#12), subject, source, note, voucher or person."""
    named = Q(subject__icontains=text) | Q(entry__source__icontains=text)
    named |= Q(entry__note__icontains=text) | Q(entry__actor__display_name__icontains=text)
    voucher = PostingEvidence.objects.filter(posting=OuterRef("pk"), document__name__icontains=text)
    named |= Q(Exists(voucher))
    number = text.removeprefix("#")
    return named | Q(pk=int(number)) if number.isascii() and number.isdigit() else named
