"""What can be imported: each desk registers its tables in ``AppConfig.ready()``."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.exchange.columns import Column, Value
from shangheng.core.imports.models import Batch, BatchRow

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to import, column by column: `numbers` are those of the sheet."""

    numbers: Sequence[int] = ()
    columns: Mapping[str, Sequence[Value]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    def row(self, index: int) -> dict[str, Value]:
        """One row by itself."""
        return {key: values[index] for key, values in self.columns.items()}

    def pick(self, indexes: Sequence[int]) -> "Rows":
        """Some of the rows, in that order."""
        return Rows(
            [self.numbers[i] for i in indexes],
            {key: [values[i] for i in indexes] for key, values in self.columns.items()},
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: its index, the key of the column ("" for the row), and why."""

    index: int
    key: str
    message: str


class RowsRefused(ValueError):
    """Rows that cannot be taken in, with every reason; nothing was."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = tuple(faults)


class CannotKeep(ValueError):
    """The file itself cannot be kept; the message says why, and nothing was taken in."""


@dataclass(frozen=True, slots=True)
class Match:
    """What stands in the data already: how it is called and where it is seen.

    `before` holds, by column, what would be replaced; it is empty when the row says the same.
    """

    label: str
    url: str = ""
    before: Mapping[str, Value] = field(default_factory=dict)
    target: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over the rows that would be taken in."""

    name: str
    rows: int
    sum: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Act:
    """Rows to take in. `matches` are theirs, by index. In a trial nothing will be kept."""

    actor: User
    at: datetime
    name: str
    rows: Rows
    content: bytes = b""
    matches: Mapping[int, Match] = field(default_factory=dict)
    source: str = ""
    note: str = ""
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the rows: the key of the object of each, and the values of a changed one."""

    targets: Sequence[int]
    before: Sequence[Mapping[str, object] | None] = ()
    after: Sequence[Mapping[str, object] | None] = ()
    result: str = ""
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Undoing:
    """A batch to be taken back; in a trial only what stands against it is wanted."""

    actor: User
    at: datetime
    batch: Batch
    rows: Sequence[BatchRow]
    reason: str
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a row cannot be taken back: its number in the sheet (0: the batch), the reason, a page."""

    number: int
    message: str
    url: str = ""


class CannotUndo(ValueError):
    """A batch that cannot be taken back, with every reason; nothing was."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__("; ".join(obstacle.message for obstacle in obstacles))
        self.obstacles = tuple(obstacles)


def _nothing_wrong(_actor: User, _at: datetime, _rows: Rows) -> Sequence[Fault]:
    return ()


def _nothing_to_say(_actor: User, _rows: Rows) -> Sequence[Fault]:
    return ()


def _nothing_known(_actor: User, _rows: Rows, _keys: Sequence[Hashable]) -> Mapping[int, Match]:
    return {}


@dataclass(frozen=True)
class Table:
    """A table that can be filled from a file.

    - `columns(actor)`: what it holds, as far as the actor reaches
    - `check(actor, at, rows)`: what is wrong with rows by themselves
    - `identity(rows)`: a key for each row; rows with the same key say the same
    - `known(actor, rows, keys)`: what stands in the data already, by index
    - `remarks(actor, rows)`: what to look at in the rows that would be taken in; it keeps none of them out
    - `commit(act)`: take all rows in or raise RowsRefused or CannotKeep; runs in a transaction
    - `undo(undoing)`: take a batch back or raise CannotUndo, in a trial only that; in a transaction; gives what the
      audit should keep
    - `totals(rows)`: sums to be shown before committing
    - `named(keys, actor)`: how the objects of a batch are called and where they are seen
    - `linked(batch)`: pages about what a batch made, as (label, address)

    `repeats`: rows that repeat others may be taken in when asked, as facts can happen twice;
    otherwise a repetition within the file is an error. `tries`: a preview commits and takes back.
    `url_name` is where its pages are mounted, `home` the list that it belongs to. Templates may be
    narrowed to some `groups` (code, label, as a form offers choices), by `narrow(columns, codes)`.
    """

    code: str
    label: Label
    permission: str
    columns: Callable[[User], Sequence[Column]]
    commit: Callable[[Act], Done]
    undo: Callable[[Undoing], Mapping[str, object]]
    identity: Callable[[Rows], Sequence[Hashable]]
    check: Callable[[User, datetime, Rows], Sequence[Fault]] = _nothing_wrong
    known: Callable[[User, Rows, Sequence[Hashable]], Mapping[int, Match]] = _nothing_known
    remarks: Callable[[User, Rows], Sequence[Fault]] = _nothing_to_say
    totals: Callable[[Rows], Sequence[Total]] = lambda _rows: ()
    named: Callable[[Sequence[int], User], Mapping[int, tuple[str, str]]] = lambda _keys, _actor: {}
    linked: Callable[[Batch], Sequence[tuple[str, str]]] = lambda _batch: ()
    groups: Callable[[], Sequence[tuple[str, Any]]] | None = None
    groups_label: Label = ""
    narrow: Callable[[User, Sequence[str]], Sequence[Column]] | None = None
    repeats: bool = False
    tries: bool = True
    limit: int = 100_000
    in_job_from: int = 5_000
    url_name: str = ""
    home: str = ""
    home_label: Label = ""
    undo_about: Label = ""


_tables: dict[str, Table] = {}


def register(table: Table) -> None:
    """Add a table, or replace the one registered under the same code."""
    _tables[table.code] = table


def tables() -> Mapping[str, Table]:
    """Every registered table by its code."""
    return _tables


def table(code: str) -> Table:
    """The table of that code. Raises KeyError with words for the command line."""
    if code not in _tables:
        raise KeyError(_("没有名为“%s”的导入表") % code)
    return _tables[code]
