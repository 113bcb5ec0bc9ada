"""A registry of made-up organisations, written past the services: a million in minutes."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import batched

from django.db import connection

from benchmarks.organisations.names import Made, made
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.registry.domain.names import grams_of, key_of
from shangheng.engines.registry.models import Gram, Name, NameKind, Organisation
from shangheng.engines.registry.services.naming import count_grams

BATCH = 20_000
FORMER_EVERY = 20  # one organisation in so many had another name before
NOW = datetime(2021, 12, 31, tzinfo=UTC)


def fill(count: int) -> tuple[list[Made], dict[int, Made]]:
    """Make so many organisations; gives their names, the first of key 1, and former names by key."""
    unit = OrgUnit.objects.create(code="bench", name="压测")
    actor = User.objects.create(username="bench", display_name="压测", unit=unit)
    every = list(made(count + count // FORMER_EVERY))
    current, earlier = every[:count], every[count:]
    former = {(at + 1) * FORMER_EVERY: one for at, one in enumerate(earlier)}
    names = [
        *((key, one, NameKind.CURRENT) for key, one in enumerate(current, start=1)),
        *((key, one, NameKind.FORMER) for key, one in former.items()),
    ]
    _write(
        Organisation,
        ("id", "name", "code", "code_note", "kind", "industry", "area", "address", "version",
         "created_by_id", "created_at", "is_sample"),
        ((key, one.name, "", "", "enterprise", "", "", "", 1, actor.pk, NOW, False)
         for key, one in enumerate(current, start=1)),
    )  # fmt: skip
    _write(
        Name,
        ("id", "organisation_id", "name", "kind", "source", "whole", "core", "sound"),
        _name_rows(names),
    )
    _write(Gram, ("gram", "name_id"), _gram_rows(names))
    count_grams()
    _take_stock()
    return current, former


def _name_rows(names: list[tuple[int, Made, NameKind]]) -> Iterator[tuple[object, ...]]:
    for pk, (organisation, one, kind) in enumerate(names, start=1):
        key = key_of(one.name)
        yield pk, organisation, one.name, str(kind), "benchmark", key.whole, key.core, key.sound


def _gram_rows(names: list[tuple[int, Made, NameKind]]) -> Iterator[tuple[object, ...]]:
    for pk, (_organisation, one, _kind) in enumerate(names, start=1):
        for gram in grams_of(key_of(one.name)):
            yield gram, pk


def _write(
    model: type[Organisation | Name | Gram],
    columns: tuple[str, ...],
    rows: Iterator[tuple[object, ...]],
) -> None:
    table, listed = model._meta.db_table, ", ".join(columns)
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute("BEGIN")
        for some in batched(rows, BATCH):
            cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", some)
        cursor.execute("COMMIT")


def _take_stock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
