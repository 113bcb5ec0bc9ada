"""The markup in which reports are written: headings, paragraphs, tables and bound figures.

    # 一级标题                      heading of level 1 to 4; its number is set by the program
    ### 工业项目。全年引进……         from level 3 on, what follows the first 。 runs on as text
    正文 {{retail.total}} 正文       a paragraph; lines without an empty one between belong together
    [[第129届]]                     digits that are no figure: ordinals, thresholds, names
    {{period}} {{period@+1}} {{bureau}}   the report's period, the next year's, who reports
    |= 表题                         caption of the table that follows
    | 指标 | 完成 |                 table; its first row is the head
    | 进出口 | {{trade.total}} |
    | {{investment.money|table}} |  a whole table of a desk, alone
    // 说明                         a note to the writer, never printed

A cell of a table is either text or one bound figure. Pure: text in, frozen values out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from shangheng.desks.briefing.domain.binding import Binding, Measure, parse_binding
from shangheng.desks.briefing.domain.told import BadMarkup, _

_INLINE = re.compile(r"\{\{(?P<bound>.*?)\}\}|\[\[(?P<literal>.*?)\]\]")
_OWN = re.compile(r"(?P<name>period|bureau)(?:@(?P<shift>[+-][0-9]{1,2}))?")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.+)")
_CELL_BORDER = re.compile(r"\|(?![^{]*\}\})")
_RULE = re.compile(r"[\s|:-]+")
_MARKS = re.compile(r"^#+\s+|^\|=|\s*\|\s*")
_LEVELS = 4
_RUNS_ON_FROM = 3
_STOP = "。"  # zh-data: the full stop that ends a heading which runs on


@dataclass(frozen=True)
class Text:
    """Words as typed."""

    text: str


@dataclass(frozen=True)
class Literal:
    """Words whose digits are meant as they stand."""

    text: str


@dataclass(frozen=True)
class Own:
    """Something of the report itself: `period` (so many years on) or `bureau`."""

    name: str
    shift: int = 0


Part = Text | Literal | Own | Binding


@dataclass(frozen=True)
class HeadingBlock:
    """A heading and, from level 3 on, the text that runs on after it."""

    line: int
    level: int
    title: tuple[Part, ...]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class ParagraphBlock:
    """A paragraph of the body."""

    line: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class TableBlock:
    """A table; each cell holds text or one bound figure."""

    line: int
    caption: tuple[Part, ...]
    head: tuple[tuple[Part, ...], ...]
    rows: tuple[tuple[tuple[Part, ...], ...], ...]


@dataclass(frozen=True)
class SectionBlock:
    """A table that a desk fills."""

    line: int
    caption: tuple[Part, ...]
    bound: Binding


Block = HeadingBlock | ParagraphBlock | TableBlock | SectionBlock


@dataclass(frozen=True)
class Script:
    """The text of a report, read."""

    blocks: tuple[Block, ...]

    def parts(self) -> Iterator[tuple[int, Part]]:
        """Every part with its line, in reading order."""
        for block in self.blocks:
            for part in _parts_of(block):
                yield block.line, part

    def bindings(self) -> tuple[Binding, ...]:
        """Every bound figure once, in the order of its first mention."""
        found = (part for _line, part in self.parts() if isinstance(part, Binding))
        return tuple(dict.fromkeys(found))


def parse(text: str) -> Script:
    """Read the text of a report. Raises BadMarkup, naming the line."""
    script = Script(tuple(_block(chunk) for chunk in _chunks(text)))
    for block in script.blocks:
        if not isinstance(block, SectionBlock):
            _refuse_tables(block)
    return script


def plain_words(text: str) -> str:
    """The words of a report as somebody looks for them: no marks, no notes, … for each bound figure.

    Any text whatever is taken, also one that `parse` would refuse.
    """
    lines = (line.strip() for line in text.splitlines())
    said = (line for line in lines if _kind(line) != "note" and not _RULE.fullmatch(line))
    shown = (_INLINE.sub(lambda mark: mark["literal"] or "…", line) for line in said)
    return "\n".join(_MARKS.sub(" ", line).strip() for line in shown)


def _refuse_tables(block: Block) -> None:
    """Raises BadMarkup for a whole table among words or in a cell."""
    for part in _parts_of(block):
        if isinstance(part, Binding) and part.measure is Measure.TABLE:
            raise BadMarkup(
                _("“%(source)s”是一整张表，要独占一行：| {{%(source)s}} |"),
                line=block.line,
                source=part.source,
            )


def parse_inline(text: str, line: int = 0) -> tuple[Part, ...]:
    """Read words and what stands in braces and brackets among them. Raises BadMarkup."""
    parts: list[Part] = []
    end = 0
    for match in _INLINE.finditer(text):
        parts += _words(text[end : match.start()], line)
        parts.append(_marked(match, line))
        end = match.end()
    return (*parts, *_words(text[end:], line))


@dataclass(frozen=True)
class _Chunk:
    """Lines that belong to one block."""

    kind: str
    line: int
    lines: tuple[str, ...]


def _chunks(text: str) -> Iterator[_Chunk]:
    gathered: list[str] = []
    kind, first = "", 0
    for number, raw in enumerate([*text.splitlines(), ""], start=1):
        line = raw.strip()
        found = _kind(line)
        if gathered and found != kind:
            yield _Chunk(kind, first, tuple(gathered))
            gathered = []
        if found in {"", "note"}:
            kind = ""
        elif found == "heading":
            yield _Chunk("heading", number, (line,))
        else:
            if not gathered:
                kind, first = found, number
            gathered.append(line)


def _kind(line: str) -> str:
    if not line:
        return ""
    if line.startswith("//"):
        return "note"
    if line.startswith("#"):
        return "heading"
    return "table" if line.startswith("|") else "paragraph"


def _block(chunk: _Chunk) -> Block:
    if chunk.kind == "heading":
        return _heading(chunk.lines[0], chunk.line)
    if chunk.kind == "table":
        return _table(chunk)
    return ParagraphBlock(chunk.line, parse_inline("".join(chunk.lines), chunk.line))


def _heading(line: str, number: int) -> HeadingBlock:
    match = _HEADING.fullmatch(line)
    if match is None or len(match["marks"]) > _LEVELS:
        raise BadMarkup(
            _("标题写作一至四个 # 加空格再加文字，这一行是“%(text)s”。"),
            line=number,
            text=line[:40],
        )
    level, text = len(match["marks"]), match["text"]
    title, stop, rest = text.partition(_STOP) if level >= _RUNS_ON_FROM else (text, "", "")
    parts = parse_inline(title + stop, number)
    if any(isinstance(part, Binding) for part in parts):
        raise BadMarkup(
            _("标题“%(text)s”里不能放数字，数字要能查到来源，请写进正文。"),
            line=number,
            text=text[:40],
        )
    return HeadingBlock(number, level, parts, parse_inline(rest, number))


def _table(chunk: _Chunk) -> TableBlock | SectionBlock:
    lines = list(enumerate(chunk.lines, start=chunk.line))
    caption: tuple[Part, ...] = ()
    if lines[0][1].startswith("|="):
        number, line = lines.pop(0)
        caption = parse_inline(line.removeprefix("|=").strip(), number)
    rows = [_row(line, number) for number, line in lines if not _RULE.fullmatch(line)]
    if not rows:
        raise BadMarkup(_("表格没有表头。"), line=chunk.line)
    head, *body = rows
    if len(rows) == len(head) == len(head[0]) == 1 and _is_whole(head[0][0]):
        return SectionBlock(chunk.line, caption, cast("Binding", head[0][0]))
    for (number, _line), row in zip(lines[-len(body) :] if body else [], body, strict=True):
        if len(row) != len(head):
            raise BadMarkup(
                _("表格这一行有%(cells)d格，表头有%(columns)d列。"),
                line=number,
                cells=len(row),
                columns=len(head),
            )
    return TableBlock(chunk.line, caption, head, tuple(body))


def _is_whole(part: Part) -> bool:
    """Whether it is a whole table."""
    return isinstance(part, Binding) and part.measure is Measure.TABLE


def _row(line: str, number: int) -> tuple[tuple[Part, ...], ...]:
    cells = [cell.strip() for cell in _CELL_BORDER.split(line.strip())[1:]]
    if cells and not cells[-1]:
        cells.pop()
    row = tuple(parse_inline(cell, number) for cell in cells)
    for cell in row:
        if len(cell) > 1 and any(isinstance(part, Binding) for part in cell):
            raise BadMarkup(_("表格的一格里要么是文字，要么只有一个数字。"), line=number)
    return row


def _marked(match: re.Match[str], line: int) -> Part:
    literal = match["literal"]
    if literal is not None:
        return Literal(literal)
    own = _OWN.fullmatch(match["bound"].strip())
    if own:
        return Own(own["name"], int(own["shift"] or 0))
    return parse_binding(match["bound"], line)


def _words(text: str, line: int) -> Sequence[Part]:
    for mark in ("{{", "}}", "[[", "]]"):
        if mark in text:
            raise BadMarkup(
                _("“%(mark)s”没有配对，请检查“%(text)s”。"), line=line, mark=mark, text=text[:40]
            )
    return [Text(text)] if text else []


def _parts_of(block: Block) -> Iterator[Part]:
    if isinstance(block, SectionBlock):
        yield from (*block.caption, block.bound)
    elif isinstance(block, TableBlock):
        yield from block.caption
        for row in (block.head, *block.rows):
            for cell in row:
                yield from cell
    else:
        if isinstance(block, HeadingBlock):
            yield from block.title
        yield from block.parts
