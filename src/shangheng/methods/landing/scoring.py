"""How good forecasts were: the past replayed, each day knowing only what was known on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shangheng.methods.landing.durations import WEEK, Spell, curves, cut
from shangheng.methods.landing.funding import Course, funding, known_on, waiting
from shangheng.methods.landing.outlook import Lacking, Outlook, Rule, reading


@dataclass(frozen=True, slots=True)
class Scored:
    """One forecast and what came of it. `base` is what the share of the past alone would have said,
    `staged` the same for the stage that the project was in."""

    chance: float
    base: float
    staged: float
    happened: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts between two chances: how many, what they said on average, what share came true."""

    low: float
    high: float
    count: int
    said: float
    came: float


def replay(
    histories: Sequence[Sequence[Spell]], days: Iterable[date], rule: Rule, horizon: int, weeks: int
) -> list[Scored]:
    """Every project that was open on one of the days, forecast over `horizon` weeks from then.

    What the data do not reach yet must not be asked for: the days lie `horizon` weeks back.
    """
    found: list[Scored] = []
    courses = [_course(spells, rule) for spells in histories]
    for day in days:
        past = [cut(spells, day) for spells in histories]
        every = (one for spells in past for one in spells)
        table = reading(curves(every, day, weeks), rule, weeks)
        shares = _shares(histories, courses, day - timedelta(weeks=horizon), horizon)
        for spells, course in zip(past, courses, strict=True):
            happened = course.arrives(day, horizon)
            if happened is None:
                continue
            now = spells[-1]
            outlook = table.outlook(now.stage, (day - now.entered).days // WEEK)
            if isinstance(outlook, Outlook):
                base, staged = shares.get("", 0.0), shares.get(now.stage, 0.0)
                found.append(Scored(outlook.within(horizon), base, staged, happened))
    return found


@dataclass(frozen=True, slots=True)
class _Course:
    """When a project began, and when it got there or was lost; `closed` is the earlier of both."""

    began: date
    arrived: date | None
    closed: date | None

    def arrives(self, day: date, horizon: int) -> bool | None:
        """Whether it got there in time, having been open on a day; None when it was not open."""
        if self.began >= day or (self.closed and self.closed < day):
            return None
        return self.arrived is not None and self.arrived < day + timedelta(weeks=horizon)


def _course(spells: Sequence[Spell], rule: Rule) -> _Course:
    ends = [(one.stage, one.entered) for one in spells]
    ends += [(one.to, one.left) for one in spells if one.left]
    arrived = min((day for stage, day in ends if stage in rule.arrivals), default=None)
    closed = min((day for stage, day in ends if stage in rule.arrivals | rule.losses), default=None)
    return _Course(spells[0].entered, arrived, closed)


def _shares(
    histories: Sequence[Sequence[Spell]], courses: Sequence[_Course], day: date, horizon: int
) -> dict[str, float]:
    """Of those open on a day, in each stage and ("") in all, the share that got there in time."""
    found: dict[str, list[bool]] = {}
    for spells, course in zip(histories, courses, strict=True):
        happened = course.arrives(day, horizon)
        if happened is not None:
            for stage in ("", cut(spells, day)[-1].stage):
                found.setdefault(stage, []).append(happened)
    return {stage: sum(some) / len(some) for stage, some in found.items()}


def brier(scored: Sequence[Scored], of: Literal["chance", "base", "staged"] = "chance") -> float:
    """The mean square of forecast less outcome (Brier, 1950): 0 is perfect. Raises ZeroDivisionError
    for nothing."""
    missed = sum((getattr(one, of) - one.happened) ** 2 for one in scored)
    return float(missed / len(scored))


def bins(scored: Sequence[Scored], count: int = 5) -> list[Bin]:
    """The forecasts in classes of equal width, those without any left out."""
    classes: list[list[Scored]] = [[] for _ in range(count)]
    for one in scored:
        classes[min(int(one.chance * count), count - 1)].append(one)
    return [
        Bin(
            index / count,
            (index + 1) / count,
            len(some),
            sum(one.chance for one in some) / len(some),
            sum(one.happened for one in some) / len(some),
        )
        for index, some in enumerate(classes)
        if some
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """The money of one project over a horizon: what was said, what came, and what the share of the
    horizon before would have said; in the unit of what is agreed."""

    said: float
    came: float
    base: float


def replay_money(
    courses: Sequence[Course],
    days: Iterable[date],
    losses: frozenset[str],
    horizon: int,
    weeks: int,
) -> dict[date, list[Told]]:
    """What was to come over `horizon` weeks from each day to each project that waited for money,
    known what was known on it.

    The days lie `horizon` weeks back. A day of which nothing could be told is left out.
    """
    found: dict[date, list[Told]] = {}
    for day in days:
        begun = [course for course in courses if course.spells and course.spells[0].entered < day]
        past = [known_on(course, day) for course in begun]
        model = funding(past, day, losses, weeks)
        share = _share(courses, day - timedelta(weeks=horizon), day, losses)
        for course, known in zip(begun, past, strict=True):
            wait, left = waiting(known, losses, model.levels), known.outstanding
            if wait is None or not left:
                continue
            told = model.inflow(known, wait, day, 0, horizon)
            if not isinstance(told, Lacking):
                came = _came(course, left, day + timedelta(weeks=horizon))
                found.setdefault(day, []).append(Told(left * told.mean, came, left * share))
    return found


def missed(told: Iterable[Told], of: Literal["said", "base"] = "said") -> float:
    """The root of the mean square error of a project. Raises ZeroDivisionError for none."""
    errors = [(getattr(one, of) - one.came) ** 2 for one in told]
    return float((sum(errors) / len(errors)) ** 0.5)


def _came(course: Course, left: float, until: date) -> float:
    return max(0.0, left - (known_on(course, until).outstanding or 0.0))


def _share(courses: Sequence[Course], day: date, until: date, losses: frozenset[str]) -> float:
    """Of what was outstanding on a day, the share that had come by another."""
    came = open_ = 0.0
    for course in courses:
        known = known_on(course, day)
        left = known.outstanding
        if known.spells and left and waiting(known, losses) is not None:
            came, open_ = came + _came(course, left, until), open_ + left
    return came / open_ if open_ else 0.0
