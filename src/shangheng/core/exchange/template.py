"""An Excel template of a table: header, drop-downs, units, an example, and a sheet of explanations."""

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from shangheng.core.exchange.columns import Column, Kind, Value
from shangheng.core.exchange.header import CHOICES, EXAMPLE, HINT, NOTES, OWN_SHEETS
from shangheng.core.exchange.writing import MOST_ROWS, Pen, Written, sheet_name
from shangheng.core.exchange.xlsx import column_to_letters

_LIST_LENGTH = 255  # characters that Excel takes in a drop-down without a sheet behind it
_FIRST_DAY, _LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
_ANY = 10**15
_HEADER = {"bold": True, "bg_color": "#E8EDF4", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
_GREY = {"italic": True, "font_color": "#7A7A7A"}


def template(
    sheet_title: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Value]] = ()
) -> bytes:
    """An .xlsx to be filled in and read by `read`; with `rows` it comes filled, else with an example."""
    title = sheet_name(sheet_title)
    if title in OWN_SHEETS:
        raise ValueError(f"{title} is the name of a sheet that the template adds itself")
    filled = list(rows)
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        pen = Pen(book)
        sheet = book.add_worksheet(title)
        _head(sheet, columns, pen)
        for number, row in enumerate(filled, 1):
            for place, column in enumerate(columns):
                _put(pen, sheet, number, place, column, row.get(column.key))
        if not filled and any(column.example is not None for column in columns):
            _example(sheet, columns, pen)
        _explain(book.add_worksheet(NOTES), columns, pen)
        _restrict(book, sheet, columns)
    return buffer.getvalue()


def _look(column: Column) -> dict[str, object]:
    """The number format of the cells of a column, also of those still to be filled."""
    match column.kind:
        case Kind.DECIMAL if column.decimals is not None:
            return {
                "num_format": "#,##0" + ("." + "0" * column.decimals if column.decimals else "")
            }
        case Kind.INTEGER:
            return {"num_format": "0"}
        case Kind.DATE:
            return {"num_format": "yyyy-mm-dd"}
        case Kind.TEXT | Kind.MONTH | Kind.CHOICE:
            return {"num_format": "@"}
        case _:
            return {}


def _put(
    pen: Pen, sheet: Worksheet, row: int, place: int, column: Column, value: Value, **look: object
) -> None:
    shown = column.shown(value)
    own = {} if isinstance(shown, datetime.date) else _look(column)
    pen.write(sheet, row, place, shown, **own, **look)


def _head(sheet: Worksheet, columns: Sequence[Column], pen: Pen) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for place, column in enumerate(columns):
        width = max(12, 2 * len(column.title) + 2)
        sheet.set_column(place, place, width, pen.format(**_look(column)))
        pen.write(sheet, 0, place, column.title, **_HEADER)


def _example(sheet: Worksheet, columns: Sequence[Column], pen: Pen) -> None:
    for place, column in enumerate(columns):
        _put(pen, sheet, 1, place, column, column.example, **_GREY)
    sheet.set_column(len(columns), len(columns), 2 * len(EXAMPLE))
    pen.write(sheet, 0, len(columns), HINT, **_HEADER)
    pen.write(sheet, 1, len(columns), EXAMPLE, **_GREY)


def _explain(sheet: Worksheet, columns: Sequence[Column], pen: Pen) -> None:
    titles = (_("列"), _("必填"), _("填什么"), _("单位"), _("说明"), _("可填内容"), _("示例"))
    for place, title in enumerate(titles):
        pen.write(sheet, 0, place, title, **_HEADER)
    sheet.set_column(0, 3, 14)
    sheet.set_column(4, 6, 40)
    for number, column in enumerate(columns, 1):
        told: tuple[Written, ...] = (
            column.zh,
            _("是") if column.required else _("否"),
            _kind_in_words(column),
            column.unit,
            column.note,
            _("、").join(column.choices),
            column.shown(column.example),
        )
        for place, text in enumerate(told):
            pen.write(sheet, number, place, text, text_wrap=True, valign="top", align="left")
    general = (
        _("带*的列必须填写；没有数据的格留空，不要填0或“无”。"),
        _("数值只填数字，按表头的单位填写，不要写“亿”“万”。"),
        _("不要合并单元格，不要隐藏行或列，不要改动表头。"),
        _("有一处错误，整个文件都不会导入；改正后重新上传即可。"),
    )
    for number, line in enumerate(general, len(columns) + 2):
        pen.write(sheet, number, 0, line)


def _kind_in_words(column: Column) -> str:
    words = {
        Kind.TEXT: _("文字，最多%(length)d字") % {"length": column.max_length},
        Kind.DECIMAL: _("数值"),
        Kind.INTEGER: _("整数"),
        Kind.DATE: _("日期，如2021-3-5"),
        Kind.CHOICE: _("从下拉列表中选"),
        Kind.MONTH: _("月份，如2021-10"),
    }
    if column.kind is Kind.DECIMAL and column.decimals is not None:
        return _("数值，最多%(decimals)d位小数") % {"decimals": column.decimals}
    return words[column.kind]


def _restrict(book: Workbook, sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Drop-downs and checks that Excel makes while one types."""
    behind: Worksheet | None = None
    for place, column in enumerate(columns):
        rule = _rule(column)
        if column.kind is Kind.CHOICE:
            labels = list(column.choices)
            if len(",".join(labels)) > _LIST_LENGTH or any("," in label for label in labels):
                behind = behind or book.add_worksheet(CHOICES)
                behind.hide()
                behind.write_column(0, place, labels)
                letters = column_to_letters(place + 1)
                rule["source"] = f"='{CHOICES}'!${letters}$1:${letters}${len(labels)}"
        if rule:
            message = _("；").join(filter(None, (_kind_in_words(column), column.note)))
            rule |= {"input_title": column.zh[:32], "input_message": message[:255]}
            sheet.data_validation(1, place, MOST_ROWS - 1, place, rule)


def _rule(column: Column) -> dict[str, object]:
    match column.kind:
        case Kind.CHOICE:
            return {"validate": "list", "source": list(column.choices)}
        case Kind.DECIMAL | Kind.INTEGER:
            return {
                "validate": column.kind.value,
                "criteria": "between",
                "minimum": -_ANY,
                "maximum": _ANY,
            }
        case Kind.DATE:
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": _FIRST_DAY,
                "maximum": _LAST_DAY,
            }
        case _:
            return {"validate": "any"}
