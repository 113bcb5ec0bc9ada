"""Tables of a desk's own records that reports print; each desk adds its own in `AppConfig.ready()`.

A report names a table by its code and never whose it is, so that no desk knows another. A number in
it is a figure of the ledger, or leads to the one whose postings bear it out, or to a page of the desk.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure of the ledger; with `status`, what of it stands there. `label`: what it is called."""

    query: Query
    label: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A number that the desk tells, under `key`, which no other of the same origin has.

    It leads to the figure of `query`, within it to `subject`, or to `url`.
    """

    value: Decimal
    unit: str
    label: str
    key: str
    query: Query | None = None
    subject: str = ""
    url: str = ""
    is_sample: bool = False


type Cell = str | Asked | Told | None
"""Words, a number, or None where nothing is known."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `unit` is said in its head and left out in its cells."""

    title: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a desk tells of a period; `empty` says why there is nothing, where there is no row."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: str

    def cells(self) -> Iterator[Cell]:
        """Every cell."""
        for row in self.rows:
            yield from row

    def queries(self) -> Iterator[Query]:
        """What it asks of the ledger, or leads to there."""
        for cell in self.cells():
            if isinstance(cell, Asked | Told) and cell.query is not None:
                yield cell.query


@dataclass(frozen=True, slots=True)
class About:
    """What a table is asked for: a period of an area as known at an instant, at most so many rows
    (None: as many as the desk holds fit)."""

    period: Period
    area: str
    known_at: datetime
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A table that reports may print. `latest` asks for what changes whenever what it tells can have."""

    code: str
    label: str | Promise
    about: str | Promise
    tell: Callable[[About], Table]
    latest: Callable[[], Combinable]


_sections: dict[str, Section] = {}


def register(*sections: Section) -> None:
    """Add tables, or replace those registered under the same code."""
    _sections.update({one.code: one for one in sections})


def sections() -> dict[str, Section]:
    """Every table by its code, in the order of registration."""
    return dict(_sections)
