"""Read a web page: its paragraphs and tables, without scripts, menus and other furniture."""

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from shangheng.methods.claims.reading.builder import TextBuilder
from shangheng.methods.claims.reading.document import Document, UnreadableReport

_SKIPPED = {"script", "style", "noscript", "template", "nav", "footer", "aside", "button", "select",
            "option", "iframe", "object", "svg", "head", "form"}  # fmt: skip
_BREAKING = {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section",
             "article", "header", "main", "dd", "dt", "dl", "blockquote", "center", "body", "pre", "hr"}  # fmt: skip
_MAX_DEPTH = 400


def read_html(text: str) -> Document:
    """The readable part of a web page."""
    try:
        root = document_fromstring(
            text.encode(), parser=HTMLParser(encoding="utf-8", no_network=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableReport("网页内容无法解析。") from error
    builder = TextBuilder()
    line: list[str] = []
    _walk(root, builder, line, 0)
    _flush(builder, line)
    return builder.document()


def _walk(element: HtmlElement, builder: TextBuilder, line: list[str], depth: int) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _SKIPPED or not tag or depth > _MAX_DEPTH:
        return
    if tag == "table" and not element.xpath(".//table"):
        _flush(builder, line)
        builder.table(_rows(element))
        return
    if tag in _BREAKING or tag in ("table", "tr"):
        _flush(builder, line)
    if element.text:
        line.append(element.text)
    for child in element:
        _walk(child, builder, line, depth + 1)
        if child.tail:
            line.append(child.tail)
    if tag in _BREAKING or tag in ("table", "tr"):
        _flush(builder, line)


def _flush(builder: TextBuilder, line: list[str]) -> None:
    words = " ".join("".join(line).split())
    line.clear()
    if words:
        builder.paragraph(words)


def _rows(table: HtmlElement) -> list[list[str | None]]:
    rows: list[list[str | None]] = []
    for row in table.iter("tr"):
        cells: list[str | None] = []
        for cell in row:
            if cell.tag in ("td", "th"):
                span = cell.get("colspan", "1")
                cells.append("".join(cell.itertext()))
                cells.extend([None] * (min(int(span), 100) - 1 if span.isdigit() else 0))
        if cells:
            rows.append(cells)
    return rows
