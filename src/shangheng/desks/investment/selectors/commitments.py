"""Reading commitments: promised against done, what is due, what waits for its review."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from shangheng.core.accounts.models import User
from shangheng.desks.investment.domain.amounts import trimmed
from shangheng.desks.investment.domain.commitments import (
    SOON,
    Promise,
    Review,
    State,
    why_not_paid,
)
from shangheng.desks.investment.models import Commitment, Progress
from shangheng.desks.investment.selectors.projects import projects_for


@dataclass(frozen=True)
class CommitmentLine:
    """A commitment for reading, as it stands on a day."""

    row: Commitment
    promise: Promise
    state: State

    @property
    def pk(self) -> int:
        """The key of the commitment."""
        return self.row.pk

    @property
    def why_not_paid(self) -> str:
        """Why nothing may be paid under it; "" when it may."""
        return why_not_paid(self.row.side, self.row.kind, self.row.review)


def commitments_for(actor: User) -> QuerySet[Commitment]:
    """The commitments of the projects that somebody may see, with what was done of them."""
    rows = Commitment.objects.filter(project__in=projects_for(actor).order_by().values("pk"))
    return with_done(rows).select_related("project__case__unit", "project__case__owner")


def with_done(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """With `sum_done` and `all_done`; a sum has no more digits than what it adds up."""
    amount = Progress._meta.get_field("amount")
    digits = DecimalField(max_digits=amount.max_digits, decimal_places=amount.decimal_places)
    finished = Progress.objects.filter(commitment=OuterRef("pk"), done=True)
    return rows.annotate(
        sum_done=Coalesce(Sum("progress__amount"), Decimal(0), output_field=digits),
        all_done=Exists(finished),
    )


def lines_of(rows: Iterable[Commitment], day: date) -> Sequence[CommitmentLine]:
    """Commitments as they stand on a day; `rows` come from `with_done`."""
    found = []
    for row in rows:
        done = trimmed(getattr(row, "sum_done", Decimal(0))) or Decimal(0)
        is_done = getattr(row, "all_done", False)
        promise = Promise(row.amount, row.due_on, done, is_done)
        found.append(CommitmentLine(row, promise, promise.state(day)))
    return found


def unkept() -> Q:
    """Those that are not kept yet; `rows` come from `with_done`."""
    return Q(taken_back_at=None, all_done=False) & (Q(amount=None) | Q(sum_done__lt=F("amount")))


def overdue(rows: QuerySet[Commitment], day: date) -> QuerySet[Commitment]:
    """Those whose day has passed."""
    return rows.filter(unkept(), due_on__lt=day)


def soon(rows: QuerySet[Commitment], day: date) -> QuerySet[Commitment]:
    """Those that fall due within 30 days."""
    return rows.filter(unkept(), due_on__range=(day, day + SOON))


def unreviewed(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Those whose clause waits for its review."""
    return rows.filter(taken_back_at=None, review=Review.PENDING)
