"""Agenda and minutes (议程、纪要) of a meeting, as documents made from the register of obstacles.

Official documents are written in Chinese, whatever language their reader has chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shangheng.methods.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
)
from shangheng.methods.documents.numbering import written_date


@dataclass(frozen=True, slots=True)
class Item:
    """One obstacle on the agenda; `decision` is empty until the meeting has decided."""

    title: str
    kind: str
    case: str
    since: date
    owner: str
    detail: str
    asks: str
    decision: str = ""
    responsible: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting with its items in order."""

    title: str
    held_on: date
    place: str
    chair: str
    attending: str
    issuer: str
    items: tuple[Item, ...]


def agenda(session: Session, made_at: datetime) -> Document:
    """What is put before the meeting: each obstacle, how it stands, what is asked."""
    blocks: list[Block] = _head(session)
    for item in session.items:
        blocks.append(Heading(1, _line(item.title)))
        blocks += _told(
            ("所属事项", item.case),  # zh-data: official document
            ("类别", item.kind),  # zh-data: official document
            ("牵头人", item.owner),  # zh-data: official document
            ("提出时间", written_date(item.since)),  # zh-data: official document
            ("情况", item.detail),  # zh-data: official document
            ("提请议定", item.asks),  # zh-data: official document
        )
    return _document(session, "议程", blocks, made_at, None)  # zh-data: official document


def minutes(session: Session, made_at: datetime) -> Document:
    """What was decided: a paragraph for each item, then a table of who does what by when."""
    blocks: list[Block] = _head(session)
    for item in session.items:
        blocks.append(Heading(1, _line(item.title)))
        blocks += _told(
            ("所属事项", item.case),  # zh-data: official document
            ("提请议定", item.asks),  # zh-data: official document
            ("会议议定", item.decision),  # zh-data: official document
        )
    blocks.append(Heading(1, "任务分解"))  # zh-data: official document
    blocks.append(_table(session.items))
    kind = "纪要"  # zh-data: official document
    return _document(session, kind, blocks, made_at, session.held_on)


def _head(session: Session) -> list[Block]:
    return list(
        _told(
            ("时间", written_date(session.held_on)),  # zh-data: official document
            ("地点", session.place),  # zh-data: official document
            ("主持", session.chair),  # zh-data: official document
            ("参会", session.attending),  # zh-data: official document
        )
    )


def _told(*pairs: tuple[str, str]) -> list[Paragraph]:
    """A paragraph for each pair; what is empty is left out."""
    colon = "："  # zh-data: official document
    return [Paragraph((Run(f"{name}{colon}{_line(text)}"),)) for name, text in pairs if text]


def _table(items: Sequence[Item]) -> Table:
    columns = (
        Column("序号", "center"),  # zh-data: official document
        Column("议定事项", width=5),  # zh-data: official document
        Column("责任人", "center", 2),  # zh-data: official document
        Column("完成时限", "center", 3),  # zh-data: official document
    )
    rows = tuple(
        (
            Run(str(number)),
            Run(_line(item.decision)),
            Run(item.responsible),
            Run(written_date(item.due_on) if item.due_on else "—"),
        )
        for number, item in enumerate(items, 1)
    )
    return Table(columns, rows)


def _document(
    session: Session, kind: str, blocks: Sequence[Block], made_at: datetime, day: date | None
) -> Document:
    title = _line(session.title) + kind
    return Document(title, session.issuer, day, tuple(blocks), made_at)


def _line(text: str) -> str:
    """A text as one line, which is what a paragraph holds."""
    return " ".join(text.split())
