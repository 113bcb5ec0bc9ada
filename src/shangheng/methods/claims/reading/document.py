"""A report as text with positions: blocks, headings, tables, and what was left out of the audit."""

from dataclasses import dataclass, field
from typing import NamedTuple


class UnreadableReport(Exception):
    """The file cannot be audited; the message says why and what to do (in Chinese)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered or short title: its style (0 第一章, 1 一、, 2 (一), 3 1., 4 (1)), number and words."""

    style: int
    number: int
    title: str
    start: int
    end: int


class Block(NamedTuple):
    """A paragraph of the text at `start:end`; `body` is where its words begin after a heading.

    `path` holds the headings above it, outermost first, its own included.
    """

    start: int
    end: int
    body: int
    heading: Heading | None
    path: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its text lies at `start:end` of the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row; a merged cell stands once, the other places are None."""

    rows: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something done while reading (a duplicated body dropped …): a code, words, the spans meant."""

    code: str
    message: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The whole text of a report and its structure; every span in an audit is a span of `text`.

    `unified` is `text` with variant characters replaced one for one: the same length.
    """

    text: str
    unified: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = ()
    title: str = ""
    published: tuple[int, int] | None = field(default=None)
