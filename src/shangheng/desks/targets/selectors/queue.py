"""The recognition queue: what waits where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.core.ui.figures import Amount
from shangheng.core.ui.menu import ENOUGH
from shangheng.core.ui.moment import Moment
from shangheng.core.ui.waiting import Waits, rows_of
from shangheng.desks.targets.access import PERMISSIONS, Purpose
from shangheng.desks.targets.selectors.lines import PostingLine
from shangheng.desks.targets.selectors.postings import standing
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting, Series, Standing

TABS: dict[str, Status] = {
    "claimed": Status.CLAIMED,
    "submitted": Status.SUBMITTED,
    "rejected": Status.REJECTED,
    "recognised": Status.RECOGNISED,
}
BULK: dict[Status, Purpose] = {Status.CLAIMED: "submit", Status.SUBMITTED: "recognise"}


@dataclass(frozen=True)
class Together:
    """Postings of one indicator together: how many, and what they hold in one status."""

    name: str
    authority: str
    count: int
    amount: Amount


def recognised_codes() -> list[str]:
    """The indicators of which a superior office recognises facts."""
    return [
        code
        for code, indicator in catalogue.indicators().items()
        if any(version.recognition for version in indicator.versions)
    ]


def recognisable(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    """Our own facts of indicators that a superior office recognises."""
    return rows.filter(
        series__indicator__code__in=recognised_codes(), series__area=settings.HOME_AREA
    )


def counts(rows: QuerySet[Posting], asked: Moment) -> dict[str, int]:
    """How many of the postings `rows` stand in each tab; one in two statuses counts in both."""
    counted = rows.order_by()
    if asked.known is not None:
        return {tab: standing(counted, status, asked).count() for tab, status in TABS.items()}
    kept = counted.filter(standings__status__in=TABS.values()).values_list("standings__status")
    found = dict(kept.annotate(Count("pk")))
    return {tab: found.get(status, 0) for tab, status in TABS.items()}


def waiting(actor: User) -> Waits:
    """The postings that wait for this person: to be submitted, or for a reply to be recorded.

    Of each no more are counted than a menu shows.
    """
    return rows_of(*(_waiting_for(actor, status)[:ENOUGH] for status in BULK))


def _waiting_for(actor: User, status: Status) -> QuerySet[Standing]:
    """Found by their series, which are few and lead to them by an index."""
    scope = scope_of(actor, PERMISSIONS[BULK[status]])
    series = Series.objects.filter(indicator__code__in=recognised_codes(), area=settings.HOME_AREA)
    reached = Q(series__in=scope.filter(series, owner=None))
    if scope.own:
        reached |= Q(series__in=series, posting__entry__actor=actor)
    return Standing.objects.filter(reached, status=status)


def together(lines: Iterable[PostingLine], status: Status) -> list[Together]:
    """What postings hold in one status, by indicator: amounts of two are never added up."""
    groups: dict[str, list[PostingLine]] = defaultdict(list)
    for line in lines:
        groups[line.indicator.code].append(line)
    result = []
    for group in groups.values():
        values = [line.view.amounts.get(status, Decimal(0)) for line in group]
        amount = Amount(sum(values, Decimal(0)), group[0].view.unit)
        authority = group[0].definition.recognition or ""
        result.append(Together(group[0].name, authority, len(group), amount))
    return result
