"""The time that something takes: on the clock, and of the processors."""

import time
from pathlib import Path

from django.db import connection


class Clock:
    """Counts what this process computes and what PostgreSQL's process that serves it does, on Linux.

    The time on the clock grows with whatever else runs on the machine; that of the processors hardly.
    """

    def __init__(self) -> None:
        self._schedule: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self._schedule = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def now(self) -> tuple[float, float]:
        """Milliseconds on the clock, and of the processors."""
        server = int(self._schedule.read_text().split()[0]) / 1e6 if self._schedule else 0.0
        return time.perf_counter() * 1000, time.process_time() * 1000 + server
