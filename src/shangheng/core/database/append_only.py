"""Append-only tables, enforced by the database itself.

`AppendOnly("ledger_posting")` in a migration makes triggers that refuse UPDATE and DELETE, on
PostgreSQL TRUNCATE, and on SQLite INSERT OR REPLACE (which deletes rows without asking the DELETE
trigger), whoever asks: raw SQL included. What a trigger cannot stop (somebody who may drop it) is
found by the hash chain of `core.audit`.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from shangheng.core.database.frozen import Frozen
from shangheng.core.database.triggers import Keys, kept_with_same_key, present, unique_keys


class AppendOnly(Operation):
    """Migration operation: from here on, rows of `table` can be added and read, nothing else.

    It comes after the operations that give the table its unique constraints.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the operation is written down."""
        return self.__class__.__qualname__, [self.table], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers do not change the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the triggers."""
        database = schema_editor.connection
        sqlite = database.vendor == "sqlite"
        for statement in self._sqlite(unique_keys(database)) if sqlite else self._postgresql():
            schema_editor.execute(statement, params=None)  # a % in it is no placeholder

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the triggers."""
        if schema_editor.connection.vendor == "sqlite":
            for act in ("update", "delete", "replace"):
                schema_editor.execute(f"DROP TRIGGER {self.table}_no_{act}")
        else:
            schema_editor.execute(f"DROP FUNCTION {self.table}_append_only() CASCADE")

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Make {self.table} append-only"

    def guards(self, database: BaseDatabaseWrapper, keys: Keys) -> set[str]:
        """The triggers that must be present, as `triggers.present` tells them."""
        if database.vendor == "sqlite":
            return set(self._sqlite(keys))
        names = (f"{self.table}_no_change", f"{self.table}_no_truncate")
        return {f"{self.table}.{name} {self._body()}" for name in names}

    def _sqlite(self, keys: Keys) -> list[str]:
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

    def _body(self) -> str:
        return f" BEGIN RAISE EXCEPTION '{self.table} is append-only: % refused', TG_OP; END "

    def _postgresql(self) -> list[str]:
        table, function = self.table, f"{self.table}_append_only"
        return [
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $${self._body()}$$",
            (
                f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {function}()"
            ),
            (
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            ),
        ]


def unguarded(operations: Iterable[AppendOnly | Frozen]) -> set[str]:
    """The tables whose triggers are missing, switched off or no longer what was made."""
    there, keys = present(connection), unique_keys(connection)
    return {guard.table for guard in operations if not guard.guards(connection, keys) <= there}
