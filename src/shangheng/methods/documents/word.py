"""The Word edition: GB/T 9704-2012 layout, a bookmark around each printed figure."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC

import docx
from docx.document import Document as WordFile
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from shangheng.methods.documents import layout
from shangheng.methods.documents.bookmarks import Bookmark, bookmarks
from shangheng.methods.documents.fonts import FontNames
from shangheng.methods.documents.model import (
    Annex,
    Block,
    Document,
    FigureRun,
    Heading,
    Inline,
    Paragraph,
    Table,
)
from shangheng.methods.documents.numbering import annex_label, numbers
from shangheng.methods.documents.word_styles import settings, styles, twips

_FIRST_PART = "[Content_Types].xml"


def to_docx(document: Document, fonts: FontNames) -> bytes:
    """The document as a Word file; the same document and fonts give the same bytes."""
    file = docx.Document()
    _replace_template(file, fonts)
    _set_properties(file, document)
    _set_page(file.sections[0])
    _Writer(file, document).write()
    return _packed(file)


class _Writer:
    """Writes one document; holds the bookmarks that are still to be placed."""

    def __init__(self, file: WordFile, document: Document) -> None:
        self._file = file
        self._document = document
        self._bookmarks: Iterator[tuple[int, Bookmark]] = iter(enumerate(bookmarks(document)))

    def write(self) -> None:
        document = self._document
        self._add("Title", document.title)
        if document.subtitle:
            self._add("Subtitle", document.subtitle)
        self._add("Body Flush")
        if document.addressee:
            self._add("Body Flush", f"{document.addressee}：")
        self._write_blocks(document.blocks)
        self._write_annex_list()
        self._write_signature()
        for number, annex in enumerate(document.annexes, start=1):
            self._write_annex(annex_label(number, len(document.annexes)), annex)

    def _add(self, style: str, text: str = "") -> WordParagraph:
        return self._file.add_paragraph(text, style=style)

    def _write_blocks(self, blocks: Sequence[Block]) -> None:
        for block, number in zip(blocks, numbers(blocks), strict=True):
            match block:
                case Heading():
                    self._write_heading(block, number)
                case Paragraph():
                    self._write_runs(self._add("Normal"), block.runs)
                case Table():
                    self._write_table(block)

    def _write_heading(self, heading: Heading, number: str) -> None:
        text = number + heading.text
        if not heading.runs:
            self._add(f"Heading {heading.level}", text)
            return
        paragraph = self._add("Normal")
        paragraph.add_run(text, style=f"Heading {heading.level} Run")
        self._write_runs(paragraph, heading.runs)

    def _write_runs(self, paragraph: WordParagraph, runs: Sequence[Inline]) -> None:
        for run in runs:
            written = paragraph.add_run(run.text)
            if isinstance(run, FigureRun):
                self._mark(written._r)

    def _mark(self, run: BaseOxmlElement) -> None:
        """Put a bookmark around a run, and a link to the annex with the title as its tip."""
        number, bookmark = next(self._bookmarks)
        outer = run
        if bookmark.run.title or bookmark.target != bookmark.name:
            outer = OxmlElement("w:hyperlink")
            outer.set(qn("w:anchor"), bookmark.target)
            outer.set(qn("w:history"), "0")
            if bookmark.run.title:
                outer.set(qn("w:tooltip"), bookmark.run.title)
            run.addprevious(outer)
            outer.append(run)
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(number))
        start.set(qn("w:name"), bookmark.name)
        outer.addprevious(start)
        outer.addnext(end)

    def _write_table(self, table: Table) -> None:
        if table.caption:
            self._add("Caption", table.caption)
        made = self._file.add_table(rows=1 + len(table.rows), cols=len(table.columns))
        _rule(made._tbl, [column.width for column in table.columns])
        rows = made.rows
        for cell, column in zip(rows[0].cells, table.columns, strict=True):
            self._fill(cell, "Table Head").add_run(column.title)
        for made_row, row in zip(list(rows)[1:], table.rows, strict=True):
            for cell, column, inline in zip(made_row.cells, table.columns, row, strict=True):
                paragraph = self._fill(cell, "Table Text")
                _set_alignment(paragraph, column.align)
                self._write_runs(paragraph, (inline,))
        self._add("Table End")  # Word joins tables that touch

    def _fill(self, cell: _Cell, style: str) -> WordParagraph:
        paragraph: WordParagraph = cell.paragraphs[0]
        paragraph.style = self._file.styles[style]
        return paragraph

    def _write_annex_list(self) -> None:
        """附件说明 one line below the body; the names stand under each other (7.3.4)."""
        annexes = self._document.annexes
        if not annexes:
            return
        self._add("Body Flush")
        for number, annex in enumerate(annexes, start=1):
            label = "附件：" if number == 1 else ""
            ordinal = "" if len(annexes) == 1 else f"{number}."
            hanging = len(label) + len(ordinal) / 2
            paragraph = self._add("Body Flush", label + ordinal + annex.title)
            _indent(paragraph, left=5 + len(ordinal) / 2, hanging=hanging)

    def _write_signature(self) -> None:
        document = self._document
        if document.date is None:
            return
        placed = layout.signature(document.issuer, document.date)
        self._add("Body Flush").paragraph_format.keep_with_next = True
        issuer = self._add("Signature", placed.issuer)
        issuer.paragraph_format.keep_with_next = True
        _indent(issuer, right=placed.issuer_right)
        _indent(self._add("Signature", placed.date), right=placed.date_right)

    def _write_annex(self, label: str, annex: Annex) -> None:
        self._add("Annex Label", label)
        self._add("Body Flush")
        self._add("Title", annex.title)
        self._add("Body Flush")
        self._write_blocks(annex.blocks)


def _indent(
    paragraph: WordParagraph, *, left: float = 0, hanging: float = 0, right: float = 0
) -> None:
    """Indents in characters, with the same in points for programs that know only those."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for attribute in list(indent.attrib):
        del indent.attrib[attribute]
    for name, characters in (("left", left), ("right", right), ("hanging", hanging)):
        indent.set(qn(f"w:{name}Chars"), str(round(characters * 100)))
        indent.set(qn(f"w:{name}"), str(twips(characters * layout.CHARACTER_PT)))


def _set_alignment(paragraph: WordParagraph, align: str) -> None:
    if align != "left":
        jc = OxmlElement("w:jc")
        jc.set(qn("w:val"), align)
        paragraph._p.get_or_add_pPr().append(jc)


def _rule(table: BaseOxmlElement, weights: Sequence[int]) -> None:
    """Thin rules, fixed columns as wide as the type area, header repeated, rows kept whole."""
    total = twips(layout.TYPE_AREA_MM[0] * 72 / 25.4)
    widths = [total * weight // sum(weights) for weight in weights]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0"/>' for side in sides)
    properties = parse_xml(
        f'<w:tblPr {nsdecls("w")}><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/>'
        '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    table.replace(table.tblPr, properties)
    for column, width in zip(table.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    for index, row in enumerate(table.findall(qn("w:tr"))):
        header = "<w:tblHeader/>" if index == 0 else ""
        row.insert(0, parse_xml(f"<w:trPr {nsdecls('w')}><w:cantSplit/>{header}</w:trPr>"))
        for cell, width in zip(row.findall(qn("w:tc")), widths, strict=True):
            properties = cell.get_or_add_tcPr()
            for child in list(properties):
                properties.remove(child)
            properties.append(parse_xml(f'<w:tcW {nsdecls("w")} w:w="{width}" w:type="dxa"/>'))
            properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))


def _replace_template(file: WordFile, fonts: FontNames) -> None:
    for element, children in (
        (file.styles.element, styles(fonts)),
        (file.settings.element, settings()),
    ):
        for child in list(element):
            element.remove(child)
        element.extend(children)
    package = file.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith(("/thumbnail", "/extended-properties")):
            del package.rels[key]


def _set_properties(file: WordFile, document: Document) -> None:
    properties = file.core_properties
    properties.title = document.title
    properties.author = properties.last_modified_by = document.issuer
    properties.subject = document.subject
    properties.comments = properties.keywords = ""
    properties.language = "zh-CN"
    properties.revision = 1
    properties.created = properties.modified = document.created_at.astimezone(UTC)


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = (Mm(size) for size in layout.PAGE_MM)
    section.top_margin, section.bottom_margin = Mm(layout.TOP_MM), Mm(layout.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(layout.LEFT_MM), Mm(layout.RIGHT_MM)
    section.header_distance = Mm(layout.PAGE_NUMBER_FROM_EDGE_MM)
    section.footer_distance = Mm(layout.PAGE_NUMBER_FROM_EDGE_MM)
    for existing in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(existing)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(twips(layout.PITCH_PT)))
    section._sectPr.append(grid)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _set_page_number(footer.paragraphs[0], side)


def _set_page_number(paragraph: WordParagraph, side: str) -> None:
    """— 1 — one character of its own size away from the outer edge (7.5)."""
    properties = paragraph._p.get_or_add_pPr()
    for text in (
        f'<w:ind {nsdecls("w")} w:{side}Chars="100" w:{side}="{twips(layout.PAGE_NUMBER_PT)}"/>',
        f'<w:jc {nsdecls("w")} w:val="{side}"/>',
    ):
        properties.append(parse_xml(text))
    paragraph.add_run("— ")
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))
    paragraph.add_run(" —")


def _packed(file: WordFile) -> bytes:
    """The file with its parts in a fixed order and without the time of packing."""
    loose, packed = io.BytesIO(), io.BytesIO()
    file.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST_PART, name)):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()
