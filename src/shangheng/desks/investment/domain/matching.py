"""Which spaces suit a project, and why: every criterion is shown with what is asked, what is there,
and by how much it falls short.

A criterion earns its whole weight where the space gives what is asked, and the less the further it
falls short, until `slack` per cent short earn nothing. What is asked and not known of a space earns
nothing and is said; what a project does not ask is not judged. The score is what was earned of all
that could be, of 100. A hard criterion that falls short makes a space unsuitable, whatever it earns.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

HUNDRED = Decimal(100)
ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the rule; `weight` in points, `slack` in per cent of what is asked."""

    id: str
    zh: str
    en: str
    hard: bool
    weight: Decimal
    slack: Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """How spaces are judged: `short` per cent of the area may be missing, and up to `roomy` times
    what is asked no space is too large."""

    number: int
    criteria: tuple[Criterion, ...]
    short: Decimal
    roomy: Decimal


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a project asks for, by criterion, in the units of a space. `price_unit` is that of the
    price; one area for land, another for what is built."""

    land: Decimal | None = None
    built: Decimal | None = None
    clear_height: Decimal | None = None
    floor_load: Decimal | None = None
    power: Decimal | None = None
    price: Decimal | None = None
    price_unit: str = ""

    @property
    def asks_for_room(self) -> bool:
        """Whether it is known how much land or floor is needed; without that nothing can be judged."""
        return self.land is not None or self.built is not None


@dataclass(frozen=True, slots=True)
class Offer:
    """A space as far as it is judged."""

    key: int
    is_land: bool
    area: Decimal
    clear_height: Decimal | None = None
    floor_load: Decimal | None = None
    power: Decimal | None = None
    price: Decimal | None = None
    price_unit: str = ""


class Verdict(StrEnum):
    """How a space meets one criterion."""

    FITS = "fits"
    ROOMY = "roomy"
    SHORT = "short"
    UNKNOWN = "unknown"
    OTHER_UNIT = "other_unit"


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion of one space: `gap` is by how much it falls short or goes over, in its unit."""

    criterion: Criterion
    verdict: Verdict
    asked: Decimal
    given: Decimal | None
    gap: Decimal
    earned: Decimal

    @property
    def breaks(self) -> bool:
        """Whether it makes the space unsuitable."""
        return self.criterion.hard and self.verdict is Verdict.SHORT


@dataclass(frozen=True, slots=True)
class Candidate:
    """A space with its findings; `score` is of 100, rounded half up to one decimal."""

    key: int
    findings: tuple[Finding, ...]
    score: Decimal

    @property
    def is_suitable(self) -> bool:
        """Whether no hard criterion falls short."""
        return not any(one.breaks for one in self.findings)

    @property
    def unknown(self) -> int:
        """How many hard criteria cannot be judged."""
        return sum(one.criterion.hard and one.given is None for one in self.findings)


def rank(wanted: Wanted, offers: Iterable[Offer], rule: Rule) -> list[Candidate]:
    """The spaces of the sorts that are wanted, the best first: suitable ones, then those with less
    unknown, then by score and key."""
    judged = [judge(wanted, one, rule) for one in offers if _area_asked(wanted, one) is not None]
    return sorted(judged, key=lambda one: (not one.is_suitable, one.unknown, -one.score, one.key))


def judge(wanted: Wanted, offer: Offer, rule: Rule) -> Candidate:
    """One space against what a project asks for."""
    findings = []
    for criterion in rule.criteria:
        asked, given = _both(wanted, offer, criterion.id)
        if asked is not None:
            findings.append(_finding(criterion, asked, given, offer, wanted, rule))
    most = sum((one.criterion.weight for one in findings), ZERO)
    earned = sum((one.earned for one in findings), ZERO)
    score = (earned / most * HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP) if most else ZERO
    return Candidate(offer.key, tuple(findings), score)


def _both(wanted: Wanted, offer: Offer, key: str) -> tuple[Decimal | None, Decimal | None]:
    """What is asked and given; land has neither ceiling nor floor."""
    if key == "area":
        return _area_asked(wanted, offer), offer.area
    if offer.is_land and key in {"clear_height", "floor_load"}:
        return None, None
    values: Mapping[str, tuple[Decimal | None, Decimal | None]] = {
        "clear_height": (wanted.clear_height, offer.clear_height),
        "floor_load": (wanted.floor_load, offer.floor_load),
        "power": (wanted.power, offer.power),
        "price": (wanted.price, offer.price),
    }
    return values[key]


def _area_asked(wanted: Wanted, offer: Offer) -> Decimal | None:
    return wanted.land if offer.is_land else wanted.built


def _finding(
    criterion: Criterion,
    asked: Decimal,
    given: Decimal | None,
    offer: Offer,
    wanted: Wanted,
    rule: Rule,
) -> Finding:
    if given is None:
        return Finding(criterion, Verdict.UNKNOWN, asked, None, ZERO, ZERO)
    if criterion.id == "price":
        if offer.price_unit != wanted.price_unit:
            return Finding(criterion, Verdict.OTHER_UNIT, asked, given, ZERO, ZERO)
        gap = max(given - asked, ZERO)
    else:
        gap = max(asked - given, ZERO)
    if criterion.id == "area":
        return _area_finding(criterion, asked, given, gap, rule)
    verdict = Verdict.SHORT if gap else Verdict.FITS
    return Finding(criterion, verdict, asked, given, gap, _earned(criterion, asked, gap))


def _area_finding(
    criterion: Criterion, asked: Decimal, given: Decimal, gap: Decimal, rule: Rule
) -> Finding:
    """Too little room breaks, too much of it costs points."""
    if gap > asked * rule.short / HUNDRED:
        return Finding(criterion, Verdict.SHORT, asked, given, gap, ZERO)
    over = max(given - asked * rule.roomy, ZERO)
    verdict = Verdict.ROOMY if over else Verdict.FITS
    return Finding(criterion, verdict, asked, given, over, _earned(criterion, asked, over))


def _earned(criterion: Criterion, asked: Decimal, gap: Decimal) -> Decimal:
    """The weight, less in proportion to the gap."""
    left = ONE - gap * HUNDRED / (asked * criterion.slack)
    return criterion.weight * max(left, ZERO)
