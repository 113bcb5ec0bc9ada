"""A preview of a file as plain data; a page makes HTML of it. Pure.

Old .xls files are the one exception: see `old_excel`. A preview never fails its page: what cannot be shown is a `NoPreview` that says why.
"""

import csv
import datetime
import io
from dataclasses import dataclass
from typing import ClassVar

import docx
from docx.table import Table
from PIL import Image, ImageOps

from shangheng.core.exchange.archive import Unreadable
from shangheng.core.exchange.sheets import Cell, read_sheets
from shangheng.core.exchange.text import decode
from shangheng.engines.evidence.domain import media, pdf
from shangheng.methods.wording import say

LONGEST = 1600  # pixels
ROWS, COLUMNS = 200, 50
BLOCKS, LINES, LETTERS = 400, 1000, 20_000


@dataclass(frozen=True, slots=True)
class ImagePreview:
    """One page as PNG; `page` of `pages`, counted from 1; sizes in pixels."""

    kind: ClassVar = "image"
    png: bytes
    width: int
    height: int
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document."""

    kind: ClassVar = "paragraph"
    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a document."""

    kind: ClassVar = "grid"
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TextPreview:
    """The text of a document; `is_cut` when there is more of it."""

    kind: ClassVar = "text"
    blocks: tuple[Paragraph | Grid, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """The upper left corner of a sheet, and how large the sheet is."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    total_rows: int
    total_columns: int

    @property
    def is_cut(self) -> bool:
        """Whether the sheet is larger than what is shown."""
        return self.total_rows > ROWS or self.total_columns > COLUMNS


@dataclass(frozen=True, slots=True)
class SheetsPreview:
    """The sheets of a workbook; hidden ones are shown too: evidence hides nothing."""

    kind: ClassVar = "sheets"
    sheets: tuple[SheetPreview, ...]


@dataclass(frozen=True, slots=True)
class NoPreview:
    """Nothing to show; `message` is the reason, in the reader's language."""

    kind: ClassVar = "none"
    message: str


Preview = ImagePreview | TextPreview | SheetsPreview | NoPreview


def preview(mime: str, content: bytes, page: int = 1) -> Preview:
    """The preview of `content`, whose MIME type is `mime`; of page `page` where there are pages."""
    maker = _MAKERS.get(mime)
    if maker is None:
        return _no_viewer()
    try:
        return maker(content, page)
    except Exception:  # on damaged files the readers raise whatever they meet
        return damaged()


def _no_viewer() -> NoPreview:
    return NoPreview(say("这种格式不能预览，请下载后查看。"))


def damaged() -> NoPreview:
    """The answer for a file that its reader cannot read."""
    return NoPreview(say("文件无法读取，不能预览，请下载后查看。"))


def _of_image(content: bytes, page: int) -> Preview:
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as image:
        pages: int = getattr(image, "n_frames", 1)
        page = min(max(page, 1), pages)
        image.seek(page - 1)
        if image.width * image.height > media.MAX_PIXELS:
            return _no_viewer()
        image.draft("RGB", (LONGEST, LONGEST))  # lets JPEG unpack at a fraction of its size
        image.thumbnail((LONGEST, LONGEST))
        return _png(ImageOps.exif_transpose(image), page, pages)


def _png(image: Image.Image, page: int, pages: int) -> ImagePreview:
    """The picture on white, without any of the metadata that it came with."""
    over = image.convert("RGBA")
    flat = Image.new("RGB", over.size, "white")
    flat.paste(over, mask=over.getchannel("A"))
    buffer = io.BytesIO()
    flat.save(buffer, "PNG")
    return ImagePreview(buffer.getvalue(), flat.width, flat.height, page, pages)


def _of_pdf(content: bytes, page: int) -> Preview:
    pages = pdf.page_count(content)
    page = min(max(page, 1), pages)
    return _png(pdf.render(content, page, LONGEST), page, pages)


def _of_docx(content: bytes, page: int) -> Preview:
    del page  # a document flows: it has no pages before it is printed
    blocks: list[Paragraph | Grid] = []
    for item in docx.Document(io.BytesIO(content)).iter_inner_content():
        if len(blocks) == BLOCKS:
            return TextPreview(tuple(blocks), is_cut=True)
        if isinstance(item, Table):
            rows = (tuple(cell.text for cell in row.cells[:COLUMNS]) for row in item.rows[:ROWS])
            blocks.append(Grid(tuple(rows)))
        elif item.text.strip():
            is_heading = (item.style.name if item.style else "").startswith(("Heading", "Title"))
            blocks.append(Paragraph(item.text[:LETTERS], is_heading))
    return TextPreview(tuple(blocks))


def _of_workbook(content: bytes, page: int) -> Preview:
    del page  # all sheets are shown
    try:
        sheets = read_sheets(content, rows=ROWS)
    except Unreadable:
        return damaged()
    return SheetsPreview(
        tuple(
            SheetPreview(
                sheet.name,
                tuple(tuple(map(shown, row[:COLUMNS])) for row in sheet.rows[:ROWS]),
                sheet.total_rows,
                sheet.total_columns,
            )
            for sheet in sheets
        )
    )


def shown(cell: Cell) -> str:
    """A cell as text, with as many digits as Excel keeps."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def _of_csv(content: bytes, page: int) -> Preview:
    del page  # one sheet
    rows = list(csv.reader(io.StringIO(decode(content) or "", newline="")))
    shown = tuple(tuple(row[:COLUMNS]) for row in rows[:ROWS])
    width = max(map(len, rows), default=0)
    return SheetsPreview((SheetPreview("", shown, len(rows), width),))


def _of_text(content: bytes, page: int) -> Preview:
    del page  # one text
    lines = (decode(content) or "").splitlines()
    is_cut = len(lines) > LINES or any(len(line) > LETTERS for line in lines[:LINES])
    return TextPreview(tuple(Paragraph(line[:LETTERS]) for line in lines[:LINES]), is_cut)


_MAKERS = {
    media.PNG.mime: _of_image,
    media.JPEG.mime: _of_image,
    media.TIFF.mime: _of_image,
    media.PDF.mime: _of_pdf,
    media.DOCX.mime: _of_docx,
    media.XLSX.mime: _of_workbook,
    media.CSV.mime: _of_csv,
    media.TEXT.mime: _of_text,
}
