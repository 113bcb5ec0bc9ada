"""One cell of a table: from what stands in it to a typed value."""

import datetime
import difflib
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.core.exchange import dates, numbers
from shangheng.core.exchange.columns import Column, Kind, Value, plain
from shangheng.core.exchange.numbers import BadCell
from shangheng.core.exchange.sheets import Cell

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_GUARDED = re.compile(
    r"'[=+\-@\t\r＝＋－＠]"
)  # as `export.csv_text` writes what looks like a formula


def is_blank(cell: Cell) -> bool:
    """Whether a person would call the cell empty."""
    return isinstance(cell, str) and not cell.strip()


def value_of(
    cell: Cell, column: Column, *, is_percent: bool = False, counts_from_1904: bool = False
) -> Value:
    """The value of a cell that is not blank. Raises BadCell."""
    match column.kind:
        case Kind.DECIMAL:
            return _number(cell, column, is_percent)
        case Kind.INTEGER:
            return _integer(cell, column, is_percent)
        case Kind.DATE:
            return dates.date(cell, counts_from_1904=counts_from_1904)
        case Kind.MONTH:
            return dates.month(cell)
        case Kind.CHOICE:
            return _choice(cell, column)
        case Kind.TEXT:
            return _text(cell, column)


def _number(cell: Cell, column: Column, is_percent: bool) -> Decimal:
    if isinstance(cell, str):
        return numbers.number_in_text(cell, column)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return numbers.number_in_cell(cell, column, is_percent=is_percent)
    raise BadCell(
        _("“%(cell)s”是日期或逻辑值，不是数值；请把单元格改为常规格式后填写") % {"cell": cell}
    )


def _integer(cell: Cell, column: Column, is_percent: bool) -> int:
    value = _number(cell, column, is_percent)
    if value != value.to_integral_value():
        raise BadCell(_("%(value)s不是整数") % {"value": f"{value:f}"})
    return int(value)


def as_text(cell: Cell) -> str:
    """What the cell shows. Raises BadCell for a number that has lost digits."""
    if isinstance(cell, str):
        return (cell[1:] if _GUARDED.match(cell) else cell).strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return f"{numbers.exact(cell):f}"
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def _text(cell: Cell, column: Column) -> str:
    text = as_text(cell)
    if len(text) > column.max_length:
        raise BadCell(
            _("有%(length)d个字，超过%(limit)d个；请缩短")
            % {"length": len(text), "limit": column.max_length}
        )
    if _CONTROL.search(text):
        raise BadCell(_("含有看不见的控制字符；请重新输入"))
    return text


def _choice(cell: Cell, column: Column) -> str:
    text = as_text(cell)
    found = {plain(label): value for label, value in column.choices.items()}
    found |= {value: value for value in column.choices.values() if value not in found}
    if plain(text) in found:
        return found[plain(text)]
    close = difflib.get_close_matches(text, column.choices, n=1, cutoff=0.5)
    advice = (
        _("是不是“%(close)s”？") % {"close": close[0]}
        if close
        else _("可填：%(choices)s") % {"choices": _("、").join(column.labels[:12])}
    )
    raise BadCell(_("“%(cell)s”不在可选范围内；%(advice)s") % {"cell": text[:50], "advice": advice})
