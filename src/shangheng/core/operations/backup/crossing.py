"""From a backup of SQLite into PostgreSQL: the same rows under the types of the other database."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

TYPES = """
    SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass
    AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
OWNED = """
    SELECT pg_get_serial_sequence(%s, attname) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attidentity <> ''
"""


def _instant(value: str) -> str:
    return f"{value}+00"  # Django keeps UTC without saying so


def _json(value: str) -> str:
    return json.dumps(json.loads(value), ensure_ascii=False)


READ: dict[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "timestamp with time zone": _instant,
    "jsonb": _json,
    "bytea": bytes,
}


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """The database file of a backup, for reading."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
        yield source


def tables_of(source: sqlite3.Connection) -> set[str]:
    """The tables of the file."""
    return {row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def fill(source: sqlite3.Connection, table: str, quoted: str) -> None:
    """Copy one table. A value is handed over as text or bytes and read by PostgreSQL itself."""
    with connection.cursor() as cursor:
        cursor.execute(TYPES, [quoted])
        there = {row[1] for row in source.execute(f'PRAGMA table_info("{table}")')}
        types = {name: kind for name, kind in cursor.fetchall() if name in there}
        columns = ", ".join(f'"{name}"' for name in types)
        reads = [READ.get(kind, str) for kind in types.values()]
        with cursor.copy(f"COPY {quoted} ({columns}) FROM STDIN") as rows:
            for row in source.execute(f'SELECT {columns} FROM "{table}"'):  # noqa: S608 - names of tables
                rows.write_row(
                    [
                        None if value is None else read(value)
                        for read, value in zip(reads, row, strict=True)
                    ]
                )


def sequences(source: sqlite3.Connection, tables: list[str]) -> dict[str, int]:
    """The last number that SQLite gave in each table, under the name of its sequence here.

    Numbers of rows that are gone are not given again.
    """
    last = dict(source.execute("SELECT name, seq FROM sqlite_sequence"))
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            quoted = connection.ops.quote_name(table)
            cursor.execute(OWNED, [quoted, quoted])
            for (sequence,) in cursor.fetchall():
                if last.get(table):
                    found[sequence] = last[table]
    return found
