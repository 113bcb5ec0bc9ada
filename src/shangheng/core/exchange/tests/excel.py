"""Workbooks as openpyxl writes them, and what one of their cells comes to."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from openpyxl import Workbook

from shangheng.core.exchange.read import Table, read
from shangheng.core.exchange.tests.workbooks import COLUMNS, GOOD, HEADER, messages

SHEET = "xl/worksheets/sheet1.xml"
Draw = Callable[[Any], None]


def made(
    *rows: list[object], draw: Draw | None = None, head: Sequence[object] | None = None
) -> bytes:
    """A workbook as openpyxl writes it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "数据"
    for row in [list[object](head or HEADER), *(rows or (list[object](GOOD),))]:
        sheet.append(row)
    if draw:
        draw(sheet)
    return saved(book)


def saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def taken(content: bytes, **units: str) -> Table:
    """The workbook read; `units` gives columns other units."""
    columns = [replace(c, unit=units[c.key]) if c.key in units else c for c in COLUMNS]
    return read(content, "数据.xlsx", columns)


def cell(at: str, value: object, shown: str = "") -> Draw:
    def draw(sheet: Any) -> None:
        sheet[at] = value
        if shown:
            sheet[at].number_format = shown

    return draw


def value_of(at: str, value: object, shown: str = "", **units: str) -> object:
    """What a cell of the good row comes to. Its title is that of the column with its unit."""
    head = list[object](HEADER)
    for key, unit in units.items():
        place = [column.key for column in COLUMNS].index(key)
        head[place] = f"{COLUMNS[place].zh}（{unit}）"
    table = taken(made(draw=cell(at, value, shown), head=head), **units)
    assert messages(table) == []
    return table.rows[0].values[COLUMNS["ABCDEF".index(at[0])].key]


def refusal(at: str, value: object, shown: str = "") -> str:
    """Why a cell of the good row is refused, and that its address is told."""
    [message] = messages(taken(made(draw=cell(at, value, shown))))
    assert f"({at})" in message
    return message


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
