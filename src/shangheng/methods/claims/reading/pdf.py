"""Read a PDF with a text layer: lines joined into paragraphs, running heads and feet dropped."""

import re
from collections import Counter

import pypdfium2

from shangheng.methods.claims.reading.builder import TextBuilder
from shangheng.methods.claims.reading.document import Document, UnreadableReport

MAX_PAGES = 2_000
_OPENS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[((][一二三四五六七八九十]{1,3}[))]|\d{1,2}[、.]|第[一二三四五六七八九十]+[章部])"
)
_ENDS = re.compile(r"[。!?!?::;;]$")
_NUMBER_ONLY = re.compile(r"^[-—–\s]*第?\s*\d{1,4}\s*页?(?:\s*/\s*\d{1,4})?[-—–\s]*$")


def read_pdf(content: bytes) -> Document:
    """The text of a PDF; a scan without a text layer is refused."""
    try:
        pdf = pypdfium2.PdfDocument(content)
        pages = len(pdf)
        if pages > MAX_PAGES:
            raise UnreadableReport(f"PDF超过{MAX_PAGES}页, 请拆分后再审核。")
        texts = [_page_lines(pdf, number) for number in range(pages)]
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport("无法读取这个PDF, 可能已损坏或有密码。") from error
    if sum(len(line) for lines in texts for line in lines) < 20 * max(pages, 1) and pages:
        raise UnreadableReport("PDF没有文字层(可能是扫描件), 请先做文字识别。")
    builder = TextBuilder()
    dropped = _running(texts)
    for paragraph in _paragraphs([[t for t in lines if t not in dropped] for lines in texts]):
        builder.paragraph(paragraph)
    if dropped:
        builder.note("furniture", "页眉页脚未纳入审核。")
    return builder.document()


def _page_lines(pdf: pypdfium2.PdfDocument, number: int) -> list[str]:
    page = pdf[number]
    text_page = page.get_textpage()
    text = text_page.get_text_bounded()
    text_page.close()
    page.close()
    return [line.strip() for line in text.splitlines() if line.strip()]


def _running(pages: list[list[str]]) -> set[str]:
    """Lines at the head or foot of more than half of the pages, and bare page numbers."""
    edges: Counter[str] = Counter()
    for lines in pages:
        edges.update({*lines[:2], *lines[-2:]})
    numbers = {line for line in edges if _NUMBER_ONLY.match(line)}
    repeated = {line for line, count in edges.items() if len(pages) >= 3 and count * 2 > len(pages)}
    return numbers | repeated


def _paragraphs(pages: list[list[str]]) -> list[str]:
    """Lines joined until one ends a sentence or the next one opens a heading."""
    lines = [line for page in pages for line in page]
    widest = max((len(line) for line in lines), default=0)
    joined: list[str] = []
    for line in lines:
        short_before = bool(joined) and len(joined[-1]) < widest * 0.6 and len(joined[-1]) <= 30
        if joined and not _OPENS.match(line) and not _ENDS.search(joined[-1]) and not short_before:
            joined[-1] += line
        else:
            joined.append(line)
    return joined
