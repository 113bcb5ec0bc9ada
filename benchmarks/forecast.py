"""Landing forecasts on simulated histories against base rates, replayed without peeking.

Writes ``docs/reference/forecast-accuracy.md``. Run: ``python benchmarks/forecast.py``.
"""

import os
import platform
import random
from collections.abc import Callable, Iterator
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


if __name__ == "__main__":
    OUT.write_text("\n".join(page()) + "\n", encoding="utf-8")
