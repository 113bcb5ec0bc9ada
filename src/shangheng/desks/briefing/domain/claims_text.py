"""Audited texts: what is kept of a file, and the text with its findings marked."""

import itertools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from shangheng.desks.briefing.domain.told import Refused, _
from shangheng.methods.claims.audit import Audit, audit
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.reading.document import Cell, Document, Note, Table
from shangheng.methods.claims.reading.layout import lay_out
from shangheng.methods.claims.reading.read import read_report
from shangheng.methods.wording import language

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 300_000
PROBLEMS = frozenset({Verdict.INCONSISTENT, Verdict.AMBIGUOUS, Verdict.UNSUPPORTED})
_UNFIT = re.compile("[\x00\ud800-\udfff]")  # what no database keeps
_LINE = re.compile(r"[^\n\r\f\v\u2028\u2029]+")
_ORDER = list(Severity)


class TooLong(Refused):
    """A text that is too long for a page; the message says what to do."""


def read_file(name: str, content: bytes) -> Document:
    """The report in a file. Raises UnreadableReport, or TooLong for what no page could show."""
    if len(content) > MAX_BYTES:
        size = MAX_BYTES // 1_000_000
        raise TooLong(_("文件超过%(size)dMB，请拆分后再审核。"), size=size)
    return fitting(read_report(name, content))


def read_text(text: str) -> Document:
    """A report that was pasted. Raises TooLong."""
    return fitting(lay_out(text.replace("\r\n", "\n")))


def fitting(document: Document) -> Document:
    """A report that a page can show and a database can keep. Raises TooLong."""
    if len(document.text) > MAX_CHARACTERS:
        raise TooLong(
            _("文字有%(n)d字，超过%(most)d字，请拆分后再审核。"),
            n=len(document.text),
            most=MAX_CHARACTERS,
        )
    if not document.text.strip():
        raise TooLong(_("没有可以审核的文字。"))
    if not _UNFIT.search(document.text):
        return document
    return document_of(_UNFIT.sub(" ", document.text), structure_of(document))


def structure_of(document: Document) -> dict[str, Any]:
    """What of a document does not follow from its text: where tables lie, what was left out."""
    return {
        "tables": [
            [[[cell.start, cell.end] if cell else None for cell in row] for row in table.rows]
            for table in document.tables
        ],
        "notes": [[note.code, note.message] for note in document.notes if not note.spans],
    }


def document_of(text: str, structure: Mapping[str, Any]) -> Document:
    """The document again, as it was read."""
    tables = tuple(
        Table(tuple(tuple(Cell(*cell) if cell else None for cell in row) for row in rows))
        for rows in structure["tables"]
    )
    notes = tuple(Note(code, message) for code, message in structure["notes"])
    return lay_out(text, tables=tables, notes=notes)


def audit_of(text: str, structure: Mapping[str, Any]) -> Audit:
    """The audit of a kept text; the last few are remembered, for pages follow each other closely."""
    return _audited(text, json.dumps(structure), language())


def summary_of(found: Audit) -> dict[str, int]:
    """How much was found and covered, for a list."""
    wrong = len(found.with_verdict(Verdict.INCONSISTENT))
    return {
        "wrong": wrong,
        "doubtful": len([f for f in found.findings if f.verdict in PROBLEMS]) - wrong,
        **asdict(found.coverage),
    }


@lru_cache(maxsize=8)
def _audited(text: str, structure: str, _language: str) -> Audit:
    """Findings are said in a language, so each language has its own."""
    return audit(document_of(text, json.loads(structure)))


@dataclass(frozen=True)
class Shown:
    """A finding with the number under which the page lists it, and what stands beside it."""

    number: int
    finding: Finding
    is_new: bool = False
    decision: Any = None

    @property
    def dismissed(self) -> bool:
        """Whether somebody has said that it is no problem."""
        return self.decision is not None and self.decision.decision == "dismissed"


@dataclass(frozen=True)
class Piece:
    """A run of characters with the findings that speak of it, the gravest first.

    `opens` are the numbers of the findings that stand here for the first time.
    """

    text: str
    shown: tuple[Shown, ...] = ()
    opens: tuple[int, ...] = ()

    @property
    def numbers(self) -> list[int]:
        """The numbers of the gravest three, in order."""
        return sorted(item.number for item in self.shown[:3])


def marked_lines(text: str, shown: Sequence[Shown]) -> list[list[Piece]]:
    """The text line by line, cut where findings begin and end."""
    runs = list(_runs(len(text), shown))
    lines: list[list[Piece]] = []
    place = 0
    opened: set[int] = set()
    for match in _LINE.finditer(text):
        start, end = match.span()
        if not match.group().strip():
            continue
        while runs[place][1] <= start:
            place += 1
        pieces, at = [], place
        while at < len(runs) and runs[at][0] < end:
            low, high, found = runs[at]
            opens = tuple(item.number for item in found if item.number not in opened)
            opened.update(opens)
            pieces.append(Piece(text[max(low, start) : min(high, end)], found, opens))
            at += 1
        lines.append(pieces)
    return lines


def _runs(length: int, shown: Sequence[Shown]) -> Iterator[tuple[int, int, tuple[Shown, ...]]]:
    """Every run of characters between two ends of spans, with the findings that cover it."""
    opens: dict[int, list[Shown]] = defaultdict(list)
    closes: dict[int, list[Shown]] = defaultdict(list)
    for item in shown:
        for start, end in item.finding.spans:
            if start < end:
                opens[start].append(item)
                closes[end].append(item)
    ends = sorted({0, length, *opens, *closes})
    active: Counter[int] = Counter()
    by_number = {item.number: item for item in shown}
    for low, high in itertools.pairwise(ends):
        active.update(item.number for item in opens.get(low, ()))
        active.subtract(item.number for item in closes.get(low, ()))
        here = [by_number[number] for number, times in active.items() if times > 0]
        here.sort(key=_gravity)
        yield low, high, tuple(here)


def _gravity(item: Shown) -> tuple[bool, bool, int, int]:
    """What a mark shows first: what stands, contradicts, weighs most, comes first."""
    finding = item.finding
    wrong = finding.verdict is Verdict.INCONSISTENT
    return item.dismissed, not wrong, _ORDER.index(finding.severity), item.number


def problems(found: Iterable[Finding]) -> dict[str, Finding]:
    """What does not hold, by fingerprint."""
    return {f.fingerprint: f for f in found if f.verdict in PROBLEMS}
