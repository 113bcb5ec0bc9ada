"""Looking into PDF files. Pure: bytes in, page count or picture out."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pypdfium2
from PIL.Image import Image
from pypdfium2.raw import FPDF_ERR_PASSWORD

_one_at_a_time = Lock()  # PDFium keeps state of its own: two threads in it crash the process


class BadPdf(Exception):
    """The file does not open; `is_locked` tells a password from damage."""

    def __init__(self, *, is_locked: bool) -> None:
        super().__init__("locked" if is_locked else "damaged")
        self.is_locked = is_locked


@contextmanager
def _opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            is_locked = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
            raise BadPdf(is_locked=is_locked) from error
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise BadPdf(is_locked=False) from error
        finally:
            document.close()


def page_count(content: bytes) -> int:
    """How many pages there are. Raises BadPdf, also when there is none."""
    with _opened(content) as document:
        pages = len(document)
    if pages < 1:
        raise BadPdf(is_locked=False)
    return pages


def render(content: bytes, page: int, longest: int) -> Image:
    """Page `page`, counted from 1, as a picture whose longer side has `longest` pixels.

    Raises BadPdf; ValueError when there is no such page.
    """
    with _opened(content) as document:
        if not 1 <= page <= len(document):
            raise ValueError(f"no page {page}")
        sheet = document[page - 1]
        size = max(sheet.get_size())
        if size <= 0:
            raise BadPdf(is_locked=False)
        picture: Image = sheet.render(scale=longest / size).to_pil().convert("RGB")
        sheet.close()
        return picture
