"""What the landing forecast offers to target sheets: money and starts that projects are expected to bring.

Amounts, chances and days are rounded as they are shown, so that what is taken up is what was read.
"""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shangheng.core.ui.templatetags.ui import day
from shangheng.desks.investment.domain.amounts import percent
from shangheng.desks.investment.models import Forecast, Outlook
from shangheng.desks.investment.selectors.forecast import latest, money_to_come, starts_to_come
from shangheng.engines.ledger.expectations import About, Expected, Told

STARTED = "investment.projects_started"
MOST = 50
"""Projects that are offered at most: those that bring most on average."""
CENT = Decimal("0.01")
"""The least that is told of money (亿元)."""
ONE = Decimal(1)


def money(about: About) -> Told:
    """Money in place, project by project, in 亿元."""
    forecast = latest(about.known_at)
    rows = money_to_come(about.actor, forecast, about.year)
    return _told(forecast, about, rows, [_payment(row) for row in rows[:MOST]])


def starts(about: About) -> Told:
    """Starts of projects under key follow-up, which alone the indicator counts."""
    forecast = latest(about.known_at)
    rows = starts_to_come(about.actor, forecast, about.year).filter(project__tracked=True)
    return _told(forecast, about, rows, [_start(row) for row in rows[:MOST]])


def project_page(key: str) -> str:
    """The page of the project that a key names."""
    return reverse("project", args=[int(key)])


def _payment(row: Outlook) -> Expected:
    """Money that comes is more than nothing: its least is told as no less than a hundredth."""
    low = max(round(row.low or Decimal(0), 2), CENT)
    high = max(round(row.high or Decimal(0), 2), low)
    assert row.due_on is not None  # noqa: S101 - what is asked for has one
    return Expected(
        str(row.project_id), row.project.name, row.due_on, low, high, percent(row.paid or 0)
    )


def _start(row: Outlook) -> Expected:
    """A start is due in the month by which it is as likely as not, else at the end of the year."""
    month = row.start_month
    within = month is not None and month.year == row.year
    due_on = month if within and month else date(row.year, 12, 31)
    note = "" if within else _("年内可能开工，月份说不准，按年底计")
    name = row.project.name
    return Expected(str(row.project_id), name, due_on, ONE, ONE, percent(row.start or 0), note)


def _told(
    forecast: Forecast | None, about: About, rows: QuerySet[Outlook], items: list[Expected]
) -> Told:
    if forecast is None:
        return Told(
            [], empty=_("落地预测还没有算过；每天凌晨会算一次，也可以在落地预测页上现在就算。")
        )
    source = _("落地预测，用%(day)s以前的事实") % {"day": day(forecast.known_at)}
    more = max(rows.count() - MOST, 0) if len(items) == MOST else 0
    words = {"year": about.year}
    return Told(
        items, source, more, _("没有项目算得出会在%(year)s年发生；预测只算本年和下年。") % words
    )
