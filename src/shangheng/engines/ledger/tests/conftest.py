"""A small bureau with its ledger: units, people, and short ways to post."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.line import Line
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.figures import figure
from shangheng.engines.ledger.services.posting import post

HOME = settings.HOME_AREA
Record = Callable[..., Posting]


def on(day: str) -> datetime:
    """Noon of a day, in the bureau's time."""
    return timezone.make_aware(datetime.fromisoformat(f"{day}T12:00"))


def line(indicator: str, value: str, day: str, unit: OrgUnit, **more: Any) -> Line:
    """One fact, in the indicator's own unit of measure."""
    definition = catalogue.definition(indicator, date.fromisoformat(day))
    fields = {"area": HOME, "unit_of_measure": definition.unit, **more}
    return Line(
        indicator, unit.pk, value=Decimal(value), occurred_on=date.fromisoformat(day), **fields
    )


def ask(indicator: str, period: str, known: str, **more: Any) -> Figure:
    """A figure as known at noon of a day."""
    query = Query(indicator, Period.parse(period), more.pop("area", HOME), **more)
    return figure(query, known_at=on(known))


@pytest.fixture
def bureau(db: None) -> OrgUnit:
    return OrgUnit.objects.create(code="swj", name="商务局")


@pytest.fixture
def park(bureau: OrgUnit) -> OrgUnit:
    return OrgUnit.objects.create(code="bsb", name="保税办", parent=bureau)


@pytest.fixture
def clerk(bureau: OrgUnit) -> User:
    return User.objects.create(username="clerk", display_name="统计员小吴", unit=bureau)


@pytest.fixture
def record(clerk: User, bureau: OrgUnit) -> Callable[..., Posting]:
    """Post one fact as known at noon of a day, or at an instant; gives the posting."""

    def record(indicator: str, value: str, day: str, known: str | datetime, **more: Any) -> Posting:
        unit = more.pop("unit", bureau)
        lines = [line(indicator, value, day, unit, **more)]
        at = on(known) if isinstance(known, str) else known
        entry = post(actor=clerk, at=at, lines=lines, source="测试")
        return entry.postings.get()

    return record
