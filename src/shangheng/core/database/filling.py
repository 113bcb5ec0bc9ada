"""Writing very many new rows at once, column by column.

`bulk_create` makes an object of each row and asks each field several times for each value. Here a
column is prepared as a whole and goes to the database as it is: `COPY` on PostgreSQL, statements of
many rows on SQLite. There a statement on a guarded or searched table makes the full-text index write
out what it holds in memory, so that a statement for each row takes five times as long. Callers open no
savepoint either, `atomic(savepoint=False)`: SQLite keeps every page that changes after one, and goes
through all of them after each statement.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import batched, chain, groupby
from typing import Any, TypeVar

from django.db import connection, models

T = TypeVar("T")
type Plain = str | int | None
MOST_VALUES = 32_000  # of one statement: SQLite takes at least 32,766
TOGETHER = 10  # statements
ROOM = 262_144  # KiB of pages that a long write keeps at hand

_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
_PLAIN = frozenset({str, int, type(None)})  # exactly these: a subclass may need to be converted


@contextmanager
def room_for_many() -> Iterator[None]:
    """Room in memory for the pages that writing very many rows touches, until it is done.

    The keys of indexes lie all over SQLite's file: with less room than they take, each row writes out
    pages that the next one reads in again. PostgreSQL has a room of its own.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    database = connection.connection  # a cursor of Django's refuses to run after an error
    (usual,) = database.execute("PRAGMA cache_size").fetchone()
    database.execute(f"PRAGMA cache_size = {-ROOM}")
    try:
        yield
    finally:
        database.execute(f"PRAGMA cache_size = {usual}")


def fill(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> range | list[int]:
    """Insert rows; their keys, in order. For rows that were checked: nothing is cleaned.

    `columns` are values by field name (`batch_id` for a key), all of one length; a field that is not
    named gets its default in every row, a key that is not named is made. No signal is sent and no `save` is called. Raises
    RuntimeError outside of a transaction, ValueError for a column of another length.
    """
    _must_be_in_transaction(model)
    count = len(next(iter(columns.values()), ()))
    named = columns.get(model._meta.pk.attname)
    keys = list(named) if named is not None else new_keys(model, count)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    values = [_prepared(field, _values_of(field, columns, count)) for field in fields]
    names = [_quoted(str(field.column)) for field in (model._meta.pk, *fields)]
    _write(_quoted(model._meta.db_table), names, zip(keys, *values, strict=True))
    return keys


def fill_row_by_row(
    model: type[models.Model], names: Sequence[str], rows: Iterable[tuple[Plain, ...]], count: int
) -> range | list[int]:
    """Insert `count` rows that are made while the database writes those before; their keys, in order.

    `names` are all fields but the key, by `attname`; their values are texts and whole numbers, which a
    database takes as they are. Otherwise as `fill`.
    """
    _must_be_in_transaction(model)
    keys = new_keys(model, count)
    columns = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    named = [_quoted(columns[name]) for name in (model._meta.pk.attname, *names)]
    keyed = ((key, *row) for key, row in zip(keys, rows, strict=True))
    _write(_quoted(model._meta.db_table), named, keyed)
    return keys


def _must_be_in_transaction(model: type[models.Model]) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError(f"{model.__name__} must be filled in a transaction")


def _values_of(field: Any, columns: Mapping[str, Sequence[Any]], count: int) -> Sequence[Any]:
    named = columns.get(field.attname, columns.get(field.name))
    return [field.get_default()] * count if named is None else named


def _prepared(field: Any, values: Sequence[Any]) -> Sequence[Any]:
    """The values as the database takes them."""
    if isinstance(field, _AS_THEY_ARE) and set(map(type, values)) <= _PLAIN:
        return values
    return _each(values, lambda value: field.get_db_prep_save(value, connection))


def _each[T](values: Sequence[Any], prepare: Callable[[Any], T]) -> list[T | None]:
    """What stands in many rows, as the time of an import does, is prepared once."""
    held = list(values)  # so that no two of them can have one id
    once: dict[int, T | None] = {id(None): None}
    for value in held:
        if id(value) not in once:
            once[id(value)] = prepare(value)
    return [once[id(value)] for value in held]


def new_keys(model: type[models.Model], count: int) -> range | list[int]:
    """Keys that nobody else will be given, for rows that this transaction writes next."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval((SELECT pg_get_serial_sequence(%s, %s))::regclass) "  # looked up once
                "FROM generate_series(1, %s)",
                [_quoted(table), column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        # a writing transaction holds the whole of an SQLite database, so the count stands still
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    start = (last[0] if last else 0) + 1
    return range(start, start + count)


def _write(table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    named = ", ".join(names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copying = f"COPY {table} ({named}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(copying) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            place = f"({', '.join(['%s'] * len(names))})"
            statements = batched(rows, MOST_VALUES // len(names))
            for some in batched(statements, TOGETHER):  # `executemany` holds all that it is given
                for length, alike in groupby(some, len):
                    insert = f"INSERT INTO {table} ({named}) VALUES {', '.join([place] * length)}"  # noqa: S608 - the model's own names
                    cursor.executemany(insert, [list(chain.from_iterable(one)) for one in alike])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
