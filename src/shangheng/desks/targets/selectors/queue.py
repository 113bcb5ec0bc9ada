"""The recognition queue: what waits where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import QuerySet

from shangheng.core.accounts.models import User
from shangheng.desks.targets.access import Purpose, postings_for
from shangheng.desks.targets.selectors.lines import Amount, PostingLine
from shangheng.desks.targets.selectors.postings import holding, live
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting

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


def recognisable(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    """Our own facts of indicators that a superior office recognises."""
    codes = [
        code
        for code, indicator in catalogue.indicators().items()
        if any(version.recognition for version in indicator.versions)
    ]
    return rows.filter(series__indicator__code__in=codes, series__area=settings.HOME_AREA)


def counts(rows: QuerySet[Posting], *, known_at: datetime) -> dict[str, int]:
    """How many of the postings `rows` stand in each tab; one in two statuses counts in both."""
    counted = live(rows, known_at).order_by()
    return {tab: holding(counted, status, known_at).count() for tab, status in TABS.items()}


def waiting(actor: User, at: datetime) -> int:
    """How many postings wait for this person: to be submitted, or for a reply to be recorded."""
    return sum(
        holding(live(recognisable(postings_for(actor, purpose)), at), status, at).count()
        for status, purpose in BULK.items()
    )


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
