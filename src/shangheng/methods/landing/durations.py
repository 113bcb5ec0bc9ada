"""How long projects stay in a stage and where they go next, with those that are still there counted.

The estimate is that of Aalen and Johansen (1978) in whole weeks: of all that were still in the stage
when a week began, the share that left in it for each next stage. Whoever is still there, or was when
the data end, counts for as long as it was seen (right-censored, as in Kaplan and Meier, 1958);
leaving for good is one of the competing ways out, never a censoring (Putter, Fiocco and Geskus, 2007).
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
WEEK = 7


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay in a stage; `left` is None, and `to` "", while it lasts."""

    stage: str
    entered: date
    left: date | None = None
    to: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """What is known of one stage: `hazards[i, w]` is the chance of leaving for `ways[i]` in week `w`
    for those still there, `at_risk[w]` how many these were, `moves` how many have left by each way."""

    stage: str
    ways: tuple[str, ...]
    hazards: Floats
    at_risk: NDArray[Any]
    moves: tuple[int, ...]

    def leaving(self, waited: int) -> Floats:
        """The chance of leaving by each way in each week from now, after `waited` whole weeks."""
        hazards = self.hazards[:, waited:]
        stay = np.cumprod(1 - hazards.sum(axis=0))
        before = np.concatenate([[1.0], stay[:-1]])
        left: Floats = hazards * before
        return left


def spells_of(
    events: Sequence[tuple[str, date]], gone: tuple[str, date] | None = None
) -> list[Spell]:
    """The stays of one project, from the days on which it reached stages, in order.

    `gone` is how and when it was lost, if that is no stage.
    """
    path = [*events, *([gone] if gone else [])]
    stays = [
        Spell(stage, day, left=later, to=after)
        for (stage, day), (after, later) in itertools.pairwise(path)
    ]
    return stays if gone or not events else [*stays, Spell(*events[-1])]


def cut(spells: Iterable[Spell], day: date) -> list[Spell]:
    """What was known at the beginning of a day."""
    return [
        one if one.left and one.left < day else Spell(one.stage, one.entered)
        for one in spells
        if one.entered < day
    ]


def curves(spells: Iterable[Spell], day: date, weeks: int) -> dict[str, Curve]:
    """The curve of each stage that has been entered, over so many weeks, as seen on a day."""
    by_stage: dict[str, list[Spell]] = {}
    for one in spells:
        by_stage.setdefault(one.stage, []).append(one)
    return {stage: _curve(stage, some, day, weeks) for stage, some in by_stage.items()}


def _curve(stage: str, spells: list[Spell], day: date, weeks: int) -> Curve:
    ways = tuple(sorted({one.to for one in spells if one.left}))
    place = {way: index for index, way in enumerate(ways)}
    events = np.zeros((len(ways), weeks + 1))
    ended = np.zeros(weeks + 1)
    for one in spells:
        lasted = min(weeks, max(0, ((one.left or day) - one.entered).days // WEEK))
        ended[lasted] += 1
        if one.left:
            events[place[one.to], lasted] += 1
    at_risk = np.cumsum(ended[::-1])[::-1]
    hazards = np.divide(events, at_risk, out=np.zeros_like(events), where=at_risk > 0)
    moves = tuple(int(sum(one.to == way for one in spells)) for way in ways)
    return Curve(stage, ways, hazards[:, :weeks], at_risk[:weeks], moves)
