"""Triggers that guard tables: what the operations of this package share.

A guard is one trigger as the database keeps it, so that a missing or changed one shows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

type Keys = Mapping[str, Sequence[Sequence[str]]]
"""By table: the columns of its primary key and of each unique constraint."""

_KEYS = """
    SELECT m.name, 'primary key', c.name, c.pk FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND c.pk
    UNION
    SELECT m.name, i.name, c.name, c.seqno
    FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
    WHERE m.type = 'table' AND i."unique"
    ORDER BY 1, 2, 4
"""


def unique_keys(database: BaseDatabaseWrapper) -> Keys:
    """The unique keys of every table; nothing on PostgreSQL, whose triggers need none."""
    if database.vendor != "sqlite":
        return {}
    columns: dict[tuple[str, str], list[str]] = defaultdict(list)
    with database.cursor() as cursor:
        cursor.execute(_KEYS)
        for table, index, column, _place in cursor.fetchall():
            columns[table, index].append(column)
    keys: dict[str, list[Sequence[str]]] = defaultdict(list)
    for (table, _index), key in columns.items():
        if key not in keys[table]:
            keys[table].append(key)
    return keys


def kept_with_same_key(keys: Keys, table: str, when: str = "TRUE") -> str:
    """SQL: a row that is kept has a key of the row being inserted, so REPLACE would remove it.

    INSERT OR REPLACE removes rows without asking the DELETE trigger. Key by key, so that each is
    looked up in its index.
    """
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} kept WHERE "  # noqa: S608 - names of our own tables
        + " AND ".join(f"kept.{column} = NEW.{column}" for column in key)
        + f" AND {when})"
        for key in keys[table]
    )


def present(database: BaseDatabaseWrapper) -> set[str]:
    """Every trigger that fires: on SQLite its text, on PostgreSQL `table.trigger` and what it runs."""
    if database.vendor == "sqlite":
        sql = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = (
            "SELECT c.relname || '.' || t.tgname || ' ' || p.prosrc FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgenabled IN ('O', 'A')"
        )
    with database.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}
