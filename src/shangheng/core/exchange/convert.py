"""A whole column of cells at once: typed values, and what is wrong by its place in the column.

Cells that say the same are converted once: most columns of a large table repeat a few values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils.translation import gettext as _

from shangheng.core.exchange.cells import is_blank, value_of
from shangheng.core.exchange.columns import Column, Value
from shangheng.core.exchange.numbers import BadCell
from shangheng.core.exchange.sheets import Cell

_REPEATING = frozenset({str, float})  # a bool equals a number, so it must not be looked up as one


@dataclass(slots=True)
class Converted:
    """The values of a column; None where `faults` says what is wrong with the cell."""

    values: list[Value] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)


def convert(
    cells: Sequence[Cell],
    column: Column,
    *,
    broken: Mapping[int, str],
    shown: Mapping[int, str] = MappingProxyType({}),
    counts_from_1904: bool = False,
) -> Converted:
    """Convert the cells of one column.

    `broken` says of some why they cannot be read at all, `shown` what formats say besides the digits.
    """
    done = Converted()
    known: dict[Cell, Value] = {}
    wrong: dict[Cell, str] = {}
    add = done.values.append
    for index, cell in enumerate(cells):
        is_special = index in shown or index in broken
        if not is_special and cell in known and type(cell) in _REPEATING:
            add(known[cell])
            continue
        message = broken.get(index, "") or (not is_special and wrong.get(cell, "")) or ""
        value: Value = None
        if not message:
            try:
                value = _value(cell, column, shown.get(index, ""), counts_from_1904)
            except BadCell as error:
                message = str(error)
        if message:
            done.faults[index] = message
        if not is_special and type(cell) in _REPEATING:
            (wrong.__setitem__(cell, message) if message else known.__setitem__(cell, value))
        add(value)
    return done


def _value(cell: Cell, column: Column, shown: str, counts_from_1904: bool) -> Value:
    if is_blank(cell):
        if column.required:
            raise BadCell(_("不能为空"))
        return None
    return value_of(cell, column, shown=shown, counts_from_1904=counts_from_1904)
