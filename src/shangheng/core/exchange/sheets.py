"""The sheets of a workbook as rows of plain values. Pure.

Reads .xlsx through calamine, behind guards: whatever a damaged file makes the reader do, the caller
meets `Unreadable` and nothing else. Not .xls: a damaged one makes the reader end the process.
"""

import datetime
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from shangheng.core.exchange.archive import Flaw, Unreadable, open_archive
from shangheng.core.exchange.xlsx import Book, Marks, Place, scan

Cell = (
    str
    | bool
    | int
    | float
    | datetime.date
    | datetime.datetime
    | datetime.time
    | datetime.timedelta
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its cells from A1 on, empty ones as "". Merged ranges are counted from 1."""

    name: str
    is_hidden: bool
    rows: list[list[Cell]]
    total_rows: int
    total_columns: int
    merged: tuple[tuple[Place, Place], ...]
    marks: Marks
    counts_from_1904: bool = False


def read_sheets(content: bytes, *, rows: int | None = None) -> list[Sheet]:
    """All sheets of an .xlsx, each with at most the first `rows` rows.

    Raises `Unreadable`.
    """
    if not content.startswith(b"PK"):
        raise Unreadable(Flaw.DAMAGED)
    with open_archive(content) as archive:
        book = scan(archive)
    with _guarded(), CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        return [
            _sheet(
                workbook,
                number,
                book.sheets[number] if number < len(book.sheets) else Marks(),
                book,
                rows,
            )
            for number in range(len(workbook.sheet_names))
        ]


def _sheet(
    workbook: CalamineWorkbook, number: int, marks: Marks, book: Book, rows: int | None
) -> Sheet:
    about = workbook.sheets_metadata[number]
    sheet = workbook.get_sheet_by_index(number)
    end = sheet.end or (-1, -1)
    return Sheet(
        name=about.name,
        is_hidden=about.visible != SheetVisibleEnum.Visible,
        rows=sheet.to_python(skip_empty_area=False, nrows=rows),
        total_rows=end[0] + 1,
        total_columns=end[1] + 1,
        merged=tuple(
            ((top + 1, left + 1), (bottom + 1, right + 1))
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ),
        marks=marks,
        counts_from_1904=book.counts_from_1904,
    )


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn whatever the reader raises on a damaged file into `Unreadable`."""
    try:
        yield
    except PasswordError as error:
        raise Unreadable(Flaw.ENCRYPTED) from error
    except (CalamineError, ValueError, OverflowError, IndexError, OSError) as error:
        raise Unreadable(Flaw.DAMAGED) from error
    except BaseException as error:
        # a panic of the Rust reader arrives as a BaseException that cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(Flaw.DAMAGED) from error
