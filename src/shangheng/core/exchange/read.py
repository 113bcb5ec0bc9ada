"""Reading a filled-in table: typed values of every row, or every error with its place."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from shangheng.core.exchange import header
from shangheng.core.exchange.archive import Flaw, Unreadable
from shangheng.core.exchange.cells import is_blank, value_of
from shangheng.core.exchange.columns import Column, Value
from shangheng.core.exchange.errors import CellError, by_place
from shangheng.core.exchange.header import Header
from shangheng.core.exchange.numbers import BadCell
from shangheng.core.exchange.ole import SIGNATURE
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

    `more_errors` counts those beyond the first `MAX_ERRORS`. `sheet` is empty for csv.
    """

    rows: tuple[Row, ...] = ()
    errors: tuple[CellError, ...] = ()
    more_errors: int = 0
    sheet: str = ""

    @property
    def ok(self) -> bool:
        """Whether every row was understood."""
        return not self.errors


class _Refused(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, *errors: CellError) -> None:
        super().__init__()
        self.errors = errors


def read(content: bytes, name: str, columns: Sequence[Column], *, limit: int = MAX_ROWS) -> Table:
    """Read an .xlsx or .csv file whose columns are `columns`. All or nothing; never raises.

    Missing cells are None, never zero or "". A file of more than `limit` rows is refused.
    """
    try:
        sheets = _sheets(content, name)
        sheet, found = _choose(sheets, columns)
        errors = [*header.problems(sheet, found, columns), *_structure(sheet, found)]
        if errors:
            return _refusal(errors, sheet.name)
        rows, errors = _rows(sheet, found, limit)
    except _Refused as refused:
        return _refusal(refused.errors, "")
    if errors:
        return _refusal(errors, sheet.name)
    if not rows:
        return _refusal(
            [CellError(_("表中没有数据；请从表头下一行开始填写"), sheet.name)], sheet.name
        )
    return Table(tuple(rows), sheet=sheet.name)


def _refusal(errors: Sequence[CellError], sheet: str) -> Table:
    placed = by_place(errors)
    return Table((), tuple(placed[:MAX_ERRORS]), max(len(placed) - MAX_ERRORS, 0), sheet)


def sheets_of(content: bytes) -> list[Sheet]:
    """The sheets of an .xlsx, or the one sheet without a name of a csv. Raises `Unreadable`."""
    if content.startswith(b"PK"):
        return read_sheets(content)
    text = decode(content)
    if text is None:
        raise Unreadable(Flaw.DAMAGED)
    try:
        rows: list[list[Cell]] = [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), _dialect(text))
        ]
    except csv.Error as error:
        raise Unreadable(Flaw.DAMAGED) from error
    width = max(map(len, rows), default=0)
    return [Sheet("", False, rows, len(rows), width, (), Marks())]


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.split("\n", 1)[0]
    return csv.excel_tab if first.count("\t") > first.count(",") else csv.excel


def _sheets(content: bytes, name: str) -> list[Sheet]:
    if not content.strip():
        raise _Refused(CellError(_("文件“%(name)s”是空的；请检查后重新上传") % {"name": name}))
    if content.startswith(SIGNATURE):
        raise _Refused(
            CellError(
                _(
                    "文件“%(name)s”是旧式的 .xls 或加了密码；请在 Excel 中取消密码，另存为 .xlsx 后再上传"
                )
                % {"name": name}
            )
        )
    try:
        return sheets_of(content)
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
        raise _Refused(CellError(reasons[error.flaw] % {"name": name})) from error


def _choose(sheets: list[Sheet], columns: Sequence[Column]) -> tuple[Sheet, Header]:
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
        raise _Refused(
            CellError(
                _("前%(rows)d行中找不到表头；表头应有：%(wanted)s")
                % {"rows": header.DEPTH, "wanted": wanted}
            )
        )
    if len(chosen) > 1:
        names = _("、").join(f"“{sheet.name}”" for sheet, _place in chosen)
        raise _Refused(
            CellError(
                _("工作表%(names)s都像是要导入的数据（包括隐藏的）；请只保留一张")
                % {"names": names}
            )
        )
    sheet, place = chosen[0]
    if sheet.is_hidden:
        raise _Refused(CellError(_("这张工作表是隐藏的；请取消隐藏，核对后再上传"), sheet.name))
    return sheet, place


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


def _rows(sheet: Sheet, found: Header, limit: int) -> tuple[list[Row], list[CellError]]:
    rows: list[Row] = []
    errors: list[CellError] = []
    special = {row for row, _column in sheet.marks.errors | sheet.marks.uncomputed}
    for number, cells in enumerate(sheet.rows[found.row :], found.row + 1):
        if all(map(is_blank, cells)) and number not in special:
            continue
        try:
            if header.is_example(cells, found, number):
                continue
        except BadCell as error:
            errors.append(CellError(str(error), sheet.name, number, found.hint))
            continue
        if len(rows) == limit:
            message = _("超过%(limit)d行；请分成几个文件上传") % {"limit": limit}
            return [], [CellError(message, sheet.name, number)]
        values, problems = _row(sheet, found, number, cells)
        rows.append(Row(number, values))
        errors += problems
    return rows, errors


def _row(
    sheet: Sheet, found: Header, number: int, cells: list[Cell]
) -> tuple[dict[str, Value], list[CellError]]:
    values: dict[str, Value] = {}
    errors: list[CellError] = []
    blank = CellError("", sheet.name, number)
    for place, column in found.columns.items():
        cell = cells[place - 1] if place <= len(cells) else ""
        try:
            values[column.key] = _value(sheet, (number, place), cell, column)
        except BadCell as error:
            errors.append(replace(blank, message=str(error), column=place, title=column.zh))
    for place, cell in enumerate(cells, 1):
        if place not in found.columns and place != found.hint and not is_blank(cell):
            message = _("这一格没有表头；请加上表头或清空")
            errors.append(replace(blank, message=message, column=place))
    return values, errors


def _value(sheet: Sheet, place: tuple[int, int], cell: Cell, column: Column) -> Value:
    marks = sheet.marks
    if place in marks.errors:
        raise BadCell(_("公式出错（如 #N/A、#DIV/0!）；请改正公式或直接填写数值"))
    if place in marks.uncomputed:
        raise BadCell(_("公式还没有计算结果；请在 Excel 中打开并保存后再上传"))
    if is_blank(cell):
        if column.required:
            raise BadCell(_("不能为空"))
        return None
    is_percent = place in marks.percent
    return value_of(cell, column, is_percent=is_percent, counts_from_1904=sheet.counts_from_1904)
