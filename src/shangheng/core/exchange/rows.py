"""The rows below a header, taken column by column: values, or every error with its place."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.core.exchange import header
from shangheng.core.exchange.cells import is_blank
from shangheng.core.exchange.columns import Kind, Value
from shangheng.core.exchange.convert import convert
from shangheng.core.exchange.errors import CellError
from shangheng.core.exchange.header import Header
from shangheng.core.exchange.numbers import BadCell
from shangheng.core.exchange.sheets import Cell, Sheet

_SUMMED = {Kind.DECIMAL, Kind.INTEGER}
_WORDS = ("合计", "总计", "小计", "共计", "累计")  # zh-data: what stands before a row of totals
_TOTALS = frozenset(
    spaced
    for word in _WORDS
    for spaced in (word, *(f"{word[0]}{gap}{word[1]}" for gap in (" ", "  ", "\u3000")))
) | {"Total", "TOTAL", "total", "Subtotal", "Sum"}


@dataclass(slots=True)
class Taken:
    """What the rows hold: their numbers in the sheet, and their values by column.

    `totals` are rows that only add up the rows above, and do so rightly.
    """

    numbers: list[int] = field(default_factory=list)
    columns: dict[str, list[Value]] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)


def take(sheet: Sheet, found: Header, limit: int) -> Taken:
    """Take the rows below the header. More than `limit` of them are one error."""
    taken = Taken()
    rows: list[list[Cell]] = []
    special = {row for row, _column in sheet.marks.errors | sheet.marks.uncomputed}
    for number, cells in enumerate(sheet.rows[found.row :], found.row + 1):
        if all(map(is_blank, cells)) and number not in special:
            continue
        try:
            if found.hint and header.is_example(cells, found, number):
                continue
        except BadCell as error:
            taken.errors.append(CellError(str(error), sheet.name, number, found.hint))
            continue
        if len(rows) == limit:
            told = _("超过%(limit)s行，这张表一个文件最多这么多；请分成几个文件，逐个导入")
            message = told % {"limit": f"{limit:,}"}
            return Taken(errors=[CellError(message, sheet.name, number)])
        rows.append(cells)
        taken.numbers.append(number)
    total = _pop_totals(sheet, rows, taken)
    _convert(sheet, found, rows, taken)
    if total is not None:
        _check_totals(sheet, found, total, taken)
    _refuse_strays(sheet, found, rows, taken)
    return taken


def _convert(sheet: Sheet, found: Header, rows: list[list[Cell]], taken: Taken) -> None:
    broken, shown = _by_column(sheet, taken.numbers)
    for place, column in found.columns.items():
        done = convert(
            _column_of(rows, place),
            column,
            broken=broken.get(place, {}),
            shown=shown.get(place, {}),
            counts_from_1904=sheet.counts_from_1904,
        )
        taken.columns[column.key] = done.values
        taken.errors += [
            CellError(message, sheet.name, taken.numbers[index], place, column.zh)
            for index, message in done.faults.items()
        ]


def _column_of(rows: list[list[Cell]], place: int) -> list[Cell]:
    at = place - 1
    try:
        return [cells[at] for cells in rows]
    except IndexError:  # rows of a csv may be shorter than its header
        return [cells[at] if at < len(cells) else "" for cells in rows]


def _by_column(
    sheet: Sheet, numbers: Sequence[int]
) -> tuple[Mapping[int, dict[int, str]], Mapping[int, dict[int, str]]]:
    """By place of the column: what keeps cells from being read, and what formats say of others."""
    marks = sheet.marks
    broken: dict[int, dict[int, str]] = defaultdict(dict)
    shown: dict[int, dict[int, str]] = defaultdict(dict)
    if not (marks.errors or marks.uncomputed or marks.shown):
        return broken, shown
    index_of = {number: index for index, number in enumerate(numbers)}
    told = (
        (marks.uncomputed, _("公式还没有计算结果；请在 Excel 中打开并保存后再上传")),
        (marks.errors, _("公式出错（如 #N/A、#DIV/0!）；请改正公式或直接填写数值")),
    )
    for places, message in told:
        for row, place in places:
            if row in index_of:
                broken[place][index_of[row]] = message
    for (row, place), meaning in marks.shown.items():
        if row in index_of:
            shown[place][index_of[row]] = meaning
    return broken, shown


def _refuse_strays(sheet: Sheet, found: Header, rows: list[list[Cell]], taken: Taken) -> None:
    """Cells below no title: nobody can say what they mean."""
    known = {*found.columns, *found.ignored, found.hint}
    width = max(map(len, rows), default=0)
    for place in range(1, width + 1):
        if place in known:
            continue
        for number, cell in zip(taken.numbers, _column_of(rows, place), strict=True):
            if not is_blank(cell):
                message = _("这一格没有表头；请加上表头或清空")
                taken.errors.append(CellError(message, sheet.name, number, place))


def _is_totals(cells: Sequence[Cell]) -> bool:
    if _TOTALS.isdisjoint(cells):
        return False
    first = next(cell for cell in cells if not is_blank(cell))
    return first in _TOTALS


def _pop_totals(sheet: Sheet, rows: list[list[Cell]], taken: Taken) -> list[Cell] | None:
    """The row of totals at the end, taken out of `rows`; one in between is an error."""
    last: list[Cell] | None = None
    for index in reversed(range(len(rows))):
        if not _is_totals(rows[index]):
            continue
        number = taken.numbers.pop(index)
        cells = rows.pop(index)
        if index == len(rows) and rows:
            last = cells
            taken.totals.append(number)
        else:
            place = 1 + next(at for at, cell in enumerate(cells) if not is_blank(cell))
            message = _("这一行是“%(word)s”，夹在数据中间；请删除这一行")
            words = {"word": str(cells[place - 1])}
            taken.errors.append(CellError(message % words, sheet.name, number, place))
    return last


def _check_totals(sheet: Sheet, found: Header, cells: list[Cell], taken: Taken) -> None:
    """A row of totals must be the sums of what is above it: else something is missing or twice."""
    number = taken.totals[-1]
    for place, column in found.columns.items():
        cell = cells[place - 1] if place <= len(cells) else ""
        if column.kind not in _SUMMED or is_blank(cell):
            continue
        meaning = sheet.marks.shown.get((number, place))
        done = convert([cell], column, broken={}, shown={0: meaning} if meaning else {})
        written = done.values[0]
        total = sum(
            (Decimal(v) for v in taken.columns[column.key] if isinstance(v, Decimal | int)),
            Decimal(0),
        )
        if done.faults or Decimal(str(written)) != total:
            message = _(
                "合计行写的是%(written)s，上面各行之和是%(total)s；请核对是否有遗漏或重复，改正后再上传"
            ) % {"written": cell if done.faults else f"{written:f}", "total": f"{total:f}"}
            taken.errors.append(CellError(message, sheet.name, number, place, column.zh))
