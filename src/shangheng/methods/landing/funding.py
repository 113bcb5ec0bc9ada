"""When the money of a project comes and how much of it: payments that renew themselves.

A project waits in its stages for its first payment, and after each payment for the next one; how long
is read from the past as for any milestone (`durations`, `outlook`). Each payment brings a share of
what is still outstanding; its first two moments are those of past payments, of the first, the second
… apart as far as there are enough. So a payment is a point of a delayed renewal process with marks
(Cox, 1962), which ends when all has come or the project is lost. Chance, mean and variance of what
comes between two weeks follow by recursion over the weeks, exactly under these assumptions.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np

from shangheng.methods.landing.durations import WEEK, Floats, Spell, curves, cut
from shangheng.methods.landing.outlook import FEW, Lacking, Outlook, Rule, Table, reading

PAID = "paid"
"""The state of a project that has had a payment and waits for the next."""
MONEY = "money"
"""The milestone: a payment."""
LOST = "lost"
"""Where a project that has had money goes when it is lost."""
WHOLE = 1 - 1e-9
"""A share from which on nothing is outstanding."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came on a day: the share of what was outstanding before, None where that is unknown."""

    on: date
    share: float | None


@dataclass(frozen=True, slots=True)
class Course:
    """A project: its stays, its payments in order, and what is agreed (None: unknown)."""

    spells: Sequence[Spell]
    payments: Sequence[Payment] = ()
    agreed: float | None = None

    @property
    def outstanding(self) -> float | None:
        """What of the agreed amount has not come; None where that is unknown."""
        return None if self.agreed is None else self.agreed * float(np.prod(_left(self.payments)))


@dataclass(frozen=True, slots=True)
class Marks:
    """What past payments brought of what was outstanding: mean, mean square, and the part of them
    that brought all of it."""

    mean: float
    square: float
    whole: float


@dataclass(frozen=True, slots=True)
class Inflow:
    """What comes between two weeks: the chance of any; mean and variance as shares of what is
    outstanding; `middle` is the week by which half of the mean has come."""

    chance: float
    mean: float
    variance: float
    middle: int

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest share if any comes: the ends of the uniform law of the same mean and
        variance, narrowed to what there can be without moving its mean."""
        if self.chance <= 0:
            return 0.0, 0.0
        mean = min(1.0, self.mean / self.chance)
        square = (self.variance + self.mean**2) / self.chance
        half = min(sqrt(3 * max(0.0, square - mean**2)), mean, 1 - mean)
        return mean - half, mean + half


@dataclass(frozen=True, slots=True)
class Step:
    """One payment of a project: what it brings, and the chance of the next by weeks since it."""

    mark: Marks
    gap: Floats


@dataclass(frozen=True, slots=True)
class Funding:
    """What the past says of money: the table of waiting times, and the steps from payment to payment
    (the last stands for all beyond). Waits after `levels` payments and after more are taken together."""

    table: Table
    steps: tuple[Step, ...]
    levels: int
    lacking: Lacking | None
    told: dict[tuple[str, int, int, int, int], Inflow | Lacking]

    def inflow(
        self, course: Course, now: Spell, day: date, begin: int, end: int
    ) -> Inflow | Lacking:
        """What comes from week `begin` up to week `end` from a day, for a project that waits so."""
        waited = min((day - now.entered).days // WEEK, self.table.weeks - 1)
        paid = min(len(course.payments), max(0, len(self.steps) - 1))
        key = (now.stage, waited, paid, begin, end)
        if key not in self.told:
            self.told[key] = self._work_out(*key)
        return self.told[key]

    def outlook(self, now: Spell, day: date) -> Outlook | Lacking:
        """When the next payment comes."""
        waited = min((day - now.entered).days // WEEK, self.table.weeks - 1)
        return self.table.outlook(now.stage, waited)

    def _work_out(
        self, stage: str, waited: int, paid: int, begin: int, end: int
    ) -> Inflow | Lacking:
        found = self.table.outlook(stage, waited)
        if isinstance(found, Lacking):
            return found
        if self.lacking is not None:
            return self.lacking
        next_ = np.diff(found.by_week[:end], prepend=0.0)
        return _inflow(next_, self.steps[paid:], begin)


def payments_of(amounts: Iterable[tuple[date, float]], agreed: float | None) -> list[Payment]:
    """The payments of a project: what came within a week of another is one; more than is agreed is
    all that is outstanding, and what comes after that is left out."""
    merged: list[tuple[date, float]] = []
    for day, amount in sorted(amounts):
        if merged and (day - merged[-1][0]).days < WEEK:
            merged[-1] = (merged[-1][0], merged[-1][1] + amount)
        else:
            merged.append((day, amount))
    if agreed is None:
        return [Payment(day, None) for day, _amount in merged]
    found, left = [], agreed
    for day, amount in merged:
        if left <= agreed * (1 - WHOLE):
            break
        found.append(Payment(day, min(1.0, amount / left)))
        left = max(0.0, left - amount)
    return found


def legs(course: Course, losses: frozenset[str], levels: int) -> list[list[Spell]]:
    """The waits of a project: through its stages for the first payment, then for each next one."""
    spells, paid = list(course.spells), course.payments
    if not paid:
        return [spells]
    first = [one for one in spells if one.entered <= paid[0].on]
    found = []
    if first:
        found.append([*first[:-1], Spell(first[-1].stage, first[-1].entered, paid[0].on, MONEY)])
    found += [
        [Spell(_paid(count, levels), one.on, after.on, MONEY)]
        for count, (one, after) in enumerate(itertools.pairwise(paid), 1)
    ]
    if (paid[-1].share or 0) < WHOLE:
        lost = _lost(spells, losses)
        gone = lost is not None and lost >= paid[-1].on
        stage = _paid(len(paid), levels)
        found.append([Spell(stage, paid[-1].on, lost if gone else None, LOST if gone else "")])
    return found


def waiting(course: Course, losses: frozenset[str], levels: int = 1) -> Spell | None:
    """How a project waits for its next payment; None when it is lost, or all has come."""
    found = legs(course, losses, levels)
    if not found or found[-1][-1].left is not None or found[-1][-1].stage in losses:
        return None
    return found[-1][-1]


def funding(courses: Iterable[Course], day: date, losses: frozenset[str], weeks: int) -> Funding:
    """What the projects of the past say on a day, over so many weeks."""
    some = list(courses)
    marks = _marks(some)
    levels = max(1, len(marks) - 1)
    waits = [one for course in some for leg in legs(course, losses, levels) for one in leg]
    goal = Rule(frozenset({MONEY}), losses | {LOST})
    table = reading(curves(waits, day, weeks), goal, weeks)
    steps = tuple(
        Step(mark, _gap(table, _paid(place, levels))) for place, mark in enumerate(marks, 1)
    )
    lacking = None
    first = table.curves.get(_paid(1, levels))
    if not marks:
        firsts = sum(one.agreed is not None and bool(one.payments) for one in some)
        lacking = Lacking(MONEY, firsts, firsts)
    elif first is not None and first.at_risk[0] < FEW:
        lacking = Lacking(first.stage, sum(first.moves), int(first.at_risk[0]))
    return Funding(table, steps, levels, lacking, {})


def known_on(course: Course, day: date) -> Course:
    """A project as it was known at the beginning of a day."""
    paid = [one for one in course.payments if one.on < day]
    return Course(cut(course.spells, day), paid, course.agreed)


def _paid(count: int, levels: int) -> str:
    """The state after so many payments."""
    return f"{PAID}{min(count, levels)}"


def _gap(table: Table, stage: str) -> Floats:
    curve = table.curves.get(stage)
    if curve is None or MONEY not in curve.ways:
        return np.zeros(table.weeks)
    found: Floats = curve.leaving(0)[curve.ways.index(MONEY)]
    return found


def _lost(spells: Sequence[Spell], losses: frozenset[str]) -> date | None:
    last = spells[-1]
    if last.left is not None:
        return last.left if last.to in losses else None
    return last.entered if last.stage in losses else None


def _left(payments: Sequence[Payment]) -> list[float]:
    return [1 - (one.share or 0.0) for one in payments]


def _marks(courses: Iterable[Course]) -> tuple[Marks, ...]:
    """Those of the first, second … payment as long as there are enough; the last takes the rest."""
    by_place: dict[int, list[float]] = {}
    for course in courses:
        for place, one in enumerate(course.payments):
            if one.share is not None:
                by_place.setdefault(place, []).append(one.share)
    groups: list[list[float]] = []
    for place in sorted(by_place):
        if groups and len(by_place[place]) < FEW:
            groups[-1] += by_place[place]
        else:
            groups.append(by_place[place])
    return tuple(map(_mark, groups)) if groups and len(groups[0]) >= FEW else ()


def _mark(shares: Sequence[float]) -> Marks:
    some = np.array(shares)
    whole = float((some >= WHOLE).mean())
    return Marks(float(some.mean()), float((some**2).mean()), whole)


def _inflow(next_: Floats, steps: Sequence[Step], begin: int) -> Inflow:
    """The recursion: `next_[w]` is the chance that the next payment comes in week `w`."""
    inside = (np.arange(len(next_)) >= begin).astype(float)
    after = _after(steps[-1].gap, steps[-1].mark, inside, None)
    for step, following in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        after = _after(step.gap, following.mark, inside, after)
    chance, mean, square = _at(steps[0].mark, inside, *after)
    weekly = _weekly(next_, steps)[begin:]
    total = float(weekly.sum())
    middle = begin + int(np.searchsorted(np.cumsum(weekly), total / 2)) if total > 0 else begin
    variance = max(0.0, float(next_ @ square) - float(next_ @ mean) ** 2)
    return Inflow(min(1.0, float(next_ @ chance)), total, variance, middle)


type Moments = tuple[Floats, Floats, Floats]


def _at(mark: Marks, inside: Floats, chance: Floats, mean: Floats, square: Floats) -> Moments:
    """A payment in each week, given what follows it: of what was outstanding before it, the chance
    that any comes inside, and the first two moments of the share that does."""
    left = 1 - mark.mean
    return (
        inside + (1 - inside) * (1 - mark.whole) * chance,
        inside * mark.mean + left * mean,
        inside * (mark.square + 2 * (mark.mean - mark.square) * mean)
        + (left - mark.mean + mark.square) * square,
    )


def _after(gap: Floats, mark: Marks, inside: Floats, then: Moments | None) -> Moments:
    """What follows a payment in each week, the next being of `mark`; `then` is what follows that,
    None for the same again. Gaps are a week at least."""
    end = len(inside)
    found = (np.zeros(end), np.zeros(end), np.zeros(end))
    for week in range(end - 2, -1, -1):
        ahead = slice(week + 1, end)
        following = (one[ahead] for one in then or found)
        for kept, one in zip(found, _at(mark, inside[ahead], *following), strict=True):
            kept[week] = gap[1 : end - week] @ one
    return found


def _weekly(next_: Floats, steps: Sequence[Step]) -> Floats:
    """The share of what is outstanding now that comes in each week, on average."""
    open_, came = next_, steps[0].mark.mean * next_
    for step, following in itertools.pairwise([*steps, steps[-1]]):
        last, left = following is steps[-1] and step is following, 1 - step.mark.mean
        again = np.zeros(len(next_))
        for week in range(1, len(next_)):
            before = open_[:week] + again[:week] if last else open_[:week]
            again[week] = left * (step.gap[week:0:-1] @ before)
        open_, came = again, came + following.mark.mean * again
    return came
