"""Rows that the database itself freezes once they are signed."""

from shangheng.core.database.triggers import Guard, Keys, kept_with_same_key


class Frozen(Guard):
    """Migration operation: rows of `table` cannot be changed or removed while `when` holds.

    `when` is an SQL condition on the row as it stands, written with `{row}` for it
    (“{row}.state = 'signed'”). With `on_arrival`, a row for which it would hold cannot be added
    or changed into either.
    """

    def __init__(self, table: str, when: str, *, on_arrival: bool = False) -> None:
        self.table = table
        self.when = when
        self.on_arrival = on_arrival
        self.function = f"{table}_frozen"

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Freeze rows of {self.table} once they are signed"

    def _events(self) -> list[tuple[str, str]]:
        leaving = [("update", "old"), ("delete", "old")]
        return [*leaving, ("insert", "new"), ("update", "new")] if self.on_arrival else leaving

    def sqlite(self, keys: Keys) -> list[str]:
        """Before a change, and before a row that would replace a signed one."""
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

    def body(self) -> str:
        """Refuse where the condition holds of the row that leaves or arrives."""
        refuse = f"RAISE EXCEPTION '{self.table}: signed rows are frozen'; END IF;"
        checks = f"IF TG_OP = 'TRUNCATE' THEN {refuse}"
        checks += (
            f" IF TG_OP <> 'INSERT' THEN IF {self.when.format(row='OLD')} THEN {refuse} END IF;"
        )
        if self.on_arrival:
            arriving = f"IF {self.when.format(row='NEW')} THEN {refuse}"
            checks += f" IF TG_OP <> 'DELETE' THEN {arriving} END IF;"
        return f" BEGIN {checks} IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END "

    def postgresql(self) -> list[tuple[str, str]]:
        """For each row that changes, and for a table that is emptied."""
        table = self.table
        return [
            (f"{table}_frozen", f"BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW"),
            (f"{table}_frozen_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
        ]
