"""From a text and its answers to blocks that every edition is drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal as OneOf
from typing import cast

from shangheng.desks.briefing.domain.binding import Binding
from shangheng.desks.briefing.domain.markup import (
    Block,
    HeadingBlock,
    Own,
    ParagraphBlock,
    Part,
    Script,
    SectionBlock,
    parse_inline,
)
from shangheng.desks.briefing.domain.pieces import Answer, Piece, Row, Shown, Words, joined
from shangheng.engines.ledger.domain.period import Period
from shangheng.methods.documents import model

Level = OneOf[1, 2, 3, 4]
NOTHING = "—"
"""What stands in a table where there is no number."""


@dataclass(frozen=True)
class Setting:
    """What the report is about: its period, who reports."""

    period: Period
    bureau: str

    def own(self, part: Own) -> str:
        """`{{period}}` or `{{bureau}}` in words."""
        if part.name == "bureau":
            return self.bureau
        months = 12 * part.shift
        return Period(self.period.start.plus(months), self.period.end.plus(months)).label


@dataclass(frozen=True)
class Note:
    """A note on a figure: something contradicts it."""

    key: str
    text: str


@dataclass(frozen=True)
class Section:
    """A heading with what runs on after it."""

    level: int
    title: str
    pieces: tuple[Piece, ...] = ()
    kind: str = "heading"


@dataclass(frozen=True)
class Prose:
    """A paragraph."""

    pieces: tuple[Piece, ...]
    kind: str = "paragraph"


@dataclass(frozen=True)
class Grid:
    """A table."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: str = "table"

    @cached_property
    def places(self) -> tuple[int | None, ...]:
        """Of each column: the decimals to which its numbers stand under each other, 0 where each has
        its unit beside it; None for a column of words."""
        columns = range(len(self.columns))
        return tuple(_places([row[n] for row in self.rows]) for n in columns)

    @property
    def cells(self) -> list[list[tuple[tuple[Piece, ...], int | None]]]:
        """Its rows, each cell with the decimals of its column."""
        return [list(zip(row, self.places, strict=True)) for row in self.rows]

    @property
    def heads(self) -> list[tuple[str, int | None]]:
        """Its columns, each with its decimals."""
        return list(zip(self.columns, self.places, strict=True))


Composed = Section | Prose | Grid


@dataclass
class Composer:
    """Puts answers in the place of bindings and numbers the notes as they come up."""

    setting: Setting
    answers: Mapping[str, Answer]
    notes: Mapping[str, Sequence[Note]]  # by binding
    note_mark: str
    used: dict[str, Note] = field(default_factory=dict)

    def compose(self, script: Script) -> tuple[Composed, ...]:
        """The whole text."""
        return tuple(self._block(block) for block in script.blocks)

    def title(self, text: str) -> str:
        """A title with what is of the report put in. Raises BadMarkup."""
        return "".join(piece.text for piece in self._pieces(parse_inline(text)))

    def _block(self, block: Block) -> Composed:
        match block:
            case HeadingBlock():
                title = "".join(piece.text for piece in self._pieces(block.title))
                return Section(block.level, title, self._pieces(block.parts))
            case ParagraphBlock():
                return Prose(self._pieces(block.parts))
            case SectionBlock():
                return self._section(block)
            case _:
                return Grid(
                    caption=self._plain(block.caption),
                    columns=tuple(self._plain(cell) for cell in block.head),
                    rows=tuple(tuple(self._pieces(c) for c in row) for row in block.rows),
                )

    def _section(self, block: SectionBlock) -> Composed:
        """The table of a desk; what there is instead of it, under its caption."""
        answer = self.answers[block.bound.source]
        caption = self._plain(block.caption)
        if answer.rows:
            return Grid(caption, answer.columns, answer.rows)
        return Prose(joined([Words(caption), *answer.pieces]))

    def _plain(self, parts: Sequence[Part]) -> str:
        return "".join(piece.text for piece in self._pieces(parts))

    def _pieces(self, parts: Sequence[Part]) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for part in parts:
            if isinstance(part, Binding):
                pieces += self._bound(part)
            else:
                text = self.setting.own(part) if isinstance(part, Own) else part.text
                pieces.append(Words(text))
        return joined(pieces)

    def _bound(self, binding: Binding) -> list[Piece]:
        noted = self.notes.get(binding.source, ())
        pieces = [_contested(p) if noted else p for p in self.answers[binding.source].pieces]
        for note in noted:
            self.used.setdefault(note.key, note)
        order = list(self.used)
        marks = [self.note_mark.format(number=order.index(note.key) + 1) for note in noted]
        return [*pieces, *(Words(mark) for mark in dict.fromkeys(marks))]


def _contested(piece: Piece) -> Piece:
    """A number that something contradicts is marked so wherever marks are drawn."""
    if isinstance(piece, Shown) and "conflict" not in piece.marks:
        return replace(piece, marks=(*piece.marks, "conflict"))
    return piece


def to_blocks(composed: Sequence[Composed]) -> tuple[model.Block, ...]:
    """The same for Word, PDF and plain text."""
    return tuple(_model_block(block) for block in composed)


def _model_block(block: Composed) -> model.Block:
    match block:
        case Section():
            return model.Heading(cast("Level", block.level), block.title, runs(block.pieces))
        case Prose():
            return model.Paragraph(runs(block.pieces))
        case _:
            return model.Table(
                tuple(_column(block, index) for index in range(len(block.columns))),
                tuple(tuple(_cell(cell) for cell in row) for row in block.rows),
                block.caption,
            )


def runs(pieces: Sequence[Piece]) -> tuple[model.Inline, ...]:
    """Pieces as runs: a number keeps its reference and is explained in one line."""
    return tuple(run(piece) for piece in pieces)


def run(piece: Piece) -> model.Inline:
    """One piece as a run."""
    if isinstance(piece, Shown):
        return model.FigureRun(piece.text, piece.key, piece.backing.label)
    return model.Run(piece.text)


def _cell(pieces: Sequence[Piece]) -> model.Inline:
    """A cell holds one run: the only number in it, or all its words."""
    numbers = [piece for piece in pieces if isinstance(piece, Shown)]
    if len(pieces) == len(numbers) == 1:
        return run(numbers[0])
    text = "".join(piece.text for piece in pieces)
    if numbers:
        return model.FigureRun(text, numbers[0].key, numbers[0].backing.label)
    return model.Run(text)


def _column(grid: Grid, index: int) -> model.Column:
    """Numbers stand at the right, words at the left; the first column is twice as wide."""
    numeric = grid.places[index] is not None
    return model.Column(grid.columns[index], "right" if numeric else "left", 1 if index else 2)


def _places(cells: Sequence[tuple[Piece, ...]]) -> int | None:
    """None where words prevail: a number among names stands with them."""
    pieces = [piece for cell in cells for piece in cell if piece.text != NOTHING]
    shown = [piece for piece in pieces if isinstance(piece, Shown)]
    if len(shown) * 2 <= len(pieces):
        return None
    return 0 if any(one.unit for one in shown) else max(one.decimals for one in shown)
