"""Targets in force, and how each stands to the base that it was computed from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.indicator import Definition
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.targets import BaseCheck, check_base
from shangheng.engines.ledger.models import Target, TargetSheet
from shangheng.engines.ledger.selectors.figures import answer
from shangheng.methods.wording import named


@dataclass(frozen=True)
class Goal:
    """A target with its value in the indicator's unit and its base as known now."""

    row: Target
    tier: str
    tier_zh: str
    tier_en: str
    order: int
    definition: Definition
    value: Decimal
    remembered: Decimal | None
    base_now: Figure | None

    @property
    def tier_name(self) -> str:
        """The name of the tier in the reader's language; a document takes `tier_zh`."""
        return named(self.tier_zh, self.tier_en)

    @cached_property
    def base_check(self) -> BaseCheck | None:
        """The target held against its base; None where it was not computed from one."""
        if self.remembered is None:
            return None
        return check_base(
            value=self.value,
            growth=self.row.growth,
            remembered=self.remembered,
            now=self.base_now.value if self.base_now else None,
        )

    @property
    def stale(self) -> bool:
        """Whether the base has moved since the target was set."""
        return self.base_check is not None and self.base_check.moved


def sheet_in_force(year: int, *, known_at: datetime) -> TargetSheet | None:
    """The version of a year's targets that was signed last, as known at an instant."""
    return (
        TargetSheet.objects.filter(year=year, signed_at__lte=known_at).order_by("-number").first()
    )


def rows_of(sheet: TargetSheet | None, *, area: str) -> list[Target]:
    """The targets of a sheet for an area."""
    if sheet is None:
        return []
    return list(sheet.targets.filter(area=area).select_related("indicator", "unit", "sheet"))


def rows_in_force(
    years: Iterable[int], *, area: str, known_at: datetime
) -> dict[int, list[Target]]:
    """The targets of several years for an area, each from the version that was signed last."""
    found: dict[int, list[Target]] = {year: [] for year in years}
    rows = Target.objects.filter(
        area=area, sheet__year__in=list(found), sheet__signed_at__lte=known_at
    ).select_related("indicator", "unit", "sheet")
    for row in rows.order_by("sheet__number", "pk"):
        kept = found[row.sheet.year]
        if kept and kept[0].sheet_id != row.sheet_id:
            kept.clear()
        kept.append(row)
    return found


def base_queries(rows: Iterable[Target]) -> list[Query]:
    """What to ask to see whether the bases of targets have moved."""
    return [query for row in rows if (query := _base_query(row)) is not None]


def goals_of(rows: Iterable[Target], answers: Mapping[Query, Figure]) -> list[Goal]:
    """Targets by indicator and tier, each with its base among `answers`."""
    found = [_goal(row, answers) for row in rows]
    return sorted(found, key=lambda g: (g.row.indicator.code, g.row.month, g.order))


def goals(sheet: TargetSheet | None, *, area: str, known_at: datetime) -> list[Goal]:
    """The targets of a sheet for an area, each with its base as known at an instant."""
    rows = rows_of(sheet, area=area)
    return goals_of(rows, answer(base_queries(rows), known_at=known_at))


def year_goals(all_goals: Iterable[Goal], indicator: str, *, unit: int | None = None) -> list[Goal]:
    """The full-year tiers of one indicator, lowest value first."""
    found = [
        goal
        for goal in all_goals
        if goal.row.indicator.code == indicator
        and goal.row.month == 12
        and goal.row.unit_id == unit
    ]
    return sorted(found, key=lambda goal: goal.value)


def _base_query(row: Target) -> Query | None:
    if not row.base_period:
        return None
    units = frozenset({row.unit_id}) if row.unit_id else None
    return Query(row.indicator.code, Period.parse(row.base_period), row.area, units)


def _goal(row: Target, answers: Mapping[Query, Figure]) -> Goal:
    base = _base_query(row)
    definition = catalogue.definition(row.indicator.code, Period.year(row.sheet.year).end.last)
    unit = catalogue.unit_of(definition)
    tier = next(t for t in catalogue.tiers() if t["code"] == row.tier)
    return Goal(
        row=row,
        tier=row.tier,
        tier_zh=tier["zh"],
        tier_en=tier["en"],
        order=tier["order"],
        definition=definition,
        value=unit.from_minor(row.amount),
        remembered=None if row.base_amount is None else unit.from_minor(row.base_amount),
        base_now=answers.get(base) if base else None,
    )
