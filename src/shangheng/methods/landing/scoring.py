"""How good forecasts were: the past replayed, each day knowing only what was known on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shangheng.methods.landing.durations import WEEK, Spell, curves, cut
from shangheng.methods.landing.outlook import Outlook, Rule, reading


@dataclass(frozen=True, slots=True)
class Scored:
    """One forecast and what came of it; `base` is what the share of the past alone would have said."""

    chance: float
    base: float
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
    for day in days:
        past = [cut(spells, day) for spells in histories]
        every = (one for spells in past for one in spells)
        table = reading(curves(every, day, weeks), rule, weeks)
        before = day - timedelta(weeks=horizon)
        earlier = [arrived(spells, rule, before, horizon) for spells in histories]
        known = [one for one in earlier if one is not None]
        base = sum(known) / len(known) if known else 0.0
        for spells, all_ in zip(past, histories, strict=True):
            happened = arrived(all_, rule, day, horizon)
            if happened is None:
                continue
            now = spells[-1]
            outlook = table.outlook(now.stage, (day - now.entered).days // WEEK)
            if isinstance(outlook, Outlook):
                found.append(Scored(outlook.within(horizon), base, happened))
    return found


def arrived(spells: Sequence[Spell], rule: Rule, day: date, horizon: int) -> bool | None:
    """Whether a project that was open on a day got there in time; None when it was not open."""
    past = cut(spells, day)
    if not past or past[-1].left or past[-1].stage in rule.arrivals | rule.losses:
        return None
    if any(one.stage in rule.arrivals for one in past):
        return None
    end = day + timedelta(weeks=horizon)
    return any(one.left and one.left < end and one.to in rule.arrivals for one in spells)


def brier(scored: Sequence[Scored]) -> float:
    """The mean square of forecast less outcome (Brier, 1950): 0 is perfect. Raises ZeroDivisionError
    for nothing."""
    return sum((one.chance - one.happened) ** 2 for one in scored) / len(scored)


def base_score(scored: Sequence[Scored]) -> float:
    """The same for whoever only knows the share of the past."""
    return sum((one.base - one.happened) ** 2 for one in scored) / len(scored)


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
