"""Append-only tables, enforced by the database itself.

`AppendOnly("ledger_posting")` in a migration makes triggers that refuse UPDATE and DELETE, and on
PostgreSQL TRUNCATE, whoever asks: raw SQL included. What a trigger cannot stop (somebody who may
drop it) is found by the hash chain of `core.audit`.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


def _sqlite_triggers(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: {act} refused'); END"
        for act in ("UPDATE", "DELETE")
    ]


def _postgresql_triggers(table: str) -> list[str]:
    function = f"{table}_append_only"
    return [
        (
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{table} is append-only: % refused', TG_OP; END $$"
        ),
        (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()"
        ),
        (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        ),
    ]


class AppendOnly(Operation):
    """Migration operation: from here on, rows of `table` can be added and read, nothing else."""

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
        vendor = schema_editor.connection.vendor
        triggers = _sqlite_triggers if vendor == "sqlite" else _postgresql_triggers
        for statement in triggers(self.table):
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
            schema_editor.execute(f"DROP TRIGGER {self.table}_no_update")
            schema_editor.execute(f"DROP TRIGGER {self.table}_no_delete")
        else:
            schema_editor.execute(f"DROP FUNCTION {self.table}_append_only() CASCADE")

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Make {self.table} append-only"


def unguarded(tables: set[str]) -> set[str]:
    """Those of `tables` whose triggers are missing, switched off or no longer what was made."""
    from django.db import connection

    present = _present_sqlite() if connection.vendor == "sqlite" else _present_postgresql()
    made = _sqlite_triggers if connection.vendor == "sqlite" else _postgresql_guards
    return {table for table in tables if not set(made(table)) <= present}


def _present_sqlite() -> set[str]:
    return set(_column("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))


def _postgresql_guards(table: str) -> list[str]:
    function = f"{table}_append_only"
    return [f"{table}.{table}_{what} {function}" for what in ("no_change", "no_truncate")]


def _present_postgresql() -> set[str]:
    """`table.trigger function` of each trigger that fires and whose function refuses."""
    return set(
        _column(
            "SELECT c.relname || '.' || t.tgname || ' ' || p.proname FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgenabled IN ('O', 'A') AND p.prosrc LIKE '%BEGIN RAISE EXCEPTION%'"
        )
    )


def _column(sql: str) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]
