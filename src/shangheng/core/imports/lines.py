"""What a preview comes to, and its rows as a page shows them: plain enough to be kept as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import overload

from shangheng.core.exchange.columns import Column, Kind, Value
from shangheng.core.exchange.errors import CellError
from shangheng.core.imports.registry import Match, Total
from shangheng.core.imports.services.preview import Preview
from shangheng.core.ui.figures import DASH, number_text
from shangheng.core.ui.templatetags.ui import day


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the column's title, what will stand there, and what stands there now if it differs."""

    title: str
    text: str
    is_number: bool
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells, the number of the row that it repeats, and what it meets in the data."""

    number: int
    cells: Sequence[Cell]
    twice: int | None = None
    is_known: bool = False
    is_changed: bool = False
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class Seen:
    """What a preview comes to. `at` is when the file was compared with the data."""

    name: str
    at: datetime
    count: int = 0
    new: int = 0
    changed: int = 0
    repeated: int = 0
    titles: Sequence[str] = ()
    totals: Sequence[Total] = ()
    left_out: Sequence[int] = ()
    errors: Sequence[CellError] = ()
    more_errors: int = 0
    remarks: Sequence[CellError] = ()
    more_remarks: int = 0

    @property
    def ok(self) -> bool:
        """Whether it can be imported."""
        return not self.errors

    @property
    def wrong(self) -> int:
        """How many errors there are."""
        return len(self.errors) + self.more_errors

    @property
    def taken(self) -> int:
        """How many rows would be taken in."""
        return self.new + self.changed


def seen(found: Preview, lines: "Lines", *, at: datetime) -> Seen:
    """What a preview comes to, without its rows."""
    return Seen(
        name=found.name,
        at=at,
        count=len(found.rows),
        new=found.new,
        changed=found.changed,
        repeated=found.repeated,
        titles=[column.zh for column in lines.columns],
        totals=found.totals,
        left_out=found.left_out,
        errors=found.errors,
        more_errors=found.more_errors,
        remarks=found.remarks,
        more_remarks=found.more_remarks,
    )


class Lines(Sequence[Line]):
    """All lines of a preview, for a paginator; made only when they are asked for."""

    def __init__(self, found: Preview) -> None:
        self._found = found
        self.columns = [
            column
            for column in found.columns
            if any(value is not None for value in found.rows.columns.get(column.key, ()))
        ]
        self._labels = {column.key: _labels(column) for column in self.columns}

    def __len__(self) -> int:
        return len(self._found.rows)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self._line(one) for one in range(*index.indices(len(self)))]
        return self._line(index)

    def pages(self, size: int) -> Iterator[list[Line]]:
        """The lines, so many at a time."""
        return (self[start : start + size] for start in range(0, len(self), size))

    def _line(self, index: int) -> Line:
        found = self._found
        match = found.matches.get(index)
        twice = found.twice.get(index)
        return Line(
            found.rows.numbers[index],
            [self._cell(column, index, match) for column in self.columns],
            None if twice is None else found.rows.numbers[twice],
            is_known=match is not None,
            is_changed=bool(match and match.before),
            label=match.label if match else "",
            url=match.url if match else "",
        )

    def _cell(self, column: Column, index: int, match: Match | None) -> Cell:
        labels = self._labels[column.key]
        text = shown(column, self._found.rows.columns[column.key][index], labels)
        before = None
        if match and column.key in match.before:
            before = shown(column, match.before[column.key], labels)
        return Cell(column.zh, text, column.kind in {Kind.DECIMAL, Kind.INTEGER}, before)


def shown(column: Column, value: Value, labels: Mapping[str, str]) -> str:
    """A value as a page shows it."""
    if value is None:
        return DASH
    if column.kind is Kind.MONTH and isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal | int):
        return number_text(Decimal(value), None)
    return labels.get(value, value)


def _labels(column: Column) -> dict[str, str]:
    return {chosen: label for label, chosen in reversed(list(column.choices.items()))}
