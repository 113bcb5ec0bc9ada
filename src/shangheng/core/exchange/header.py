"""Finding the header of a table and the example row below it."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shangheng.core.exchange import numbers
from shangheng.core.exchange.cells import is_blank, value_of
from shangheng.core.exchange.columns import Column, plain
from shangheng.core.exchange.errors import CellError
from shangheng.core.exchange.numbers import BadCell
from shangheng.core.exchange.sheets import Cell, Sheet

DEPTH = 20  # rows in which a header is looked for: titles and notes may stand above it
HINT = "填表提示"  # zh-data: title of the column that marks the example row
EXAMPLE = "示例行，不导入"  # zh-data: the mark itself
NOTES = "填表说明"  # zh-data: name of the sheet of explanations
CHOICES = "选项"  # zh-data: name of the hidden sheet behind long drop-downs
ERRORS = "错误清单"  # zh-data: name of the sheet of errors in a marked copy
OWN_SHEETS = frozenset({NOTES, CHOICES, ERRORS})  # never read as data
_BRACKET = r"[(\[【](?:单位:)?([^()\[\]【】]*)[)\]】]"  # zh-data: (单位:亿元)
_TITLE = re.compile(rf"(.+?)(?:{_BRACKET})?\*?")
_BRACKETS = re.compile(_BRACKET)
_SPACE = re.compile(r"(?<![0-9A-Za-z.,]) | (?![0-9A-Za-z])")
_MONEY = "元"  # zh-data: unit
_CURRENCIES = "(?:美|欧|港|日)?元"  # zh-data: units


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is: its row, its columns by their number, the column of hints (0: none).

    `ignored` are titled columns that a person has chosen to leave out.
    """

    row: int
    columns: dict[int, Column]
    hint: int
    titles: tuple[str, ...]
    ignored: frozenset[int] = frozenset()
    is_chosen: bool = False

    @property
    def score(self) -> int:
        """How many different columns were recognised."""
        return len({column.key for column in self.columns.values()})


def find(sheet: Sheet, columns: Sequence[Column]) -> Header:
    """The row among the first `DEPTH` that names most of `columns`; the uppermost of equals."""
    known = names_of(columns)
    candidates = [
        _header(number, cells, known) for number, cells in enumerate(sheet.rows[:DEPTH], 1)
    ]
    return max(candidates, key=lambda found: found.score, default=Header(0, {}, 0, ()))


def names_of(columns: Sequence[Column]) -> dict[str, Column]:
    """Every title that is understood without asking, made plain."""
    known = {plain_title(column.key): column for column in columns}
    known |= {plain_title(alias): column for column in columns for alias in column.aliases}
    return known | {plain_title(column.zh): column for column in columns}


def at(sheet: Sheet, row: int, columns: Mapping[int, Column]) -> Header:
    """The header in a row that a person has chosen, with the columns that they have chosen."""
    titles = titles_of(sheet.rows[row - 1])
    hint = titles.index(HINT) + 1 if HINT in titles else 0
    ignored = {
        place
        for place, title in enumerate(titles, 1)
        if title and place not in columns and place != hint
    }
    return Header(row, dict(columns), hint, titles, frozenset(ignored), is_chosen=True)


def titles_of(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The titles in a row, made plain."""
    return tuple(plain_title(cell) if isinstance(cell, str) else str(cell) for cell in cells)


def plain_title(text: str) -> str:
    """A title made plain: 名　称 and a title in two lines are written with spaces only to look well.

    Between letters a space stays: there it parts words.
    """
    return _SPACE.sub("", " ".join(plain(text).split()))


def column_for(title: str, known: Mapping[str, Column]) -> Column | None:
    """The column that a plain title names, with or without its unit and its star."""
    return known.get(title.rstrip("*")) or known.get(_parts(title)[0])


def _header(number: int, cells: list[Cell], known: dict[str, Column]) -> Header:
    titles = titles_of(cells)
    columns: dict[int, Column] = {}
    for place, title in enumerate(titles, 1):
        column = column_for(title, known)
        if column:
            columns[place] = column
    hint = titles.index(HINT) + 1 if HINT in titles else 0
    return Header(number, columns, hint, titles)


def _parts(title: str) -> tuple[str, str]:
    """Name and unit of a title such as 数值(亿元)*."""
    found = _TITLE.fullmatch(title)
    return (found[1], found[2] or "") if found else (title, "")


def problems(sheet: Sheet, found: Header, columns: Sequence[Column]) -> Iterator[CellError]:
    """What keeps the header from being understood."""
    counts = Counter(column.key for column in found.columns.values())
    present = {column.key for column in found.columns.values()}
    missing = [column for column in columns if column.key not in present]
    for place, title in enumerate(found.titles, 1):
        column = found.columns.get(place)
        message = ""
        if column is None:
            if title and place != found.hint and place not in found.ignored:
                message = _unknown(title, missing)
        elif counts[column.key] > 1:
            message = _("这一列重复出现；请只保留一列")
        elif _is_other_unit(title, column, is_chosen=found.is_chosen):
            message = _("表头写的单位是“%(written)s”，本列单位是“%(unit)s”；请换算后改正表头") % {
                "written": _parts(title)[1],
                "unit": column.unit or _("无"),
            }
        if message:
            yield CellError(message, sheet.name, found.row, place, title)
    for column in missing:
        if column.required:
            message = _("缺少“%(title)s”列；请补上，或使用模板") % {"title": column.title}
            yield CellError(message, sheet.name, found.row)


def _unknown(title: str, missing: Sequence[Column]) -> str:
    close = difflib.get_close_matches(
        _parts(title)[0], [column.zh for column in missing], n=1, cutoff=0.5
    )
    if close:
        return _("不认识这一列，是不是“%(close)s”？请改正表头或删去这一列") % {"close": close[0]}
    return _("不认识这一列；请改正表头或删去这一列")


def _is_other_unit(title: str, column: Column, *, is_chosen: bool) -> bool:
    """Whether the title names another unit than the column's; what a person has chosen may add
    other words in brackets, but not the same measure in another size (万元 for 亿元)."""
    if title.rstrip("*") in set(map(plain_title, (column.zh, column.key, *column.aliases))):
        return False
    unit = plain(column.unit)
    if not is_chosen:
        return _parts(title)[1] != unit
    told = [*_BRACKETS.findall(title), *_unit_at_end(title, unit)]
    return bool(unit) and any(_contradicts(written, unit) for written in told)


def unit_in(title: str) -> str:
    """The unit that a title names in brackets: 数值(亿元) → 亿元; "" when it names none."""
    return _parts(title)[1]


def _unit_at_end(title: str, unit: str) -> list[str]:
    """金额万元, 金额/万元: the unit without brackets, of the kind that the column has."""
    base = numbers.split_unit(unit)[1]
    kind = _CURRENCIES if base.endswith(_MONEY) else re.escape(base)
    found = re.search(rf"(?:{'|'.join(numbers.SCALES)})?{kind}\Z", _BRACKETS.sub("", title))
    return [found[0]] if found and base else []


def _contradicts(written: str, unit: str) -> bool:
    (power, base), (own_power, own_base) = numbers.split_unit(written), numbers.split_unit(unit)
    if base.endswith(_MONEY) and own_base.endswith(_MONEY):
        return written != unit
    is_measure = bool(power) or (base == own_base and base != "")
    is_same = written == unit or (base == "" and power == own_power)
    return is_measure and not is_same


def is_example(cells: list[Cell], found: Header, number: int) -> bool:
    """Whether this row is the untouched example of the template.

    Raises BadCell when it is still marked as the example but holds something else: to skip it
    would lose data, to take it might post an example.
    """
    hint = cells[found.hint - 1] if 0 < found.hint <= len(cells) else ""
    if hint != EXAMPLE:
        return False
    if number != found.row + 1 or not all(
        _is_example_cell(cells[place - 1] if place <= len(cells) else "", column)
        for place, column in found.columns.items()
    ):
        raise BadCell(
            _("这一行标着“%(mark)s”，内容却改过；要导入请清空这个标记，不要导入请删除这一行")
            % {"mark": EXAMPLE}
        )
    return True


def _is_example_cell(cell: Cell, column: Column) -> bool:
    if is_blank(cell):
        return column.example is None
    try:
        return value_of(cell, column) == column.example
    except BadCell:
        return False
