"""The cockpit: the year's indicators at a glance, each with where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from shangheng.desks.targets.selectors.comparison import Comparison, comparators, compare
from shangheng.desks.targets.selectors.shown import GrowthFigure, MarkedFigure
from shangheng.desks.targets.selectors.standing import (
    PACED,
    Standing,
    history_of,
    plan_of,
    standing,
    trend,
)
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.indicator import Form, Indicator
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.selectors.conflicts import Conflict, ConflictFinder
from shangheng.engines.ledger.selectors.figures import answer
from shangheng.engines.ledger.selectors.targets import Goal, year_goals
from shangheng.methods.wording import named

PAST_YEARS = 5
FEWEST_MONTHS = 4


@dataclass(frozen=True)
class Row:
    """One indicator of the cockpit."""

    indicator: Indicator
    figure: Figure
    standing: Standing
    comparison: tuple[Comparison, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def shown(self) -> Figure | MarkedFigure:
        """The figure, with the mark of what contradicts it."""
        return MarkedFigure(self.figure) if self.conflicts else self.figure

    @property
    def growth(self) -> GrowthFigure | None:
        """Growth, for the forms that have one."""
        grows = self.figure.definition.form in {Form.FLOW, Form.COUNT, Form.STOCK}
        return GrowthFigure(self.figure) if grows else None

    @property
    def trend(self) -> list[Decimal | None]:
        """Month by month."""
        return trend(self.figure)

    @property
    def has_trend(self) -> bool:
        """Whether there are months enough to draw one."""
        return sum(value is not None for value in self.trend) >= FEWEST_MONTHS


@dataclass(frozen=True)
class Section:
    """A line of business with its rows."""

    code: str
    name: str
    about: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Cockpit:
    """The whole cockpit for a period, as known at an instant."""

    period: Period
    known_at: datetime
    sections: tuple[Section, ...]
    conflicts: tuple[Conflict, ...]
    headline: tuple[Row, ...] = field(default=())

    @property
    def rows(self) -> list[Row]:
        """Every row."""
        return [row for section in self.sections for row in section.rows]

    @property
    def known(self) -> int:
        """How many indicators have a value."""
        return sum(row.figure.value is not None for row in self.rows)

    @property
    def compared(self) -> bool:
        """Whether anything is known of other areas to compare with."""
        return any(row.comparison for row in self.rows)

    @property
    def columns(self) -> int:
        """How many columns the table has; that of comparisons comes only with something in it."""
        return 7 if self.compared else 6

    @property
    def with_target(self) -> list[Row]:
        """Rows with a target in force."""
        return [row for row in self.rows if row.standing.goals]

    @property
    def met(self) -> int:
        """How many of them have reached a tier."""
        return sum(row.standing.reached is not None for row in self.with_target)

    @property
    def short(self) -> list[Row]:
        """Rows with a target of which no tier is reached, headline first."""
        return [row for row in self.with_target if row.standing.reached is None]


def cockpit(period: Period, *, area: str, known_at: datetime) -> Cockpit:
    """Every indicator of the catalogue over a period, as known at an instant."""
    queries = [Query(code, period, area) for code in catalogue.indicators()]
    rows, contradictions = rows_for(queries, known_at=known_at)
    return Cockpit(
        period=period,
        known_at=known_at,
        sections=_sections(rows),
        conflicts=tuple(contradictions),
        headline=tuple(row for row in rows if row.indicator.headline),
    )


def rows_for(queries: Sequence[Query], *, known_at: datetime) -> tuple[list[Row], list[Conflict]]:
    """Rows for queries of one period and area, and all conflicts of its year, read together."""
    period, area = queries[0].period, queries[0].area
    finder = ConflictFinder(area, period.end.year, known_at=known_at)
    whole = period.start.number == 1 and period.start.year == period.end.year
    others = comparators(queries, known_at=known_at)
    past = _histories(queries, finder.targeted if whole else set())
    beside = [query for pair in others for query in pair]
    answers = answer([*queries, *beside, *past.values(), *finder.queries], known_at=known_at)
    contradictions = finder.found(answers)
    in_force = finder.goals(answers) if whole else []
    compared = compare(others, answers)
    history = {code: history_of(answers[query]) for code, query in past.items()}
    rows = [_row(answers[query], in_force, history, compared, contradictions) for query in queries]
    return rows, contradictions


def _histories(queries: Sequence[Query], targeted: set[str]) -> dict[str, Query]:
    """What to ask for the months of past years: of each paced indicator that has a target."""
    year = queries[0].period.start.year
    span = Period(Month(year - PAST_YEARS, 1), Month(year - 1, 12))
    return {
        query.indicator: Query(query.indicator, span, query.area)
        for query in queries
        if query.indicator in targeted
        and catalogue.definition(query.indicator, query.period.end.last).form in PACED
    }


def _row(
    figure: Figure,
    in_force: Sequence[Goal],
    past: Mapping[str, Mapping[int, Sequence[Decimal | None]]],
    compared: Sequence[Comparison],
    contradictions: Sequence[Conflict],
) -> Row:
    code = figure.indicator.code
    tiers = year_goals(in_force, code)
    return Row(
        indicator=figure.indicator,
        figure=figure,
        standing=standing(
            figure,
            tiers,
            plan=plan_of(tiers, in_force),
            through=figure.growth.through,
            history=past.get(code, {}),
        ),
        comparison=tuple(found for found in compared if found.other.indicator.code == code),
        conflicts=tuple(item for item in contradictions if code in item.indicators),
    )


def _sections(rows: Sequence[Row]) -> tuple[Section, ...]:
    return tuple(
        Section(
            section["code"],
            catalogue.name_of(section),
            named(section["about"], section["about_en"]),
            tuple(row for row in rows if row.indicator.section == section["code"]),
        )
        for section in catalogue.sections()
    )
