"""Reading a filled-in table: typed values of every row, or every error with its place."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from shangheng.core.exchange import header
from shangheng.core.exchange.archive import Flaw, Unreadable
from shangheng.core.exchange.cells import is_blank, value_of
from shangheng.core.exchange.columns import Column, Value
from shangheng.core.exchange.errors import CellError, by_place
from shangheng.core.exchange.header import Header
from shangheng.core.exchange.layout import Layout
from shangheng.core.exchange.notes import against_notes
from shangheng.core.exchange.numbers import BadCell
from shangheng.core.exchange.ole import SIGNATURE
from shangheng.core.exchange.rows import take
from shangheng.core.exchange.sheets import Cell, Sheet, read_sheets
from shangheng.core.exchange.text import decode
from shangheng.core.exchange.xlsx import Marks, column_to_letters

MAX_ROWS = 100_000
MAX_ERRORS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet, and its values by the keys of the columns."""

    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: all its rows, or none and the errors.

    The values stand in `columns` by key, each as long as `numbers`, the numbers of the rows in the
    sheet. `places` says where each column stands, `totals` which rows only added up the others.
    `more_errors` counts those beyond the first `MAX_ERRORS`. `sheet` is empty for csv.
    """

    numbers: Sequence[int] = ()
    columns: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    errors: tuple[CellError, ...] = ()
    more_errors: int = 0
    sheet: str = ""
    places: Mapping[str, int] = field(default_factory=dict)
    totals: tuple[int, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every row was understood."""
        return not self.errors

    @property
    def rows(self) -> tuple[Row, ...]:
        """Row by row, for tables of a size that a person reads."""
        keys = list(self.columns)
        values = zip(*self.columns.values(), strict=True)
        return tuple(
            Row(number, dict(zip(keys, row, strict=True)))
            for number, row in zip(self.numbers, values, strict=True)
        )


class FileRefused(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, *errors: CellError) -> None:
        super().__init__()
        self.errors = errors


def read(
    content: bytes,
    name: str,
    columns: Sequence[Column],
    *,
    limit: int = MAX_ROWS,
    layout: Layout | None = None,
) -> Table:
    """Read an .xlsx or .csv file whose columns are `columns`. All or nothing; never raises.

    Missing cells are None, never zero or "". A file of more than `limit` rows is refused. The
    table is found by its header, or stands where `layout` says.
    """
    try:
        sheets = open_sheets(content, name)
        sheet, found = (
            _laid_out(sheets, columns, layout) if layout else _choose(sheets, columns, name)
        )
        fixed, wrong = _fixed(columns, layout)
        wanted = [column for column in columns if column.key not in fixed]
        errors = [
            *wrong,
            *header.problems(sheet, found, wanted),
            *against_notes(sheet, found),
            *_structure(sheet, found),
        ]
        if errors:
            return _refusal(errors, sheet.name)
        taken = take(sheet, found, limit)
    except FileRefused as refused:
        return _refusal(refused.errors, "")
    if taken.errors:
        return _refusal(taken.errors, sheet.name)
    if not taken.numbers:
        return _refusal(
            [
                CellError(
                    _("文件“%(name)s”的表中没有数据；请从表头下一行开始填写") % {"name": name},
                    sheet.name,
                )
            ],
            sheet.name,
        )
    values: dict[str, Sequence[Value]] = dict(taken.columns)
    values |= {key: [value] * len(taken.numbers) for key, value in fixed.items()}
    places = {column.key: place for place, column in found.columns.items()}
    return Table(taken.numbers, values, sheet=sheet.name, places=places, totals=(*taken.totals,))


def _laid_out(
    sheets: list[Sheet], columns: Sequence[Column], layout: Layout
) -> tuple[Sheet, Header]:
    """The sheet and the header that a person has pointed out."""
    sheet = next((sheet for sheet in sheets if sheet.name == layout.sheet), None)
    if sheet is None or layout.row > len(sheet.rows):
        raise FileRefused(
            CellError(_("文件里没有工作表“%(sheet)s”；请重新选择") % {"sheet": layout.sheet})
        )
    _refuse_hidden(sheet)
    by_key = {column.key: column for column in columns}
    chosen = {place: by_key[key] for place, key in layout.columns.items() if key in by_key}
    return sheet, header.at(sheet, layout.row, chosen)


def _fixed(
    columns: Sequence[Column], layout: Layout | None
) -> tuple[dict[str, Value], list[CellError]]:
    """Values that stand for every row."""
    values: dict[str, Value] = {}
    errors: list[CellError] = []
    for column in columns:
        written = layout.fixed.get(column.key, "") if layout else ""
        if written and layout and column.key not in layout.columns.values():
            try:
                values[column.key] = value_of(written, column)
            except BadCell as error:
                errors.append(CellError(str(error), layout.sheet, title=column.zh))
    return values, errors


def _refusal(errors: Sequence[CellError], sheet: str) -> Table:
    placed = by_place(errors)
    return Table(
        errors=tuple(placed[:MAX_ERRORS]),
        more_errors=max(len(placed) - MAX_ERRORS, 0),
        sheet=sheet,
    )


def sheets_of(content: bytes, *, rows: int | None = None) -> list[Sheet]:
    """The sheets of an .xlsx, or the one sheet without a name of a csv; at most so many rows of each.

    Raises `Unreadable`.
    """
    if content.startswith(b"PK"):
        return read_sheets(content, rows=rows)
    text = decode(content)
    if text is None or text.lstrip().startswith("<"):  # a page or XML that is only called .xls
        raise Unreadable(Flaw.DAMAGED)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), _dialect(text))
        found: list[list[Cell]] = [list(row) for row in islice(reader, rows)]
    except csv.Error as error:
        raise Unreadable(Flaw.DAMAGED) from error
    width = max(map(len, found), default=0)
    total = len(found) if rows is None or len(found) < rows else text.count("\n") + 1
    return [Sheet("", False, found, total, width, (), Marks())]


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.split("\n", 1)[0]
    return csv.excel_tab if first.count("\t") > first.count(",") else csv.excel


def open_sheets(content: bytes, name: str, *, rows: int | None = None) -> list[Sheet]:
    """The sheets of a file by that name, at most so many rows of each.

    Raises `FileRefused`, saying what to do.
    """
    if not content.strip():
        raise FileRefused(CellError(_("文件“%(name)s”是空的；请检查后重新上传") % {"name": name}))
    if content.startswith(SIGNATURE):
        raise FileRefused(
            CellError(
                _(
                    "文件“%(name)s”是旧式的 .xls 或加了密码；请在 Excel 中取消密码，另存为 .xlsx 后再上传"
                )
                % {"name": name}
            )
        )
    try:
        return sheets_of(content, rows=rows)
    except Unreadable as error:
        reasons = {
            Flaw.DAMAGED: _(
                "文件“%(name)s”不是完好的 .xlsx 或 .csv；请在 Excel 中打开，另存为 .xlsx 后再上传"
            ),
            Flaw.ENCRYPTED: _("文件“%(name)s”加了密码；请取消密码后再上传"),
            Flaw.TOO_LARGE: _(
                "文件“%(name)s”占用的行列过多；请删除数据以外的空白行和空白列后再上传"
            ),
        }
        raise FileRefused(CellError(reasons[error.flaw] % {"name": name})) from error


def _choose(sheets: list[Sheet], columns: Sequence[Column], name: str) -> tuple[Sheet, Header]:
    """The one sheet that holds the table, and its header."""
    found = [
        (sheet, header.find(sheet, columns))
        for sheet in sheets
        if sheet.name not in header.OWN_SHEETS
    ]
    likely = [(sheet, place) for sheet, place in found if 2 * place.score >= len(columns)]
    best = max((place.score for _sheet, place in found), default=0)
    chosen = likely or [
        (sheet, place) for sheet, place in found if place.score and place.score == best
    ]
    if not chosen:
        wanted = _("、").join(column.title for column in columns)
        raise FileRefused(
            CellError(
                _("文件“%(name)s”的前%(rows)d行中找不到表头；表头应有：%(wanted)s")
                % {"name": name, "rows": header.DEPTH, "wanted": wanted}
            )
        )
    if len(chosen) > 1:
        names = _("、").join(f"“{sheet.name}”" for sheet, _place in chosen)
        raise FileRefused(
            CellError(
                _("工作表%(names)s都像是要导入的数据（包括隐藏的）；请只保留一张")
                % {"names": names}
            )
        )
    sheet, place = chosen[0]
    _refuse_hidden(sheet)
    return sheet, place


def _refuse_hidden(sheet: Sheet) -> None:
    if sheet.is_hidden:
        raise FileRefused(CellError(_("这张工作表是隐藏的；请取消隐藏，核对后再上传"), sheet.name))


def _structure(sheet: Sheet, found: Header) -> Iterator[CellError]:
    """What makes a sheet ambiguous: merged cells, hidden rows and columns that hold data."""
    for (top, left), (bottom, right) in sheet.merged:
        if bottom >= found.row:
            area = f"{column_to_letters(left)}{top}:{column_to_letters(right)}{bottom}"
            message = _("%(area)s是合并单元格；请取消合并，在每一格里填写") % {"area": area}
            yield CellError(message, sheet.name, top, left)
    for number in sorted(sheet.marks.hidden_rows):
        if found.row <= number <= len(sheet.rows) and not all(
            map(is_blank, sheet.rows[number - 1])
        ):
            message = _("这一行是隐藏的或被筛选掉的；请取消隐藏和筛选，核对后再上传")
            yield CellError(message, sheet.name, number)
    for number, column in sorted(found.columns.items()):
        if number in sheet.marks.hidden_columns:
            message = _("这一列是隐藏的；请取消隐藏，核对后再上传")
            yield CellError(message, sheet.name, 0, number, column.zh)
