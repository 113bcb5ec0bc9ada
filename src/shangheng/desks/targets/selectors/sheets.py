"""One target sheet, held against the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.conf import settings

from shangheng.desks.targets.domain.sheets import MONTHS
from shangheng.desks.targets.domain.what_if import Organic, Outcome, Point, what_if
from shangheng.desks.targets.models import AcceptedBase, GrowthPoint
from shangheng.desks.targets.selectors.sheet_bases import grows, is_whole_year
from shangheng.desks.targets.selectors.standing import PACED, history_of, months_of
from shangheng.desks.targets.sheet_words import tier_word
from shangheng.desks.targets.words import name_of
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.indicator import Definition, Indicator
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.targets import growth_percent
from shangheng.engines.ledger.expectations import offers
from shangheng.engines.ledger.models import Target, TargetSheet
from shangheng.engines.ledger.selectors.figures import answer
from shangheng.engines.ledger.selectors.targets import (
    Goal,
    base_queries,
    goals_of,
    rows_of,
    sheet_in_force,
)
from shangheng.methods import pace

PAST_YEARS = 10
PACE_YEARS = 5


@dataclass(frozen=True)
class PointLine:
    """A growth point with its amounts in the indicator's unit."""

    row: GrowthPoint
    definition: Definition
    low: Decimal
    high: Decimal

    @property
    def point(self) -> Point:
        """For a what-if."""
        return Point(self.row.name, self.low, self.high, self.row.probability)


@dataclass(frozen=True)
class TierCell:
    """One tier of one indicator: growth on the year before and the chance, both in percent."""

    goal: Goal
    growth_now: Decimal | None = None
    chance: Decimal | None = None
    planned: bool = False

    @property
    def name(self) -> str:
        """The name of the tier."""
        return tier_word(self.goal.tier)

    @property
    def places(self) -> int:
        """Printed decimals: those of the indicator, or more where more were typed."""
        exponent = self.goal.value.as_tuple().exponent
        typed = -exponent if isinstance(exponent, int) else 0
        return max(self.goal.definition.decimals, typed)

    @property
    def changed(self) -> bool:
        """Whether the growth that was set is no longer the growth that it is."""
        return self.goal.stale and self.goal.row.growth is not None


@dataclass(frozen=True)
class UnitGap:
    """A tier whose parts by unit do not add up to the whole."""

    goal: Goal
    parts: Decimal

    @property
    def name(self) -> str:
        """The name of the tier."""
        return tier_word(self.goal.tier)

    @property
    def gap(self) -> Decimal:
        """Parts over the whole."""
        return self.parts - self.goal.value


@dataclass(frozen=True)
class SheetRow:
    """One indicator of a sheet: the year before, its targets, and what they rest on."""

    indicator: Indicator
    definition: Definition
    actual: Figure
    year_end: pace.Projection | None
    cells: tuple[TierCell | None, ...]
    goals: tuple[Goal, ...]
    parts: tuple[Goal, ...]
    last: tuple[TierCell, ...]
    points: tuple[PointLine, ...]
    growths: tuple[tuple[int, Decimal], ...]
    gaps: tuple[UnitGap, ...]

    @property
    def name(self) -> str:
        """The name of the indicator."""
        return name_of(self.indicator)

    @property
    def tiers(self) -> list[TierCell]:
        """The tiers that are set."""
        return [cell for cell in self.cells if cell]

    @property
    def base(self) -> Decimal | None:
        """What the coming year grows from: the year before or, while it runs, its projected end."""
        return self.year_end.point if self.year_end else self.actual.value

    @property
    def stale(self) -> tuple[Goal, ...]:
        """Targets, of the whole or of units, whose base has moved."""
        return tuple(goal for goal in (*self.goals, *self.parts) if goal.stale)

    @property
    def organic(self) -> Organic | None:
        """Organic growth as the past tells it; None where the past is too short."""
        return Organic.learnt([percent for _year, percent in self.growths])

    @property
    def can_be_tried(self) -> bool:
        """Whether a what-if has something to grow from."""
        return grows(self.actual) and self.base is not None and self.base > 0

    @property
    def is_expected(self) -> bool:
        """Whether a desk offers growth points of it."""
        return bool(offers(self.indicator.code))


@dataclass(frozen=True)
class SheetPage:
    """A sheet, as known at an instant."""

    sheet: TargetSheet
    known_at: datetime
    tiers: tuple[Mapping[str, str], ...]
    rows: tuple[SheetRow, ...]
    goals: tuple[Goal, ...]
    accepted: tuple[AcceptedBase, ...]

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.sheet.state == TargetSheet.DRAFT

    @property
    def stale(self) -> int:
        """How many targets stand on a base that has moved."""
        return sum(goal.stale for goal in self.goals)

    @property
    def is_based(self) -> bool:
        """Whether any target remembers a base."""
        return any(goal.remembered is not None for goal in self.goals)

    @cached_property
    def points(self) -> tuple[PointLine, ...]:
        """Every growth point."""
        return tuple(line for row in self.rows for line in row.points)

    @property
    def absent(self) -> list[tuple[str, str]]:
        """Code and name of the indicators of the catalogue that are not in this sheet."""
        present = {row.indicator.code for row in self.rows}
        every = catalogue.indicators().items()
        return [(code, name_of(item)) for code, item in every if code not in present]

    def row(self, code: str) -> SheetRow:
        """The row of an indicator. Raises KeyError."""
        return {row.indicator.code: row for row in self.rows}[code]


def sheet_page(sheet: TargetSheet, *, known_at: datetime, also: str = "") -> SheetPage:
    """A sheet held against the ledger as known at an instant; `also` adds an indicator by code.

    Raises UnknownIndicator.
    """
    area, year = settings.HOME_AREA, sheet.year
    rows = rows_of(sheet, area=area)
    last = rows_of(sheet_in_force(year - 1, known_at=known_at), area=area)
    points = _points(sheet)
    codes = _codes(rows, points, also)
    years = [Period.year(year - back) for back in range(1, PAST_YEARS + 1)]
    totals = {code: [Query(code, span, area) for span in years] for code in codes}
    asked = [query for queries in totals.values() for query in queries]
    answers = answer([*base_queries(rows), *asked], known_at=known_at)
    goals = goals_of(rows, answers)
    tiers = _tiers(goals)
    ends = _year_ends([answers[queries[0]] for queries in totals.values()], known_at)
    past_goals = goals_of(last, {})
    found = tuple(
        _row(code, [answers[q] for q in totals[code]], goals, past_goals, points, tiers, ends)
        for code in codes
    )
    accepted = AcceptedBase.objects.filter(sheet=sheet).select_related("indicator", "accepted_by")
    return SheetPage(sheet, known_at, tuple(tiers), found, tuple(goals), tuple(accepted))


def try_out(
    row: SheetRow, organic: Organic, points: Sequence[Point], goals: Sequence[Goal]
) -> Outcome | None:
    """The coming year of an indicator; None where there is nothing to grow from."""
    if not row.can_be_tried or row.base is None:
        return None
    values = [goal.value for goal in goals]
    return what_if(row.base, organic, points, values, polarity=row.indicator.polarity)


def _row(
    code: str,
    years: Sequence[Figure],
    goals: Sequence[Goal],
    last: Sequence[Goal],
    points: Sequence[GrowthPoint],
    tiers: Sequence[Mapping[str, str]],
    ends: Mapping[str, pace.Projection],
) -> SheetRow:
    actual = years[0]
    mine = [goal for goal in goals if goal.row.indicator.code == code]
    whole = tuple(goal for goal in mine if is_whole(goal.row))
    parts = tuple(goal for goal in mine if goal.row.unit_id and goal.row.month == MONTHS)
    planned = {goal.tier for goal in mine if goal.row.month != MONTHS}
    row = SheetRow(
        indicator=actual.indicator,
        definition=actual.definition,
        actual=actual,
        year_end=ends.get(code),
        cells=(),
        goals=whole,
        parts=parts,
        last=tuple(TierCell(g) for g in last if g.row.indicator.code == code and is_whole(g.row)),
        points=tuple(_line(p, actual.definition) for p in points if p.indicator.code == code),
        growths=_growths(years),
        gaps=_gaps(whole, parts),
    )
    organic = row.organic
    outcome = try_out(row, organic, [p.point for p in row.points], whole) if organic else None
    chances = dict(zip([g.tier for g in whole], outcome.chances if outcome else (), strict=False))
    by_tier = {goal.tier: goal for goal in whole}
    cells = tuple(
        TierCell(
            by_tier[tier["code"]],
            _growth_now(by_tier[tier["code"]], actual),
            chances.get(tier["code"]),
            tier["code"] in planned,
        )
        if tier["code"] in by_tier
        else None
        for tier in tiers
    )
    return replace(row, cells=cells)


def _growth_now(goal: Goal, actual: Figure) -> Decimal | None:
    if not grows(actual) or actual.value is None:
        return None
    return growth_percent(goal.value, actual.value)


def _growths(years: Sequence[Figure]) -> tuple[tuple[int, Decimal], ...]:
    """Annual growths in percent, oldest first; only of whole years."""
    return tuple(
        (figure.query.period.start.year, figure.growth.percent)
        for figure in reversed(years)
        if figure.growth.percent is not None and is_whole_year(figure)
    )


def _gaps(whole: Sequence[Goal], parts: Sequence[Goal]) -> tuple[UnitGap, ...]:
    sums: dict[str, Decimal] = {}
    for part in parts:
        sums[part.tier] = sums.get(part.tier, Decimal(0)) + part.value
    return tuple(
        UnitGap(goal, sums[goal.tier])
        for goal in whole
        if goal.tier in sums and sums[goal.tier] != goal.value
    )


def _year_ends(actuals: Sequence[Figure], known_at: datetime) -> dict[str, pace.Projection]:
    """The projected end of the year before, where it still runs."""
    running = [f for f in actuals if f.definition.form in PACED and f.growth.through]
    running = [figure for figure in running if not is_whole_year(figure)]
    if not running:
        return {}
    year = running[0].query.period.start.year
    span = Period(Month(year - PACE_YEARS, 1), Month(year - 1, MONTHS))
    asked = {f.indicator.code: Query(f.indicator.code, span, f.query.area) for f in running}
    past = answer(asked.values(), known_at=known_at)
    ends = {}
    for figure in running:
        history = history_of(past[asked[figure.indicator.code]])
        through = figure.growth.through
        end = pace.project(months_of(figure, through), history) if through else None
        if end is not None:
            ends[figure.indicator.code] = end
    return ends


def _points(sheet: TargetSheet) -> list[GrowthPoint]:
    points = GrowthPoint.objects.filter(sheet=sheet).select_related("indicator")
    return list(points.order_by("due_on", "pk"))


def _line(point: GrowthPoint, definition: Definition) -> PointLine:
    unit = catalogue.unit_of(definition)
    low, high = unit.from_minor(point.low_amount), unit.from_minor(point.high_amount)
    return PointLine(point, definition, low, high)


def _codes(rows: Iterable[Target], points: Iterable[GrowthPoint], also: str) -> list[str]:
    """The indicators of a sheet, in the order of the catalogue."""
    wanted = {row.indicator.code for row in rows} | {point.indicator.code for point in points}
    if also:
        wanted.add(catalogue.indicator(also).code)
    return [code for code in catalogue.indicators() if code in wanted]


def _tiers(goals: Iterable[Goal]) -> list[Mapping[str, str]]:
    """The tiers that a sheet uses, lowest first."""
    used = {goal.tier for goal in goals}
    return [tier for tier in catalogue.tiers() if tier["code"] in used]


def is_whole(row: Target) -> bool:
    """Whether it is a target of the whole, for the whole year."""
    return row.unit_id is None and row.month == MONTHS
