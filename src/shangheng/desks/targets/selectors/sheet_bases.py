"""The base of a target: what the ledger knew of the year before, on the day that was chosen."""

from datetime import datetime

from django.conf import settings

from shangheng.core.accounts.models import OrgUnit
from shangheng.desks.targets.selectors.standing import history_of
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.indicator import Form
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.targets import Base
from shangheng.engines.ledger.models import TargetSheet
from shangheng.engines.ledger.selectors.figures import figure
from shangheng.methods import pace

GROWING = frozenset({Form.FLOW, Form.STOCK, Form.COUNT})
DECEMBER = 12
PAST_YEARS = 5


def last_year_query(sheet: TargetSheet, indicator: str, unit: OrgUnit | None = None) -> Query:
    """What to ask for the base of a sheet's targets."""
    units = frozenset({unit.pk}) if unit else None
    return Query(indicator, Period.year(sheet.year - 1), settings.HOME_AREA, units)


def last_year_figure(
    sheet: TargetSheet, indicator: str, *, unit: OrgUnit | None = None, known_at: datetime
) -> Figure:
    """The year before a sheet's, as known at an instant. Raises UnknownIndicator."""
    return figure(last_year_query(sheet, indicator, unit), known_at=known_at)


def grows(figure: Figure) -> bool:
    """Whether growth on the year before has a meaning: not for shares, growths and ranks."""
    return figure.definition.form in GROWING


def base_from(figure: Figure | None) -> Base | None:
    """The base that a target remembers, with its reference; None where there is none to remember."""
    if figure is None or figure.value is None or not grows(figure):
        return None
    return Base(figure.value, str(figure.query.period), figure.known_at, figure.reference)


def is_whole_year(figure: Figure) -> bool:
    """Whether the figure reaches through December."""
    through = figure.growth.through or figure.through
    return through is not None and through.number == DECEMBER


def seasonal_shares(
    sheet: TargetSheet, indicator: str, *, known_at: datetime
) -> pace.Shares | None:
    """The season of the years before a sheet's; None where no year is complete."""
    first = Month(sheet.year - PAST_YEARS, 1)
    span = Period(first, Month(sheet.year - 1, DECEMBER))
    past = figure(Query(indicator, span, settings.HOME_AREA), known_at=known_at)
    history = history_of(past)
    return pace.seasonal_shares(history) if history else None
