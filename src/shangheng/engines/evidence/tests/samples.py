"""Small files of every kind, made on the spot."""

import io
import struct
import zipfile

import docx
import pypdfium2
import xlsxwriter
from PIL import Image

WORD_MAIN = "word/document.xml"


def picture(form: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, form)
    return buffer.getvalue()


def pdf(pages: int = 1) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "金额", "3.5亿元"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel(rows: int = 3, columns: int = 2) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("明细")
        for row in range(rows):
            for column in range(columns):
                sheet.write(row, column, row + column / 10)
    return buffer.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def ofd() -> bytes:
    return archive({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<ofd:Document/>"})


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file of 512-byte sectors, its streams padded to the cutoff of 4096 bytes."""
    contents = [content.ljust(4096, b"\0") for content in streams.values()]
    fat, body, entries = [0xFFFFFFFD, 0xFFFFFFFE], b"", [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, content in zip(streams, contents, strict=True):
        first, count = len(fat), len(content) // 512
        fat += [*range(first + 1, first + count), 0xFFFFFFFE]
        body += content
        entries.append(_entry(name, 2, first, len(content)))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat)))
    return header + table + b"".join(entries).ljust(512, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HB", len(raw), kind)
        + bytes(49)
        + struct.pack("<IQ", start, size)
    )


def old_word(*, flags: int = 0) -> bytes:
    return compound({"WordDocument": struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags)})


def old_excel(*records: tuple[int, bytes]) -> bytes:
    globals_ = [(0x809, bytes(16)), *records, (0x0A, b"")]
    return compound(
        {
            "Workbook": b"".join(
                struct.pack("<HH", code, len(data)) + data for code, data in globals_
            )
        }
    )
