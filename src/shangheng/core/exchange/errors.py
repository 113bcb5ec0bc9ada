"""Errors of a file, each with its place, and a copy of the file in which they are marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shangheng.core.exchange.xlsx import column_to_letters


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong, and where: `row` and `column` are counted from 1, 0 for the file as a whole.

    `sheet` is empty in a csv file, which has only one.
    """

    message: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    title: str = ""

    @property
    def address(self) -> str:
        """As Excel writes it: C5, a whole row as 5:5, a whole column as C:C; empty for the file."""
        if self.row and self.column:
            return f"{column_to_letters(self.column)}{self.row}"
        if self.row:
            return f"{self.row}:{self.row}"
        if self.column:
            return f"{column_to_letters(self.column)}:{column_to_letters(self.column)}"
        return ""

    @property
    def place(self) -> str:
        """The place in words; empty for the file as a whole."""
        words = [
            _("工作表“%(sheet)s”") % {"sheet": self.sheet} if self.sheet else "",
            _("第%(row)d行") % {"row": self.row} if self.row else "",
            _("“%(title)s”列") % {"title": self.title} if self.title else "",
            f"({self.address})" if self.column else "",
        ]
        return "".join(words)

    def __str__(self) -> str:
        return (
            _("%(place)s：%(message)s") % {"place": self.place, "message": self.message}
            if (self.place)
            else self.message
        )


def by_place(errors: Iterable[CellError]) -> list[CellError]:
    """In the order in which a person would go through the sheet."""
    return sorted(errors, key=lambda error: (error.sheet, error.row, error.column))
