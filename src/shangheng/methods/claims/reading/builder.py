"""Join paragraphs and table cells into one text, remembering where each cell lies."""

from collections.abc import Iterable, Sequence

from shangheng.methods.claims.reading.document import Cell, Document, Note, Table
from shangheng.methods.claims.reading.layout import lay_out


class TextBuilder:
    """Gathers the text of a document line by line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._tables: list[Table] = []
        self._notes: list[Note] = []

    @property
    def length(self) -> int:
        """Characters gathered so far."""
        return self._length

    def paragraph(self, words: str) -> Cell:
        """Add a paragraph; line breaks inside become lines of their own."""
        start = self._length
        self._lines.append(words)
        self._length += len(words) + 1
        return Cell(start, start + len(words))

    def table(self, rows: Iterable[Sequence[str | None]]) -> None:
        """Add a table; None stands for a place covered by a merged cell."""
        placed = tuple(tuple(self._cell(words) for words in row) for row in rows)
        if placed:
            self._tables.append(Table(placed))

    def _cell(self, words: str | None) -> Cell | None:
        return None if words is None else self.paragraph(" ".join(words.split()))

    def note(self, code: str, message: str) -> None:
        """Remember something that was left out."""
        self._notes.append(Note(code, message))

    def document(self) -> Document:
        """The finished document."""
        return lay_out("\n".join(self._lines), tables=tuple(self._tables), notes=tuple(self._notes))
