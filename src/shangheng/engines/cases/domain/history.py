"""A case is its log: where it stands, now or at any instant before, follows from its steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What a step does."""

    OPEN = "open"
    MOVE = "move"
    RETURN = "return"
    TRANSFER = "transfer"
    PAUSE = "pause"
    RESUME = "resume"
    UNDO = "undo"


UNDOABLE = frozenset({Act.MOVE, Act.RETURN, Act.TRANSFER})
"""A pause is ended by going on; opening is ended by closing."""


class BrokenLog(ValueError):
    """A log that no sequence of acts can have written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the log. `stage`, `owner`, `unit`: as they are after it. `undoes`: a number."""

    number: int
    act: Act
    at: datetime
    stage: str
    owner: int
    unit: int | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands. `visit`: the number of the step by which it came into its stage, at
    `since`; a new visit has a clock and signatures of its own."""

    stage: str
    owner: int
    unit: int | None
    visit: int
    since: datetime
    paused: bool = False


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """The steps that count: without those that were undone and their undoing. Raises BrokenLog."""
    kept: list[Entry] = []
    for entry in entries:
        if entry.act is not Act.UNDO:
            kept.append(entry)
        elif kept and kept[-1].number == entry.undoes and kept[-1].act in UNDOABLE:
            kept.pop()
        else:
            raise BrokenLog(f"step {entry.number} undoes {entry.undoes}, which is not the last")
    return kept


def replay(entries: Iterable[Entry]) -> State:
    """Where a case stands after these steps. Raises BrokenLog."""
    kept = standing(entries)
    if not kept or kept[0].act is not Act.OPEN:
        raise BrokenLog("a log begins with the opening")
    first, *rest = kept
    state = State(first.stage, first.owner, first.unit, first.number, first.at)
    for entry in rest:
        state = _after(state, entry)
    return state


def as_at(entries: Iterable[Entry], instant: datetime) -> State | None:
    """Where a case stood at an instant; None before it was opened."""
    until = [entry for entry in entries if entry.at <= instant]
    return replay(until) if until else None


def passed(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The stages that a case has been in, in order, those of undone steps left out."""
    return tuple(dict.fromkeys(entry.stage for entry in standing(entries)))


def last_undoable(entries: Sequence[Entry]) -> Entry | None:
    """The step that undo would take back: the last one that counts, if it is of a kind that can."""
    kept = standing(entries)
    return kept[-1] if kept and kept[-1].act in UNDOABLE else None


def _after(state: State, entry: Entry) -> State:
    match entry.act:
        case Act.MOVE | Act.RETURN:
            return replace(state, stage=entry.stage, visit=entry.number, since=entry.at)
        case Act.TRANSFER:
            return replace(state, owner=entry.owner, unit=entry.unit)
        case Act.PAUSE | Act.RESUME if state.paused is (entry.act is Act.RESUME):
            return replace(state, paused=not state.paused)
    raise BrokenLog(f"step {entry.number} cannot {entry.act} here")
