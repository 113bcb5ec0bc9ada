"""The one interpreter of workflows: what is missing to go on, who can supply it, what somebody may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shangheng.engines.cases.domain.workflow import (
    OWNER,
    Condition,
    EvidenceNeed,
    FieldNeed,
    Stage,
    Transition,
    Version,
    Workflow,
)


class Lack(StrEnum):
    """What kind of thing is missing."""

    FIELD = "field"  # a field is empty
    VALUE = "value"  # a field has another value than the gate asks for
    EVIDENCE = "evidence"  # no document of the kinds that bear it out
    SIGNATURE = "signature"  # somebody who was asked has not agreed yet
    REFUSAL = "refusal"  # somebody who was asked has refused
    PERMISSION = "permission"  # the person does not hold the permission here
    OTHER_PERSON = "other_person"  # it takes somebody else than the owner
    RESUMPTION = "resumption"  # the case is paused


WAIVABLE = frozenset({Lack.FIELD, Lack.VALUE, Lack.EVIDENCE, Lack.SIGNATURE, Lack.REFUSAL})
"""What two people together may pass over, with a reason. Rights and pauses are never passed over."""


@dataclass(frozen=True)
class Missing:
    """One thing that is missing. `codes`: the field, the kinds of document, the permission, or the
    keys of people. `by`: who can supply it: `owner`, or the keys of people; nobody
    for a permission, which whoever reaches the case may have."""

    lack: Lack
    codes: tuple[str, ...]
    by: tuple[str, ...]
    value: object = None

    @property
    def waivable(self) -> bool:
        """Whether an override can pass over it."""
        return self.lack in WAIVABLE


@dataclass(frozen=True)
class Snapshot:
    """A case as the interpreter sees it: where it stands and what it has.

    `evidence`: kinds of the documents that count. `unsigned`, `refused`: keys of people who were
    asked for their signature in this stage.
    """

    stage: str
    owner: int
    paused: bool = False
    fields: Mapping[str, object] | None = None
    evidence: frozenset[str] = frozenset()
    unsigned: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()

    def value(self, field: str) -> object:
        """What a field holds; None when it is empty. False and 0 are values."""
        value = (self.fields or {}).get(field)
        return None if isinstance(value, str) and not value.strip() else value

    def meets(self, condition: Condition | None) -> bool:
        """Whether a condition holds."""
        return condition is None or self.value(condition.field) == condition.value


@dataclass(frozen=True)
class Actor:
    """Somebody, with the permissions that they hold for this case."""

    id: int
    permissions: frozenset[str]


@dataclass(frozen=True)
class Offer:
    """A transition that leads on from where a case stands, and what is missing for it."""

    transition: Transition
    target: Stage
    missing: tuple[Missing, ...]

    @property
    def is_open(self) -> bool:
        """Whether it can be taken now."""
        return not self.missing


def missing(
    workflow: Workflow, transition: Transition, case: Snapshot, actor: Actor | None = None
) -> tuple[Missing, ...]:
    """What a case lacks for a transition, in the order in which it is best supplied.

    With `actor`, also what stands against this person taking it.
    """
    lacks = [_field(need, case) for need in transition.fields if case.meets(need.when)]
    lacks += [_evidence(need, case) for need in transition.evidence if case.meets(need.when)]
    lacks += [_person(Lack.SIGNATURE, key) for key in case.unsigned]
    lacks += [_person(Lack.REFUSAL, key) for key in case.refused]
    if case.paused:
        lacks.append(Missing(Lack.RESUMPTION, (), (OWNER,)))
    if actor is not None:
        lacks += barred(transition, case, actor)
    return tuple(lack for lack in lacks if lack is not None)


def available(
    workflow: Workflow, version: Version, case: Snapshot, actor: Actor
) -> tuple[Offer, ...]:
    """Every transition from where the case stands, with what is missing for this person to take it."""
    return tuple(
        Offer(each, version.stage(each.target), missing(workflow, each, case, actor))
        for each in version.leaving(case.stage)
    )


def returns(version: Version, case: Snapshot, passed: Iterable[str]) -> tuple[Stage, ...]:
    """The stages that a case may be sent back to (退回): those its stage allows and it has been in."""
    been = set(passed)
    stage = version.stage(case.stage)
    return tuple(version.stage(code) for code in stage.returns if code in been)


def _field(need: FieldNeed, case: Snapshot) -> Missing | None:
    value = case.value(need.field)
    if value is None:
        return Missing(Lack.FIELD, (need.field,), (OWNER,), need.value)
    if need.value is not None and value != need.value:
        return Missing(Lack.VALUE, (need.field,), (OWNER,), need.value)
    return None


def _evidence(need: EvidenceNeed, case: Snapshot) -> Missing | None:
    if case.evidence.isdisjoint(need.any_of):
        return Missing(Lack.EVIDENCE, need.any_of, (OWNER,))
    return None


def _person(lack: Lack, key: int) -> Missing:
    return Missing(lack, (str(key),), (str(key),))


def barred(transition: Transition, case: Snapshot, actor: Actor) -> list[Missing]:
    """What stands against this person taking a transition, whatever the case lacks."""
    lacks = []
    if transition.permission not in actor.permissions:
        lacks.append(Missing(Lack.PERMISSION, (transition.permission,), ()))
    if transition.not_owner and actor.id == case.owner:
        lacks.append(Missing(Lack.OTHER_PERSON, (), ()))
    return lacks
