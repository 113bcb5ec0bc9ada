"""Keeping SQLite's index in one piece: what was written piece by piece is merged when nobody waits.

FTS5 keeps what each writing brought as a part of its own and merges small ones by itself. Large ones, as
an import leaves them, stay side by side, and a question reads all of them step for step: over ten parts of
one size it takes three times as long as over one. PostgreSQL's index is one tree and has no parts.
"""

from django.db import connection

STEP = 500  # pages of 4 KB that one transaction merges: others write in between
LARGEST = 0.75  # of all pages in one part, and the others are too small to be felt


def is_settled() -> bool:
    """Whether one part of the index holds nearly all of it."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM search_fts_idx GROUP BY segid")
        pages = [count for (count,) in cursor.fetchall()]
    return not pages or max(pages) >= LARGEST * sum(pages)


def settle() -> None:
    """Merge the parts of the index into one unless one of them holds nearly all; harmless when run again."""
    if is_settled():
        return
    with connection.cursor() as cursor:
        pages = -STEP  # below nought: takes up every part, whatever its size
        merged = True
        while merged:
            before = connection.connection.total_changes
            cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('merge', %s)", [pages])
            merged = connection.connection.total_changes - before > 1
            pages = STEP
