"""Is a workflow sound? Every stage can be reached and left, every gate can be met, every clock ends.

`problems` looks at the rule alone; `shortest_path` and `simulate` play it through with dates.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shangheng.engines.cases.domain.calendar import WorkCalendar, add_working_days
from shangheng.engines.cases.domain.deadlines import due_day
from shangheng.engines.cases.domain.workflow import (
    Stage,
    Transition,
    UnknownWorkflow,
    Version,
    Workflow,
)

LONGEST_CLOCK = 250
"""Working days: about a year. A longer clock is rather a slip."""


@dataclass(frozen=True)
class Known:
    """What a rule may refer to: kinds of document, and the roles that hold each permission."""

    evidence: frozenset[str]
    holders: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Visit:
    """A stage in a simulated run: entered and due on these days, left by a transition."""

    stage: Stage
    entered: date
    due: date | None
    by: Transition | None


def problems(workflow: Workflow, version: Version, known: Known) -> list[str]:
    """What is wrong with a version, in words for whoever writes rules; nothing when it is sound."""
    return [
        *_unreachable(version),
        *_dead_ends(version),
        *_gates(workflow, version, known),
        *_clocks(version),
    ]


def shortest_path(version: Version, target: str) -> tuple[Transition, ...]:
    """The fewest transitions from the start to a stage. Raises UnknownWorkflow when there is no way."""
    came: dict[str, tuple[Transition, ...]] = {version.start: ()}
    queue = deque([version.start])
    while queue:
        stage = queue.popleft()
        if stage == target:
            return came[stage]
        for transition in version.leaving(stage):
            if transition.target not in came:
                came[transition.target] = (*came[stage], transition)
                queue.append(transition.target)
    raise UnknownWorkflow(f"no way leads from {version.start} to {target}")


def simulate(
    version: Version,
    calendar: WorkCalendar,
    start: date,
    path: Sequence[Transition],
    lasting: Mapping[str, int] | None = None,
) -> tuple[Visit, ...]:
    """Play a path through: each stage lasts to its last day, or `lasting` working days.

    Raises UnknownYear, UnknownWorkflow for a path that does not hang together.
    """
    visits: list[Visit] = []
    stage, entered, by = version.start, start, None
    for transition in [*path, None]:
        here = version.stage(stage)
        due = due_day(calendar, here.clock, entered, ()).on
        visits.append(Visit(here, entered, due, by))
        if transition is None:
            break
        if stage not in transition.origins:
            raise UnknownWorkflow(f"{transition.id} does not start at {stage}")
        entered = _left(calendar, here, entered, due, lasting or {})
        stage, by = transition.target, transition
    return tuple(visits)


def _left(
    calendar: WorkCalendar,
    stage: Stage,
    entered: date,
    due: date | None,
    lasting: Mapping[str, int],
) -> date:
    if days := lasting.get(stage.id, 0):
        return add_working_days(calendar, entered, days)
    return due or entered


def _unreachable(version: Version) -> Iterator[str]:
    seen = _closure({version.start}, version, forwards=True)
    for stage in version.stages:
        if stage.id not in seen:
            yield f"stage {stage.id}: no way leads there from {version.start}"


def _dead_ends(version: Version) -> Iterator[str]:
    finals = {stage.id for stage in version.stages if stage.final}
    if not finals:
        yield "no stage is final: a case can never be closed"
    ends = _closure(finals, version, forwards=False)
    for stage in version.stages:
        if stage.final and version.leaving(stage.id):
            yield f"stage {stage.id}: is final, yet a transition leaves it"
        if stage.id not in ends:
            yield f"stage {stage.id}: no way leads from there to a final stage"


def _closure(start: Iterable[str], version: Version, *, forwards: bool) -> set[str]:
    seen, queue = set(start), deque(start)
    while queue:
        stage = queue.popleft()
        for each in version.transitions:
            if forwards:
                following = {each.target} if stage in each.origins else set()
            else:
                following = set(each.origins) if stage == each.target else set()
            queue.extend(following - seen)
            seen |= following
    return seen


def _gates(workflow: Workflow, version: Version, known: Known) -> Iterator[str]:
    for each in version.transitions:
        holders = known.holders.get(each.permission)
        if holders is None:
            yield f"transition {each.id}: there is no permission {each.permission}"
        elif not holders:
            yield f"transition {each.id}: no role holds {each.permission}"
        for need in each.evidence:
            if not need.any_of or set(need.any_of) - known.evidence:
                yield f"transition {each.id}: unknown kind of evidence in {list(need.any_of)}"
        yield from _contradictions(each)


def _contradictions(transition: Transition) -> Iterator[str]:
    """Two demands on one field that no case can meet at once."""
    asked: dict[str, object] = {}
    for need in transition.fields:
        if need.value is None or need.when is not None:
            continue
        if asked.setdefault(need.field, need.value) != need.value:
            yield f"transition {transition.id}: {need.field} cannot have two values"


def _clocks(version: Version) -> Iterator[str]:
    for stage in version.stages:
        if stage.clock and stage.final:
            yield f"stage {stage.id}: is final, so nothing is due there"
        if stage.clock and stage.clock.days > LONGEST_CLOCK:
            yield f"stage {stage.id}: {stage.clock.days} working days is over a year"
