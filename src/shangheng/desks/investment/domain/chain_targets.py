"""Which target enterprises of a node come first, and why: every reason has its points, and all are
added up. Who has more to be said for them never stands lower; equal points share a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shangheng.desks.investment.domain.chains import Strength


class Ground(StrEnum):
    """What speaks for a target."""

    LIST = "list"
    NEAR = "near"
    CONTACT = "contact"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class TargetRule:
    """Points for a place on each list, for an investment so many steps away in the chain, for known
    contacts, and for what the node lacks."""

    number: int
    lists: Mapping[str, int]
    near: Mapping[int, int]
    contact: int
    gap: Mapping[Strength, int]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a target: `steps` to the nearest node on which it already is or invests, None
    without one."""

    key: int
    name: str
    lists: frozenset[str]
    steps: int | None
    contacts: int
    strength: Strength


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its points; `detail` is the list, the steps, how many contacts, the strength."""

    ground: Ground
    detail: str
    points: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A target in its place; `tied` when it shares the place."""

    facts: Facts
    reasons: tuple[Reason, ...]
    points: int
    place: int
    tied: bool


def reasons_for(facts: Facts, rule: TargetRule) -> tuple[Reason, ...]:
    """What speaks for a target, in the order of the rule; what earns nothing is not said."""
    said = [
        Reason(Ground.LIST, code, rule.lists[code]) for code in rule.lists if code in facts.lists
    ]
    if facts.steps is not None and facts.steps in rule.near:
        said.append(Reason(Ground.NEAR, str(facts.steps), rule.near[facts.steps]))
    if facts.contacts:
        said.append(Reason(Ground.CONTACT, str(facts.contacts), rule.contact))
    if facts.strength in rule.gap:
        said.append(Reason(Ground.GAP, facts.strength.value, rule.gap[facts.strength]))
    return tuple(one for one in said if one.points)


def rank(targets: Iterable[Facts], rule: TargetRule) -> list[Ranked]:
    """The targets, those with most points first; equal ones by name."""
    judged = [(one, reasons_for(one, rule)) for one in targets]
    summed = [(sum(reason.points for reason in reasons), one, reasons) for one, reasons in judged]
    summed.sort(key=lambda row: (-row[0], row[1].name, row[1].key))
    every = [points for points, _one, _reasons in summed]
    return [
        Ranked(one, reasons, points, every.index(points) + 1, every.count(points) > 1)
        for points, one, reasons in summed
    ]
