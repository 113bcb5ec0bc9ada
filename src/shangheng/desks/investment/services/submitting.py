"""Sending arrivals to the city in batches, and recording what it says of each (认定, 拒统)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.desks.investment.access import may
from shangheng.desks.investment.models import Arrival, Batch, BatchItem
from shangheng.desks.investment.selectors.money import ArrivalLine, lines_of
from shangheng.desks.investment.services.announcing import tell_decided
from shangheng.engines.evidence import services as evidence
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.services import recognition
from shangheng.engines.ledger.services.recognition import CannotMove, Move

REPLY = "recognition_reply"
SENT = (Status.CLAIMED, Status.REJECTED)


@dataclass(frozen=True)
class Decision:
    """What a reply says of one arrival, in 亿元; what it does not name stays open."""

    arrival: Arrival
    recognised: Decimal
    rejected: Decimal
    reason: str = ""


@transaction.atomic
def submit_batch(
    *, actor: User, at: datetime, arrivals: Sequence[Arrival], name: str, note: str = ""
) -> Batch:
    """Send together all that is 待报 or 拒统 of some arrivals; all of it or nothing.

    What was rejected is sent again only with a note that says what is new. Raises CannotMove,
    PermissionDenied.
    """
    lines = lines_of(arrivals)
    for line in lines:
        if not may(actor, line.row.project, "submit"):
            raise PermissionDenied
        if why := why_not_sent(line):
            raise CannotMove(f"#{line.pk} {why}")
    again = [line for line in lines if line.held(Status.REJECTED)]
    if again and not note.strip():
        raise CannotMove(_("其中有被拒统过的，重新报须在说明里写明补充了什么。"))
    entry = recognition.move(
        actor=actor,
        at=at,
        moves=[
            Move(posting, origin, Status.SUBMITTED)
            for line in lines
            for origin in SENT
            if line.held(origin)
            for posting in _postings(line.row)
        ],
        act="ledger.submit",
        note=f"{name} {note}".strip(),
    )
    batch = Batch.objects.create(
        name=name, note=note, entry=entry, submitted_by=actor, submitted_at=at
    )
    BatchItem.objects.bulk_create(
        BatchItem(
            batch=batch,
            arrival=line.row,
            amount=sum((line.held(origin) for origin in SENT), Decimal(0)),
            again=bool(line.held(Status.REJECTED)),
        )
        for line in lines
    )
    _record(actor, at, "submit", batch, {"rows": len(lines), "note": note})
    return batch


def why_not_sent(line: ArrivalLine) -> str:
    """Why an arrival cannot be sent to the city; "" when it can."""
    if not line.is_live:
        return _("已经撤销")
    if not any(line.held(origin) for origin in SENT):
        return _("没有待报或拒统的金额")
    if not line.row.documents.all():
        return _("没有凭证文件，请先补充凭证")
    return ""


@transaction.atomic
def withdraw(*, actor: User, at: datetime, row: Arrival, note: str = "") -> None:
    """Take back what was sent and is not decided. Raises CannotMove, PermissionDenied."""
    if not may(actor, row.project, "submit"):
        raise PermissionDenied
    recognition.withdraw(actor=actor, at=at, postings=_postings(row), note=note)


@transaction.atomic
def record_reply(
    *,
    actor: User,
    at: datetime,
    batch: Batch,
    decisions: Sequence[Decision],
    replied_on: date,
    upload: evidence.Upload | None = None,
    note: str = "",
) -> None:
    """Record one reply of the city about some arrivals of a batch: all of it or nothing.

    Raises CannotMove, UnacceptableFile, PermissionDenied.
    """
    members = set(batch.items.values_list("arrival", flat=True))
    for one in decisions:
        if one.arrival.pk not in members:
            raise CannotMove(_("#%d不在这一批里") % one.arrival.pk)
        if not may(actor, one.arrival.project, "recognise"):
            raise PermissionDenied
    unit = decisions[0].arrival.project.matter.unit if decisions else None
    document = evidence.keep(actor=actor, at=at, upload=upload, kind=REPLY, unit=unit)
    told = _("%(batch)s答复日期%(day)s") % {"batch": batch.name, "day": replied_on.isoformat()}
    recognition.move(
        actor=actor,
        at=at,
        moves=[move for one in decisions for move in _moves(one)],
        act="ledger.decide",
        document=document,
        note=_("%(told)s；%(note)s") % {"told": told, "note": note} if note else told,
    )
    _record(actor, at, "reply", batch, {"rows": len(decisions), "note": note})
    for one in decisions:
        tell_decided(
            actor=actor,
            at=at,
            row=one.arrival,
            recognised=one.recognised,
            rejected=one.rejected,
            reason=one.reason,
        )


def _moves(decision: Decision) -> list[Move]:
    moves = []
    for posting in _postings(decision.arrival):
        if decision.recognised:
            moves.append(Move(posting, Status.SUBMITTED, Status.RECOGNISED, decision.recognised))
        if decision.rejected:
            moves.append(
                Move(posting, Status.SUBMITTED, Status.REJECTED, decision.rejected, decision.reason)
            )
    return moves


def _postings(row: Arrival) -> list[int]:
    return [pk for pk in (row.posting_id, row.industrial_posting_id) if pk]


def _record(actor: User, at: datetime, act: str, batch: Batch, after: dict[str, object]) -> None:
    audit.record(
        actor=actor,
        act=f"investment.batch.{act}",
        at=at,
        target=f"investment.batch:{batch.pk}",
        label=batch.name,
        after=after,
    )
