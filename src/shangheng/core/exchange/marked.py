"""A copy of a refused file in which the wrong cells are marked and explained."""

import io
from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from shangheng.core.exchange.archive import Unreadable
from shangheng.core.exchange.errors import CellError
from shangheng.core.exchange.formats import format_of
from shangheng.core.exchange.header import ERRORS
from shangheng.core.exchange.read import sheets_of
from shangheng.core.exchange.sheets import Sheet
from shangheng.core.exchange.writing import LONGEST_TEXT, Pen, sheet_name

_WRONG = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
_DATA = "数据"  # zh-data: name of the sheet of a csv file, which has none


def marked_copy(content: bytes, errors: Sequence[CellError]) -> bytes:
    """An .xlsx with the sheets of `content` that have errors, mended there and handed in again.

    Cells with an error are red and carry its message as a comment; a last sheet lists all errors.
    A file that cannot be read at all gives the list alone.
    """
    try:
        sheets = sheets_of(content)
    except Unreadable:
        sheets = []
    wrong = {error.sheet for error in errors if error.row or error.column}
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        pen = Pen(book)
        for sheet in sheets:
            if sheet.name in wrong:
                page = book.add_worksheet(sheet_name(sheet.name or _DATA))
                _copy(pen, page, sheet, [error for error in errors if error.sheet == sheet.name])
        _list(pen, book.add_worksheet(ERRORS), errors)
    return buffer.getvalue()


def _copy(pen: Pen, page: Worksheet, sheet: Sheet, errors: Sequence[CellError]) -> None:
    page.set_column(0, max(sheet.total_columns - 1, 0), 16)
    messages: dict[tuple[int, int], list[str]] = defaultdict(list)
    for error in errors:
        messages[max(error.row, 1), max(error.column, 1)].append(error.message)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            place = (row + 1, column + 1)
            look: dict[str, object] = dict(_WRONG) if place in messages else {}
            if place in sheet.marks.shown:
                look["num_format"] = format_of(sheet.marks.shown[place])
            text = cell[:LONGEST_TEXT] if isinstance(cell, str) else cell
            pen.write(page, row, column, None if text == "" else text, **look)
    for (row, column), told in messages.items():
        page.write_comment(row - 1, column - 1, "\n".join(told), {"x_scale": 2})
        if row > len(sheet.rows) or column > len(sheet.rows[row - 1]):
            pen.write(page, row - 1, column - 1, None, **_WRONG)


def _list(pen: Pen, page: Worksheet, errors: Sequence[CellError]) -> None:
    page.set_column(0, 0, 40)
    page.set_column(1, 1, 90)
    for column, title in enumerate((_("错误位置"), _("错误说明"))):
        pen.write(page, 0, column, title, bold=True)
    for row, error in enumerate(errors, 1):
        pen.write(page, row, 0, error.place)
        pen.write(page, row, 1, error.message)
