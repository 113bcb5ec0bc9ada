"""What a file is, told by its content, and whether it may be kept as evidence.

Pure: bytes and a name in, a `Media` or an `UnacceptableFile` out. The name is believed only where
the content agrees: it decides nothing but csv against txt.
"""

import io
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import Image

from shangheng.core.exchange.archive import Flaw, Unreadable, open_archive
from shangheng.core.exchange.ole import SIGNATURE, BadCompoundFile, CompoundFile
from shangheng.core.exchange.text import decode
from shangheng.engines.evidence.domain.pdf import BadPdf, page_count
from shangheng.methods.wording import say

MAX_PIXELS = 89_000_000  # an A3 page at 600 dots per inch has 70 million; Pillow warns from here on
NAME_LENGTH = 200


class UnacceptableFile(ValueError):
    """The file cannot be taken as evidence; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Media:
    """A type of file that is accepted: its MIME type and its extensions, the usual one first."""

    mime: str
    extensions: tuple[str, ...]

    @property
    def label(self) -> str:
        """What people call it, in the reader's language."""
        return _labels()[self.mime]


PDF = Media("application/pdf", (".pdf",))
PNG = Media("image/png", (".png",))
JPEG = Media("image/jpeg", (".jpg", ".jpeg"))
TIFF = Media("image/tiff", (".tif", ".tiff"))
_OPEN = "application/vnd.openxmlformats-officedocument."
DOCX = Media(f"{_OPEN}wordprocessingml.document", (".docx",))
XLSX = Media(f"{_OPEN}spreadsheetml.sheet", (".xlsx",))
DOC = Media("application/msword", (".doc", ".wps"))
XLS = Media("application/vnd.ms-excel", (".xls", ".et"))
OFD = Media("application/ofd", (".ofd",))
CSV = Media("text/csv", (".csv",))
TEXT = Media("text/plain", (".txt",))


def _labels() -> dict[str, str]:
    return {
        PDF.mime: say("PDF 文件"),
        PNG.mime: say("PNG 图片"),
        JPEG.mime: say("JPEG 图片"),
        TIFF.mime: say("TIFF 图片"),
        DOCX.mime: say("Word 文档"),
        XLSX.mime: say("Excel 工作簿"),
        DOC.mime: say("Word 97-2003 文档"),
        XLS.mime: say("Excel 97-2003 工作簿"),
        OFD.mime: say("OFD 版式文件"),
        CSV.mime: say("CSV 文本"),
        TEXT.mime: say("纯文本"),
    }


ACCEPTED = (PDF, PNG, JPEG, TIFF, DOCX, XLSX, DOC, XLS, OFD, CSV, TEXT)
BY_MIME = {media.mime: media for media in ACCEPTED}
EXTENSIONS = tuple(extension for media in ACCEPTED for extension in media.extensions)

_EXECUTABLE = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_MARKUP = re.compile(
    rb"<\s*(!doctype\s+html|html|head|body|svg|script|iframe|\?xml|mso-application)", re.IGNORECASE
)
_IMAGES = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"II*\0", TIFF), (b"MM\0*", TIFF))
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean_name(name: str) -> str:
    """The bare file name: no folders, no invisible or direction-turning characters.

    Raises UnacceptableFile when nothing is left, or more than `NAME_LENGTH` characters.
    """
    bare = _HIDDEN.sub("", PurePosixPath(name.replace("\\", "/")).name).strip(" .")
    if not bare:
        raise UnacceptableFile(say("文件没有名称，请命名后再上传。"))
    if len(bare) > NAME_LENGTH:
        raise UnacceptableFile(
            say(
                "文件名长%(length)d个字符，超过%(limit)d个，请改短后再上传。",
                length=len(bare),
                limit=NAME_LENGTH,
            )
        )
    return bare


def identify(name: str, content: bytes) -> Media:
    """The type of `content`, which the extension of `name` must agree with.

    Raises UnacceptableFile for anything that is not on the list of accepted types, is damaged,
    encrypted, carries macros, or would unpack to an absurd size.
    """
    if not content:
        raise UnacceptableFile(say("文件“%(name)s”是空的，请检查后重新上传。", name=name))
    extension = PurePosixPath(name).suffix.lower()
    media = _by_content(name, content, extension)
    if extension not in media.extensions:
        raise UnacceptableFile(
            say(
                "文件“%(name)s”的内容是%(kind)s，与扩展名不符。请改为 %(right)s 后再上传，或检查是否选错了文件。",
                name=name,
                kind=media.label,
                right=media.extensions[0],
            )
        )
    return media


def _by_content(name: str, content: bytes, extension: str) -> Media:
    if content.startswith(_EXECUTABLE):
        raise UnacceptableFile(say("文件“%(name)s”是可执行程序，不能作为凭证上传。", name=name))
    if content.startswith(_PACKED):
        raise _packed(name)
    for signature, media in _IMAGES:
        if content.startswith(signature):
            _check_image(name, content)
            return media
    if content.startswith(b"%PDF-"):
        _check_pdf(name, content)
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _in_archive(name, content)
    if content.startswith(SIGNATURE):
        return _in_compound_file(name, content)
    return _in_text(name, content, extension)


def _packed(name: str) -> UnacceptableFile:
    return UnacceptableFile(say("文件“%(name)s”是压缩包，请解压后逐个上传其中的文件。", name=name))


def _damaged(name: str) -> UnacceptableFile:
    return UnacceptableFile(
        say("文件“%(name)s”已损坏或不完整，无法读取。请重新导出或扫描后再上传。", name=name)
    )


def _encrypted(name: str) -> UnacceptableFile:
    return UnacceptableFile(
        say("文件“%(name)s”设有打开密码，别人无法查验。请取消密码后再上传。", name=name)
    )


def _with_macros(name: str) -> UnacceptableFile:
    return UnacceptableFile(
        say("文件“%(name)s”含有宏。请另存为不含宏的 .xlsx 或 .docx 文件后再上传。", name=name)
    )


def _check_pdf(name: str, content: bytes) -> None:
    try:
        page_count(content)
    except BadPdf as error:
        raise (_encrypted if error.is_locked else _damaged)(name) from error


def _check_image(name: str, content: bytes) -> None:
    """Refuse an image that does not open, or has more pixels than any scan needs."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as image:
            width, height = image.size
            image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(name) from None
    except Exception as error:  # on damaged files the decoders raise whatever they meet
        raise _damaged(name) from error
    if width * height > MAX_PIXELS:
        raise _too_many_pixels(name)


def _too_many_pixels(name: str) -> UnacceptableFile:
    return UnacceptableFile(
        say(
            "图片“%(name)s”超过%(limit)d万像素。请缩小或以较低分辨率（如300点/英寸）扫描后再上传。",
            name=name,
            limit=MAX_PIXELS // 10_000,
        )
    )


def _in_archive(name: str, content: bytes) -> Media:
    try:
        with open_archive(content) as archive:
            parts = {part.lower() for part in archive.namelist()}
    except Unreadable as error:
        raise _ARCHIVE_FLAWS[error.flaw](name) from error
    if any(part.endswith("vbaproject.bin") or "/macrosheets/" in part for part in parts):
        raise _with_macros(name)
    for part, media in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ofd.xml", OFD)):
        if part in parts:
            return media
    if "[content_types].xml" in parts:
        raise _unknown(name)
    raise _packed(name)


def _too_large_inside(name: str) -> UnacceptableFile:
    return UnacceptableFile(
        say(
            "文件“%(name)s”解压后的内容异常庞大，可能有害，不予接收。请另存一份正常的文件后再上传。",
            name=name,
        )
    )


_ARCHIVE_FLAWS = {
    Flaw.DAMAGED: _damaged,
    Flaw.ENCRYPTED: _encrypted,
    Flaw.TOO_LARGE: _too_large_inside,
}

_FIB_FLAGS, _FIB_ENCRYPTED = 10, 0x0100  # [MS-DOC] 2.5.2 FibBase
_FILEPASS = 0x2F  # [MS-XLS] 2.4.117


def _in_compound_file(name: str, content: bytes) -> Media:
    try:
        compound = CompoundFile(content)
        streams = compound.streams
        document = compound.head("WordDocument", 32)
        workbook = compound.head("Workbook", 4096) or compound.head("Book", 4096)
    except BadCompoundFile as error:
        raise _damaged(name) from error
    if "EncryptedPackage" in streams:
        raise _encrypted(name)
    if any(storage in streams for storage in ("_VBA_PROJECT_CUR", "Macros", "VBA")):
        raise _with_macros(name)
    if workbook:
        if _has_filepass(workbook):
            raise _encrypted(name)
        return XLS
    if document:
        if int.from_bytes(document[_FIB_FLAGS : _FIB_FLAGS + 2], "little") & _FIB_ENCRYPTED:
            raise _encrypted(name)
        return DOC
    raise _unknown(name)


def _has_filepass(workbook: bytes) -> bool:
    """Whether the globals of an .xls start with the record that says the rest is encrypted."""
    at = 0
    while at + 4 <= len(workbook):
        record = int.from_bytes(workbook[at : at + 2], "little")
        if record == _FILEPASS:
            return True
        at += 4 + int.from_bytes(workbook[at + 2 : at + 4], "little")
    return False


def _in_text(name: str, content: bytes, extension: str) -> Media:
    if _MARKUP.search(content[:4096]):
        raise UnacceptableFile(
            say(
                "文件“%(name)s”的内容是网页、XML 或 SVG。请用原来的软件打开，另存为 PDF、.xlsx 或 .docx 后再上传。",
                name=name,
            )
        )
    if decode(content) is None:
        raise _unknown(name)
    return CSV if extension == ".csv" else TEXT


def _unknown(name: str) -> UnacceptableFile:
    return UnacceptableFile(
        say(
            "不能识别文件“%(name)s”。可以上传的有：PDF、图片（PNG、JPEG、TIFF）、Word、Excel、OFD、CSV 和 TXT。",
            name=name,
        )
    )
