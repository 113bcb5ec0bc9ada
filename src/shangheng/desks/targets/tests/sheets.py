"""The trade of 2020 and 2021 and a sheet for 2022, as the tests of target sheets need them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.targets.domain.sheets import PointDraft, Wanted
from shangheng.desks.targets.models import GrowthPoint
from shangheng.desks.targets.selectors.sheets import SheetRow, sheet_page
from shangheng.desks.targets.services.sheet_tiers import set_tiers
from shangheng.desks.targets.services.sheets import add_growth_point, open_draft
from shangheng.desks.targets.tests.desk import post
from shangheng.engines.ledger.models import Target, TargetSheet

TRADE = "trade.total"  # 亿元, counts at once
FDI = "foreign.fdi"  # 亿美元
OCTOBER = "2021-10-15"  # when 163.9 was known, January to September
LATER = "2022-01-10"


def noon(day: str) -> datetime:
    """Noon of a day, in the bureau's time."""
    return timezone.make_aware(datetime.fromisoformat(f"{day}T12:00"))


def post_trade(actor: User, unit: OrgUnit) -> None:
    """187.13 for 2020; 163.9 to September 2021 and 53.18 more in December: 217.08."""
    for value, day in (("187.13", "2020-12-31"), ("163.9", "2021-09-30"), ("53.18", "2021-12-31")):
        post(actor, value, day, unit, indicator=TRADE)


def draft(actor: User, year: int = 2022, day: str = LATER) -> TargetSheet:
    """An empty draft."""
    return open_draft(actor=actor, at=noon(day), year=year, source="区委经济工作会议")


def wanted(value: str = "", growth: str = "") -> Wanted:
    """What is typed for a tier."""
    return Wanted(Decimal(value) if value else None, Decimal(growth) if growth else None)


def set_trade(actor: User, sheet: TargetSheet, base: str = LATER, **tiers: Wanted) -> int:
    """Set tiers of trade on the base as known at noon of a day."""
    return set_tiers(
        actor=actor,
        at=noon(LATER),
        sheet=sheet,
        indicator=TRADE,
        wanted=tiers,
        base_known_at=noon(base),
    )


def trade_row(sheet: TargetSheet, day: str = LATER) -> SheetRow:
    """Trade on a sheet, as known at noon of a day."""
    return sheet_page(sheet, known_at=noon(day)).row(TRADE)


def value_of(sheet: TargetSheet, tier: str, **which: Any) -> Decimal | None:
    """A target of trade in 亿元; None where there is none."""
    key = {"unit": None, "month": 12, "area": settings.HOME_AREA, **which}
    row = Target.objects.filter(sheet=sheet, indicator__code=TRADE, tier=tier, **key).first()
    return None if row is None else Decimal(row.amount).scaleb(-10)


def point(**more: Any) -> PointDraft:
    """名创优品: 0.1 亿美元 by April with 80 %."""
    fields: dict[str, Any] = {
        "name": "名创优品",
        "due_on": date(2022, 4, 30),
        "low": Decimal("0.1"),
        "high": Decimal("0.1"),
        "unit": "亿美元",
        "probability": Decimal(80),
        **more,
    }
    return PointDraft(**fields)


def add_point(actor: User, sheet: TargetSheet, indicator: str = FDI, **more: Any) -> GrowthPoint:
    """Add a growth point to a draft."""
    return add_growth_point(
        actor=actor, at=noon(LATER), sheet=sheet, indicator=indicator, point=point(**more)
    )
