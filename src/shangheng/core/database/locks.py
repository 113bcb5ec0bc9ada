"""A lock that lasts for the running transaction.

On SQLite a writing transaction already holds the whole database (IMMEDIATE): there is nothing to do.
"""

from zlib import crc32

from django.db import connection


def exclusive(name: str) -> None:
    """Wait until no other transaction holds `name`, then hold it alone until the end of this one."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"lock {name!r} needs a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(name.encode())])
