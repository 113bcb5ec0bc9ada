"""Append-only tables, enforced by the database itself.

`AppendOnly("ledger_posting")` in a migration makes triggers that refuse UPDATE and DELETE, on
PostgreSQL TRUNCATE, and on SQLite INSERT OR REPLACE (which deletes rows without asking the DELETE
trigger), whoever asks: raw SQL included. What a trigger cannot stop (somebody who may drop it) is
found by the hash chain of `core.audit`.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from shangheng.core.database.triggers import (
    Guard,
    Keys,
    kept_with_same_key,
    present,
    unique_keys,
)


class AppendOnly(Guard):
    """Migration operation: from here on, rows of `table` can be added and read, nothing else."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.function = f"{table}_append_only"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the operation is written down."""
        return self.__class__.__qualname__, [self.table], {}

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Make {self.table} append-only"

    def sqlite(self, keys: Keys) -> list[str]:
        """Before every change, and before a row that would replace another."""
        table = self.table
        refused = "BEGIN SELECT RAISE(ABORT, '{table} is append-only: {act} refused'); END"
        changes = [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            + refused.format(table=table, act=act)
            for act in ("UPDATE", "DELETE")
        ]
        replacing = (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN {kept_with_same_key(keys, table)} " + refused.format(table=table, act="REPLACE")
        )
        return [*changes, replacing]

    def body(self) -> str:
        """Refuse, whatever it is."""
        return f" BEGIN RAISE EXCEPTION '{self.table} is append-only: % refused', TG_OP; END "

    def postgresql(self) -> list[tuple[str, str]]:
        """For each row that changes, and for a table that is emptied."""
        table = self.table
        return [
            (f"{table}_no_change", f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"),
            (f"{table}_no_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
        ]


def unguarded(operations: Iterable[Guard]) -> set[str]:
    """The tables whose triggers are missing, switched off or no longer what was made."""
    there, keys = present(connection), unique_keys(connection)
    return {guard.table for guard in operations if not guard.guards(connection, keys) <= there}
