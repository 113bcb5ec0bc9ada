"""Bindings that print a whole table: what a desk tells of its own records."""

from dataclasses import replace

from django.utils.translation import gettext as _

from shangheng.desks.briefing.domain.compose import NOTHING
from shangheng.desks.briefing.domain.pieces import Answer, Lexicon, Piece, Shown, Words, tabled
from shangheng.desks.briefing.selectors.asking import Ask, Reading
from shangheng.desks.briefing.selectors.numbers import Numbers
from shangheng.engines.ledger.sections import Asked, Cell, Column, Told


class Tables:
    """Answers the bindings that print a table of a desk."""

    def __init__(self, reading: Reading, numbers: Numbers, words: Lexicon) -> None:
        self.reading = reading
        self.numbers = numbers
        self.words = words

    def table(self, ask: Ask) -> Answer:
        """The table; a figure that the ledger lacks is missing as anywhere else."""
        table = self.reading.tables[ask]
        if not table.rows:
            return Answer(self.words("missing"), missing=table.empty)
        rows = [
            tuple(self._cell(cell, column) for cell, column in zip(row, table.columns, strict=True))
            for row in table.rows
        ]
        lacking = [
            cell.label for cell in table.cells() if isinstance(cell, Asked) and self._lacks(cell)
        ]
        missing = _("台账中没有%s") % self.words.pattern("list").join(lacking) if lacking else ""
        return tabled([self._title(column) for column in table.columns], rows, missing)

    def _title(self, column: Column) -> str:
        if not column.unit:
            return column.title
        return self.words.pattern("column").format(title=column.title, unit=column.unit)

    def _lacks(self, cell: Asked) -> bool:
        figure = self.reading.figures[cell.query]
        return not figure.postings if cell.status else figure.value is None

    def _cell(self, cell: Cell, column: Column) -> tuple[Piece, ...]:
        if cell is None:
            return (Words(NOTHING),)
        if isinstance(cell, str):
            return (Words(cell),) if cell else ()
        if isinstance(cell, Asked) and self._lacks(cell):
            return self.words("missing")
        return (self._under(self._shown(cell), column),)

    def _shown(self, cell: Asked | Told) -> Shown:
        if isinstance(cell, Told):
            return self.numbers.told(cell)
        figure = self.reading.figures[cell.query]
        if cell.status:
            shown = self.numbers.status(figure, cell.status)
        else:
            shown = self.numbers.value(figure)
        return replace(
            shown, backing=replace(shown.backing, label=cell.label or shown.backing.label)
        )

    def _under(self, shown: Shown, column: Column) -> Shown:
        """A number under a head that names its unit."""
        if shown.unit != column.unit:
            return shown
        return replace(shown, text=shown.text.removesuffix(shown.unit), unit="")
