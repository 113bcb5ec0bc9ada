"""The projects of the sample year: those that the summary names, and as many more as its counts ask for.

Planned only, nothing is written. The counts are those of the ledger's own series, so that at the end
of every month as many projects are signed, registered, started and in land supply as it holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import cos, pi, sin
from typing import Any

from shangheng.config.sample.model import Sample
from shangheng.config.sample.reading import Row, day, decimal

CENT, MICRODEGREE = Decimal("0.01"), Decimal("0.000001")
GOLDEN_ANGLE = pi * (3 - 5**0.5)
"""Turned by so much, no point of a spiral hides another."""
SPIRAL = 100
"""How far out on the spiral the projects of earlier years begin."""
SIGNED, AGREED = "investment.projects_signed", "investment.agreed_amount"
TRACKED, REGISTERED = "investment.projects_tracked", "investment.projects_registered"
STARTED, LAND = "investment.projects_started", "investment.projects_land"


@dataclass(frozen=True)
class PlannedProject:
    """A project with the fields it is entered with and the day of each step, `lead` first."""

    name: str
    unit: str
    values: dict[str, Any]
    steps: dict[str, date]
    basis: Mapping[str, str] = field(default_factory=dict)


def planned_projects(sample: Sample, told: Row) -> list[PlannedProject]:
    """All of them: named, still to come, made up for the counts, and of earlier years."""
    amounts = {
        fact.subject: fact.value
        for batch in sample.batches
        for fact in batch.facts
        if fact.indicator == AGREED and fact.subject
    }
    named = [_named(row, told, amounts[row["subject"]]) for row in told["named"]]
    coming = [_named(row, told, None) for row in told["coming"]]
    return [*named, *coming, *_fillers(sample, told, named), *_past(told)]


def _named(row: Row, told: Row, amount: Decimal | None) -> PlannedProject:
    steps = {step: day(on) for step, on in row["steps"].items()}
    note = told["notes"]["coming"] if amount is None else told["notes"]["named"] % row["place"]
    values: dict[str, Any] = {
        "investor": row["investor"],
        "kind": row.get("kind", "new"),
        "industry": row["industry"],
        "agreed_investment": amount,
        "needs_land": None if amount is None else "land" in row,
        "land_area": decimal(row["land"]) if "land" in row else None,
        "tracked": amount is not None,
        "note": note,
    }
    if "register" in steps:
        values["company"] = told["company"] % row["investor"]
    return PlannedProject(row["subject"], row["unit"], values, steps, row.get("basis", {}))


def _fillers(
    sample: Sample, told: Row, named: Sequence[PlannedProject]
) -> Iterator[PlannedProject]:
    """One for each project that the summary counts and does not name."""
    signed, tracked = _monthly(sample, SIGNED), _monthly(sample, TRACKED)
    amounts = _monthly(sample, AGREED)
    made: list[PlannedProject] = []
    followed: list[PlannedProject] = []
    for month in sorted(signed):
        number = int(signed[month])
        parts = _parts(amounts[month], number)
        for place, part in enumerate(parts):
            follow = place < tracked[month]
            on = date(2021, month, 3 + 2 * place)
            one = _filler(told, len(made) + 1, part, on, tracked=follow)
            made.append(one)
            followed += [one] if follow else []
    _advance(sample, followed, named)
    yield from made


def _filler(told: Row, number: int, amount: Decimal, on: date, *, tracked: bool) -> PlannedProject:
    trade = told["trades"][(number - 1) % len(told["trades"])]
    investor = f"示例投资方{number:02}"
    values = {
        "investor": investor,
        "company": investor,
        "industry": trade["industry"],
        "agreed_investment": amount,
        "needs_land": False,
        "tracked": tracked,
        "note": told["notes"]["filler"],
        **_place(told, trade["unit"], number),
    }
    steps = {
        "lead": on - timedelta(days=70 + number * 7 % 40),
        "negotiate": on - timedelta(days=25 + number * 5 % 20),
        "sign": on,
    }
    return PlannedProject(f"示例{number:02}号{trade['name']}项目", trade["unit"], values, steps)


def _place(told: Row, unit: str, number: int) -> dict[str, Decimal]:
    """A point on a spiral around the made-up place of a unit, a step further out for each number."""
    turn, reach = number * GOLDEN_ANGLE, Decimal(number).sqrt() / 500
    middle = zip(
        ("longitude", "latitude"), told["around"][unit], (cos(turn), sin(turn)), strict=True
    )
    return {
        name: decimal(degrees) + (reach * Decimal(part)).quantize(MICRODEGREE)
        for name, degrees, part in middle
    }


def _advance(
    sample: Sample, projects: Sequence[PlannedProject], named: Sequence[PlannedProject]
) -> None:
    """Register, start and supply with land the eldest first, as many a month as the series count."""
    registered, started, land = (_monthly(sample, code) for code in (REGISTERED, STARTED, LAND))
    for one in named:
        if on := one.steps.get("register"):
            registered[on.month] -= 1
    for month in range(1, 13):
        fresh = [one for one in projects if one.steps["sign"].month <= month]
        for at, one in enumerate(_without(fresh, "register")[: int(registered.get(month, 0))]):
            one.steps["register"] = date(2021, month, 17 + at)
        waiting = [
            one for one in fresh if set(one.steps) == {"lead", "negotiate", "sign", "register"}
        ]
        begun = int(started.get(month, 0))
        for at, one in enumerate(waiting[: begun + int(land.get(month, 0))]):
            step = "start_without_land" if at < begun else "apply_for_land"
            one.steps[step] = date(2021, month, 22 + at)
            if step == "apply_for_land":
                one.values.update(needs_land=True, land_area=Decimal(40 + 10 * at))


def _without(projects: Sequence[PlannedProject], step: str) -> list[PlannedProject]:
    return [one for one in projects if step not in one.steps]


def _monthly(sample: Sample, code: str) -> dict[int, Decimal]:
    """What the ledger's series holds of an indicator in each month, without what names a project."""
    found: dict[int, Decimal] = {}
    for batch in sample.batches:
        for fact in batch.facts:
            if fact.indicator == code and not fact.subject and fact.occurred_on.year == 2021:
                month = fact.occurred_on.month
                found[month] = found.get(month, Decimal(0)) + fact.value
    return found


def _parts(total: Decimal, number: int) -> list[Decimal]:
    """An amount in so many unequal parts of whole 万元, which add up to it exactly."""
    weights = [3 + place * 7 % 11 for place in range(number)]
    parts = [(total * weight / sum(weights)).quantize(CENT) for weight in weights]
    return [*parts[:-1], total - sum(parts[:-1], Decimal(0))]


def _past(told: Row) -> Iterator[PlannedProject]:
    """Projects of earlier years: what stages usually take, and what was given up."""
    rule = told["past"]
    for number in range(rule["count"]):
        trade = told["trades"][number % len(told["trades"])]
        investor = f"示例往年投资方{number + 1:02}"
        values = {
            "investor": investor,
            "company": investor,
            "industry": trade["industry"],
            "agreed_investment": decimal(rule["amount"]) + number * 3 % 7,
            "needs_land": True,
            "land_area": Decimal(60),
            "parcel": "示例地块",
            "tracked": False,
            "note": told["notes"]["past"],
            **_place(told, trade["unit"], SPIRAL + number),
        }
        begun = day(rule["first"]) + timedelta(days=rule["every"] * number)
        name = f"示例往年{number + 1:02}号{trade['name']}项目"
        yield PlannedProject(name, trade["unit"], values, _past_steps(number, begun))


def _past_steps(number: int, begun: date) -> dict[str, date]:
    """Steps of unequal length, up to the end of the sample year; every eighth is given up."""
    lengths = [("negotiate", 20 + number * 13 % 35), ("sign", 40 + number * 29 % 90)]
    if number % 8 == 5:
        lengths.append(("terminate", 60 + number * 11 % 90))
    else:
        lengths += [
            ("register", 20 + number * 17 % 50),
            ("apply_for_land", 20 + number * 7 % 30),
            ("supply_land", 60 + number * 41 % 120),
            ("start", 30 + number * 23 % 120),
            ("produce", 220 + number * 31 % 150),
        ]
    steps, on = {"lead": begun}, begun
    for step, length in lengths:
        on += timedelta(days=length)
        if on.year > 2021:
            break
        steps[step] = on
    return steps
