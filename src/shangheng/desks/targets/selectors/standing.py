"""Where one indicator stands in its year: tiers reached, pace, projected year end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.core.ui.figures import number_text
from shangheng.core.ui.pace_bar import PaceBar, Projection, Tier
from shangheng.engines.ledger.domain.evaluate import LASTING
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.indicator import POSTED, Form
from shangheng.engines.ledger.domain.period import Month
from shangheng.engines.ledger.domain.targets import reached
from shangheng.engines.ledger.domain.units import rounded
from shangheng.engines.ledger.selectors.targets import Goal
from shangheng.methods import pace

Months = Sequence[Decimal | None]
DECEMBER = 12
PACED = frozenset({Form.FLOW, Form.COUNT})


@dataclass(frozen=True)
class Chance:
    """A tier with the probability of reaching it, in per cent; None where history is too short."""

    goal: Goal
    percent: Decimal | None


@dataclass(frozen=True)
class Standing:
    """An indicator held against its tiers (lowest first). `progress` is against the highest."""

    goals: tuple[Goal, ...]
    reached: Goal | None
    progress: pace.Progress | None
    planned: pace.Progress | None
    seasonal: pace.Progress | None
    projection: pace.Projection | None
    chances: tuple[Chance, ...]
    bar: PaceBar

    @property
    def stale(self) -> tuple[Goal, ...]:
        """Tiers whose base has moved since they were set."""
        return tuple(goal for goal in self.goals if goal.stale)

    @property
    def behind(self) -> bool:
        """Whether less is done than linear pace asks for."""
        return self.progress is not None and self.progress.standing() is pace.Standing.BEHIND

    @property
    def pace_words(self) -> str:
        """How far ahead of or behind linear pace, from unrounded values; empty at the year's end."""
        progress = self.progress
        if progress is None or progress.lead is None or progress.month == DECEMBER:
            return ""
        points = number_text(rounded(abs(progress.lead), 1))
        if progress.standing() is pace.Standing.AHEAD:
            return _("超序时进度%(points)s个百分点") % {"points": points}
        if self.behind:
            return _("欠序时进度%(points)s个百分点") % {"points": points}
        return _("与序时进度持平")

    @property
    def completion(self) -> Decimal | None:
        """Per cent of the highest tier."""
        return self.progress.completion if self.progress else None


def standing(
    figure: Figure,
    goals: Sequence[Goal],
    *,
    plan: Months = (),
    through: Month | None,
    history: Mapping[int, Months],
) -> Standing:
    """Hold a figure of a whole year against its goals (lowest first).

    `plan` are the twelve cumulative values planned for the highest goal, empty without a plan;
    `through` is the last month that has ended and has data; `history` are the months of past years.
    """
    tiers = [(goal.tier, goal.value) for goal in goals]
    met = reached(figure.value, tiers, figure.indicator.polarity)
    projection, paces = None, Paces()
    if figure.definition.form in PACED and through is not None:
        projection = pace.project(months_of(figure, through), history)
        paces = _paces(figure, goals, plan, through, history)
    return Standing(
        goals=tuple(goals),
        reached=next((goal for goal in goals if goal.tier == met), None),
        progress=paces.linear,
        planned=paces.planned,
        seasonal=paces.seasonal,
        projection=projection,
        chances=tuple(Chance(goal, _percent(projection, goal.value)) for goal in goals),
        bar=_bar(figure, goals, paces, projection),
    )


@dataclass(frozen=True)
class Paces:
    """Progress to the highest goal, against time, against the plan and against the season."""

    linear: pace.Progress | None = None
    planned: pace.Progress | None = None
    seasonal: pace.Progress | None = None


def _paces(
    figure: Figure,
    goals: Sequence[Goal],
    plan: Months,
    through: Month,
    history: Mapping[int, Months],
) -> Paces:
    top = goals[-1].value if goals else Decimal(0)
    actual = paid_up(figure, through)
    if top <= 0 or actual is None:
        return Paces()
    month = through.number
    shares = pace.seasonal_shares(history) if history else None
    return Paces(
        linear=pace.progress(actual, top, month),
        planned=pace.progress(actual, top, month, plan=plan) if plan else None,
        seasonal=pace.progress(actual, top, month, shares=shares) if shares else None,
    )


def plan_of(goals: Sequence[Goal], all_goals: Sequence[Goal]) -> list[Decimal | None]:
    """The cumulative plan by month of the highest of `goals`; empty where there is none."""
    if not goals:
        return []
    top = goals[-1].row
    months = {
        goal.row.month: goal.value
        for goal in all_goals
        if goal.row.indicator_id == top.indicator_id
        and goal.tier == top.tier
        and goal.row.unit_id == top.unit_id
    }
    return [months.get(month) for month in range(1, 13)] if len(months) > 1 else []


def months_of(figure: Figure, through: Month) -> list[Decimal | None]:
    """The twelve months of a figure's year; those after `through` are open."""
    year = figure.query.period.start.year
    months = [Month(year, number) for number in range(1, 13)]
    return [figure.months.get(month) if month <= through else None for month in months]


def history_of(figure: Figure) -> dict[int, list[Decimal | None]]:
    """A figure over several years, as twelve months for each year that has any."""
    result: dict[int, list[Decimal | None]] = {}
    for month, value in figure.months.items():
        result.setdefault(month.year, [None] * 12)[month.number - 1] = value
    return result


def paid_up(figure: Figure, through: Month | None) -> Decimal | None:
    """The sum of the months that have ended."""
    known = [value for month, value in figure.months.items() if through and month <= through]
    return sum(known, Decimal(0)) if known else None


def trend(figure: Figure) -> list[Decimal | None]:
    """The months of the period up to the last one with data, for a sparkline."""
    through = figure.through
    if through is None:
        return []
    return [figure.months.get(month) for month in figure.query.period.until(through).months()]


def _percent(projection: pace.Projection | None, value: Decimal) -> Decimal | None:
    chance = projection.probability(value) if projection else None
    return None if chance is None else chance * 100


def _bar(
    figure: Figure,
    goals: Sequence[Goal],
    paces: Paces,
    projection: pace.Projection | None,
) -> PaceBar:
    top = goals[-1].value if goals else Decimal(0)
    lasting = figure.definition.form in LASTING or figure.definition.form not in POSTED
    bracket = None
    if projection and projection.low is not None and projection.high is not None:
        bracket = Projection(projection.low, projection.point, projection.high)
    return PaceBar(
        label=figure.indicator.name,
        unit=figure.unit,
        recognised=figure.value,
        pending=None if lasting else figure.pending,
        tiers=tuple(Tier(goal.tier_name, goal.value) for goal in goals),
        linear=_asked(paces.linear, top),
        seasonal=_asked(paces.seasonal, top),
        projection=bracket,
    )


def _asked(progress: pace.Progress | None, top: Decimal) -> Decimal | None:
    """The amount that a pace asks for by now."""
    if progress is None or progress.expected is None:
        return None
    return top * progress.expected / 100
