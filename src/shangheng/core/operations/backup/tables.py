"""The rows of the database: copied out as at one instant, and put back.

SQLite has its online backup. On PostgreSQL each table is read by COPY in one REPEATABLE READ
transaction; its tables, constraints and triggers come from the migrations when it is restored.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from shangheng.core.operations.backup import crossing

SQLITE = "database.sqlite3"
FOLDER = "tables"
OWN_TABLES = """
    SELECT c.relname FROM pg_class c WHERE c.relkind = 'r'
    AND c.relnamespace = current_schema()::regnamespace ORDER BY 1
"""
COLUMNS = """
    SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass
    AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
SEQUENCES = """
    SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = current_schema() ORDER BY 1
"""
TRIGGER_FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND p.prorettype = 'trigger'::regtype
"""


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read within is as at one instant; others go on writing."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        mode = getattr(connection, "transaction_mode", None)
        setattr(connection, "transaction_mode", "DEFERRED")  # noqa: B010 - only SQLite has it
        try:
            with transaction.atomic():
                yield
        finally:
            setattr(connection, "transaction_mode", mode)  # noqa: B010
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def copy_out(folder: Path) -> dict[str, Any]:
    """Write every row into `folder`; what else is needed to put them back."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / SQLITE)) as target:
            connection.connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        return {}
    (folder / FOLDER).mkdir()
    with connection.cursor() as cursor:
        for table in names():
            with (
                (folder / FOLDER / table).open("wb") as file,
                cursor.copy(f"COPY {_named(table)} TO STDOUT") as rows,
            ):
                for part in rows:
                    file.write(part)
        cursor.execute(SEQUENCES)
        return {"sequences": dict(cursor.fetchall())}


def put_back_on_postgresql(folder: Path, sequences: Mapping[str, int | None]) -> None:
    """Make the tables anew and fill them, within the running transaction."""
    with _made_anew() as tables, connection.cursor() as cursor:
        for table in tables:
            with (
                (folder / FOLDER / table).open("rb") as file,
                cursor.copy(f"COPY {_named(table)} FROM STDIN") as rows,
            ):
                while part := file.read(1024 * 1024):
                    rows.write(part)
    _count_on({_quoted(name): value for name, value in sequences.items()})


def put_sqlite_into_postgresql(folder: Path) -> None:
    """Make the tables anew and fill them from the file of an SQLite, within the running transaction."""
    with crossing.opened(folder / SQLITE) as source:
        with _made_anew() as tables:
            for table in sorted(crossing.tables_of(source) & set(tables)):
                crossing.fill(source, table, _quoted(table))
        _count_on(crossing.sequences(source, tables))


@contextmanager
def _made_anew() -> Iterator[list[str]]:
    """New empty tables, to be filled within without triggers; keys are checked at the end."""
    with connection.cursor() as cursor:
        for table in names():
            cursor.execute(f"DROP TABLE {_quoted(table)} CASCADE")
        cursor.execute(TRIGGER_FUNCTIONS)
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    call_command("migrate", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        tables = names()
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor.execute(f"ALTER TABLE {_quoted(table)} DISABLE TRIGGER USER")
        for table in tables:
            cursor.execute(f"DELETE FROM {_quoted(table)}")  # noqa: S608 - names of tables
        yield tables
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {_quoted(table)} ENABLE TRIGGER USER")


def _count_on(sequences: Mapping[str, int | None]) -> None:
    with connection.cursor() as cursor:
        for name, value in sequences.items():
            if value is not None:
                cursor.execute("SELECT setval(%s, %s)", [name, value])


def names() -> list[str]:
    """Every table of ours."""
    if connection.vendor == "sqlite":
        return sorted(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(OWN_TABLES)
        return [row[0] for row in cursor.fetchall()]


def counts() -> dict[str, int]:
    """How many rows each table has."""
    found = {}
    with connection.cursor() as cursor:
        for table in names():
            cursor.execute(f"SELECT COUNT(*) FROM {_quoted(table)}")  # noqa: S608 - names of tables
            found[table] = int(cursor.fetchone()[0])
    return found


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _named(table: str) -> str:
    """The table with its columns, so that their order does not matter."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [_quoted(table)])
        columns = ", ".join(_quoted(row[0]) for row in cursor.fetchall())
    return f"{_quoted(table)} ({columns})"
