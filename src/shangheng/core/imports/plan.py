"""Guessing which column of a file is which column of a table, for a person to confirm.

What is certain (an exact title, or one whose meaning this person has told before) needs no asking.
The rest is guessed from similar titles and, for what must be filled, from what the cells hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from shangheng.core.exchange import header
from shangheng.core.exchange.cells import as_text, is_blank
from shangheng.core.exchange.columns import Column, Kind, plain
from shangheng.core.exchange.convert import convert
from shangheng.core.exchange.layout import Layout
from shangheng.core.exchange.numbers import BadCell
from shangheng.core.exchange.sheets import Cell, Sheet

SAMPLES = 3
_LOOKED_AT = 20  # rows below the header from which a column is guessed
_ALIKE = 75  # of 100, by rapidfuzz: 到账金额 and 金额 are alike, 日期 and 月份 are not
_TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Title:
    """One titled column of a file: what it is taken for ("": left out), and how sure that is."""

    place: int
    title: str
    key: str = ""
    certain: bool = False
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sheet would be read."""

    sheet: str
    row: int
    titles: tuple[Title, ...]
    missing: tuple[Column, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether nobody needs to be asked."""
        return bool(self.titles) and not self.missing and all(one.certain for one in self.titles)

    @property
    def layout(self) -> Layout:
        """What the plan comes to."""
        return Layout(self.sheet, self.row, {one.place: one.key for one in self.titles if one.key})


def remembered_as(title: str) -> str:
    """A title as it is remembered."""
    return plain(title).rstrip("* ")[:_TITLE_LENGTH]


def data_sheets(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets that may hold data: visible, none of the kit's own, more than one filled row.

    A letter or a header alone has nothing whose columns could be asked for.
    """
    return [
        sheet
        for sheet in sheets
        if sum(map(any, sheet.rows)) > 1
        and not sheet.is_hidden
        and sheet.name not in header.OWN_SHEETS
    ]


def likely_sheets(sheets: Sequence[Sheet], columns: Sequence[Column]) -> list[Sheet]:
    """Those whose header names at least half of the columns that must be filled."""
    required = [column for column in columns if column.required]
    return [s for s in data_sheets(sheets) if 2 * header.find(s, required).score >= len(required)]


def plan(
    sheet: Sheet, columns: Sequence[Column], remembered: Mapping[str, str], *, row: int = 0
) -> Plan:
    """How to read a sheet whose header stands in `row` (0: to be found)."""
    number = row if 0 < row <= len(sheet.rows) else _header_row(sheet, columns, remembered)
    if not number:
        return Plan(sheet.name, 0, (), tuple(c for c in columns if c.required))
    below = sheet.rows[number : number + _LOOKED_AT]
    titles = [
        Title(place, title, samples=_samples(below, place))
        for place, title in enumerate(header.titles_of(sheet.rows[number - 1]), 1)
        if title and title != header.HINT
    ]
    titles = _by_name(titles, columns, remembered)
    titles = _by_likeness(titles, columns)
    titles = _by_content(titles, columns, below)
    taken = {one.key for one in titles}
    missing = tuple(c for c in columns if c.required and c.key not in taken)
    return Plan(sheet.name, number, tuple(titles), missing)


def _header_row(sheet: Sheet, columns: Sequence[Column], remembered: Mapping[str, str]) -> int:
    """The row that names most columns; where none names any, the first that holds the most texts."""
    known = header.names_of(columns)
    best, score = 0, (0, 0)
    for number, cells in enumerate(sheet.rows[: header.DEPTH], 1):
        titles = [title for title in header.titles_of(cells) if title]
        named = sum(
            header.column_for(title, known) is not None or remembered_as(title) in remembered
            for title in titles
        )
        texts = sum(isinstance(cell, str) and not is_blank(cell) for cell in cells)
        if (named, texts) > score:
            best, score = number, (named, texts)
    return best


def _samples(below: Sequence[Sequence[Cell]], place: int) -> tuple[str, ...]:
    found: list[str] = []
    for cells in below:
        cell = cells[place - 1] if place <= len(cells) else ""
        if not is_blank(cell) and len(found) < SAMPLES:
            try:
                found.append(as_text(cell)[:40])
            except BadCell:
                found.append(str(cell)[:40])
    return tuple(found)


def _with(one: Title, key: str, *, certain: bool = False) -> Title:
    return Title(one.place, one.title, key, certain, one.samples)


def _by_name(
    titles: Sequence[Title], columns: Sequence[Column], remembered: Mapping[str, str]
) -> list[Title]:
    """What the title says by itself, or what this person has said of it before."""
    known = header.names_of(columns)
    keys = {column.key for column in columns}
    taken: set[str] = set()
    result = []
    for one in titles:
        told = remembered.get(remembered_as(one.title))
        named = header.column_for(one.title, known)
        key = told if told is not None and told in {*keys, ""} else (named.key if named else None)
        if key is None or (key and key in taken):
            result.append(one)
        else:
            result.append(_with(one, key, certain=True))
            taken.add(key)
    return result


def _by_likeness(titles: Sequence[Title], columns: Sequence[Column]) -> list[Title]:
    """Titles that are written nearly like a column, or hold its name."""
    result = list(titles)
    free = _free(titles, columns)
    for index, one in enumerate(titles):
        if one.key or one.certain or not free:
            continue
        names = {name: c for c in free for name in (c.zh, *c.aliases) if len(name) > 1}
        found = process.extractOne(one.title, list(names), scorer=fuzz.WRatio, score_cutoff=_ALIKE)
        if found:
            column = names[found[0]]
            result[index] = _with(one, column.key)
            free.remove(column)
    return result


def _by_content(
    titles: Sequence[Title], columns: Sequence[Column], below: Sequence[Sequence[Cell]]
) -> list[Title]:
    """Titles whose cells fit exactly one column that must be filled, which fits no other title."""
    wanted = [c for c in _free(titles, columns) if c.required and c.kind is not Kind.TEXT]
    open_titles = [one for one in titles if not one.key and not one.certain]
    fits = {
        one.place: [c for c in wanted if _fits([_cell(row, one.place) for row in below], c)]
        for one in open_titles
    }
    result = []
    for one in titles:
        found = fits.get(one.place, [])
        is_only = len(found) == 1 and sum(found[0] in others for others in fits.values()) == 1
        result.append(_with(one, found[0].key) if is_only else one)
    return result


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place - 1] if place <= len(row) else ""


def _fits(cells: Sequence[Cell], column: Column) -> bool:
    filled = [cell for cell in cells if not is_blank(cell)]
    return bool(filled) and not convert(filled, column, broken={}).faults


def _free(titles: Sequence[Title], columns: Sequence[Column]) -> list[Column]:
    taken = {one.key for one in titles}
    return [column for column in columns if column.key not in taken]
