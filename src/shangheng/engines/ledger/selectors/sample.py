"""Figures that a backup notes, so that a restore can be held against them."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Max

from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.figures import figures

YEARS = 3


def noted_figures(known_at: datetime) -> Iterator[tuple[str, str]]:
    """Every indicator of the home area in the last years with data, exactly, as known at an instant."""
    area = settings.HOME_AREA
    last = Posting.objects.filter(series__area=area).aggregate(last=Max("occurred_on"))["last"]
    if last is None:
        return
    for year in range(last.year - YEARS + 1, last.year + 1):
        queries = [Query(code, Period.year(year), area) for code in catalogue.indicators()]
        for figure in figures(queries, known_at=known_at):
            yield f"{figure.indicator.code} {year}", f"{figure.value} {figure.months}"
