"""Read a file of any supported kind into a `Document`; refuse clearly what cannot be read."""

from shangheng.methods.claims.reading.document import Document, UnreadableReport
from shangheng.methods.claims.reading.html import read_html
from shangheng.methods.claims.reading.layout import lay_out
from shangheng.methods.claims.reading.office import read_docx, read_xlsx
from shangheng.methods.claims.reading.pdf import read_pdf

MAX_BYTES = 60_000_000
MAX_CHARACTERS = 20_000_000
_ENCODINGS = ("utf-8-sig", "gb18030")
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def read_report(name: str, content: bytes) -> Document:
    """The report in a file, known by its content and, for text, by its name.

    Raises UnreadableReport, with the name and the reason in Chinese, for empty, broken, too large,
    encrypted, macro-bearing or unknown files, and for scanned PDFs without a text layer.
    """
    try:
        return _read(name, content)
    except UnreadableReport as error:
        raise UnreadableReport(f"“{name}”: {error}") from error


def _read(name: str, content: bytes) -> Document:
    if not content.strip():
        raise UnreadableReport("文件是空的。")
    if len(content) > MAX_BYTES:
        raise UnreadableReport(f"文件超过{MAX_BYTES // 1_000_000}MB, 请拆分后再审核。")
    if content.startswith(_OLE):
        raise UnreadableReport("这是旧格式(.doc/.xls)或加密的Office文件, 请另存为.docx或.xlsx。")
    if content.startswith(_ZIP):
        return (
            read_xlsx(content) if name.lower().endswith((".xlsx", ".xlsm")) else read_docx(content)
        )
    if _PDF in content[:1024]:
        return read_pdf(content)
    text = _decoded(content)
    if name.lower().endswith((".html", ".htm")) or text.lstrip()[:200].lower().startswith(
        ("<!doctype", "<html")
    ):
        return read_html(text)
    return lay_out(text)


def _decoded(content: bytes) -> str:
    """The text of a plain file in UTF-8, GB 18030 or UTF-16 with its mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\x00") * 100 > len(text):
            break
        if len(text) > MAX_CHARACTERS:
            raise UnreadableReport("文字过长, 请拆分后再审核。")
        return text
    raise UnreadableReport("无法识别的文件: 请用 txt, html, docx, xlsx 或带文字层的 pdf。")
