"""Triggers that guard tables: what the operations of this package share.

A guard is one trigger as the database keeps it, so that a missing or changed one shows.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

type Keys = Mapping[str, Sequence[Sequence[str]]]
"""By table: the columns of its primary key and of each unique constraint."""

_KEYS = """
    SELECT m.name, 'primary key', c.name, c.pk FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND c.pk
    UNION
    SELECT m.name, i.name, c.name, c.seqno
    FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
    WHERE m.type = 'table' AND i."unique"
    ORDER BY 1, 2, 4
"""


def unique_keys(database: BaseDatabaseWrapper) -> Keys:
    """The unique keys of every table; nothing on PostgreSQL, whose triggers need none."""
    if database.vendor != "sqlite":
        return {}
    columns: dict[tuple[str, str], list[str]] = defaultdict(list)
    with database.cursor() as cursor:
        cursor.execute(_KEYS)
        for table, index, column, _place in cursor.fetchall():
            columns[table, index].append(column)
    keys: dict[str, list[Sequence[str]]] = defaultdict(list)
    for (table, _index), key in columns.items():
        if key not in keys[table]:
            keys[table].append(key)
    return keys


def kept_with_same_key(keys: Keys, table: str, when: str = "TRUE") -> str:
    """SQL: a row that is kept has a key of the row being inserted, so REPLACE would remove it.

    INSERT OR REPLACE removes rows without asking the DELETE trigger. Key by key, so that each is
    looked up in its index.
    """
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} kept WHERE "  # noqa: S608 - names of our own tables
        + " AND ".join(f"kept.{column} = NEW.{column}" for column in key)
        + f" AND {when})"
        for key in keys[table]
    )


def present(database: BaseDatabaseWrapper) -> set[str]:
    """Every trigger that fires: on SQLite its text, on PostgreSQL `table.trigger` and what it runs."""
    if database.vendor == "sqlite":
        sql = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = (
            "SELECT c.relname || '.' || t.tgname || ' ' || p.prosrc FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgenabled IN ('O', 'A')"
        )
    with database.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


class Guard(Operation, ABC):
    """Migration operation that makes triggers on a table and leaves the models as they are.

    It comes after the operations that give the table its unique constraints. `function` names the
    trigger function on PostgreSQL.
    """

    reversible = True
    reduces_to_sql = True
    table: str
    function: str

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
        for statement in self.statements(schema_editor.connection):
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
            for statement in self.sqlite(unique_keys(schema_editor.connection)):
                schema_editor.execute(f"DROP TRIGGER {statement.split()[2]}")
        else:
            schema_editor.execute(f"DROP FUNCTION {self.function}() CASCADE")

    def statements(self, database: BaseDatabaseWrapper) -> list[str]:
        """What makes the triggers on this database."""
        if database.vendor == "sqlite":
            return self.sqlite(unique_keys(database))
        made = f"FUNCTION {self.function}()"
        return [
            f"CREATE {made} RETURNS trigger LANGUAGE plpgsql AS $${self.body()}$$",
            *(f"CREATE TRIGGER {name} {when} EXECUTE {made}" for name, when in self.postgresql()),
        ]

    def guards(self, database: BaseDatabaseWrapper, keys: Keys) -> set[str]:
        """The triggers that must be present, as `present` tells them."""
        if database.vendor == "sqlite":
            return set(self.sqlite(keys))
        return {f"{self.table}.{name} {self.body()}" for name, _ in self.postgresql()}

    @abstractmethod
    def sqlite(self, keys: Keys) -> list[str]:
        """CREATE TRIGGER statements."""

    @abstractmethod
    def postgresql(self) -> list[tuple[str, str]]:
        """Triggers as (name, when they fire)."""

    @abstractmethod
    def body(self) -> str:
        """What the trigger function does."""
