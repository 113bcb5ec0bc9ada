"""The rivals: one GROUP BY on PostgreSQL, and DuckDB, over the same postings and steps."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection

from benchmarks.ledger.rows import AREA
from shangheng.engines.ledger.selectors.reading import day_after

Row = tuple[Any, ...]

SUMS = """
SELECT indicator_id, date_trunc('month', occurred_on) AS month, status, sum(amount), sum(n)
FROM (
    SELECT s.indicator_id, p.occurred_on, p.status, p.amount, p.n
    FROM ledger_posting p JOIN ledger_series s ON s.id = p.series_id
    WHERE p.recorded_at < {known} AND p.occurred_on BETWEEN {start} AND {end} AND s.area = '{area}'
    UNION ALL
    SELECT s.indicator_id, p.occurred_on, v.status, v.sign * r.amount, 0
    FROM ledger_recognitionstep r
    JOIN ledger_posting p ON p.id = r.posting_id
    JOIN ledger_series s ON s.id = p.series_id
    CROSS JOIN LATERAL (VALUES (r.origin, -1), (r.destination, 1)) AS v (status, sign)
    WHERE r.recorded_at < {known} AND p.occurred_on BETWEEN {start} AND {end} AND s.area = '{area}'
) changes
GROUP BY 1, 2, 3
"""


def group_by(year: int, known: date) -> list[Row]:
    """The sums by indicator, month and status of a year and the year before, on PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(_sql(year, known))
        return list(cursor.fetchall())


class Duck:
    """The same tables in a DuckDB file of its own."""

    def __init__(self, folder: Path) -> None:
        self.database = duckdb.connect(str(folder / "rival.duckdb"))
        self.database.execute("SET threads = 2")
        tables = {
            "ledger_posting": "id, series_id, subject, amount, n, occurred_on, recorded_at, status",
            "ledger_recognitionstep": "id, posting_id, origin, destination, amount, recorded_at",
            "ledger_series": "id, indicator_id, area, unit_id",
        }
        for table, columns in tables.items():
            self._copy(table, columns, folder / f"{table}.csv")

    def _copy(self, table: str, columns: str, file: Path) -> None:
        with connection.cursor() as cursor, file.open("wb") as sink:
            copy = cursor.copy(
                f"COPY (SELECT {columns} FROM {table}) TO STDOUT (FORMAT csv, HEADER)"
            )
            with copy as rows:
                for chunk in rows:
                    sink.write(chunk)
        self.database.execute(f"CREATE TABLE {table} AS FROM read_csv('{file}', header = true)")
        file.unlink()

    def group_by(self, year: int, known: date) -> list[Row]:
        """The same sums."""
        return self.database.execute(_sql(year, known)).fetchall()


def as_text(rows: Iterable[Row]) -> list[str]:
    """Rows of either engine in one writing, without groups that come to nothing."""
    return sorted(
        f"{indicator} {month:%Y-%m} {status} {int(amount)} {int(n)}"
        for indicator, month, status, amount, n in rows
        if amount or n
    )


def _sql(year: int, known: date) -> str:
    instant: datetime = day_after(known)
    return SUMS.format(
        known=f"TIMESTAMPTZ '{instant.isoformat()}'",
        start=f"DATE '{year - 1}-01-01'",
        end=f"DATE '{year}-12-31'",
        area=AREA,
    )
