"""Read Word and Excel files, refusing zip bombs and macros before anything is unpacked."""

import io
import zipfile
from xml.etree import ElementTree

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from shangheng.methods.claims.reading.builder import TextBuilder
from shangheng.methods.claims.reading.document import Document, UnreadableReport
from shangheng.methods.workbooks import UNPACKING, claims_too_many, spans_too_much

MAX_UNPACKED = 200_000_000
MAX_RATIO = 200
MAX_MEMBERS = 5_000
MAX_CELLS = 300_000
_SMALL = 1_000_000
_ROOM = 20_000_000  # cells or texts that the reader may make room for


def check_package(content: bytes) -> None:
    """Refuse a package that is broken, encrypted, bears macros, or unpacks to far more than it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableReport("文件已损坏, 不是完整的Office文件。") from error
    if len(members) > MAX_MEMBERS:
        raise UnreadableReport("文件内含部件过多, 拒绝打开。")
    unpacked = sum(m.file_size for m in members)
    if unpacked > MAX_UNPACKED or any(
        m.file_size > _SMALL and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members
    ):
        raise UnreadableReport("文件解压后过大, 疑为压缩炸弹, 拒绝打开。")
    if any(m.filename.lower().endswith("vbaproject.bin") for m in members):
        raise UnreadableReport("文件带有宏, 拒绝打开; 请另存为不带宏的格式。")
    if any(m.flag_bits & 1 for m in members):
        raise UnreadableReport("文件已加密, 请先取消密码。")


def read_docx(content: bytes) -> Document:
    """The paragraphs and tables of a Word file, in order; deleted revisions are not text."""
    check_package(content)
    try:
        word = docx.Document(io.BytesIO(content))
        builder = TextBuilder()
        for part in _parts(word):
            if isinstance(part, WordTable):
                builder.table(_word_rows(part))
            else:
                builder.paragraph(part.text)
        return builder.document()
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, IndexError,
            etree.XMLSyntaxError, ElementTree.ParseError, *UNPACKING) as error:  # fmt: skip
        raise UnreadableReport("无法读取这个Word文件, 可能已损坏或不是.docx。") from error


def _parts(word: WordDocument) -> list[Paragraph | WordTable]:
    return list(word.iter_inner_content())


def _word_rows(table: WordTable) -> list[list[str | None]]:
    rows: list[list[str | None]] = []
    for row in table.rows:
        cells: list[str | None] = []
        seen: set[int] = set()
        for cell in row.cells:
            key = id(cell._tc)
            cells.append(None if key in seen else cell.text)
            seen.add(key)
        rows.append(cells)
    return rows


def read_xlsx(content: bytes) -> Document:
    """The sheets of an Excel file as tables of their shown values."""
    check_package(content)
    _check_claims(content)
    builder = TextBuilder()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        cells = 0
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)
            cells += sum(len(row) for row in rows)
            if cells > MAX_CELLS:
                raise UnreadableReport(f"工作簿超过{MAX_CELLS}个单元格, 请拆分后再审核。")
            builder.paragraph(name)
            builder.table([[_shown(value) for value in row] for row in rows])
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableReport("无法读取这个Excel文件, 可能已损坏。") from error
    except BaseException as error:
        # a panic of the Rust reader arrives as a BaseException that cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableReport("无法读取这个Excel文件, 可能已损坏。") from error
    return builder.document()


def _check_claims(content: bytes) -> None:
    """Refuse a workbook for which the reader would make more room than there is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            sheets = [m for m in package.namelist() if m.lower().startswith("xl/worksheets/")]
            if claims_too_many(package, _ROOM) or any(
                spans_too_much(package.read(sheet), _ROOM) for sheet in sheets
            ):
                raise UnreadableReport("工作表占用的行列过多, 请删除数据以外的空白行和空白列。")
    except UNPACKING as error:
        raise UnreadableReport("无法读取这个Excel文件, 可能已损坏。") from error


def _shown(value: object) -> str:
    """A cell value as it reads: a whole float without its point, everything else as text."""
    if isinstance(value, float):
        return (
            str(int(value))
            if value.is_integer() and abs(value) < 10**15
            else repr(round(value, 10))
        )
    return "" if value is None else str(value)
