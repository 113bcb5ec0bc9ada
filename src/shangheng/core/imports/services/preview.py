"""What importing a file would do. Nothing is kept: it is tried and taken back."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.exchange.columns import Column
from shangheng.core.exchange.errors import CellError, by_place
from shangheng.core.exchange.read import MAX_ERRORS, read
from shangheng.core.imports.held import Upload
from shangheng.core.imports.registry import Act, Fault, Match, Rows, RowsRefused, Table, Total


@dataclass(frozen=True)
class Preview:
    """What a file would do: to every row, or every error with its place.

    `twice` says which row repeats which earlier one, `matches` what stands in the data already;
    both by index. `remarks` are worth a look and keep nothing out. `left_out` are the rows of totals,
    found to be right.
    """

    table: Table
    name: str
    sheet: str = ""
    columns: Sequence[Column] = ()
    rows: Rows = field(default_factory=Rows)
    twice: Mapping[int, int] = field(default_factory=dict)
    matches: Mapping[int, Match] = field(default_factory=dict)
    errors: tuple[CellError, ...] = ()
    more_errors: int = 0
    remarks: tuple[CellError, ...] = ()
    more_remarks: int = 0
    left_out: tuple[int, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether it can be imported."""
        return not self.errors

    @property
    def wrong(self) -> int:
        """How many errors there are."""
        return len(self.errors) + self.more_errors

    @property
    def changed(self) -> int:
        """How many rows would change something."""
        return sum(bool(m.before) for i, m in self.matches.items() if i not in self.twice)

    @property
    def repeated(self) -> int:
        """How many rows repeat something."""
        return len(self.rows) - len(self.fresh)

    @property
    def new(self) -> int:
        """How many rows are new."""
        return len(self.fresh) - self.changed

    @property
    def fresh(self) -> list[int]:
        """The indexes of the rows that would be taken in."""
        return [
            index
            for index in range(len(self.rows))
            if index not in self.twice and (index not in self.matches or self.matches[index].before)
        ]

    @property
    def totals(self) -> Sequence[Total]:
        """Sums of what would be taken in."""
        return self.table.totals(self.rows.pick(self.fresh)) if self.fresh else ()


def preview(*, actor: User, at: datetime, table: Table, upload: Upload) -> Preview:
    """What importing a file into a table would do. Raises PermissionDenied."""
    return weigh(read_in(actor=actor, table=table, upload=upload), actor=actor, at=at)


def read_in(*, actor: User, table: Table, upload: Upload) -> Preview:
    """The rows of a file, or what keeps them from being read; nothing is compared with the data yet.

    Raises PermissionDenied.
    """
    if not allows(actor, table.permission):
        raise PermissionDenied
    columns = table.columns(actor)
    done = read(upload.content, upload.name, columns, limit=table.limit, layout=upload.layout)
    if not done.ok:
        return Preview(
            table,
            upload.name,
            done.sheet,
            errors=done.errors,
            more_errors=done.more_errors,
        )
    return Preview(
        table,
        upload.name,
        done.sheet,
        columns,
        Rows(done.numbers, done.columns),
        left_out=done.totals,
        places=done.places,
    )


def weigh(
    found: Preview,
    *,
    actor: User,
    at: datetime,
    tries: bool = True,
    tell: Callable[[], None] = lambda: None,
) -> Preview:
    """What the table says of rows that could be read; `tries`: also of taking them in.

    `tell` is called before they are tried.
    """
    if not found.ok:
        return found
    table, rows = found.table, found.rows
    if faults := table.check(actor, at, rows):
        return refuse(found, faults)
    keys = table.identity(rows)
    twice = _twice(keys)
    if twice and not table.repeats:
        return refuse(found, [_repeats(rows, index, first) for index, first in twice.items()])
    found = replace(found, twice=twice, matches=table.known(actor, rows, keys))
    if not tries:
        return found
    found = _remarked(found, actor)
    if not table.tries:
        return found
    tell()
    faults = _try(found, actor, at)
    return refuse(found, faults) if faults else found


def _remarked(found: Preview, actor: User) -> Preview:
    """The preview with what is worth a look in the rows that would be taken in."""
    fresh = found.fresh
    rows = found.rows.pick(fresh)
    faults = [
        Fault(fresh[one.index], one.key, one.message) for one in found.table.remarks(actor, rows)
    ]
    remarks = by_place(_placed(faults, found))
    return replace(
        found,
        remarks=tuple(remarks[:MAX_ERRORS]),
        more_remarks=max(len(remarks) - MAX_ERRORS, 0),
    )


def refuse(found: Preview, faults: Sequence[Fault]) -> Preview:
    """The preview with what is wrong, and without the rows: none of them will be taken in."""
    errors = by_place(_placed(faults, found))
    return replace(
        found,
        rows=Rows(),
        twice={},
        matches={},
        remarks=(),
        more_remarks=0,
        errors=tuple(errors[:MAX_ERRORS]),
        more_errors=max(len(errors) - MAX_ERRORS, 0),
    )


def _twice(keys: Sequence[Hashable]) -> dict[int, int]:
    """Indexes of rows that repeat an earlier one, and that one's index."""
    first: dict[Hashable, int] = {}
    return {
        index: before
        for index, key in enumerate(keys)
        if (before := first.setdefault(key, index)) != index
    }


def _repeats(rows: Rows, index: int, first: int) -> Fault:
    message = _("与第%(row)d行重复，同一个对象只能有一行；请只保留一行")
    return Fault(index, "", message % {"row": rows.numbers[first]})


class _TakenBack(Exception):
    """Ends the trial."""


def _try(found: Preview, actor: User, at: datetime) -> Sequence[Fault]:
    """Commit and take back, so that a preview knows whatever the table would refuse."""
    fresh = found.fresh
    if not fresh:
        return ()
    act = act_of(found, fresh, actor=actor, at=at, is_trial=True)
    try:
        with transaction.atomic():
            found.table.commit(act)
            raise _TakenBack
    except _TakenBack:
        return ()
    except RowsRefused as error:
        return [Fault(fresh[f.index], f.key, f.message) for f in error.faults]


def act_of(
    found: Preview, chosen: Sequence[int], *, actor: User, at: datetime, is_trial: bool = False
) -> Act:
    """What a table is asked to take in: some rows of a preview."""
    matches = {
        place: found.matches[index]
        for place, index in enumerate(chosen)
        if index in found.matches and found.matches[index].before
    }
    rows = found.rows if len(chosen) == len(found.rows) else found.rows.pick(chosen)
    return Act(actor, at, found.name, rows, matches=matches, is_trial=is_trial)


def _placed(faults: Sequence[Fault], found: Preview) -> Iterator[CellError]:
    titles = {column.key: column.zh for column in found.columns}
    for fault in faults:
        number = found.rows.numbers[fault.index]
        title = titles.get(fault.key, "") if fault.key in found.rows.columns else ""
        place = found.places.get(fault.key, 0)
        yield CellError(fault.message, found.sheet, number, place, title)
