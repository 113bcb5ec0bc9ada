"""Figures that a backup or an upgrade notes, so that what comes after can be held against them."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.figures import figures

YEARS = 3


def noted_figures(known_at: datetime, *, from_postings: bool = False) -> Iterator[tuple[str, str]]:
    """Every indicator of the home area in the last years with data, exactly, as known at an instant."""
    area = settings.HOME_AREA
    last = Posting.objects.filter(series__area=area).aggregate(last=Max("occurred_on"))["last"]
    if last is None:
        return
    for year in range(last.year - YEARS + 1, last.year + 1):
        queries = [Query(code, Period.year(year), area) for code in catalogue.indicators()]
        for figure in figures(queries, known_at=known_at, from_postings=from_postings):
            yield f"{figure.indicator.code} {year}", f"{figure.value} {figure.months}"


def rollup_differences() -> list[str]:
    """The figures of the last years that rollups and postings answer differently."""
    now = timezone.now()
    summed = dict(noted_figures(now, from_postings=True))
    return [key for key, value in noted_figures(now) if summed[key] != value]
