"""Locks that last for the running transaction.

On SQLite a writing transaction already holds the whole database (IMMEDIATE), so both are no-ops.
"""

from zlib import crc32

from django.db import connection


def exclusive(name: str) -> None:
    """Wait until no other transaction holds `name`, then hold it alone until the end of this one."""
    _take("pg_advisory_xact_lock", name)


def shared(name: str) -> None:
    """Hold `name` together with other sharers; waits only for an exclusive holder."""
    _take("pg_advisory_xact_lock_shared", name)


def _take(function: str, name: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError(f"lock {name!r} needs a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [crc32(name.encode())])
