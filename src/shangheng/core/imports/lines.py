"""The rows of a preview as a page shows them; made only for the page that is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import overload

from shangheng.core.exchange.columns import Column, Kind, Value
from shangheng.core.imports.registry import Match
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
    """One row: its cells, and what it repeats or changes."""

    number: int
    cells: Sequence[Cell]
    twice: int | None
    match: Match | None

    @property
    def is_changed(self) -> bool:
        """Whether it changes something that is there."""
        return bool(self.match and self.match.before)


class Lines(Sequence[Line]):
    """All lines of a preview, for a paginator."""

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

    def _line(self, index: int) -> Line:
        found = self._found
        match = found.matches.get(index)
        twice = found.twice.get(index)
        return Line(
            found.rows.numbers[index],
            [self._cell(column, index, match) for column in self.columns],
            None if twice is None else found.rows.numbers[twice],
            match,
        )

    def _cell(self, column: Column, index: int, match: Match | None) -> Cell:
        labels = self._labels[column.key]
        text = shown(column, found_value(self._found, column.key, index), labels)
        before = None
        if match and column.key in match.before:
            before = shown(column, match.before[column.key], labels)
        return Cell(column.zh, text, column.kind in {Kind.DECIMAL, Kind.INTEGER}, before)


def found_value(found: Preview, key: str, index: int) -> Value:
    """One value of a preview."""
    return found.rows.columns[key][index]


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
