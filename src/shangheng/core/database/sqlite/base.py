"""Django's SQLite, with a patience that favours whoever has waited longest.

SQLite's own wait asks ten times a second at most, and most often in its first milliseconds: who has just
come overtakes who has waited. Five processes that write without a pause make each other wait 20 s in vain
(“database is locked”). Here everybody asks every 10 ms, and the more often the longer the wait.
"""

import os
import sqlite3
import time
from contextlib import suppress
from functools import partial
from typing import Any, override

from django.db.backends.sqlite3 import base

PAUSE = 0.01  # seconds between two tries of somebody who has just come


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose statements wait `patience` seconds for their turn."""

    def __init__(self, connection: sqlite3.Connection, *, patience: float) -> None:
        super().__init__(connection)
        self._patience = patience

    @override
    def execute(self, query: str, params: Any = None) -> Any:
        """Execute as soon as nobody else writes. Raises OperationalError when that takes too long."""
        begun = time.monotonic()
        while True:
            try:
                return super().execute(query, params)
            except sqlite3.OperationalError as problem:
                waited = time.monotonic() - begun
                if not self._may_wait(problem) or waited > self._patience:
                    raise
                time.sleep(PAUSE / (1 + waited) ** 2)

    def _may_wait(self, problem: sqlite3.OperationalError) -> bool:
        """Whether another holds the database; inside of a transaction no wait would help."""
        busy = problem.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
        return busy and not self.connection.in_transaction


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection; SQLite's own wait (`timeout`) holds while it opens, ours of the same length after."""

    @override
    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Open, and from now on wait in our way. A new file is for nobody else of this machine."""
        if not self.is_in_memory_db():
            with suppress(FileExistsError):  # what SQLite puts beside the file is as the file is
                os.close(os.open(conn_params["database"], os.O_CREAT | os.O_EXCL, 0o600))
        self._patience = float(conn_params.get("timeout", 5))
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    @override
    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor that waits."""
        cursor: Cursor = self.connection.cursor(factory=partial(Cursor, patience=self._patience))
        return cursor
