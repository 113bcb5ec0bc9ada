"""The landing forecast: what the bureau's own past says of the projects that are open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from shangheng import rules
from shangheng.core.accounts.models import User
from shangheng.desks.investment.models import Project, Status
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.engines.cases.models import Milestone
from shangheng.methods import landing

WEEK = 7
WEEKS = 208
"""How far stays in a stage are followed."""
HORIZON = 52
"""Weeks over which past forecasts are scored."""
SCORED_ON = 2_000
"""The latest projects on which past forecasts are scored: more cost time and tell nothing new."""
FEW_SCORED = 30
"""Scored forecasts below which no calibration is shown."""
GONE = (Status.LOST, Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Expected:
    """A project with its chance by the end of the year; None where the past says too little."""

    row: Project
    stage: str
    waited: int
    chance: float | None
    month: date | None
    lacking: landing.Lacking | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """The projects of the actor that are still to start, and how good past forecasts were.

    `mean`, `low` and `high` count those that start by `end`, the middle 80 % of what may come;
    `amount` is what they have agreed, in 亿元, each weighed by its chance; `unknown` are left out.
    """

    end: date
    rows: Sequence[Expected]
    mean: float
    low: int
    high: int
    amount: Decimal
    unpriced: int
    unknown: int
    scored: Sequence[landing.Scored]

    @property
    def is_scored(self) -> bool:
        """Whether there are enough past forecasts to say how good they were."""
        return len(self.scored) >= FEW_SCORED


def rule_on(day: date) -> landing.Rule:
    """Which stages count as landed and which as lost. Raises LookupError."""
    row = rules.in_force("landing_forecast.yaml", day)
    return landing.Rule(frozenset(row["arrivals"]), frozenset(row["losses"]))


def histories(at: datetime) -> dict[int, list[landing.Spell]]:
    """The stays of every project of the bureau, by the key of its case, as known at an instant."""
    day = timezone.localdate(at)
    undone = Milestone.objects.filter(reverses=OuterRef("pk"), recorded_at__lte=at)
    found = (
        Milestone.objects.filter(
            ~Exists(undone),
            case__in=Project.objects.values("case"),
            n=1,
            occurred_on__lte=day,
            recorded_at__lte=at,
        )
        .order_by("case", "occurred_on", "rank")
        .values_list("case", "stage", "occurred_on")
    )
    lost: dict[int, tuple[str, date]] = {
        case: (status, since)
        for case, status, since in Project.objects.filter(
            status__in=GONE, status_since__lte=day
        ).values_list("case", "status", "status_since")
        if case is not None and since is not None
    }
    return {
        case: landing.spells_of(_events(rows), _gone(rows, lost.get(case)))
        for case, some in groupby(found, key=lambda row: row[0])
        if (rows := list(some))
    }


def _events(rows: Sequence[Any]) -> list[tuple[str, date]]:
    return [(stage, day) for _case, stage, day in rows]


def _gone(rows: Sequence[Any], lost: tuple[str, date] | None) -> tuple[str, date] | None:
    """How a project was lost, unless a later milestone says that it went on."""
    return lost if lost and lost[1] >= rows[-1][2] else None


def forecast_for(actor: User, *, at: datetime) -> Forecast:
    """The chances of the projects that somebody may see, from the past of all of them.

    Costs as much as reading every milestone once.
    """
    day = timezone.localdate(at)
    rule, end = rule_on(day), date(day.year, 12, 31)
    past = histories(at)
    every = (one for spells in past.values() for one in spells)
    table = landing.reading(landing.curves(every, day, WEEKS), rule, WEEKS)
    rows = [
        _expected(row, past[row.case_id], table, day, end)
        for row in projects_for(actor).filter(created_at__lte=at).exclude(status__in=GONE)
        if row.case_id in past and _is_open(past[row.case_id], rule)
    ]
    rows.sort(key=lambda one: (-(one.chance if one.chance is not None else -1), one.row.pk))
    told = [one for one in rows if one.chance is not None]
    mean, low, high = landing.spread(one.chance or 0.0 for one in told)
    priced = [one for one in told if one.row.agreed_cny is not None]
    days = _cutoffs(past, day)
    latest = [past[key] for key in sorted(past)[-SCORED_ON:]]
    return Forecast(
        end=end,
        rows=rows,
        mean=mean,
        low=low,
        high=high,
        amount=sum((_weighed(one) for one in priced), Decimal(0)),
        unpriced=len(told) - len(priced),
        unknown=len(rows) - len(told),
        scored=landing.replay(latest, days, rule, HORIZON, WEEKS),
    )


def _is_open(spells: Sequence[landing.Spell], rule: landing.Rule) -> bool:
    stages = {one.stage for one in spells}
    return spells[-1].left is None and not stages & (rule.arrivals | rule.losses)


def _expected(
    row: Project, spells: Sequence[landing.Spell], table: landing.Table, day: date, end: date
) -> Expected:
    now = spells[-1]
    waited = (day - now.entered).days
    found = table.outlook(now.stage, min(waited // WEEK, WEEKS - 1))
    if isinstance(found, landing.Lacking):
        return Expected(row, now.stage, waited, None, None, found)
    month = None if found.middle is None else day + timedelta(weeks=found.middle)
    left = -(-((end - day).days + 1) // WEEK)
    return Expected(row, now.stage, waited, found.within(left), month)


def _weighed(one: Expected) -> Decimal:
    return (one.row.agreed_cny or Decimal(0)) * Decimal(f"{one.chance or 0:.6f}")


def _cutoffs(past: Mapping[int, Sequence[landing.Spell]], day: date) -> list[date]:
    """The quarters of the last four years whose outcome is known by now."""
    first = min((spells[0].entered for spells in past.values()), default=day)
    starts = [
        date(year, month, 1) for year in range(day.year - 5, day.year) for month in (1, 4, 7, 10)
    ]
    last = day - timedelta(weeks=HORIZON)
    return [one for one in starts if first + timedelta(weeks=HORIZON) <= one <= last]
