"""What a workflow is: stages, the ways between them, and what each way asks for.

Read from `rules/workflows/*.yaml` by `parsing`. Stages, transitions, fields and pauses have stable
ids: a case and its history name them, the words beside them may change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shangheng.methods.wording import named

OWNER = "owner"
"""Stands for the owner of a case where a rule says who supplies something."""


class UnknownWorkflow(LookupError):
    """No workflow, version, stage or transition of that name."""


@dataclass(frozen=True)
class Named:
    """Something with a stable id and a name in two languages."""

    id: str
    zh: str
    en: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return named(self.zh, self.en)


@dataclass(frozen=True)
class Field(Named):
    """Something that a gate may ask of the subject; the owner of the case sees that it is there."""


@dataclass(frozen=True)
class Clock:
    """A deadline in working days after a stage was entered.

    `soon`: so many working days before, the owner is reminded. `escalate`: so many working days
    after, those who lead hear of it; None for never.
    """

    days: int
    soon: int = 1
    escalate: int | None = None


@dataclass(frozen=True)
class Stage(Named):
    """Where a case can stand. `milestone`: reaching it is a dated fact. `returns`: stages that it may
    be sent back to. A case that reaches a `final` stage is closed."""

    milestone: bool = False
    final: bool = False
    returns: tuple[str, ...] = ()
    clock: Clock | None = None


@dataclass(frozen=True)
class Condition:
    """A field that must have one value."""

    field: str
    value: object


@dataclass(frozen=True)
class FieldNeed:
    """A field that must be filled, with `value` where one is asked, only where `when` holds."""

    field: str
    value: object = None
    when: Condition | None = None


@dataclass(frozen=True)
class EvidenceNeed:
    """A document of any one of these kinds, only where `when` holds."""

    any_of: tuple[str, ...]
    when: Condition | None = None


@dataclass(frozen=True)
class Transition(Named):
    """A way from any of `origins` to `target`, and its gate: fields, evidence, a permission.

    `not_owner`: somebody else than the owner of the case takes it. `reason`: it must be said why.
    """

    origins: tuple[str, ...]
    target: str
    permission: str
    fields: tuple[FieldNeed, ...] = ()
    evidence: tuple[EvidenceNeed, ...] = ()
    not_owner: bool = False
    reason: bool = False


@dataclass(frozen=True)
class Source:
    """Where the rules of a version stand written."""

    title: str
    where: str


@dataclass(frozen=True)
class Version:
    """One version of a workflow, for cases that are opened while it is valid."""

    number: int
    valid_from: date
    valid_to: date | None
    source: Source
    verified: bool
    start: str
    stages: tuple[Stage, ...]
    transitions: tuple[Transition, ...]
    pauses: tuple[Named, ...]

    def stage(self, code: str) -> Stage:
        """The stage of that id. Raises UnknownWorkflow."""
        return _one(self.stages, code, "stage")

    def transition(self, code: str) -> Transition:
        """The transition of that id. Raises UnknownWorkflow."""
        return _one(self.transitions, code, "transition")

    def pause(self, code: str) -> Named:
        """The kind of pause of that id. Raises UnknownWorkflow."""
        return _one(self.pauses, code, "pause")

    def leaving(self, stage: str) -> tuple[Transition, ...]:
        """The transitions that lead away from a stage, or round to itself, in the order of the rule."""
        return tuple(each for each in self.transitions if stage in each.origins)

    def rank(self, stage: str) -> int:
        """The place of a stage in the order of the rule, from 0. Raises UnknownWorkflow."""
        return self.stages.index(self.stage(stage))


@dataclass(frozen=True)
class Workflow(Named):
    """A kind of case: what it is about, the fields its gates may ask for, and its versions."""

    subject: str
    fields: Mapping[str, Field]
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version:
        """The version for a case that is opened on a day. Raises UnknownWorkflow."""
        for version in self.versions:
            if version.valid_from <= day and (version.valid_to is None or day <= version.valid_to):
                return version
        raise UnknownWorkflow(f"{self.id} has no version for {day}")

    def version(self, number: int) -> Version:
        """The version of that number. Raises UnknownWorkflow."""
        for version in self.versions:
            if version.number == number:
                return version
        raise UnknownWorkflow(f"{self.id} has no version {number}")


def _one[T: Named](things: tuple[T, ...], code: str, kind: str) -> T:
    for thing in things:
        if thing.id == code:
            return thing
    raise UnknownWorkflow(f"there is no {kind} {code!r}")
