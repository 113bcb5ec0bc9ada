"""Landing forecasts on simulated histories against base rates, replayed without peeking.

Writes ``docs/reference/forecast-accuracy.md``. Run: ``python benchmarks/forecast.py``.
"""

import os
import platform
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from shangheng.methods import landing

OUT = Path(__file__).resolve().parents[1] / "docs/reference/forecast-accuracy.md"
RULE = landing.Rule(frozenset({"started"}), frozenset({"lost"}))
BEGIN, END = date(2016, 1, 1), date(2021, 12, 31)
DAYS = [date(year, month, 1) for year in (2019, 2020) for month in (1, 4, 7, 10)]
HORIZON, WEEKS, PROJECTS = 52, 156, 600

HEAD = """# Accuracy of the landing forecast

Chance that a project starts within 52 weeks, forecast on eight days of 2019 and 2020 for every project that was open,
each time from what was known on that day. *Share of the past* says for all the share that started within the 52
weeks before; *share by stage* says it for the stage a project is in; *ours* is `landing.Table.outlook`. Brier score: mean square of
forecast less outcome, 0 is perfect. *Said* and *came* are the mean forecast and the share that came true. The histories are made up
from a fixed seed, 600 projects over six years in each world; they show what the method can and cannot do, not how well it does on a
bureau's own data, which the page of the forecast shows. How to read it: [Landing forecast](../explanation/landing.md). Written by
`python benchmarks/forecast.py`.
"""
MONEY = """
## Money in place

The same projects with payments, in 亿元: what comes within 52 weeks to each project that waits for money, forecast on the same days.
*Share of the year before* gives every project the share of what was outstanding that came in the 52 weeks before. *Error* is
the root of the mean square error of one project; *said* and *came* are the means of the days for all projects together, *off by*
the mean of what a day's total was off by, as a share of what came.
"""

type Stay = Callable[[random.Random, date], tuple[str, float]]


def way(
    chance: random.Random, lost: float, onward: str, mean: float, shape: float
) -> tuple[str, float]:
    """Where a stay leads and how many weeks it lasts."""
    to = "lost" if chance.random() < lost else onward
    return to, chance.weibullvariate(mean, shape)


STEADY: dict[str, Stay] = {
    "talks": lambda chance, _day: way(chance, 0.5, "signed", 20, 1.2),
    "signed": lambda chance, _day: way(chance, 0.2, "registered", 10, 1.5),
    "registered": lambda chance, _day: way(chance, 0.15, "started", 30, 2.0),
}
DORMANT: dict[str, Stay] = STEADY | {
    # half of those that will be lost are never said to be: they lie there
    "signed": lambda chance, _day: way(chance, 0.4, "registered", 14, 0.7),
}
SLOWING: dict[str, Stay] = STEADY | {
    # from 2020 on land takes twice as long
    "registered": lambda chance, day: way(
        chance, 0.15, "started", 60 if day >= date(2020, 1, 1) else 30, 2.0
    ),
}
WORLDS = {
    "Steady: the same durations all the time": STEADY,
    "Dormant: many signed projects lie still for long": DORMANT,
    "Slowing: from 2020 on the last stage takes twice as long": SLOWING,
}


def histories(world: dict[str, Stay], seed: int) -> list[list[landing.Spell]]:
    """What became of each project by the end of the data."""
    chance = random.Random(seed)
    found = []
    for _ in range(PROJECTS):
        day, stage = BEGIN + timedelta(chance.randrange((END - BEGIN).days)), "talks"
        spells: list[landing.Spell] = []
        while stage in world:
            to, weeks = world[stage](chance, day)
            left = day + timedelta(weeks=weeks)
            if left > END:
                spells.append(landing.Spell(stage, day))
                break
            spells.append(landing.Spell(stage, day, left, to))
            stage, day = to, left
        else:
            spells.append(landing.Spell(stage, day))
        found.append(spells)
    return found


@dataclass(frozen=True)
class Paying:
    """How money comes in a world: weeks to the next payment, and what it brings of what is outstanding."""

    weeks: Callable[[random.Random, date], float]
    share: Callable[[random.Random], float]


def _part(chance: random.Random) -> float:
    return chance.betavariate(2, 3)


EVEN = Paying(lambda chance, _day: chance.weibullvariate(16, 1.3), _part)
PAYINGS = {
    "Steady: payments come and bring alike all the time": EVEN,
    "Lumpy: a fifth of payments bring all, the others little": Paying(
        EVEN.weeks,
        lambda chance: 1.0 if chance.random() < 0.2 else chance.betavariate(1, 8),
    ),
    "Slowing: from 2020 on payments take twice as long": Paying(
        lambda chance, day: EVEN.weeks(chance, day) * (2 if day >= date(2020, 1, 1) else 1), _part
    ),
}
LEAST = 0.02
"""A share of what is agreed below which the rest comes at once."""


def courses(paying: Paying, seed: int) -> list[landing.Course]:
    """The steady projects with their money, from the signature on."""
    chance = random.Random(seed)
    return [_course(spells, paying, chance) for spells in histories(STEADY, seed)]


def _course(spells: list[landing.Spell], paying: Paying, chance: random.Random) -> landing.Course:
    agreed = chance.lognormvariate(1, 1)
    day = next((one.entered for one in spells if one.stage == "signed"), None)
    lost = next((one.entered for one in spells if one.stage == "lost"), END)
    left, payments = 1.0, []
    while day is not None and left:
        day += timedelta(weeks=max(1.0, paying.weeks(chance, day)))
        if day > min(lost, END):
            break
        share = 1.0 if left < LEAST else paying.share(chance)
        payments.append(landing.Payment(day, share))
        left *= 1 - share
    return landing.Course(spells, payments, agreed)


def money() -> Iterator[str]:
    """The lines about money."""
    yield MONEY
    yield row("World", "Forecasts", "Share of the year before: error", "Ours: error", "Said", "Came",
              "Off by")  # fmt: skip
    yield row("---", *["--:"] * 6)
    for name, paying in PAYINGS.items():
        told = landing.replay_money(courses(paying, 726), DAYS, RULE.losses, HORIZON, WEEKS)
        every = [one for some in told.values() for one in some]
        totals = [(sum(o.said for o in some), sum(o.came for o in some)) for some in told.values()]
        said, came = (sum(column) / len(totals) for column in zip(*totals, strict=True))
        off = sum(abs(one - other) for one, other in totals) / len(totals) / came
        errors = (f"{landing.missed(every, of):.3f}" for of in ("base", "said"))
        yield row(name, len(every), *errors, f"{said:.1f}", f"{came:.1f}", f"{off:.0%}")


def row(*cells: object) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def page() -> Iterator[str]:
    """The lines of the reference page."""
    yield HEAD
    yield f"- Date: {datetime.now(tz=UTC):%Y-%m-%d}"
    yield f"- Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    yield f"- Python {platform.python_version()}; one run gives the same figures anywhere"
    yield "\n## Brier score\n"
    yield row("World", "Forecasts", "Share of the past", "Share by stage", "Ours")
    yield row("---", *["--:"] * 4)
    calibration = []
    for name, world in WORLDS.items():
        all_ = histories(world, seed=726)
        scored = landing.replay(all_, DAYS, RULE, HORIZON, WEEKS)
        scores = (landing.brier(scored, of) for of in ("base", "staged", "chance"))
        yield row(name, len(scored), *(f"{score:.4f}" for score in scores))
        calibration += [f"\n## Calibration: {name.partition(':')[0].lower()}\n"]
        calibration += [row("Forecast", "Projects", "Said", "Came"), row(*["--:"] * 4)]
        calibration += [
            row(f"{b.low:.0%}–{b.high:.0%}", b.count, f"{b.said:.1%}", f"{b.came:.1%}")
            for b in landing.bins(scored)
        ]
    yield from calibration
    yield from money()


if __name__ == "__main__":
    OUT.write_text("\n".join(page()) + "\n", encoding="utf-8")
