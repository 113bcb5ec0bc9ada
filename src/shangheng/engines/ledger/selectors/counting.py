"""Counting distinct subjects in the database: each once a year, in the month where it first occurs.

Only for indicators that nobody has to recognise, whose amounts never move between statuses; the
others are read subject by subject.
"""

from django.db import connection

from shangheng.engines.ledger.domain.figure import Tally
from shangheng.engines.ledger.domain.period import Month
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.selectors.reading import Window, reach

MONTHS = {  # whole numbers: year × 12 + month − 1
    "sqlite": "strftime('%%Y', p.occurred_on) * 12 + strftime('%%m', p.occurred_on) - 1",
    "postgresql": "(date_part('year', p.occurred_on) * 12 + date_part('month', p.occurred_on))::int"
    " - 1",
}

COUNTS = """
WITH postings AS (
    SELECT s.indicator_id, p.subject, {month} AS month, SUM(p.amount) AS amount, SUM(p.n) AS live,
           SUM(CASE WHEN p.is_sample THEN p.n ELSE 0 END) AS sampled,
           SUM(CASE WHEN p.n = -1 THEN 1 ELSE 0 END) AS reversed
    FROM ledger_posting p JOIN ledger_series s ON s.id = p.series_id
    WHERE {where}
    GROUP BY s.indicator_id, p.subject, {month}
),
named AS (
    SELECT indicator_id, COALESCE(MIN(CASE WHEN live > 0 THEN month END), MIN(month)) AS month,
           CASE WHEN SUM(live) > 0 THEN 1 ELSE 0 END AS amount,
           SUM(live) AS live, SUM(sampled) AS sampled, SUM(reversed) AS reversed
    FROM postings WHERE subject <> '' GROUP BY indicator_id, subject, month / 12
)
SELECT indicator_id, month, SUM(amount), SUM(live), SUM(sampled), SUM(reversed)
FROM (
    SELECT * FROM named
    UNION ALL
    SELECT indicator_id, month, amount, live, sampled, reversed FROM postings WHERE subject = ''
) counted
GROUP BY indicator_id, month
"""


def counts(window: Window) -> dict[str, dict[Month, Tally]]:
    """Tallies by month of first occurrence in the year, of each count of the window."""
    where, values = reach(window)
    with connection.cursor() as cursor:
        cursor.execute(COUNTS.format(month=MONTHS[connection.vendor], where=where), values)
        rows = cursor.fetchall()
    result: dict[str, dict[Month, Tally]] = {code: {} for code in window.indicators.values()}
    for indicator, month, amount, live, sampled, taken_back in rows:
        if live or taken_back:
            result[window.indicators[indicator]][Month(month // 12, month % 12 + 1)] = Tally(
                {Status.RECOGNISED: int(amount)}, int(live), int(sampled), int(taken_back)
            )
    return result
