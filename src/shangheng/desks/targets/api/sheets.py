"""Operations: target sheets, read."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.api.fields import Key, Number
from shangheng.core.api.own.accounts import UnitBrief, unit_brief
from shangheng.core.api.paging import Page, Paging, paged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.targets.models import GrowthPoint
from shangheng.desks.targets.selectors.sheet_list import SheetLine, sheet_lines
from shangheng.desks.targets.services.sheets import measure_of
from shangheng.desks.targets.sheet_access import access_sheet
from shangheng.engines.ledger.domain.units import Unit
from shangheng.engines.ledger.models import TargetSheet
from shangheng.engines.ledger.selectors.figures import answer
from shangheng.engines.ledger.selectors.targets import Goal, base_queries, goals_of, rows_of

router = Router(tags=["targets"])


class SheetFilters(Paging):
    """Which sheets."""

    year: int | None = Field(None, ge=1950, le=2200)
    state: Literal["", "draft", "signed"] = ""


class SheetBrief(Schema):
    """One version of a year's targets, and what the ledger has since done to its bases."""

    id: int
    year: int
    number: int
    state: str
    source: str
    created_by: str
    created_at: datetime
    signed_by: str | None
    signed_at: datetime | None
    sample: bool


class SheetLineOut(SheetBrief):
    """A sheet in the list."""

    targets: int
    based: int = Field(description=_("有基数的目标数。"))
    stale: int = Field(description=_("基数已变的目标数。"))


class TargetOut(Schema):
    """One tier of one indicator, held against the base that it was computed from."""

    indicator: str
    unit: UnitBrief | None = Field(description=_("null 即全区。"))
    tier: str
    tier_name: str
    month: int = Field(description=_("累计至几月；12 即全年。"))
    value: Number
    unit_of_measure: str
    growth: Number | None
    base: Number | None = Field(description=_("设定时的基数。"))
    base_now: Number | None = Field(description=_("基数现值。"))
    stale: bool


class PointOut(Schema):
    """A posting to come that the sheet counts on."""

    id: int
    indicator: str
    name: str
    due_on: date
    low: Number
    high: Number
    unit_of_measure: str
    probability: Number = Field(description=_("到年底能够实现的概率，以%计。"))
    note: str
    source: str


class SheetOut(SheetBrief):
    """A sheet with its targets and growth points."""

    targets: list[TargetOut]
    points: list[PointOut]


@router.get("sheets", response=Page[SheetLineOut], summary=_("目标表"))
@permission_required("targets.view")
def list_sheets(
    request: HttpRequest, response: HttpResponse, filters: Query[SheetFilters]
) -> dict[str, object]:
    """Every version of every year, the latest first."""
    rows = TargetSheet.objects.select_related("created_by", "signed_by")
    if filters.year is not None:
        rows = rows.filter(year=filters.year)
    if filters.state:
        rows = rows.filter(state=filters.state)
    rows = rows.order_by("-year", "-number")
    return paged(request, response, rows, filters, _lines)


@router.get("sheets/{int:pk}", response=SheetOut, summary=_("一张目标表"))
@permission_required("targets.view")
def get_sheet(request: HttpRequest, pk: Key) -> SheetOut:
    """A sheet with its targets."""
    return sheet_out(access_sheet(actor=person_of(request), pk=pk))


def sheet_out(sheet: TargetSheet) -> SheetOut:
    """A sheet by itself."""
    rows = rows_of(sheet, area=settings.HOME_AREA)
    goals = goals_of(rows, answer(base_queries(rows), known_at=timezone.now()))
    points = GrowthPoint.objects.filter(sheet=sheet).select_related("indicator")
    return SheetOut(
        **_brief(sheet),
        targets=[_target(goal) for goal in goals],
        points=[
            _point(row, measure_of(sheet, row.indicator.code)) for row in points.order_by("pk")
        ],
    )


def _lines(rows: Iterable[TargetSheet]) -> list[SheetLineOut]:
    return [_line(line) for line in sheet_lines(rows, known_at=timezone.now())]


def _line(line: SheetLine) -> SheetLineOut:
    return SheetLineOut(
        **_brief(line.sheet), targets=line.targets, based=line.based, stale=line.stale
    )


def _brief(sheet: TargetSheet) -> dict[str, Any]:
    return {
        "id": sheet.pk,
        "year": sheet.year,
        "number": sheet.number,
        "state": sheet.state,
        "source": sheet.source,
        "created_by": sheet.created_by.display_name,
        "created_at": sheet.created_at,
        "signed_by": sheet.signed_by.display_name if sheet.signed_by else None,
        "signed_at": sheet.signed_at,
        "sample": sheet.is_sample,
    }


def _point(row: GrowthPoint, measure: Unit) -> PointOut:
    return PointOut(
        id=row.pk,
        indicator=row.indicator.code,
        name=row.name,
        due_on=row.due_on,
        low=measure.from_minor(row.low_amount),
        high=measure.from_minor(row.high_amount),
        unit_of_measure=measure.code,
        probability=row.probability,
        note=row.note,
        source=row.source,
    )


def _target(goal: Goal) -> TargetOut:
    row = goal.row
    return TargetOut(
        indicator=row.indicator.code,
        unit=unit_brief(row.unit) if row.unit else None,
        tier=goal.tier,
        tier_name=goal.tier_name,
        month=row.month,
        value=goal.value,
        unit_of_measure=goal.definition.unit,
        growth=row.growth,
        base=goal.remembered,
        base_now=goal.base_now.value if goal.base_now else None,
        stale=goal.stale,
    )
