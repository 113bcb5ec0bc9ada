"""From the rows of `dongxihu-2021.yaml` to the acts of posting, each with its facts in order."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from shangheng.config.sample.model import BadSample, SampleBatch, SampleFact, SampleStep
from shangheng.config.sample.reading import Row, day, decimal, each, instant
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.status import Status

FILE = "dongxihu-2021.yaml"
MONTHS = 12
NOTHING = "-"
ZONE = ZoneInfo("Asia/Shanghai")
SUBMITTED_AFTER = timedelta(days=1)
DECIDED_AFTER = timedelta(days=3)
YEAR_END_EARLIER = 4  # December's figures are hurried: the summary came out on 10 January


def batches(year: Mapping[str, Any]) -> tuple[SampleBatch, ...]:
    """Every act of posting of the year, in the order of recording. Raises BadSample."""
    placed: dict[tuple[str, Month | None], list[Row]] = defaultdict(list)
    for row in _rows(year):
        cycle = _cycle(year, row["batch"])
        month = None if "recorded_at" in cycle else Month.of(day(row["date"]))
        placed[row["batch"], month].append(row)
    made = [_batch(year, key, month, rows) for (key, month), rows in placed.items()]
    return tuple(sorted(made, key=lambda batch: (batch.recorded_at, batch.key)))


def _cycle(year: Mapping[str, Any], key: str) -> Row:
    try:
        row: Row = year["batches"][key]
    except KeyError:
        raise BadSample(f"{FILE}: no batch {key!r}") from None
    return row


def _rows(year: Mapping[str, Any]) -> Iterator[Row]:
    """All rows as single postings: series by month, projects by what they count in."""
    for rows in each(f"{FILE} series", year["series"], _series):
        yield from rows
    goals = year["goals"]
    for rows in each(f"{FILE} projects", year["projects"], lambda row: _project(row, goals)):
        yield from rows
    yield from year["postings"]


def _series(row: Row) -> list[Row]:
    """Twelve months of one series as single rows. Raises ValueError where they miss the total."""
    cells = row["months"].split()
    if len(cells) != MONTHS:
        raise ValueError(f"{len(cells)} months instead of {MONTHS}")
    values = {n: cell for n, cell in enumerate(cells, start=1) if cell != NOTHING}
    total = sum((decimal(cell) for cell in values.values()), Decimal(0))
    if total != decimal(row["total"]):
        raise ValueError(f"the months add up to {total}, not {row['total']}")
    return [
        {**row, "value": cell, "date": Month(row["year"], n).last} for n, cell in values.items()
    ]


def _project(row: Row, goals: Mapping[str, Row]) -> list[Row]:
    """One named project: signed, under follow-up, its amount, and each goal that it fills."""
    chosen = {code: goals[code] for code in row["goals"]}
    common = {key: row[key] for key in ("batch", "subject", "date")} | {"note": "dated"}
    one = {**common, "value": "1", "measure": "个"}
    judged = {**one, **({"outcome": row["outcome"]} if "outcome" in row else {})}
    signed = {"indicator": "investment.projects_signed", "figures": ["F030"], "place": "一（二）"}
    tracked = {"indicator": "investment.projects_tracked", "figures": ["F072"], "place": "一（四）"}
    amount = {
        "indicator": "investment.agreed_amount",
        "value": row["amount"],
        "measure": "亿元",
        "figures": ["F031", *row["figures"]],
        "place": row["place"],
    }
    distinct = {
        "indicator": "investment.structural.projects",
        "figures": [goal["figure"] for goal in chosen.values()],
        "place": "一（三）",
    }
    filled = [
        {
            "indicator": f"investment.structural.{code}",
            "figures": [goal["figure"]],
            "place": goal["place"],
        }
        for code, goal in chosen.items()
    ]
    goal_rows = [{**judged, **facts} for facts in ([distinct, *filled] if chosen else [])]
    return [{**one, **signed}, {**one, **tracked}, {**common, **amount}, *goal_rows]


def _batch(year: Mapping[str, Any], key: str, month: Month | None, rows: list[Row]) -> SampleBatch:
    cycle = _cycle(year, key)
    recorded_at = instant(cycle["recorded_at"]) if month is None else _due(month, cycle["day"])
    name = key if month is None else f"{key}-{month}"
    facts = each(f"{FILE} {name}", rows, lambda row: _fact(year, row, recorded_at))
    places = dict.fromkeys(place for fact in facts for place in fact.place.split("、"))
    notes = dict.fromkeys(fact.note for fact in facts)
    return SampleBatch(
        key=name,
        title=cycle["title"] if month is None else f"{cycle['title']} {Period(month, month).label}",
        recorded_at=recorded_at,
        source=f"{year['published']['title']}，{'、'.join(places)}",
        note="；".join(notes),
        voucher_kind=cycle["voucher"],
        voucher_format=cycle["format"],
        facts=facts,
    )


def _due(month: Month, on: int) -> datetime:
    following = month.plus(1)
    due = on - YEAR_END_EARLIER if month.number == MONTHS else on
    return datetime(following.year, following.number, due, 10, tzinfo=ZONE)


def _fact(year: Mapping[str, Any], row: Row, recorded_at: datetime) -> SampleFact:
    occurred_on = day(row["date"])
    value = decimal(row["value"])
    authority = catalogue.definition(row["indicator"], occurred_on).recognition
    return SampleFact(
        indicator=row["indicator"],
        unit=row.get("unit", year["unit"]),
        area=year["area"],
        dimensions=row.get("dimensions", {}),
        subject=row.get("subject", ""),
        value=value,
        measure=row["measure"],
        occurred_on=occurred_on,
        place=row["place"],
        figures=tuple(row.get("figures", ())),
        note=year["notes"][row["note"]],
        is_sample=row.get("sample", True),
        authority=authority,
        steps=_steps(row, value, authority, recorded_at),
        payer=row.get("payer", ""),
    )


def _steps(
    row: Row, value: Decimal, authority: str | None, recorded_at: datetime
) -> tuple[SampleStep, ...]:
    """What the superior office said to it; nothing where it is not asked or not yet."""
    outcome = row.get("outcome", "recognised")
    if authority is None:
        if outcome != "recognised":
            raise ValueError(f"nobody recognises {row['indicator']}, so it has no outcome")
        return ()
    submitted = SampleStep(
        Status.CLAIMED, Status.SUBMITTED, value, recorded_at + SUBMITTED_AFTER, authority
    )
    decided_at = recorded_at + DECIDED_AFTER
    match outcome:
        case "claimed":
            return ()
        case "submitted":
            return (submitted,)
        case "recognised":
            destination, amount, reason = Status.RECOGNISED, value, ""
        case "rejected":
            destination, amount, reason = Status.REJECTED, value, row["reason"]
        case "part_rejected":
            destination, amount = Status.REJECTED, decimal(row["rejected"])
            reason = row["reason"]
        case _:
            raise ValueError(f"outcome {outcome!r}")
    return (
        submitted,
        SampleStep(Status.SUBMITTED, destination, amount, decided_at, authority, reason),
    )
