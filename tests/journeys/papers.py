"""Papers that people bring along: scans, filled-in tables."""

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from PIL import Image


def scan(folder: Path, name: str, colour: str) -> Path:
    """A scanned page as PDF; another colour makes another file."""
    path = folder / name
    content = BytesIO()
    Image.new("RGB", (600, 800), colour).save(content, "PDF")
    path.write_bytes(content.getvalue())
    return path


def filled(template: Path, path: Path, rows: list[dict[str, object]]) -> Path:
    """The template with `rows` in place of its example, each by the titles of its columns."""
    book: Workbook = load_workbook(template)
    sheet = book.worksheets[0]
    titles = [str(cell.value or "").rstrip("*") for cell in sheet[1]]
    for number, row in enumerate(rows, 2):
        for place, title in enumerate(titles, 1):
            sheet.cell(number, place, row.get(title)).value = row.get(title)
    book.save(path)
    return path
