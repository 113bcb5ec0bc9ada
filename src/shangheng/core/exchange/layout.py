"""Where a table stands in a file, when a person has said so instead of it being found."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheet, the row of the header, and which column of it is which column of the table.

    `columns` maps places (from 1) to keys; a titled column that is not in it is left out. `fixed`
    maps keys to what stands for every row, written as it would stand in a cell.
    """

    sheet: str
    row: int
    columns: Mapping[int, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
