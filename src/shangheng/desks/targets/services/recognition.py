"""Submitting to the superior office and recording its replies, for one posting or for many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.desks.targets.access import Purpose, postings_for
from shangheng.desks.targets.services.postings import attach_vouchers
from shangheng.desks.targets.services.telling import tell_posters
from shangheng.engines.evidence import services as evidence
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Entry, Posting
from shangheng.engines.ledger.services import recognition
from shangheng.engines.ledger.services.recognition import CannotMove, Move

REPLY = "recognition_reply"
NOTE_LENGTH = 500


@dataclass(frozen=True)
class Decision:
    """What a reply says of one posting, in its unit of measure; what it does not name stays open."""

    posting: int
    recognised: Decimal
    rejected: Decimal
    reason: str = ""

    @property
    def moves(self) -> list[Move]:
        """The steps that it comes to."""
        moves = []
        if self.recognised:
            moves.append(Move(self.posting, Status.SUBMITTED, Status.RECOGNISED, self.recognised))
        if self.rejected:
            moves.append(
                Move(self.posting, Status.SUBMITTED, Status.REJECTED, self.rejected, self.reason)
            )
        return moves


@dataclass(frozen=True)
class Reply:
    """A reply of the superior office: its day and, where there is one, its document."""

    replied_on: date
    upload: evidence.Upload | None = None
    note: str = ""
    document: Document | None = None  # one that was kept before, instead of an upload

    @property
    def text(self) -> str:
        """The note to record, with the day of the reply."""
        day = _("答复日期%s") % self.replied_on.isoformat()
        return f"{day};{self.note}"[:NOTE_LENGTH] if self.note else day


def submit(*, actor: User, at: datetime, postings: Iterable[int], note: str = "") -> Entry:
    """Submit all that is 待报 of these postings. Raises CannotMove."""
    reached = _reach(actor, "submit", postings)
    return recognition.submit(actor=actor, at=at, postings=reached, note=note)


def withdraw(*, actor: User, at: datetime, postings: Iterable[int], note: str = "") -> Entry:
    """Take back what was submitted and is not decided. Raises CannotMove."""
    reached = _reach(actor, "submit", postings)
    return recognition.withdraw(actor=actor, at=at, postings=reached, note=note)


@transaction.atomic
def record_reply(
    *, actor: User, at: datetime, decisions: Sequence[Decision], reply: Reply
) -> Entry:
    """Record one reply about any number of postings: all or nothing.

    Raises CannotMove, or UnacceptableFile for a document that cannot be kept.
    """
    if not decisions:
        raise CannotMove(_("没有选中任何记录"))
    _reach(actor, "recognise", (decision.posting for decision in decisions))
    entry = recognition.move(
        actor=actor,
        at=at,
        moves=[move for decision in decisions for move in decision.moves],
        act="ledger.decide",
        document=_keep(actor, at, reply, decisions[0].posting),
        note=reply.text,
    )
    tell_posters(entry, "posting.rejected")
    return entry


@transaction.atomic
def revoke(
    *, actor: User, at: datetime, posting: Posting, value: Decimal, reason: str, reply: Reply
) -> Entry:
    """Record that recognised amounts were taken back (核减). Raises CannotMove, UnacceptableFile."""
    _reach(actor, "recognise", [posting.pk])
    entry = recognition.revoke(
        actor=actor,
        at=at,
        posting=posting.pk,
        value=value,
        reason=reason,
        document=_keep(actor, at, reply, posting.pk),
        note=reply.text,
    )
    tell_posters(entry, "posting.revoked")
    return entry


@transaction.atomic
def resubmit(
    *,
    actor: User,
    at: datetime,
    posting: Posting,
    value: Decimal,
    note: str,
    uploads: Sequence[evidence.Upload] = (),
) -> Entry:
    """Submit what was rejected again, with the vouchers that were missing.

    Raises CannotMove, VouchersRefused or LinesRefused; then nothing has happened.
    """
    _reach(actor, "submit", [posting.pk])
    if uploads:
        attach_vouchers(actor=actor, at=at, posting=posting, uploads=uploads)
    return recognition.resubmit(actor=actor, at=at, posting=posting.pk, value=value, note=note)


def _reach(actor: User, to: Purpose, postings: Iterable[int]) -> list[int]:
    wanted = list(dict.fromkeys(postings))
    reached = set(postings_for(actor, to).filter(pk__in=wanted).values_list("pk", flat=True))
    if beyond := [pk for pk in wanted if pk not in reached]:
        numbers = _("、").join(f"#{pk}" for pk in beyond)
        raise CannotMove(_("不在您办理范围内的记录：%s") % numbers)
    return wanted


def _keep(actor: User, at: datetime, reply: Reply, posting: int) -> Document | None:
    """Keep the reply's document with the unit of the first posting that it decides on."""
    if reply.upload is None:
        return reply.document
    if not allows(actor, "evidence.upload"):
        raise CannotMove(_("您没有上传凭证的权限，答复文件没有保存"))
    unit = Posting.objects.select_related("series__unit").get(pk=posting).series.unit
    return evidence.keep(actor=actor, at=at, upload=reply.upload, kind=REPLY, unit=unit)
