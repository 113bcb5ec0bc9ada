"""A figure: the answer of the ledger to one query, as known at an instant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from shangheng.engines.ledger.domain.indicator import Definition, Indicator
from shangheng.engines.ledger.domain.period import Month
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.domain.status import PENDING, Status
from shangheng.engines.ledger.domain.units import rounded


@dataclass(frozen=True)
class Tally:
    """What the postings of one indicator come to over some span: amounts in smallest units.

    `postings` counts live postings (a reversed one and its reversal come to none), `samples` those
    that are marked as samples, `reversals` the corrections made.
    """

    amounts: Mapping[Status, int] = field(default_factory=dict)
    postings: int = 0
    samples: int = 0
    reversals: int = 0

    def counted(self, counting: Counting) -> int | None:
        """The amount counted, or None where nothing is posted: missing is not zero."""
        if not self.postings:
            return None
        recognised = self.amounts.get(Status.RECOGNISED, 0)
        return recognised + self.pending if counting is Counting.CLAIMED else recognised

    @property
    def pending(self) -> int:
        """Claimed or submitted, not yet decided."""
        return sum(self.amounts.get(status, 0) for status in PENDING)

    def __add__(self, other: "Tally") -> "Tally":
        return total((self, other))


NOTHING = Tally()


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    amounts: dict[Status, int] = {}
    postings = samples = reversals = 0
    for tally in tallies:
        for status, amount in tally.amounts.items():
            amounts[status] = amounts.get(status, 0) + amount
        postings += tally.postings
        samples += tally.samples
        reversals += tally.reversals
    return Tally(amounts, postings, samples, reversals)


@dataclass(frozen=True)
class Growth:
    """Year on year over the same months of both years, or the reason why it is not known."""

    percent: Decimal | None
    through: Month | None = None
    base: Decimal | None = None
    current: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Figure:
    """An answer of the ledger. `value` is exact (unrounded) and in `unit`; None is missing."""

    query: Query
    known_at: datetime
    indicator: Indicator
    definition: Definition
    value: Decimal | None
    amounts: Mapping[Status, Decimal]
    postings: int
    samples: int = 0
    reversals: int = 0
    growth: Growth = Growth(None)
    months: Mapping[Month, Decimal] = field(default_factory=dict)
    parts: tuple["Figure", ...] = ()

    @property
    def unit(self) -> str:
        """The unit of measure."""
        return self.definition.unit

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return self.definition.decimals

    @property
    def pending(self) -> Decimal | None:
        """What is claimed or submitted and not yet decided; None for computed forms."""
        found = [self.amounts[s] for s in PENDING if s in self.amounts]
        return sum(found, Decimal(0)) if found else None

    @property
    def text(self) -> str:
        """The value as printed, rounded once; empty where missing."""
        if self.value is None:
            return ""
        return f"{rounded(self.value, self.definition.decimals)}"

    @property
    def through(self) -> Month | None:
        """The last month with data."""
        return max(self.months, default=None)

    @property
    def reference(self) -> str:
        """Where this very answer is found again."""
        return self.query.reference(self.known_at)

    @property
    def status(self) -> str:
        """One word: missing, recognised, pending (something awaits a decision) or computed."""
        if self.value is None:
            return "missing"
        if self.parts:
            return "computed"
        return "pending" if self.pending else "recognised"

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks that the figure tag draws."""
        marks = [] if self.status == "computed" else [self.status]
        if self.reversals:
            marks.append("restated")
        if self.samples:
            marks.append("sample")
        return tuple(marks)
