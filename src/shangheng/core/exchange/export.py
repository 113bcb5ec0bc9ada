"""Handing tables out as Excel or csv, safe to open."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from xlsxwriter.workbook import Workbook

from shangheng.core.exchange.writing import Pen, Written, looks_like_formula, sheet_name

_WIDTH = 16
_QUOTED = re.compile(r"'+[0-9]\S*\Z")  # would lose its own apostrophe when it is read back
_BOLD: dict[str, object] = {"bold": True}
_GREY: dict[str, object] = {"font_color": "#5A6472"}


def workbook(
    sheet: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Written]],
    about: Sequence[str] = (),
) -> bytes:
    """An .xlsx of one sheet: what it is `about`, a frozen header with filters, and `rows`.

    Decimals are numbers, dates are dates. Raises ValueError when there is more than a sheet holds.
    """
    buffer = io.BytesIO()
    with Workbook(buffer, {"constant_memory": True}) as book:
        pen = Pen(book)
        page = book.add_worksheet(sheet_name(sheet))
        top, last = len(about), max(len(header) - 1, 0)
        page.freeze_panes(top + 1, 0)
        page.set_column(0, last, _WIDTH)
        for number, line in enumerate(about):
            pen.write(page, number, 0, line, **(_GREY if number else _BOLD))
        for place, title in enumerate(header):
            pen.write(page, top, place, title, bold=True, bg_color="#E8EDF4", bottom=1)
        number = top
        for number, row in enumerate(rows, top + 1):
            for place, value in enumerate(row):
                pen.write(page, number, place, value)
        page.autofilter(top, 0, number, last)
    return buffer.getvalue()


def csv_text(
    header: Sequence[str], rows: Iterable[Sequence[Written]], about: Sequence[str] = ()
) -> str:
    """The same as csv, with the byte-order mark by which Excel knows UTF-8.

    A text that a spreadsheet might run gets an apostrophe in front, which `read` takes off again;
    numbers are left alone.
    """
    buffer = io.StringIO(newline="")
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    writer.writerows([_field(line)] for line in about)
    writer.writerow([_field(title) for title in header])
    writer.writerows([_field(value) for value in row] for row in rows)
    return buffer.getvalue()


def _field(value: Written) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, str) and (looks_like_formula(value) or _QUOTED.match(value)):
        return f"'{value}"
    return str(value)
