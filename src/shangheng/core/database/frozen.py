"""Rows that the database itself freezes once they are signed."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from shangheng.core.database.triggers import Keys, kept_with_same_key, unique_keys


class Frozen(Operation):
    """Migration operation: rows of `table` cannot be changed or removed while `when` holds.

    `when` is an SQL condition on the row as it stands, written with `{row}` for it
    (“{row}.state = 'signed'”). With `on_arrival`, a row for which it would hold cannot be added
    or changed into either. It comes after the operations that give the table its constraints.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, when: str, *, on_arrival: bool = False) -> None:
        self.table = table
        self.when = when
        self.on_arrival = on_arrival

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
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the triggers."""
        if schema_editor.connection.vendor == "sqlite":
            for event in self._events():
                schema_editor.execute(f"DROP TRIGGER {self.table}_frozen_{event[1]}_{event[0]}")
            schema_editor.execute(f"DROP TRIGGER {self.table}_frozen_replace")
        else:
            schema_editor.execute(f"DROP FUNCTION {self.table}_frozen() CASCADE")

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Freeze rows of {self.table} once they are signed"

    def guards(self, database: BaseDatabaseWrapper, keys: Keys) -> set[str]:
        """The triggers that must be present, as `triggers.present` tells them."""
        if database.vendor == "sqlite":
            return set(self._sqlite(keys))
        names = (f"{self.table}_frozen", f"{self.table}_frozen_truncate")
        return {f"{self.table}.{name} {self._body()}" for name in names}

    def _events(self) -> list[tuple[str, str]]:
        leaving = [("update", "old"), ("delete", "old")]
        return [*leaving, ("insert", "new"), ("update", "new")] if self.on_arrival else leaving

    def _sqlite(self, keys: Keys) -> list[str]:
        table = self.table
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table}: signed rows are frozen'); END"
        changes = [
            f"CREATE TRIGGER {table}_frozen_{row}_{event} BEFORE {event.upper()} "
            f"ON {table} WHEN {self.when.format(row=row.upper())} {refuse}"
            for event, row in self._events()
        ]
        kept = kept_with_same_key(keys, table, self.when.format(row="kept"))
        replacing = f"BEFORE INSERT ON {table} WHEN {kept} {refuse}"
        return [*changes, f"CREATE TRIGGER {table}_frozen_replace {replacing}"]

    def _body(self) -> str:
        refuse = f"RAISE EXCEPTION '{self.table}: signed rows are frozen'; END IF;"
        checks = f"IF TG_OP = 'TRUNCATE' THEN {refuse}"
        checks += (
            f" IF TG_OP <> 'INSERT' THEN IF {self.when.format(row='OLD')} THEN {refuse} END IF;"
        )
        if self.on_arrival:
            arriving = f"IF {self.when.format(row='NEW')} THEN {refuse}"
            checks += f" IF TG_OP <> 'DELETE' THEN {arriving} END IF;"
        return f" BEGIN {checks} IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END "

    def _postgresql(self) -> list[str]:
        table, function = self.table, f"{self.table}_frozen"
        return [
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $${self._body()}$$",
            (
                f"CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE OR DELETE "
                f"ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
            ),
            (
                f"CREATE TRIGGER {table}_frozen_truncate BEFORE TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            ),
        ]
