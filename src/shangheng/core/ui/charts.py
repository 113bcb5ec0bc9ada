"""A chart as data: what it finds, its unit, its series and its lines; a table always stands under it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import MAX_PREC, ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

from shangheng.core.ui.figures import FigureLike, unit_text

Role = Literal["actual", "pending", "past", "plan", "projection", "city", "other"]
Shape = Literal["column", "bar", "line"]
LineRole = Literal["tier", "pace"]
Cell = FigureLike | Decimal | None


@dataclass(frozen=True)
class ChartSeries:
    """One series; ``values`` has one cell for each category, None where nothing is known.

    ``role`` decides colour and stroke, so that one thing looks the same on every page.
    """

    name: str
    values: Sequence[Cell]
    role: Role = "actual"
    shape: Shape = "column"
    stack: str = ""


@dataclass(frozen=True)
class ChartLine:
    """A level across the chart, such as a target tier; ``value`` is in the unit of the chart."""

    name: str
    value: Decimal
    role: LineRole = "tier"


@dataclass(frozen=True)
class ChartRow:
    """A row of the table under a chart."""

    category: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ChartSpec:
    """A chart. ``title`` says the finding, ``unit`` stands on the axis and in the table head.

    Raises ValueError when a series has not one value for each category.
    """

    title: str
    unit: str
    categories: Sequence[str]
    series: Sequence[ChartSeries]
    lines: Sequence[ChartLine] = ()
    category_name: str = ""
    note: str = ""
    decimals: int | None = None

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(
                    f"series {series.name!r} has {len(series.values)} values"
                    f" for {len(self.categories)} categories"
                )

    @property
    def keyed(self) -> bool:
        """Whether a legend is needed: lines carry their names, columns and bars cannot."""
        return len(self.series) > 1 and any(series.shape != "line" for series in self.series)

    @property
    def rows(self) -> list[ChartRow]:
        """The rows of the table: one for each category."""
        return [
            ChartRow(category, tuple(series.values[i] for series in self.series))
            for i, category in enumerate(self.categories)
        ]

    @property
    def data(self) -> str:
        """The chart for the drawing script, as JSON that may stand inside a script element.

        Numbers are rounded as they are printed and become binary here: they are only drawn. Reading and copying go through the table.
        """
        drawn = {
            "title": str(self.title),
            "unit": unit_text(str(self.unit)),
            "categories": [str(c) for c in self.categories],
            "series": [
                {
                    "name": str(s.name),
                    "role": s.role,
                    "shape": s.shape,
                    "stack": s.stack,
                    "values": [_drawn(cell, self.decimals) for cell in s.values],
                }
                for s in self.series
            ],
            "lines": [
                {"name": str(line.name), "value": float(line.value), "role": line.role}
                for line in self.lines
            ],
        }
        text = json.dumps(drawn, ensure_ascii=False)
        return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _drawn(cell: Cell, decimals: int | None) -> float | None:
    value = cell if cell is None or isinstance(cell, Decimal) else cell.value
    if value is None or decimals is None:
        return None if value is None else float(value)
    with localcontext(prec=MAX_PREC):
        return float(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
