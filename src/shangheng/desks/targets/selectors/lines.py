"""A posting as a line on a page: its words and amounts, ready to be drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.safestring import SafeString

from shangheng.core.ui.figures import Amount
from shangheng.desks.targets import words
from shangheng.desks.targets.status_marks import status_mark
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import Definition, Indicator
from shangheng.engines.ledger.domain.status import PENDING, Status
from shangheng.engines.ledger.models import Posting, RecognitionStep
from shangheng.engines.ledger.selectors.provenance import PostingView

ORDER = (Status.RECOGNISED, Status.SUBMITTED, Status.CLAIMED, Status.REJECTED)


@dataclass(frozen=True)
class Part:
    """So much of a posting in one status; `start` and `width` are its place in a bar of 1000."""

    status: Status
    amount: Amount
    start: Decimal
    width: Decimal

    @property
    def code(self) -> str:
        """For style sheets."""
        return self.status.name.lower()

    @property
    def mark(self) -> SafeString:
        """The shape of the status."""
        return status_mark(self.code)

    @property
    def word(self) -> str:
        """For people."""
        return words.status_word(self.status)


@dataclass(frozen=True)
class PostingLine:
    """One posting for reading."""

    view: PostingView

    @property
    def row(self) -> Posting:
        """The posting itself."""
        return self.view.row

    @cached_property
    def indicator(self) -> Indicator:
        """Its indicator."""
        return catalogue.indicator(self.row.series.indicator.code)

    @cached_property
    def definition(self) -> Definition:
        """The definition under which it was posted."""
        return self.indicator.on(self.row.occurred_on)

    @property
    def name(self) -> str:
        """The name of its indicator."""
        return words.name_of(self.indicator)

    @cached_property
    def dimensions(self) -> list[tuple[str, str]]:
        """Names of its dimensions and of their values."""
        return words.dimensions_words(self.row.series.dimensions)

    @property
    def elsewhere(self) -> str:
        """The name of the area that it is about, where that is another."""
        return words.elsewhere(self.row.series.area)

    @cached_property
    def authority(self) -> str | None:
        """The office that recognises it; None where it counts at once."""
        series = self.row.series
        return catalogue.authority(series.indicator.code, self.row.occurred_on, series.area)

    @property
    def is_reversal(self) -> bool:
        """Whether it takes another back."""
        return self.row.reverses_id is not None

    @property
    def is_taken_back(self) -> bool:
        """Whether another has taken it back."""
        return hasattr(self.row, "reversal")

    @property
    def is_live(self) -> bool:
        """Whether it counts: neither taken back nor itself a reversal."""
        return not self.view.is_reversed

    @cached_property
    def amount(self) -> Amount:
        """The whole amount, as posted."""
        marks = [*self._status_marks(), *(["sample"] if self.row.is_sample else [])]
        return Amount(self.view.value, self.view.unit, tuple(marks))

    @property
    def posted(self) -> Amount:
        """The amount without its marks."""
        return Amount(self.view.value, self.view.unit)

    @cached_property
    def parts(self) -> list[Part]:
        """Where the amount stands, in the order of recognition."""
        held = [(s, self.view.amounts[s]) for s in ORDER if s in self.view.amounts]
        return parts_of(held, self.view.unit)

    def held(self, status: Status) -> Amount:
        """What is in one status; nothing is zero."""
        return Amount(self.view.amounts.get(status, Decimal(0)), self.view.unit)

    def _status_marks(self) -> list[str]:
        if not self.is_live:
            return ["restated"]
        if PENDING & self.view.amounts.keys():
            return ["pending"]
        return ["recognised"] if Status.RECOGNISED in self.view.amounts else []


def parts_of(held: Sequence[tuple[Status, Decimal]], unit: str) -> list[Part]:
    """Amounts by status as parts of one bar, in the order given."""
    whole = sum((abs(value) for _status, value in held), Decimal(0))
    parts, start = [], Decimal(0)
    for status, value in held:
        width = abs(value) / whole * 1000 if whole else Decimal(0)
        parts.append(Part(status, Amount(value, unit), round(start, 2), round(width, 2)))
        start += width
    return parts


@dataclass(frozen=True)
class StepLine:
    """One step of recognition for reading; `reason` in words."""

    row: RecognitionStep
    word: str
    amount: Amount
    reason: str


def step_lines(steps: Iterable[RecognitionStep], line: PostingLine) -> list[StepLine]:
    """The steps of one posting for reading."""
    unit = catalogue.unit_of(line.definition)
    return [
        StepLine(
            step,
            words.step_word(step),
            Amount(unit.from_minor(step.amount), unit.code),
            words.reason_word(step.reason) if step.destination == Status.REJECTED else "",
        )
        for step in steps
    ]
