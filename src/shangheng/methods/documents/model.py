"""What a document is, before it is Word, PDF or a web page.

A document is built once from these frozen values and then drawn by :mod:`word`, :mod:`pdf` or a
template of the web edition, so that all editions say the same.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


def _require_printable(text: str) -> None:
    """Refuse characters that neither Word nor PDF can hold.

    Raises:
        ValueError: `text` contains a control character (line breaks and tabs included), a lone
            surrogate or U+FFFE/U+FFFF.
    """
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs"} or character in "\ufffe\uffff":
            raise ValueError(
                f"文字“{text[:20]}”含有不可打印的字符 U+{ord(character):04X}，请删除或换成空格后重试"
            )


@dataclass(frozen=True)
class Run:
    """A stretch of plain text, without line breaks."""

    text: str

    def __post_init__(self) -> None:
        _require_printable(self.text)


@dataclass(frozen=True)
class FigureRun:
    """A printed figure that leads back to its source.

    `reference` is the stable reference of the figure; the same reference may be printed several
    times. `title` explains the figure in one line and is shown when pointing at it in Word.
    """

    text: str
    reference: str
    title: str = ""

    def __post_init__(self) -> None:
        _require_printable(self.text)
        _require_printable(self.title)
        if not self.reference:
            raise ValueError(f"数字“{self.text}”没有出处编号")


Inline = Run | FigureRun


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of body text, its first line indented by two characters."""

    runs: tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading without its number: 一、 / （一） / 1. / （1） are put before it by level.

    `runs` is body text that goes on in the same line after the heading ("1.工业项目。全年……").
    """

    level: Literal[1, 2, 3, 4]
    text: str
    runs: tuple[Inline, ...] = ()

    def __post_init__(self) -> None:
        _require_printable(self.text)
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"标题“{self.text}”的层次 {self.level} 不在 1 至 4 之间")


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` is its share relative to the other columns."""

    title: str
    align: Literal["left", "center", "right"] = "left"
    width: int = 1

    def __post_init__(self) -> None:
        _require_printable(self.title)
        if self.width < 1:
            raise ValueError(f"表格列“{self.title}”的宽度应为正整数")


@dataclass(frozen=True)
class Table:
    """A ruled table as wide as the type area; its header row is repeated on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Inline, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        _require_printable(self.caption)
        if not self.columns:
            raise ValueError("表格至少要有一列")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"表格第 {number} 行有 {len(row)} 格，表头有 {len(self.columns)} 列"
                )


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Annex:
    """An annex (附件): listed after the body and printed on pages of its own."""

    title: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        _require_printable(self.title)


@dataclass(frozen=True)
class Document:
    """An official document.

    `date` is the date of the document (成文日期); None means a draft, which is printed without
    signature block. `created_at` goes into the properties of the file and must have a time zone:
    nothing here reads the clock, so the same document always makes the same file. `subtitle` stands
    under the title (for example 征求意见稿), `addressee` (主送机关) before the body.
    """

    title: str
    issuer: str
    date: date | None
    blocks: tuple[Block, ...]
    created_at: datetime
    annexes: tuple[Annex, ...] = ()
    subtitle: str = ""
    addressee: str = ""
    subject: str = ""

    def __post_init__(self) -> None:
        for text in (self.title, self.issuer, self.subtitle, self.addressee, self.subject):
            _require_printable(text)
        if self.created_at.tzinfo is None:
            raise ValueError("文件的创建时间缺少时区")

    def figures(self) -> Iterator[FigureRun]:
        """Every printed figure in reading order, those of the annexes last."""
        for blocks in (self.blocks, *(annex.blocks for annex in self.annexes)):
            for block in blocks:
                for run in inlines(block):
                    if isinstance(run, FigureRun):
                        yield run


def inlines(block: Block) -> Iterator[Inline]:
    """All runs of a block in reading order."""
    if isinstance(block, Table):
        for row in block.rows:
            yield from row
    else:
        yield from block.runs
