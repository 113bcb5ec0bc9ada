"""What a table of an exchange file looks like: its columns and the values that they hold."""

import datetime
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Value = str | Decimal | int | datetime.date | None


class Kind(StrEnum):
    """How a cell is read: `MONTH` gives the first day of the month, `CHOICE` the chosen value."""

    TEXT = "text"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    CHOICE = "choice"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` in the program, `zh` in the header, `aliases` other headers that it may have.

    `unit` is shown in the header and must agree with what is written in the cells. `choices` maps
    what is shown to what is read. `decimals` is the largest number of decimals, None for any.
    `example` is a value as `read` would give it. A text with `lines` may break into lines.
    """

    key: str
    zh: str
    kind: Kind = Kind.TEXT
    required: bool = False
    unit: str = ""
    note: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    example: Value = None
    decimals: int | None = None
    max_length: int = 500
    aliases: tuple[str, ...] = ()
    lines: bool = False

    @property
    def title(self) -> str:
        """The header of the column: name, unit in brackets, a star when it must be filled."""
        unit = f"（{self.unit}）" if self.unit else ""
        return f"{self.zh}{unit}{'*' if self.required else ''}"

    @property
    def labels(self) -> list[str]:
        """One label for each choice, the first of those that are understood."""
        first: dict[str, str] = {}
        for label, chosen in self.choices.items():
            first.setdefault(chosen, label)
        return list(first.values())

    def shown(self, value: Value) -> Value:
        """A value as it stands in a cell: a choice by its first label, a month as 2021-10."""
        if self.kind is Kind.CHOICE:
            labels = {chosen: label for label, chosen in reversed(list(self.choices.items()))}
            return labels.get(str(value), value) if value is not None else None
        if self.kind is Kind.MONTH and isinstance(value, datetime.date):
            return f"{value:%Y-%m}"
        return value


INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
BLANK = INVISIBLE + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_UNSEEN = str.maketrans("", "", INVISIBLE)


def plain(text: str) -> str:
    """Full-width letters, digits and signs as ordinary ones, without spaces around and what is not seen."""
    return unicodedata.normalize("NFKC", text.translate(_UNSEEN)).strip()
