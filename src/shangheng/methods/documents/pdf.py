"""The PDF edition, set by Typst in the layout of GB/T 9704-2012.

The file is PDF/A-2b, made for keeping, unless a character is in none of the fonts.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, Literal

import typst

from shangheng.methods.documents import layout
from shangheng.methods.documents.bookmarks import Bookmark, bookmarks
from shangheng.methods.documents.fonts import FALLBACK, FontPlan, MissingFont, load_fonts
from shangheng.methods.documents.model import Block, Document, FigureRun, Heading, Inline, Table
from shangheng.methods.documents.numbering import annex_label, numbers

_TEMPLATE = Path(__file__).with_name("layout.typ")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


class DocumentError(RuntimeError):
    """The document cannot be set as PDF; the message carries the reason that Typst gave."""


@dataclass(frozen=True)
class MissingCharacters:
    """Characters that none of the fonts has; they are printed as empty boxes."""

    characters: tuple[str, ...]

    def __str__(self) -> str:
        named = (f"{each}（U+{ord(each[0]):04X}）" for each in self.characters)
        return f"字体中没有这些字，PDF 中显示为空框：{'、'.join(named)}"


@dataclass(frozen=True)
class Pdf:
    """A PDF file and everything that its reader must be told about it."""

    content: bytes
    warnings: tuple[MissingFont | MissingCharacters, ...]


def to_pdf(document: Document, fonts: FontPlan) -> Pdf:
    """The document as PDF; the same document and fonts give the same bytes.

    Raises:
        DocumentError: Typst refuses the document, or replaced a font on its own account.
    """
    try:
        return Pdf(_compile(document, fonts, "a-2b"), fonts.warnings)
    except typst.TypstError as refusal:
        missing = MissingCharacters(_missing(refusal.diagnostic))
        if not missing.characters:
            raise DocumentError(f"PDF 排版失败：{refusal.message}") from refusal
    return Pdf(_compile(document, fonts, None), (*fonts.warnings, missing))


def _missing(diagnostic: str) -> tuple[str, ...]:
    """The characters that the fonts lack, as Typst names them (rare ones as `\\u{1134a}`)."""
    found = dict.fromkeys(_MISSING.findall(diagnostic))
    return tuple(_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), each) for each in found)


def _compile(document: Document, fonts: FontPlan, standard: Literal["a-2b"] | None) -> bytes:
    content, warnings = typst.compile_with_warnings(
        _TEMPLATE.read_bytes(),
        font_paths=load_fonts(fonts.directories),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=standard or [],
        sys_inputs={"document": json.dumps(_data(document, fonts), ensure_ascii=False)},
        timestamp=document.created_at.astimezone(UTC),
    )
    if warnings:
        raise DocumentError(f"PDF 排版失败：{warnings[0].message}")
    if not isinstance(content, bytes):
        raise DocumentError("PDF 排版失败：没有输出")
    return content


def _data(document: Document, fonts: FontPlan) -> dict[str, Any]:
    """The document as the plain values that `layout.typ` reads."""
    marks = iter(bookmarks(document))
    signature = document.date and layout.signature(document.issuer, document.date)
    count = len(document.annexes)
    return {
        "size": _sizes(),
        "faces": {
            role: {
                "families": list(dict.fromkeys((face.family, FALLBACK.family))),
                "weight": face.weight,
            }
            for role, face in fonts.faces.items()
        },
        "title": document.title,
        "subtitle": document.subtitle,
        "addressee": document.addressee,
        "issuer": document.issuer,
        "subject": document.subject,
        "signature": signature and asdict(signature),
        "blocks": [*_blocks(document.blocks, marks)],
        "annexes": [
            {
                "label": annex_label(number, count),
                "ordinal": "" if count == 1 else f"{number}.",
                "title": annex.title,
                "blocks": [*_blocks(annex.blocks, marks)],
            }
            for number, annex in enumerate(document.annexes, start=1)
        ],
    }


def _sizes() -> dict[str, float]:
    width, height = layout.PAGE_MM
    return {
        "page_width": width,
        "page_height": height,
        "top": layout.TOP_MM,
        "left": layout.LEFT_MM,
        "right": layout.RIGHT_MM,
        "bottom": layout.BOTTOM_MM,
        "page_drop": layout.PAGE_NUMBER_DROP_MM,
        "pitch": layout.PITCH_PT,
        "tracking": layout.TRACKING_PT,
        "character": layout.CHARACTER_PT,
        "title": layout.TITLE_PT,
        "body": layout.BODY_PT,
        "page": layout.PAGE_NUMBER_PT,
        "table": layout.TABLE_PT,
        "table_pitch": layout.TABLE_PITCH_PT,
    }


def _blocks(blocks: Sequence[Block], marks: Iterator[Bookmark]) -> Iterator[dict[str, Any]]:
    for block, number in zip(blocks, numbers(blocks), strict=True):
        match block:
            case Heading():
                runs = _inlines(block.runs, marks)
                text = number + block.text
                yield {"kind": "heading", "level": block.level, "text": text, "runs": runs}
            case Table():
                yield {
                    "kind": "table",
                    "caption": block.caption,
                    "columns": [asdict(column) for column in block.columns],
                    "rows": [_inlines(row, marks) for row in block.rows],
                }
            case _:
                yield {"kind": "paragraph", "runs": _inlines(block.runs, marks)}


def _inlines(runs: Sequence[Inline], marks: Iterator[Bookmark]) -> list[dict[str, str]]:
    return [_inline(run, marks) for run in runs]


def _inline(run: Inline, marks: Iterator[Bookmark]) -> dict[str, str]:
    data = {"text": run.text}
    if isinstance(run, FigureRun):
        mark = next(marks)
        data["name"] = mark.name
        if mark.target != mark.name:
            data["target"] = mark.target
    return data
