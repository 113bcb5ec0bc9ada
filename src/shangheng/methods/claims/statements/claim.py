"""What a quantity says: the claim that a report makes with it."""

from dataclasses import dataclass, field
from enum import StrEnum

from shangheng.methods.claims.quantities.dates import Period
from shangheng.methods.claims.quantities.quantity import Measure
from shangheng.methods.claims.reading.document import Block


class Kind(StrEnum):
    """The kind of statement that a quantity makes."""

    LEVEL = "level"
    TARGET = "target"
    CHANGE = "change"
    GROWTH = "growth"
    SHARE = "share"
    COMPLETION = "completion"
    RATE = "rate"
    RANK = "rank"
    MULTIPLE = "multiple"
    AVERAGE = "average"
    GAP = "gap"
    OTHER = "other"


class Link(StrEnum):
    """How a level stands to the one before it."""

    NONE = ""
    PART = "part"
    TOTAL = "total"
    REST = "rest"
    BASE = "base"
    REACHED = "reached"


@dataclass(slots=True)
class Claim:
    """One quantity with what it measures, when, for which tier, and how it is meant.

    `left` and `right` are the words of its clause around it, `phrase` all words of the clause before
    it. `target_of` says of a target in percent what it aims at. `sign` is −1 for a fall.
    `relation` of a target is how the text compares the result with it: exceeds, meets, below.
    `bounding` is the word before a figure that bounds it (突破). `whole` names what a share is a share of; `depth` counts the brackets around the claim.
    """

    index: int
    start: int
    end: int
    quantity: Measure
    block: Block
    sentence: int
    clause: int
    left: str
    right: str
    depth: int = 0
    kind: Kind = Kind.OTHER
    link: Link = Link.NONE
    name: str = ""
    heading: str = ""
    area: str = ""
    period: Period | None = None
    planned: bool = False
    tier: str = ""
    sign: int = 1
    relation: str = ""
    whole: str = ""
    definite: bool = False
    series: int = 0
    hedged: bool = False
    phrase: str = ""
    target_of: str = ""
    inherits: bool = False
    bounding: str = ""
    dimension: str = field(init=False)
    _span: tuple[int, int] | None = field(init=False, default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """`dimension` is what the quantity measures; every check asks."""
        self.dimension = self.quantity.unit.dimension

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands; one object for all the findings that point there."""
        if self._span is None:
            self._span = self.start, self.end
        return self._span

    @property
    def level(self) -> bool:
        """Whether it states an amount (reached or aimed at), not a relation."""
        return self.kind in (Kind.LEVEL, Kind.TARGET)
