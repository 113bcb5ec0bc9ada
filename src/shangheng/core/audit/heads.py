"""The heads of the chain, written down outside the database.

A chain shows any change inside of it, but not that its end was cut off, nor that it was rewritten
from some row on with new hashes. Therefore each committed row is also noted as one line
`number hash` in a file of the data folder: whoever can only reach the database cannot change it.
Whoever can reach both can; copy the file to another machine or to write-once media for that case.

Every server notes the rows it wrote itself; verification takes the notes it finds as lower bounds
and does not require that every row has one (a server killed just after a commit leaves none).
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection


def path() -> Path:
    """The file of heads belonging to the database in use."""
    known = connection.settings_dict
    parts = [connection.vendor, *(str(known[key]) for key in ("HOST", "PORT", "NAME"))]
    name = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    return Path(settings.DATA_DIR) / "audit-heads" / f"{name}.txt"


def note(number: int, digest: str) -> None:
    """Add a line; lines this short are written whole even by several processes at once."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{number} {digest}\n".encode())
    finally:
        os.close(descriptor)


def noted() -> Iterator[tuple[int, str]]:
    """The lines of the file in the order of writing; nothing when there is no file."""
    file = path()
    if not file.exists():
        return
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            number, _, digest = line.strip().partition(" ")
            if number.isdigit() and digest:
                yield int(number), digest
