"""What the reader of cells does not tell: hidden rows, error values, telling formats, extent.

Pure. The parts are scanned with regular expressions rather than parsed: a sheet of a million cells
takes a fraction of a second and no tree in memory. Names as in ECMA-376 part 1, section 18.3.
"""

import html
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from shangheng.core.exchange import formats
from shangheng.core.exchange.archive import Flaw, Unreadable
from shangheng.methods.workbooks import claims_too_many, letters_to_column, spans_too_much

MAX_CELLS = 5_000_000  # extent, not content: the reader makes the whole rectangle
_MOST = 4 * MAX_CELLS  # a text may be counted once for each cell of several sheets
Place = tuple[int, int]

_TRUE = rb"""\s*=\s*["'](?:1|true)["']"""
_NONE = rb"""\s*=\s*["']0(?:\.0+)?["']"""  # no height, no width: hidden by the mouse
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\b([^<>]*\b(?:hidden" + _TRUE + rb"|ht" + _NONE + rb")[^<>]*)>"
)
_HIDDEN_COLUMNS = re.compile(
    rb"<(?:\w+:)?col\b([^<>]*\b(?:hidden" + _TRUE + rb"|width" + _NONE + rb")[^<>]*)>"
)
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^<>]*\bt\s*=\s*["']e["'][^<>]*)>""")
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_TEXT_RESULT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_MAY_HAVE_ERRORS = re.compile(rb"""["']e["']""")  # cheap to look for, so looked for first
_MAY_HAVE_FORMULAS = re.compile(rb"[<:]f[\s/>]")
_MAY_BE_HIDDEN = re.compile(rb"hidden|\b(?:ht|width)" + _NONE)
_STYLE = re.compile(rb"""\bs\s*=\s*["'](\d+)["']""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]+)(\d+)["']""")
_XF = re.compile(rb"<(?:\w+:)?xf\b([^<>]*)>")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^<>]*)>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^<>]*)>")
_PERCENT_FORMATS = {b"9": formats.PERCENT, b"10": formats.PERCENT}
_NOWHERE: frozenset[Place] = frozenset()
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Marks:
    """Facts about the cells of one sheet; rows and columns are counted from 1.

    `shown` is what formats say of numbers besides their digits, as `formats.meaning_of` tells it.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: frozenset[Place] = frozenset()
    uncomputed: frozenset[Place] = frozenset()
    shown: Mapping[Place, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """Facts about a workbook: how it counts days, and the marks of its sheets, in their order."""

    counts_from_1904: bool
    sheets: tuple[Marks, ...] = field(default=())


def column_to_letters(column: int) -> str:
    """1 → `A`, 27 → `AA`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def scan(archive: zipfile.ZipFile) -> Book:
    """The facts about an .xlsx.

    Raises `Unreadable` when a part is missing, or a sheet spans more than `MAX_CELLS`.
    """
    if claims_too_many(archive, _MOST):
        raise Unreadable(Flaw.DAMAGED)
    workbook = _part(archive, "xl/workbook.xml")
    styles = _telling_styles(archive)
    sheets = tuple(_marks(_part(archive, path), styles) for path in _paths(archive, workbook))
    counts_from_1904 = re.search(rb"<(?:\w+:)?workbookPr\b[^<>]*\bdate1904" + _TRUE, workbook)
    return Book(counts_from_1904 is not None, sheets)


def _part(archive: zipfile.ZipFile, path: str) -> bytes:
    try:
        content = archive.read(path)
    except (KeyError, zipfile.BadZipFile) as error:
        raise Unreadable(Flaw.DAMAGED) from error
    if content.startswith(_UTF_16):
        raise Unreadable(Flaw.DAMAGED)  # legal, written by nobody, and invisible to the scan
    return content


def _attribute(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"(?<![\w])" + name + rb"""\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return (found[1] or found[2] or b"") if found else b""


def _paths(archive: zipfile.ZipFile, workbook: bytes) -> list[str]:
    """Where the sheets are kept, in the order of their tabs."""
    relations = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target").decode("utf-8", "replace")
        for tag in _RELATION.findall(_part(archive, "xl/_rels/workbook.xml.rels"))
    }
    targets = [relations.get(_attribute(tag, rb"\w+:id"), "") for tag in _SHEET.findall(workbook)]
    return [posixpath.normpath(posixpath.join("/xl", target))[1:] for target in targets]


def _telling_styles(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """The style numbers whose format says more than digits, and what it says."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = _part(archive, "xl/styles.xml")
    meanings = _PERCENT_FORMATS | {
        _attribute(tag, b"numFmtId"): formats.meaning_of(
            html.unescape(_attribute(tag, b"formatCode").decode("utf-8", "replace"))
        )
        for tag in _FORMAT.findall(styles)
    }
    tags = _XF.findall(styles, styles.find(b"cellXfs"), styles.rfind(b"cellXfs"))
    return {
        str(number).encode(): meaning
        for number, tag in enumerate(tags)
        if (meaning := meanings.get(_attribute(tag, b"numFmtId"), ""))
    }


def _marks(sheet: bytes, styles: Mapping[bytes, str]) -> Marks:
    if spans_too_much(sheet, MAX_CELLS):
        raise Unreadable(Flaw.TOO_LARGE)
    return Marks(
        hidden_rows=_hidden_rows(sheet),
        hidden_columns=_hidden_columns(sheet),
        errors=_places(_ERROR.findall(sheet)) if _MAY_HAVE_ERRORS.search(sheet) else _NOWHERE,
        uncomputed=_uncomputed(sheet),
        shown=_shown(sheet, styles) if styles else {},
    )


def _shown(sheet: bytes, styles: Mapping[bytes, str]) -> dict[Place, str]:
    styled = re.compile(
        rb"""<(?:\w+:)?c\b([^<>]*\bs\s*=\s*["'](?:""" + b"|".join(styles) + rb""")["'][^<>]*)>"""
    )
    told = {}
    for tag in styled.findall(sheet):
        place, style = _REFERENCE.search(tag), _STYLE.search(tag)
        if style and style[1] in styles:
            told[_place(place)] = styles[style[1]]
    return told


def _hidden_rows(sheet: bytes) -> frozenset[int]:
    if not _MAY_BE_HIDDEN.search(sheet):
        return frozenset()
    numbers = [_attribute(tag, b"r") for tag in _HIDDEN_ROW.findall(sheet)]
    if not all(map(bytes.isdigit, numbers)):
        raise Unreadable(Flaw.DAMAGED)  # legal, but nobody could be told which row it is
    return frozenset(map(int, numbers))


def _uncomputed(sheet: bytes) -> frozenset[Place]:
    """Formulas without a result; one whose result is an empty text has a result."""
    if not _MAY_HAVE_FORMULAS.search(sheet):
        return _NOWHERE
    return _places([tag for tag in _UNCOMPUTED.findall(sheet) if not _TEXT_RESULT.search(tag)])


def _hidden_columns(sheet: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    for tag in _HIDDEN_COLUMNS.findall(sheet):
        first, last = _attribute(tag, b"min"), _attribute(tag, b"max")
        if first.isdigit() and last.isdigit():
            hidden.update(range(int(first), min(int(last), 16_384) + 1))
    return frozenset(hidden)


def _places(tags: list[bytes]) -> frozenset[Place]:
    return frozenset(_place(_REFERENCE.search(tag)) for tag in tags)


def _place(found: re.Match[bytes] | None) -> Place:
    if found is None:
        raise Unreadable(Flaw.DAMAGED)  # legal, but nobody could be told which cell it is
    return int(found[2]), letters_to_column(found[1].decode())
