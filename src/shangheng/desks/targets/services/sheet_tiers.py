"""Setting the tiers of a target sheet: for the whole, by unit, by month, on a base that moved."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit.conflicts import hold
from shangheng.desks.targets.domain.sheets import MONTHS, SheetRefused, Wanted, check_plan
from shangheng.desks.targets.selectors.sheet_bases import base_from, last_year_figure
from shangheng.desks.targets.selectors.sheets import sheet_page
from shangheng.desks.targets.sheet_access import may_propose, must
from shangheng.desks.targets.sheet_versions import acts_on_parts, acts_on_plan, acts_on_tiers
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.targets import TargetRefused
from shangheng.engines.ledger.domain.units import Unit
from shangheng.engines.ledger.models import Target, TargetSheet
from shangheng.engines.ledger.selectors.targets import Goal
from shangheng.engines.ledger.services import targets as ledger


@transaction.atomic
def set_tiers(
    *,
    actor: User,
    at: datetime,
    sheet: TargetSheet,
    indicator: str,
    wanted: Mapping[str, Wanted],
    base_known_at: datetime,
    unit: OrgUnit | None = None,
    seen: int | None = None,
) -> int:
    """Set the tiers of an indicator (by code) on last year's figure as known at an instant.

    A tier that stays as it was keeps the base that it remembers; one left empty is taken out with
    its parts. `seen` is the number of the last act on the tiers that was known. Gives the number of
    tiers changed. Raises StaleEdit, SheetRefused by tier, changing nothing.
    """
    must(may_propose(actor, unit))
    hold(acts_on_tiers(sheet, indicator), None, seen=seen)
    figure = last_year_figure(sheet, indicator, unit=unit, known_at=base_known_at)
    base = base_from(figure)
    held = {row.tier: row for row in _rows(sheet, indicator).filter(unit=unit, month=MONTHS)}
    errors: dict[str, str] = {}
    changed = 0
    for tier, entry in wanted.items():
        row = held.get(tier)
        if entry.empty and row is not None:
            changed += _withdraw(actor, at, row)
        if entry.empty or (row is not None and _same(row, entry, has_base=base is not None)):
            continue
        try:
            ledger.propose(
                actor=actor,
                at=at,
                sheet=sheet,
                indicator=indicator,
                tier=tier,
                area=settings.HOME_AREA,
                value=entry.value,
                growth=entry.growth,
                base=base,
                unit=unit,
            )
            changed += 1
        except TargetRefused as error:
            errors[tier] = str(error)
    if errors:
        raise SheetRefused(errors)
    return changed


@transaction.atomic
def set_units(
    *,
    actor: User,
    at: datetime,
    sheet: TargetSheet,
    indicator: str,
    wanted: Mapping[OrgUnit, Mapping[str, Decimal | None]],
    seen: int | None = None,
) -> int:
    """Share an indicator's tiers out among units, in its unit of measure; None takes one out.

    `seen` is the number of the last act on the indicator that was known. Gives the number of values
    changed. Raises StaleEdit, SheetRefused by “unit key-tier”.
    """
    hold(acts_on_parts(sheet, indicator), None, seen=seen)
    errors: dict[str, str] = {}
    changed = 0
    for unit, tiers in wanted.items():
        try:
            changed += set_tiers(
                actor=actor,
                at=at,
                sheet=sheet,
                indicator=indicator,
                wanted={tier: Wanted(value) for tier, value in tiers.items()},
                base_known_at=at,
                unit=unit,
            )
        except SheetRefused as error:
            errors |= {f"{unit.pk}-{tier}": words for tier, words in error.errors.items()}
    if errors:
        raise SheetRefused(errors)
    return changed


@transaction.atomic
def plan_months(
    *,
    actor: User,
    at: datetime,
    sheet: TargetSheet,
    indicator: str,
    tier: str,
    months: Mapping[int, Decimal],
    seen: int | None = None,
) -> int:
    """Set the cumulative monthly plan of a tier; months that are left out have none.

    `seen` is the number of the last act on the tier that was known. Gives the number of months
    changed. Raises StaleEdit, SheetRefused by month.
    """
    must(may_propose(actor))
    hold(acts_on_plan(sheet, indicator, tier), None, seen=seen)
    rows = {row.month: row for row in _rows(sheet, indicator).filter(unit=None, tier=tier)}
    measure = _measure(sheet, indicator)
    if MONTHS not in rows:
        raise SheetRefused(_("这一档还没有全年目标，请先填写"))
    check_plan(months, measure.from_minor(rows[MONTHS].amount))
    changed = 0
    for month in range(1, MONTHS):
        row, value = rows.get(month), months.get(month)
        if row is not None and value is None:
            ledger.withdraw_target(actor=actor, at=at, target=row)
        elif value is not None and (row is None or measure.from_minor(row.amount) != value):
            _propose_month(actor, at, sheet, indicator, tier, month, value)
        else:
            continue
        changed += 1
    return changed


@transaction.atomic
def recompute(*, actor: User, at: datetime, sheet: TargetSheet, indicator: str) -> list[Target]:
    """Set every tier of an indicator whose base has moved anew on the base as known at `at`.

    Growth is kept and the value computed from it; a tier without growth keeps its value. Raises
    SheetRefused when no base has moved.
    """
    page = sheet_page(sheet, known_at=at)
    stale = [goal for goal in page.goals if goal.row.indicator.code == indicator and goal.stale]
    if not stale:
        raise SheetRefused(_("这项指标的基数没有变化，不需要重算"))
    return [_rebased(actor, at, sheet, goal) for goal in stale]


def _rows(sheet: TargetSheet, indicator: str) -> QuerySet[Target]:
    return Target.objects.filter(
        sheet=sheet, indicator__code=indicator, area=settings.HOME_AREA
    ).select_related("indicator", "sheet")


def _measure(sheet: TargetSheet, indicator: str) -> Unit:
    day = Period.year(sheet.year).end.last
    return catalogue.unit_of(catalogue.definition(indicator, day))


def _same(row: Target, entry: Wanted, *, has_base: bool) -> bool:
    value = _measure(row.sheet, row.indicator.code).from_minor(row.amount)
    kept_base = row.base_amount is not None or not has_base
    return kept_base and value == entry.value and row.growth == entry.growth


def _withdraw(actor: User, at: datetime, row: Target) -> int:
    """Take a tier out, and with the tier of the whole its months and its parts by unit."""
    rows = _rows(row.sheet, row.indicator.code).filter(tier=row.tier)
    for part in rows if row.unit_id is None else [row]:
        ledger.withdraw_target(actor=actor, at=at, target=part)
    return 1


def _propose_month(
    actor: User,
    at: datetime,
    sheet: TargetSheet,
    indicator: str,
    tier: str,
    month: int,
    value: Decimal,
) -> None:
    try:
        ledger.propose(
            actor=actor,
            at=at,
            sheet=sheet,
            indicator=indicator,
            tier=tier,
            area=settings.HOME_AREA,
            value=value,
            month=month,
        )
    except TargetRefused as error:
        raise SheetRefused({str(month): str(error)}) from error


def _rebased(actor: User, at: datetime, sheet: TargetSheet, goal: Goal) -> Target:
    base = base_from(goal.base_now)
    try:
        return ledger.propose(
            actor=actor,
            at=at,
            sheet=sheet,
            indicator=goal.row.indicator.code,
            tier=goal.tier,
            area=goal.row.area,
            value=goal.value if goal.row.growth is None else None,
            growth=goal.row.growth,
            base=base,
            unit=goal.row.unit,
        )
    except TargetRefused as error:
        raise SheetRefused({goal.tier: str(error)}) from error
