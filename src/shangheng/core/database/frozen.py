"""Rows that the database itself freezes once they are signed."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Frozen(Operation):
    """Migration operation: rows of `table` cannot be changed or removed while `when` holds.

    `when` is an SQL condition on the row as it stands, written with `{row}` for it
    (“{row}.state = 'signed'”). With `on_arrival`, a row for which it would hold cannot be added
    or changed into either.
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
        sqlite = schema_editor.connection.vendor == "sqlite"
        for statement in self._sqlite() if sqlite else self._postgresql():
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
        else:
            schema_editor.execute(f"DROP FUNCTION {self.table}_frozen() CASCADE")

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Freeze rows of {self.table} once they are signed"

    def _events(self) -> list[tuple[str, str]]:
        leaving = [("update", "old"), ("delete", "old")]
        return [*leaving, ("insert", "new"), ("update", "new")] if self.on_arrival else leaving

    def _sqlite(self) -> list[str]:
        return [
            f"CREATE TRIGGER {self.table}_frozen_{row}_{event} BEFORE {event.upper()} "
            f"ON {self.table} WHEN {self.when.format(row=row.upper())} "
            f"BEGIN SELECT RAISE(ABORT, '{self.table}: signed rows are frozen'); END"
            for event, row in self._events()
        ]

    def _postgresql(self) -> list[str]:
        refuse = f"RAISE EXCEPTION '{self.table}: signed rows are frozen'; END IF;"
        checks = f"IF TG_OP <> 'INSERT' THEN IF {self.when.format(row='OLD')} THEN {refuse} END IF;"
        if self.on_arrival:
            arriving = f"IF {self.when.format(row='NEW')} THEN {refuse}"
            checks += f" IF TG_OP <> 'DELETE' THEN {arriving} END IF;"
        function = f"{self.table}_frozen"
        return [
            (
                f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {checks} "
                "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
            ),
            (
                f"CREATE TRIGGER {self.table}_frozen BEFORE INSERT OR UPDATE OR DELETE "
                f"ON {self.table} FOR EACH ROW EXECUTE FUNCTION {function}()"
            ),
        ]
