"""Handing a list out exactly as it is shown: its columns, its filters, its order, all of its pages."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.exchange.export import csv_text, workbook
from shangheng.core.exchange.files import MEDIA, File
from shangheng.core.exchange.writing import Written
from shangheng.core.lists.declaring import Asked, Column, Listing
from shangheng.core.ui.figures import unit_text

CHUNK = 1_000


def export[M: Model, R](
    *,
    actor: User | None,
    at: datetime,
    listing: Listing[M, R],
    rows: QuerySet[M],
    columns: Iterable[Column[R]],
    asked: Asked,
    form: str,
    told: Mapping[str, object],
) -> File:
    """The rows of a list as xlsx or csv, with a row in the audit that says what was taken.

    `told` says how the rows were chosen. `actor` is None for the command line.
    """
    every = list(_expanded(columns))
    fetched = listing.fetch(rows).iterator(CHUNK)
    lines = (line for chunk in batched(fetched, CHUNK) for line in listing.lines(chunk, asked))
    table = ([_plain(column.value(line)) for column in every] for line in lines)
    header = [_heading(column) for column in every]
    title, count = str(listing.title), rows.count()
    content = csv_text(header, table).encode() if form == "csv" else workbook(title, header, table)
    name = f"{title}-{timezone.localtime(at):%Y%m%d-%H%M}.{form}"
    after = {
        "rows": count,
        "known_at": asked.known_at.isoformat(),
        "columns": [column.key for column in every],
        **told,
    }
    with transaction.atomic():
        audit.record(actor=actor, act=listing.export_act, at=at, label=name, after=after)
    return File(name, MEDIA[form], content, count)


def _expanded(columns: Iterable[Column[Any]]) -> Iterator[Column[Any]]:
    """The columns, each followed by what its cells show besides; none twice."""
    seen = set()
    for column in columns:
        for one in (column, *column.also):
            if one.key not in seen:
                seen.add(one.key)
                yield one


def _heading(column: Column[Any]) -> str:
    return f"{column.label}（{unit_text(column.unit)}）" if column.unit else str(column.label)


def _plain(value: Written) -> Written:
    """An instant in local time, as a sheet keeps it."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    return value
