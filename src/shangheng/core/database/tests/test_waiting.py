"""Who waits for the one writer of an SQLite file."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections

from shangheng.core.database.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.django_db

WRITER = """
import sqlite3, sys, time
kept = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
end = time.monotonic() + 4
while time.monotonic() < end:
    kept.execute("BEGIN IMMEDIATE")
    kept.execute("INSERT INTO row VALUES (0)")
    time.sleep(0.1)
    kept.execute("COMMIT")
    time.sleep(0.004)
"""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Any]:
    """A function that opens the same file with `timeout` seconds of patience."""
    made: list[DatabaseWrapper] = []

    def open_(timeout: float) -> DatabaseWrapper:
        settings = {
            **connections.settings["default"],
            "NAME": str(tmp_path / "file.sqlite3"),
            "OPTIONS": {
                "timeout": timeout,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL",
            },
        }
        made.append(DatabaseWrapper(settings, "default"))
        made[-1].inc_thread_sharing()
        return made[-1]

    with open_(5).cursor() as cursor:
        cursor.execute("CREATE TABLE row (number INTEGER)")
    yield open_
    for one in made:
        one.close()


def write(database: DatabaseWrapper) -> float:
    """Seconds until a transaction could begin."""
    begun = time.monotonic()
    with closing(database.cursor()) as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        waited = time.monotonic() - begun
        cursor.execute("INSERT INTO row VALUES (1)")
        cursor.execute("COMMIT")
    return waited


def test_who_comes_while_others_write_without_a_pause_gets_a_turn(
    opened: Any, tmp_path: Path
) -> None:
    """With SQLite's own wait, which asks every 100 ms after a while, this takes seconds or fails."""
    command = [sys.executable, "-c", WRITER, str(tmp_path / "file.sqlite3")]
    writers = [subprocess.Popen(command) for _ in range(2)]
    time.sleep(0.5)
    try:
        waits = [write(opened(20)) for _ in range(5)]
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    assert max(waits) < 2, waits


def test_who_waits_longer_than_the_patience_is_told_that_the_database_is_locked(
    opened: Any,
) -> None:
    holder, other = opened(5), opened(0.2)
    with holder.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(OperationalError, match="locked"):
            write(other)
        assert 0.2 <= time.monotonic() - begun < 2
        cursor.execute("ROLLBACK")
    assert write(other) < 0.2


def test_a_single_statement_outside_of_a_transaction_waits_as_well(opened: Any) -> None:
    holder, other = opened(5), opened(5)
    with holder.cursor() as cursor, other.cursor() as waiting:
        cursor.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, lambda: holder.connection.execute("COMMIT"))
        release.start()
        waiting.execute("INSERT INTO row VALUES (%s)", [2])
        release.join()
        waiting.execute("SELECT count(*) FROM row")
        assert waiting.fetchone() == (1,)


def test_a_statement_that_is_wrong_is_not_tried_again(opened: Any) -> None:
    database = opened(20)
    begun = time.monotonic()
    with pytest.raises(OperationalError), database.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert time.monotonic() - begun < 1
