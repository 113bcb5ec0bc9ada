"""Numbers as people write them into cells, read exactly or refused with advice.

Excel keeps a binary double and shows at most 15 significant digits (Microsoft, “Excel
specifications and limits”: number precision 15 digits). What is read here is what Excel shows.
"""

import math
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.core.exchange import formats
from shangheng.core.exchange.columns import Column, plain

DIGITS = 15
_NOISE = 4  # units in the last place that sums of doubles commonly gather
_LONGEST = 28  # characters; so many digits Decimal computes with exactly
_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[+-]?\.[0-9]+"
_SHORT = re.compile(r"-?(?:[1-9][0-9]*(?:\.[0-9]+)?|0\.[0-9]*[1-9])")
_PLAIN = re.compile(_NUMBER)
_WITH_UNIT = re.compile(rf"({_NUMBER})\s*([^\d\s.,+-][^\d]*)")
LOST = re.compile(
    r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}"
)  # as Excel writes a code of twelve digits or more
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+")
_NEGATIVE = re.compile(r"\((.+)\)")  # as accountants write it
_MINUS = str.maketrans("−‒–﹣‐", "-----")
SCALES = {"万亿": 12, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3}  # zh-data: powers of ten
_PERCENT = {"%", "百分点", "个百分点"}  # zh-data: units
_EMPTY = {"-", "—", "——", "/", "无", "--", "…", "N/A", "n/a", "空"}  # zh-data: for “no number”


class BadCell(ValueError):
    """The content of a cell cannot be taken; the message says why and what to write instead."""


def exact(number: float) -> Decimal:
    """The decimal number that Excel shows for a stored double: 0.1 is 0.1, 0.1 + 0.2 is 0.3.

    Raises BadCell when digits were or would be lost.
    """
    text = repr(number)
    if len(text) <= DIGITS and _SHORT.fullmatch(text):
        return Decimal(text.removesuffix(".0"))  # nearly all cells; the rest is slower
    if not math.isfinite(number):
        raise BadCell(_("不是数值"))
    value = Decimal(text)
    if len(value.as_tuple().digits) <= DIGITS and abs(value) < Decimal(10) ** DIGITS:
        return _tidy(value)
    shown = Decimal(f"{number:.{DIGITS}g}")
    if abs(value) >= Decimal(10) ** DIGITS or abs(value - shown) > _NOISE * Decimal(
        math.ulp(number)
    ):
        raise BadCell(
            _(
                "数字超过%(digits)d位，Excel 会丢失后面的数字；请把单元格设为文本格式重新填写，或用 ROUND 取到需要的小数位"
            )
            % {"digits": DIGITS}
        )
    return _tidy(shown)


def number_in_cell(cell: float, column: Column, *, shown: str) -> Decimal:
    """A number of a number cell, in the unit of the column. Raises BadCell.

    `shown` is what its format says besides the digits, as `formats.meaning_of` tells it.
    """
    value = exact(cell)
    if shown == formats.SCALED:
        raise BadCell(
            _("单元格的格式把数字缩小显示，实际存的是%(value)s；请改为常规格式，核对后填写")
            % {"value": f"{value:f}"}
        )
    if shown == formats.FOREIGN and split_unit(column.unit)[1] == "元":  # zh-data: unit
        raise BadCell(
            _("单元格是外币格式，而本列单位是“%(unit)s”；请换算后填写") % {"unit": column.unit}
        )
    if shown == formats.PERCENT:
        if column.unit not in _PERCENT:
            raise BadCell(
                _(
                    "单元格是百分比格式，显示为%(shown)s%%，而本列不是百分比；请改为常规格式后填写数值"
                )
                % {"shown": _tidy(value * 100)}
            )
        value = _tidy(value * 100)
    elif shown and shown != formats.FOREIGN:
        value = _in_unit(value, shown, f"{value:f}{shown}", column)
    return _within_decimals(value, column)


def number_in_text(text: str, column: Column) -> Decimal:
    """A number written as text, in the unit of the column. Raises BadCell."""
    written = unquoted(plain(text)).translate(_MINUS)
    negative = _NEGATIVE.fullmatch(written)
    if negative and _PLAIN.fullmatch(negative[1]) and negative[1][0] not in "+-":
        written = f"-{negative[1]}"
    if len(written) > _LONGEST:
        raise BadCell(_("“%(text)s…”太长，不是数值") % {"text": written[:20]})
    if _PLAIN.fullmatch(written):
        return _within_decimals(_tidy(Decimal(written.replace(",", ""))), column)
    with_unit = _WITH_UNIT.fullmatch(written)
    if with_unit:
        number = Decimal(with_unit[1].replace(",", ""))
        return _within_decimals(_tidy(_in_unit(number, with_unit[2].strip(), text, column)), column)
    raise BadCell(_not_a_number(text, written))


def unquoted(text: str) -> str:
    """Without the apostrophe that keeps Excel from reading a number, when it has come along."""
    return text[1:] if text[:1] in {"'", "‘", "’"} else text


def _not_a_number(text: str, written: str) -> str:
    if written in _EMPTY:
        return _("“%(text)s”不是数值；没有数据请留空，零请填0") % {"text": text}
    if _SCIENTIFIC.fullmatch(written):
        return _("“%(text)s”是科学记数法，可能已丢失数字；请写出完整的数值") % {"text": text}
    return _("“%(text)s”不是数值；请只填数字，如1234.56") % {"text": text}


def _in_unit(number: Decimal, written: str, text: str, column: Column) -> Decimal:
    """`number` when the unit `written` behind it is the column's own. Raises BadCell."""
    own_power, own_base = split_unit(column.unit)
    power, base = split_unit(written)
    if written == column.unit or (written in _PERCENT and column.unit in _PERCENT):
        return number
    if not column.unit:
        message = _("“%(text)s”请只填数字；本列不带单位，单位另有一列的填在那一列")
        raise BadCell(message % {"text": text})
    if base not in {"", own_base}:
        raise BadCell(
            _("“%(text)s”的单位与本列单位“%(unit)s”不符；请换算后只填数字")
            % {"text": text, "unit": column.unit}
        )
    if power == own_power:
        return number
    raise BadCell(
        _("“%(text)s”请写成%(number)s，本列单位是“%(unit)s”")
        % {
            "text": text,
            "number": f"{_tidy(number.scaleb(power - own_power)):f}",
            "unit": column.unit,
        }
    )


def split_unit(unit: str) -> tuple[int, str]:
    """亿元 → (8, 元): the power of ten and what is counted."""
    for word, power in SCALES.items():
        if unit.startswith(word):
            return power, unit.removeprefix(word)
    return 0, unit


def _tidy(value: Decimal) -> Decimal:
    """Without needless zeros, and never in the form 1E+2."""
    if not value:
        return Decimal(0)
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _within_decimals(value: Decimal, column: Column) -> Decimal:
    exponent = value.as_tuple().exponent
    if column.decimals is not None and isinstance(exponent, int) and -exponent > column.decimals:
        raise BadCell(
            _("%(value)s的小数多于%(decimals)d位；请自行取舍后填写")
            % {"value": f"{value:f}", "decimals": column.decimals}
        )
    return value
