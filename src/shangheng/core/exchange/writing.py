"""Writing typed values into workbooks: numbers stay numbers, nothing becomes a formula."""

import datetime
import re
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from shangheng.core.exchange.numbers import DIGITS

Written = (
    str | bool | int | float | Decimal | datetime.date | datetime.time | datetime.timedelta | None
)

LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_DATE, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text. Source: OWASP, CSV Injection."""
    return text.startswith(_LOOKS_LIKE_FORMULA)


def sheet_name(title: str) -> str:
    """`title` as Excel takes it for a sheet: at most 31 characters, none of []:*?/\\."""
    return _NOT_IN_NAMES.sub("", title).strip("' ")[:31] or "Sheet1"


class Pen:
    """Writes values into the cells of one workbook; makes each format once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def format(self, **properties: object) -> Format | None:
        """The format with these properties of xlsxwriter; None for none."""
        if not properties:
            return None
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def write(
        self, sheet: Worksheet, row: int, column: int, value: Written, **look: object
    ) -> None:
        """Write one value; `row` and `column` are counted from 0. None leaves the cell empty.

        A number of more digits than Excel keeps is written as text, so that none is lost. Raises
        ValueError for a text or a row beyond what a sheet holds.
        """
        if row >= MOST_ROWS:
            raise ValueError(f"a sheet holds {MOST_ROWS} rows")
        match value:
            case None:
                if look:
                    sheet.write_blank(row, column, None, self.format(**look))
            case bool():
                sheet.write_boolean(row, column, value, self.format(**look))
            case datetime.datetime():
                moment = value.replace(tzinfo=None)
                sheet.write_datetime(row, column, moment, self.format(num_format=_MOMENT, **look))
            case datetime.date():
                sheet.write_datetime(row, column, value, self.format(num_format=_DATE, **look))
            case int() | float() | Decimal():
                self._number(sheet, row, column, value, look)
            case _:
                self._text(sheet, row, column, str(value), look)

    def _number(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: float | Decimal,
        look: dict[str, object],
    ) -> None:
        number = value if isinstance(value, Decimal) else Decimal(repr(value))
        if isinstance(value, float) or len(number.normalize().as_tuple().digits) <= DIGITS:
            sheet.write_number(row, column, float(value), self.format(**look))
        else:
            self._text(sheet, row, column, f"{number:f}", look)

    def _text(
        self, sheet: Worksheet, row: int, column: int, text: str, look: dict[str, object]
    ) -> None:
        if len(text) > LONGEST_TEXT:
            raise ValueError(f"a cell holds {LONGEST_TEXT} characters, not {len(text)}")
        if looks_like_formula(text):
            look = look | {"quote_prefix": True}  # stays text even when somebody edits the cell
        sheet.write_string(row, column, text, self.format(**look))
