"""What stands above a table and holds for all of it: 单位：万元."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from shangheng.core.exchange.columns import Column, plain
from shangheng.core.exchange.errors import CellError
from shangheng.core.exchange.header import Header, unit_in
from shangheng.core.exchange.numbers import split_unit
from shangheng.core.exchange.sheets import Sheet

_NOTE = re.compile(r"单\s*位\s*[:：]\s*([^\s)）】\]]+)")  # zh-data: 单位：万元、个
_PARTS = re.compile(r"[、,，/;；和]")  # zh-data: what stands between units
_MONEY = "元"  # zh-data: unit


def against_notes(sheet: Sheet, found: Header) -> Iterator[CellError]:
    """Where a note above the header gives columns, whose titles name no unit, another than theirs."""
    for number, cells in enumerate(sheet.rows[: found.row - 1], 1):
        for place, cell in enumerate(cells, 1):
            note = _NOTE.search(plain(cell)) if isinstance(cell, str) else None
            if not note:
                continue
            written = _PARTS.split(note[1])
            for column in _contradicted(found, written):
                message = _(
                    "这里写的单位是“%(written)s”，而“%(title)s”列的单位是“%(unit)s”；请换算后改正这里，或在表头写明单位"
                ) % {"written": note[1], "title": column.zh, "unit": column.unit}
                yield CellError(message, sheet.name, number, place)


def _contradicted(found: Header, written: list[str]) -> Iterator[Column]:
    for place, column in found.columns.items():
        if unit_in(found.titles[place - 1]) or not column.unit or column.unit in written:
            continue
        if any(_is_other_size(one, column.unit) for one in written):
            yield column


def _is_other_size(written: str, unit: str) -> bool:
    """万元 against 亿元, 万美元 against 亿元; not 个 against 亿元, which speaks of another column."""
    (power, base), (own_power, own_base) = split_unit(written), split_unit(unit)
    if base == own_base:
        return power != own_power
    return base.endswith(_MONEY) and own_base.endswith(_MONEY)
