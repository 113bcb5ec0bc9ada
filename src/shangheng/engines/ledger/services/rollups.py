"""Rollups: flows summed ahead, day by day of recording, from postings and recognition steps.

Whole months of recording are summed once more, so that any past date reads a few rows: the months
before it by month, its own month by day. Sums of single units are kept by whole months only.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shangheng.engines.ledger.domain.instant import TICK
from shangheng.engines.ledger.models import Posting, Rollup, Seal
from shangheng.engines.ledger.selectors.reading import day_after, in_sql, start_of
from shangheng.engines.ledger.services.sealing import seal

FUNCTIONS = {
    "sqlite": {
        "known": "django_datetime_cast_date({at}, %(zone)s, 'UTC')",
        "month": "strftime('%%Y-%%m-01', {day})",
    },
    "postgresql": {
        "known": "({at} AT TIME ZONE %(zone)s)::date",
        "month": "date_trunc('month', {day})::date",
    },
}

# Every change of an amount: a posting brings it in, a step moves it from one status to another.
CHANGES = """
    SELECT s.indicator_id, s.area, s.unit_id, {month} AS month, {known_posting} AS known_on,
           p.status, p.amount, p.n AS postings,
           CASE WHEN p.is_sample THEN p.n ELSE 0 END AS samples,
           CASE WHEN p.n = -1 THEN 1 ELSE 0 END AS reversals
    FROM ledger_posting p JOIN ledger_series s ON s.id = p.series_id
    WHERE p.recorded_at >= %(start)s AND p.recorded_at < %(end)s
    UNION ALL
    SELECT s.indicator_id, s.area, s.unit_id, {month}, {known_step},
           r.origin, -r.amount, 0, 0, 0
    FROM ledger_recognitionstep r JOIN ledger_posting p ON p.id = r.posting_id
    JOIN ledger_series s ON s.id = p.series_id
    WHERE r.recorded_at >= %(start)s AND r.recorded_at < %(end)s
    UNION ALL
    SELECT s.indicator_id, s.area, s.unit_id, {month}, {known_step},
           r.destination, r.amount, 0, 0, 0
    FROM ledger_recognitionstep r JOIN ledger_posting p ON p.id = r.posting_id
    JOIN ledger_series s ON s.id = p.series_id
    WHERE r.recorded_at >= %(start)s AND r.recorded_at < %(end)s
"""

INSERT = """
    INSERT INTO ledger_rollup (grain, indicator_id, area, unit_id, month, known_on, status,
                               amount, postings, samples, reversals)
    SELECT %(grain)s, indicator_id, area, {unit}, month, {when}, status,
           SUM(amount), SUM(postings), SUM(samples), SUM(reversals)
    FROM ({changes}) changes
    GROUP BY indicator_id, area, {group}month, {when}, status
"""


@transaction.atomic
def catch_up(*, through: date) -> None:
    """Roll up every day up to `through`, and seal the past so that those days stay as they are."""
    sealed_at = seal(at=day_after(through) - TICK)
    current = Seal.objects.get()
    start = current.rolled_through + timedelta(days=1) if current.rolled_through else _first_day()
    if start is None or start > through:
        return
    days = (start_of(start), sealed_at + TICK)
    _insert(Rollup.DAY, *days, by_unit=False)
    last = (through + timedelta(days=1)).replace(day=1) - timedelta(days=1)  # of a whole month
    if last >= start.replace(day=1):
        months = (start_of(start.replace(day=1)), day_after(last))
        _insert(Rollup.MONTH, *months, by_unit=False)
        _insert(Rollup.MONTH, *months, by_unit=True)
    current.rolled_through = through
    current.save(update_fields=["rolled_through"])


def catch_up_to_yesterday(*, at: datetime) -> None:
    """Roll up the days that have passed; does nothing, at the cost of one read, when there are none."""
    yesterday = timezone.localtime(at).date() - timedelta(days=1)
    current = Seal.objects.first()
    if current is None or current.rolled_through is None or current.rolled_through < yesterday:
        catch_up(through=yesterday)


@transaction.atomic
def rebuild() -> None:
    """Throw the rollups away and make them again from the postings."""
    current = Seal.objects.first()
    if current is None or current.rolled_through is None:
        return
    through = current.rolled_through
    Rollup.objects.all().delete()
    Seal.objects.update(rolled_through=None)
    catch_up(through=through)


def _insert(grain: str, start: datetime, end: datetime, *, by_unit: bool) -> None:
    functions = FUNCTIONS[connection.vendor]
    changes = CHANGES.format(
        month=functions["month"].format(day="p.occurred_on"),
        known_posting=functions["known"].format(at="p.recorded_at"),
        known_step=functions["known"].format(at="r.recorded_at"),
    )
    when = functions["month"].format(day="known_on") if grain == Rollup.MONTH else "known_on"
    sql = INSERT.format(
        unit="unit_id" if by_unit else "NULL",
        group="unit_id, " if by_unit else "",
        when=when,
        changes=changes,
    )
    values: dict[str, str | datetime] = {
        "grain": grain,
        "start": in_sql(start),
        "end": in_sql(end),
        "zone": settings.TIME_ZONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _first_day() -> date | None:
    first = Posting.objects.order_by("recorded_at").first()
    return timezone.localtime(first.recorded_at).date() if first else None
