"""Handing a list out exactly as it is shown: its columns, its filters, its order, all of its pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.exchange.export import csv_text, workbook
from shangheng.core.exchange.files import MEDIA, File
from shangheng.core.exchange.writing import Written
from shangheng.core.lists.declaring import AnyListing, Asked, Column, Listing
from shangheng.core.ui.figures import unit_text

CHUNK = 1_000
ABOUT = 4  # lines above the header: the list, how it was chosen, as known when, who and when


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
    every = list(columns)
    file = make_file(
        actor=actor,
        at=at,
        listing=listing,
        rows=rows,
        columns=every,
        asked=asked,
        form=form,
        told=told,
    )
    with transaction.atomic():
        record_export(
            actor=actor, at=at, listing=listing, file=file, columns=every, asked=asked, told=told
        )
    return file


def make_file[M: Model, R](
    *,
    actor: User | None,
    at: datetime,
    listing: Listing[M, R],
    rows: QuerySet[M],
    columns: Iterable[Column[R]],
    asked: Asked,
    form: str,
    told: Mapping[str, object],
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> File:
    """The file, which leaves no trace yet; `tell` hears how many of how many rows are written.

    Above its header stands what it is: the list, how the rows were chosen, as known when, how many,
    and who took it when.
    """
    every, count = list(_expanded(columns)), rows.count()
    fetched = listing.fetch(rows).iterator(CHUNK)

    def lines() -> Iterator[R]:
        for number, chunk in enumerate(batched(fetched, CHUNK)):
            tell(number * CHUNK, count)
            yield from listing.lines(chunk, asked)

    table = ([_plain(column.value(line)) for column in every] for line in lines())
    header = [_heading(column) for column in every]
    title = str(listing.title)
    about = [title, *_about(actor, at, asked, count, told)]
    if form == "csv":
        content = csv_text(header, table, about).encode()
    else:
        content = workbook(title, header, table, about)
    name = f"{title}-{timezone.localtime(at):%Y%m%d-%H%M}.{form}"
    return File(name, MEDIA[form], content, count)


def _about(
    actor: User | None, at: datetime, asked: Asked, count: int, told: Mapping[str, object]
) -> list[str]:
    chosen = _("；").join(
        _("%(name)s：%(value)s") % {"name": name, "value": value}
        for name, value in _worded(told, asked)
        if value
    )
    known, now = (f"{timezone.localtime(each):%Y-%m-%d %H:%M}" for each in (asked.known_at, at))
    who = f"{actor.display_name}（{actor.username}）" if actor else _("命令行")
    return [
        _("筛选：%s") % (chosen or _("没有筛选，全部")),
        _("截至%(known)s所知，共%(rows)d行") % {"known": known, "rows": count},
        _("%(who)s于%(at)s导出") % {"who": who, "at": now},
    ]


def _worded(told: Mapping[str, object], asked: Asked) -> Iterator[tuple[str, object]]:
    """What is told, the period in words: the audit keeps it as the address has it."""
    for name, value in told.items():
        if name == "period":
            yield _("期间"), asked.moment.label if value else ""
        else:
            yield name, value


def record_export(
    *,
    actor: User | None,
    at: datetime,
    listing: AnyListing,
    file: File,
    columns: Iterable[Column[Any]],
    asked: Asked,
    told: Mapping[str, object],
) -> None:
    """Say in the audit what was taken; in the transaction of whoever hands it out."""
    after = {
        "rows": file.rows,
        "known_at": asked.known_at.isoformat(),
        "columns": [column.key for column in _expanded(columns)],
        **told,
    }
    audit.record(actor=actor, act=listing.export_act, at=at, label=file.name, after=after)


@dataclass
class Delivery:
    """Where a file goes that is not handed out at once: to a job, set as `request.delivery`.

    `tell` hears how far it is; `file` is there in the end, and `record` writes its row of the audit.
    """

    tell: Callable[[int, int], None]
    file: File | None = None
    record: Callable[[], None] | None = None


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
