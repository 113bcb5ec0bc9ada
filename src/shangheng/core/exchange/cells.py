"""One cell of a table: from what stands in it to a typed value."""

import datetime
import difflib
import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.core.exchange import dates, numbers
from shangheng.core.exchange.columns import BLANK, INVISIBLE, Column, Kind, Value, plain
from shangheng.core.exchange.numbers import BadCell
from shangheng.core.exchange.sheets import Cell

_CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f{INVISIBLE}]")
_GUARDED = re.compile(
    r"'(?:[=+\-@\t\r＝＋－＠]|'*[0-9]\S*\Z)"
)  # as `export.csv_text` writes what looks like a formula, and Excel what looks like a number
_FAILED = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
MOST_CHOICES = 12
"""So many are told beside a cell; the sheet of explanations has all."""


def is_blank(cell: Cell) -> bool:
    """Whether a person would call the cell empty."""
    return isinstance(cell, str) and not cell.strip(BLANK)


def value_of(
    cell: Cell, column: Column, *, shown: str = "", counts_from_1904: bool = False
) -> Value:
    """The value of a cell that is not blank; `shown` is what its format says besides. Raises BadCell."""
    match column.kind:
        case Kind.DECIMAL:
            return _number(cell, column, shown)
        case Kind.INTEGER:
            return _integer(cell, column, shown)
        case Kind.DATE:
            return dates.date(cell, counts_from_1904=counts_from_1904)
        case Kind.MONTH:
            return dates.month(cell)
        case Kind.CHOICE:
            return _choice(_written(cell, shown), column)
        case Kind.TEXT:
            return _text(_written(cell, shown), column)


def _number(cell: Cell, column: Column, shown: str) -> Decimal:
    if isinstance(cell, str):
        return numbers.number_in_text(cell, column)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return numbers.number_in_cell(cell, column, shown=shown)
    raise BadCell(
        _("“%(cell)s”是日期或逻辑值，不是数值；请把单元格改为常规格式后填写") % {"cell": cell}
    )


def _integer(cell: Cell, column: Column, shown: str) -> int:
    value = _number(cell, column, shown)
    if value != value.to_integral_value():
        raise BadCell(_("%(value)s不是整数") % {"value": f"{value:f}"})
    return int(value)


def as_text(cell: Cell) -> str:
    """What the cell shows. Raises BadCell for a number that has lost digits."""
    if isinstance(cell, str):
        text = cell.strip(BLANK)
        return text[1:].strip() if _GUARDED.match(text) else text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return f"{numbers.exact(cell):f}"
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def _written(cell: Cell, shown: str) -> str:
    """What the cell shows, where words are wanted. Raises BadCell for what only looks like words."""
    if isinstance(cell, datetime.time | datetime.timedelta):
        raise BadCell(_("单元格是时刻或时长，不是文字；请改为文本格式后填写"))
    if shown and not isinstance(cell, str):
        raise BadCell(_("单元格的格式使显示的与所存的数字不同；请改为文本格式后填写"))
    text = as_text(cell)
    if text in _FAILED:
        raise BadCell(_("“%(cell)s”是公式出错留下的；请改正或清空") % {"cell": text})
    if numbers.LOST.fullmatch(text):
        raise BadCell(
            _("“%(cell)s”是科学记数法，编号的后几位可能已丢失；请把单元格设为文本格式重新填写")
            % {"cell": text}
        )
    return text


def _text(text: str, column: Column) -> str:
    if len(text) > column.max_length:
        raise BadCell(
            _("有%(length)d个字，超过%(limit)d个；请缩短")
            % {"length": len(text), "limit": column.max_length}
        )
    if _CONTROL.search(text):
        raise BadCell(_("含有看不见的控制字符；请重新输入"))
    if not column.lines and re.search(r"[\r\n\u2028\u2029]", text):
        raise BadCell(_("一格里有几行；请写成一行"))
    return text


def _choices(labels: Sequence[str]) -> str:
    """What may stand in a cell; of many the first, and how many there are."""
    some = _("、").join(labels[:MOST_CHOICES])
    if len(labels) <= MOST_CHOICES:
        return _("可填：%(choices)s") % {"choices": some}
    told = {"choices": some, "n": len(labels)}
    return _("可填：%(choices)s等%(n)d种，全部见模板的“填表说明”") % told


def _choice(text: str, column: Column) -> str:
    found = {plain(label): value for label, value in column.choices.items()}
    found |= {value: value for value in column.choices.values() if value not in found}
    if plain(text) in found:
        return found[plain(text)]
    close = difflib.get_close_matches(text, column.choices, n=1, cutoff=0.5)
    advice = _("是不是“%(close)s”？") % {"close": close[0]} if close else _choices(column.labels)
    raise BadCell(_("“%(cell)s”不在可选范围内；%(advice)s") % {"cell": text[:50], "advice": advice})
