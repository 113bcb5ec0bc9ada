"""What desks offer as growth points of an indicator, held against those that a sheet has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.desks.targets.domain.sheets import PointDraft
from shangheng.desks.targets.domain.what_if import Point
from shangheng.desks.targets.models import GrowthPoint
from shangheng.engines.ledger import catalogue, expectations
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.units import Unit
from shangheng.engines.ledger.expectations import About, Expected, Offer, Told
from shangheng.engines.ledger.models import TargetSheet


@dataclass(frozen=True)
class Line:
    """One posting to come; `row` is the growth point that was made of it, `differs` whether that
    says something else by now."""

    item: Expected
    origin: str
    url: str
    source: str
    row: GrowthPoint | None = None
    differs: bool = False

    @property
    def mark(self) -> str:
        """It, and what was read of it: changes with every figure that is shown."""
        item = self.item
        return f"{self.origin} {item.due_on} {item.low} {item.high} {item.chance}"

    @property
    def mean(self) -> Decimal:
        """What it brings on average."""
        return Point(self.item.name, self.item.low, self.item.high, self.item.chance).expected

    def draft(self, unit: str) -> PointDraft:
        """The growth point that it becomes."""
        item = self.item
        return PointDraft(
            item.name, item.due_on, item.low, item.high, unit, item.chance, item.note, self.source
        )


@dataclass(frozen=True)
class Group:
    """What one desk offers; `told` is None for those who may not see it."""

    offer: Offer
    told: Told | None
    lines: Sequence[Line] = ()

    @property
    def open(self) -> list[Line]:
        """What was not taken up yet."""
        return [line for line in self.lines if line.row is None]

    @property
    def mean(self) -> Decimal:
        """What all of it brings on average."""
        return sum((line.mean for line in self.lines), Decimal(0))


def expected_of(
    *, actor: User, sheet: TargetSheet, indicator: str, known_at: datetime
) -> list[Group]:
    """What desks offer for an indicator of a sheet, as known at an instant. Raises UnknownIndicator."""
    definition = catalogue.definition(indicator, Period.year(sheet.year).end.last)
    measure = catalogue.unit_of(definition)
    points = GrowthPoint.objects.filter(
        sheet=sheet, indicator__code=indicator, origin__isnull=False
    )
    taken = {row.origin: row for row in points}
    about = About(actor, indicator, sheet.year, known_at)
    groups = []
    for offer in expectations.offers(indicator):
        if not allows(actor, offer.permission):
            groups.append(Group(offer, None))
            continue
        told = offer.tell(about)
        lines = []
        for item in told.items:
            origin = expectations.origin_of(offer, item)
            row = taken.get(origin)
            differs = row is not None and _said(row, measure) != _said_of(item)
            lines.append(Line(item, origin, offer.url(item.key), told.source, row, differs))
        groups.append(Group(offer, told, lines))
    return groups


def way_back(actor: User, row: GrowthPoint) -> tuple[Offer, str] | None:
    """What a growth point was taken up from, and the page of it; None where it was typed, or is not seen."""
    found = expectations.found(row.origin) if row.origin else None
    if found is None or not allows(actor, found[0].permission):
        return None
    offer, key = found
    return offer, offer.url(key)


def _said(row: GrowthPoint, measure: Unit) -> tuple[object, ...]:
    low, high = measure.from_minor(row.low_amount), measure.from_minor(row.high_amount)
    return row.due_on, low, high, row.probability


def _said_of(item: Expected) -> tuple[object, ...]:
    return item.due_on, item.low, item.high, item.chance
