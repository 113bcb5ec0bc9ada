"""What an .xlsx claims before it is read. The reader makes room for what is claimed, so a wrong digit
in the strings or in the address of a cell would end the whole process. Pure.
"""

import re
import struct
import zipfile
import zlib

UNPACKING = (  # what unpacking a damaged part may raise
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
_UNIQUE = re.compile(rb"""\buniqueCount\s*=\s*["'](\d+)""")
_COUNT = re.compile(rb"""\bcount\s*=\s*["'](\d+)""")
_HEAD = 1024 * 1024  # counts stand in front: the whole of small parts, the start of long ones
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^<>]*?\br\s*=\s*["'](\d+)["'][^<>]*(?<!/)>""")
_COLUMNS = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["']([A-Z]+)\d+["']""")
_FAR_COLUMN = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["'][A-Z]{2}""")
_FAR_ROW = re.compile(rb"""\br\s*=\s*["'][A-Z]+(\d{6,})["']""")
_ONE_LETTER = 26


def letters_to_column(letters: str) -> int:
    """`A` → 1, `AA` → 27."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def claims_too_many(archive: zipfile.ZipFile, most: int) -> bool:
    """Whether a part speaks of more than `most` things, of more texts than it has bytes, or is damaged."""
    for entry in archive.infolist():
        if entry.filename.lower().endswith(".xml"):
            try:
                with archive.open(entry) as part:
                    head = part.read(_HEAD)
                texts = max(map(int, _UNIQUE.findall(head)), default=0)
                things = max(map(int, _COUNT.findall(head)), default=0)
            except (*UNPACKING, ValueError):  # ValueError: a number of thousands of digits
                return True
            if texts > entry.file_size or things > most:
                return True
    return False


def spans_too_much(sheet: bytes, most: int) -> bool:
    """Whether the rectangle from A1 to the last cell of a sheet's XML holds more than `most` cells."""
    # a cell stands where it says itself, whatever its row says; low numbers cost nothing to trust
    rows = max(map(int, (*_ROW.findall(sheet), *_FAR_ROW.findall(sheet))), default=0)
    if rows * _ONE_LETTER <= most and not _FAR_COLUMN.search(sheet):
        return False  # the common case, without making a million strings
    columns = {letters_to_column(found.decode()) for found in set(_COLUMNS.findall(sheet))}
    return rows * max(columns, default=0) > most
