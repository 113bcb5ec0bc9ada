"""What the sample year is made of, before any of it is posted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from shangheng.engines.ledger.domain.status import Status


class BadSample(ValueError):
    """A file of the sample year says something that cannot be; the message names file and row."""


@dataclass(frozen=True)
class SampleUnit:
    """An org unit; `parent` is a code, empty for the root. Parents stand before their children."""

    code: str
    zh: str
    en: str
    parent: str
    is_sample: bool


@dataclass(frozen=True)
class SamplePerson:
    """A demonstration account with one role, in the role's own scope."""

    username: str
    display_name: str
    unit: str
    role: str


@dataclass(frozen=True)
class SampleStep:
    """An amount of a fact moving from one status to another, as a recognition step records it."""

    origin: Status
    destination: Status
    amount: Decimal
    at: datetime
    authority: str
    reason: str = ""


@dataclass(frozen=True)
class SampleFact:
    """One posting: `value` in the indicator's own unit of measure.

    `subject` names what a count counts, or what an amount is for (a project, a unit).
    Money with a `payer` comes in at the investment desk, for the project that `subject` names.
    `steps` is empty where no office recognises the indicator (it is then official at once) and
    where the amount is still only claimed. `figures` are the published figures that it belongs to.
    """

    indicator: str
    unit: str
    area: str
    dimensions: Mapping[str, str]
    subject: str
    value: Decimal
    measure: str
    occurred_on: date
    place: str
    figures: tuple[str, ...]
    note: str
    is_sample: bool
    authority: str | None
    steps: tuple[SampleStep, ...]
    payer: str = ""

    def standing(self, status: Status) -> Decimal:
        """How much of the value stands in a status after all steps."""
        start = Status.CLAIMED if self.authority else Status.RECOGNISED
        amount = self.value if status is start else Decimal(0)
        arrived = sum((s.amount for s in self.steps if s.destination is status), Decimal(0))
        left = sum((s.amount for s in self.steps if s.origin is status), Decimal(0))
        return amount + arrived - left


@dataclass(frozen=True)
class SampleBatch:
    """One act of posting with one voucher. Facts stand in the order in which they must be posted.

    All of its facts are samples or none is.
    """

    key: str
    title: str
    recorded_at: datetime
    source: str
    note: str
    voucher_kind: str
    voucher_format: str
    facts: tuple[SampleFact, ...]

    @property
    def is_sample(self) -> bool:
        """Whether anything in it had to be made up."""
        return any(fact.is_sample for fact in self.facts)


@dataclass(frozen=True)
class SamplePublished:
    """What the summary states, word for word (“逾80”). `measure`: value, growth, share, rank, target.

    With a `subject` it is about that project or unit alone. A target without a tier is a growth
    point, growth with a tier belongs to that target. `org_unit` is a code or empty.
    """

    label: str
    indicator: str
    measure: str
    tier: str
    period: str
    area: str
    subject: str
    org_unit: str
    text: str
    unit: str
    place: str


@dataclass(frozen=True)
class SampleTarget:
    """One tier of a year's target, in the indicator's unit; `growth` in percent as it was typed.

    `base` is what the target was computed from: None where nothing is known of it.
    """

    year: int
    indicator: str
    tier: str
    value: Decimal
    unit: str
    growth: Decimal | None
    base: Decimal | None
    base_period: str
    base_known_at: datetime | None
    base_source: str
    place: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class SampleGrowthPoint:
    """A posting to come that the summary names: an amount from `low` to `high` in `unit`."""

    year: int
    indicator: str
    subject: str
    low: Decimal
    high: Decimal
    unit: str
    date: date
    probability: Decimal
    place: str
    figures: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Sample:
    """The whole sample year. Batches stand in the order of `recorded_at`."""

    title: str
    published_at: datetime
    area: str
    units: tuple[SampleUnit, ...]
    people: tuple[SamplePerson, ...]
    batches: tuple[SampleBatch, ...]
    published: tuple[SamplePublished, ...]
    targets: tuple[SampleTarget, ...]
    growth_points: tuple[SampleGrowthPoint, ...]
