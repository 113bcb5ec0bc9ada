"""Recognition (认定): moving amounts of postings through the superior office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.status import MOVES, Status
from shangheng.engines.ledger.domain.units import UnfitValue
from shangheng.engines.ledger.models import Entry, Posting, RecognitionStep
from shangheng.engines.ledger.selectors.balances import balances
from shangheng.engines.ledger.services.entries import Contents, write_entry
from shangheng.engines.ledger.services.sealing import recorded_after


class CannotMove(ValueError):
    """A step of recognition that cannot be; the message says what and why."""


@dataclass(frozen=True)
class Move:
    """An amount of one posting from one status to another; `value` None means all that is there."""

    posting: int
    origin: Status
    destination: Status
    value: Decimal | None = None
    reason: str = ""


def submit(*, actor: User, at: datetime, postings: Iterable[int], note: str = "") -> Entry:
    """Submit to the superior office all that is claimed of these postings. Raises CannotMove."""
    moves = [Move(pk, Status.CLAIMED, Status.SUBMITTED) for pk in postings]
    return move(actor=actor, at=at, moves=moves, act="ledger.submit", note=note)


def resubmit(
    *, actor: User, at: datetime, posting: int, value: Decimal | None = None, note: str
) -> Entry:
    """Submit again (part of) what was rejected; the note says what is new. Raises CannotMove."""
    if not note.strip():
        raise CannotMove(_("重新提交须说明补充了什么"))
    moves = [Move(posting, Status.REJECTED, Status.SUBMITTED, value)]
    return move(actor=actor, at=at, moves=moves, act="ledger.resubmit", note=note)


def withdraw(*, actor: User, at: datetime, postings: Iterable[int], note: str = "") -> Entry:
    """Take back what was submitted and is not decided. Raises CannotMove."""
    moves = [Move(pk, Status.SUBMITTED, Status.CLAIMED) for pk in postings]
    return move(actor=actor, at=at, moves=moves, act="ledger.withdraw", note=note)


def decide(
    *,
    actor: User,
    at: datetime,
    posting: int,
    recognised: Decimal,
    rejected: Decimal,
    reason: str = "",
    document: Document | None = None,
    note: str = "",
) -> Entry:
    """Record the reply of the superior office: so much recognised, so much rejected and why.

    What is named in neither stays submitted. Raises CannotMove.
    """
    moves = []
    if recognised:
        moves.append(Move(posting, Status.SUBMITTED, Status.RECOGNISED, recognised))
    if rejected:
        moves.append(Move(posting, Status.SUBMITTED, Status.REJECTED, rejected, reason))
    return move(actor=actor, at=at, moves=moves, act="ledger.decide", document=document, note=note)


def revoke(
    *,
    actor: User,
    at: datetime,
    posting: int,
    value: Decimal,
    reason: str,
    document: Document | None = None,
    note: str = "",
) -> Entry:
    """Record that the superior office takes back a recognition (核减). Raises CannotMove."""
    moves = [Move(posting, Status.RECOGNISED, Status.REJECTED, value, reason)]
    return move(actor=actor, at=at, moves=moves, act="ledger.revoke", document=document, note=note)


@transaction.atomic
def move(
    *,
    actor: User,
    at: datetime,
    moves: Sequence[Move],
    act: str,
    document: Document | None = None,
    note: str = "",
) -> Entry:
    """Make all moves or none, as one entry. Raises CannotMove."""
    if not moves:
        raise CannotMove(_("没有选中任何记录，或金额为零"))
    recorded_at = recorded_after(at, {item.posting for item in moves})
    postings = {
        posting.pk: posting
        for posting in Posting.objects.select_for_update(of=("self",))
        .filter(pk__in={item.posting for item in moves})
        .select_related("series__indicator")
        .order_by("pk")
    }
    held = balances(postings)
    steps = [_step(item, postings, held, recorded_at, document) for item in moves]
    return write_entry(
        Contents(steps=steps),
        actor=actor,
        act=act,
        recorded_at=recorded_at,
        source=steps[0].authority,
        note=note.strip(),
        is_sample=all(posting.is_sample for posting in postings.values()),
        summary={"moved": sorted(postings)},
    )


def _step(
    item: Move,
    postings: dict[int, Posting],
    held: dict[int, dict[Status, int]],
    recorded_at: datetime,
    document: Document | None,
) -> RecognitionStep:
    posting = postings.get(item.posting)
    if posting is None:
        raise CannotMove(_("没有编号为 #%d 的入账记录") % item.posting)
    series = posting.series
    authority = catalogue.authority(series.indicator.code, posting.occurred_on, series.area)
    if authority is None:
        raise CannotMove(_("#%d 的指标不需要上级认定") % posting.pk)
    if (item.origin, item.destination) not in MOVES:
        words = {"origin": item.origin.word, "destination": item.destination.word}
        raise CannotMove(_("不能从“%(origin)s”变为“%(destination)s”") % words)
    _check_reason(item, recorded_at)
    amount = _amount(item, posting, held)
    held[posting.pk][item.origin] -= amount
    held[posting.pk][item.destination] = held[posting.pk].get(item.destination, 0) + amount
    return RecognitionStep(
        posting=posting,
        origin=item.origin,
        destination=item.destination,
        amount=amount,
        reason=item.reason,
        authority=authority,
        document=document,
    )


def _amount(item: Move, posting: Posting, held: dict[int, dict[Status, int]]) -> int:
    there = held[posting.pk].get(item.origin, 0)
    unit = catalogue.unit_of(
        catalogue.definition(posting.series.indicator.code, posting.occurred_on)
    )
    try:
        amount = there if item.value is None else unit.to_minor(item.value)
    except UnfitValue as error:
        raise CannotMove(str(error)) from error
    same_sign = (amount > 0) == (there > 0)
    if not amount or not same_sign or abs(amount) > abs(there):
        message = (
            _("#%(pk)d “%(status)s”的有%(there)s%(unit)s")
            if item.value is None
            else _("#%(pk)d “%(status)s”的有%(there)s%(unit)s，填写的是%(value)s%(unit)s")
        )
        words = {"pk": posting.pk, "status": item.origin.word, "unit": unit.name}
        raise CannotMove(message % {**words, "there": unit.from_minor(there), "value": item.value})
    return amount


def _check_reason(item: Move, recorded_at: datetime) -> None:
    if item.destination is not Status.REJECTED:
        return
    today = timezone.localtime(recorded_at).date()
    allowed = {row["code"] for row in catalogue.rejection_reasons(today)}
    if item.reason not in allowed:
        raise CannotMove(_("拒统须从原因目录中选择一项原因"))
