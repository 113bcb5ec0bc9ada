"""From the curves of the stages to the chance of a milestone: a semi-Markov chain in weeks.

What a project does next depends on its stage and on how long it has been there. Chances of first
reaching the milestone are carried from stage to stage by convolution (Howard, 1971). Nothing is said
beyond what was seen: who stays longer than anybody did has no chance left, but is not called lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from shangheng.methods.landing.durations import Curve, Floats

FEW = 20
"""Moves out of a stage below which nothing is told of it."""
RISK = 5
"""Projects that have to have waited as long for a chance to be told."""
RARE = 0.1
"""Ways out that are rarer may lead to a stage of which too little is known."""
HALF = 0.5
MANY = 2_000
"""Events above which their number is as good as normal."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which stages count as having reached the milestone, and which as lost for good."""

    arrivals: frozenset[str]
    losses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lacking:
    """Too little history: of that stage only `moves` moves are known, or only `waited` projects
    have waited as long."""

    stage: str
    moves: int
    waited: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """`by_week[w]` is the chance of having reached the milestone by the end of week `w` from now."""

    by_week: Floats

    def within(self, weeks: int) -> float:
        """The chance of reaching it in the next weeks; 0 for none."""
        return float(self.by_week[min(weeks, len(self.by_week)) - 1]) if weeks > 0 else 0.0

    @property
    def middle(self) -> int | None:
        """The week by which it is as likely reached as not; None when it never becomes so."""
        if self.by_week[-1] < HALF:
            return None
        return int(np.argmax(self.by_week >= HALF))


@dataclass(frozen=True, slots=True)
class Table:
    """What every project is read from: the curves, and the first passage from each stage."""

    curves: Mapping[str, Curve]
    rule: Rule
    passage: Mapping[str, Floats]
    weeks: int
    told: dict[tuple[str, int], Outlook | Lacking]

    def outlook(self, stage: str, waited: int) -> Outlook | Lacking:
        """The chances of a project that has been in a stage for `waited` whole weeks."""
        if (stage, waited) not in self.told:
            self.told[stage, waited] = self._work_out(stage, waited)
        return self.told[stage, waited]

    def _work_out(self, stage: str, waited: int) -> Outlook | Lacking:
        if (lacking := self._lacking(stage, waited)) is not None:
            return lacking
        curve = self.curves[stage]
        total = np.zeros(self.weeks)
        for way, chance in zip(curve.ways, curve.leaving(waited), strict=True):
            if way in self.rule.arrivals:
                total[: len(chance)] += chance
            elif way not in self.rule.losses:
                total += np.convolve(chance, self.passage[way])[: self.weeks]
        return Outlook(np.minimum(np.cumsum(total), 1.0))

    def _lacking(self, stage: str, waited: int) -> Lacking | None:
        """What is known too little of, on the ways that a project is likely to go."""
        todo, seen = [stage], {stage}
        while todo:
            curve = self.curves.get(todo.pop())
            if curve is None:
                return Lacking(stage, 0, 0)
            moves = sum(curve.moves)
            wait = waited if curve.stage == stage else 0
            known = int(curve.at_risk[wait]) if wait < self.weeks else 0
            if moves < FEW or known < RISK:
                return Lacking(curve.stage, moves, known)
            onward = {
                way
                for way, count in zip(curve.ways, curve.moves, strict=True)
                if count >= RARE * moves and way not in self.rule.arrivals | self.rule.losses
            }
            todo += onward - seen
            seen |= onward
        return None


def reading(found: Mapping[str, Curve], rule: Rule, weeks: int) -> Table:
    """Work out the first passage from every stage, over so many weeks."""
    open_ = {stage: one for stage, one in found.items() if stage not in rule.arrivals | rule.losses}
    ways = {way for one in open_.values() for way in one.ways}
    stages = sorted(set(open_) | (ways - rule.arrivals - rule.losses))
    place = {stage: index for index, stage in enumerate(stages)}
    onward = np.zeros((weeks, len(stages), len(stages)))
    arrive = np.zeros((weeks, len(stages)))
    for stage, curve in open_.items():
        for way, chance in zip(curve.ways, curve.leaving(0), strict=True):
            if way in rule.arrivals:
                arrive[:, place[stage]] += chance
            elif way not in rule.losses:
                onward[:, place[stage], place[way]] += chance
    first = _first(onward, arrive)
    return Table(open_, rule, {stage: first[:, place[stage]] for stage in stages}, weeks, {})


def _first(onward: Floats, arrive: Floats) -> Floats:
    """First passage by week and stage; moves within one week are solved for at once."""
    weeks, count = arrive.shape
    within = np.linalg.pinv(np.eye(count) - onward[0]) if count else np.eye(0)
    first = np.zeros((weeks, count))
    for week in range(weeks):
        earlier = first[:week][::-1]
        known = arrive[week] + np.einsum("wij,wj->i", onward[1 : week + 1], earlier)
        first[week] = within @ known
    return first


def spread(chances: Iterable[float], share: float = 0.8) -> tuple[float, int, int]:
    """How many of independent events happen: the mean, and the ends of the middle `share`.

    The whole distribution (Poisson binomial) is worked out; above `MANY` it is the normal one.
    """
    some = [chance for chance in chances if chance > 0]
    mean, tail = sum(some), (1 - share) / 2
    if len(some) > MANY:
        low, high = normal_spread(mean, sum(p * (1 - p) for p in some), share)
        return mean, round(low), min(len(some), round(high))
    counts = np.array([1.0])
    for chance in some:
        counts = np.convolve(counts, [1 - chance, chance])
    below = np.concatenate([[0.0], np.cumsum(counts)])
    low = max(k for k, (before, _after) in enumerate(pairwise(below)) if before <= tail)
    high = next(k for k, (_before, after) in enumerate(pairwise(below)) if after >= 1 - tail - 1e-9)
    return mean, low, max(low, high)


def normal_spread(mean: float, variance: float, share: float = 0.8) -> tuple[float, float]:
    """The ends of the middle `share` of a normal law, not below 0."""
    off: float = NormalDist().inv_cdf((1 + share) / 2) * variance**0.5
    return max(0.0, mean - off), mean + off
