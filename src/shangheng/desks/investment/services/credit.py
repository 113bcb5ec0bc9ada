"""Ruling on whose a project is, and entering what units did to win investment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit import services as audit
from shangheng.desks.investment.access import may, may_enter, units_beyond
from shangheng.desks.investment.domain import credit
from shangheng.desks.investment.models import Effort, EffortKind, Project, Ruling, Share
from shangheng.desks.investment.services.writing import Values, told
from shangheng.engines.evidence import services as evidence
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.line import Line, LinesRefused
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.posting import post, reverse

TRIPS = "investment.trips"
SOURCE = "招商工作台账"  # zh-data: kept with the entry as its source
TIMES = "次"  # zh-data: a unit of measure
KIND = "work_log"
EFFORT_FIELDS = ("kind", "done_on", "title", "place", "people", "result", "project")


@dataclass(frozen=True)
class Part:
    """A unit's part in a ruling: as what, and how many percent."""

    unit: OrgUnit
    role: str
    percent: Decimal


@transaction.atomic
def rule(
    *,
    actor: User,
    at: datetime,
    project: Project,
    parts: Sequence[Part],
    holds_from: date,
    holds_to: date | None = None,
    reason: str,
    upload: evidence.Upload | None = None,
) -> Ruling:
    """Rule how a project is shared, from a day on. Nothing that was ruled before is changed.

    Raises ValidationError, UnacceptableFile, PermissionDenied.
    """
    if not may(actor, project, "rule"):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("请写明依据什么裁定。")})
    if holds_to and holds_to < holds_from:
        raise ValidationError({"holds_to": _("截止日期不能早于起算日期。")})
    _check_parts(actor, parts)
    row = Ruling.objects.create(
        project=project,
        holds_from=holds_from,
        holds_to=holds_to,
        reason=reason.strip(),
        document=evidence.keep(actor=actor, at=at, upload=upload, unit=project.matter.unit),
        ruled_by=actor,
        ruled_at=at,
    )
    Share.objects.bulk_create(
        Share(ruling=row, unit=one.unit, role=one.role, percent=one.percent) for one in parts
    )
    shares = {one.unit.label: f"{one.percent:f}%" for one in parts}
    after: dict[str, object] = {"shares": shares, "since": holds_from.isoformat(), "reason": reason}
    audit.record(
        actor=actor,
        act="investment.credit.rule",
        at=at,
        target=f"investment.project:{project.pk}",
        label=project.name,
        after=after | ({"until": holds_to.isoformat()} if holds_to else {}),
    )
    return row


def _check_parts(actor: User, parts: Sequence[Part]) -> None:
    """Raises ValidationError unless the parts make a whole and all their units are the ruler's."""
    try:
        credit.check_shares([credit.Share(one.unit.pk, one.percent) for one in parts])
    except credit.UnfairShares as refusal:
        raise ValidationError(str(refusal)) from refusal
    if beyond := units_beyond(actor, (one.unit for one in parts)):
        message = _("“%s”不归您管，请各单位共同的上级裁定。") % _("、").join(
            one.label for one in beyond
        )
        raise ValidationError(message)


@transaction.atomic
def enter_effort(
    *,
    actor: User,
    at: datetime,
    unit: OrgUnit,
    values: Values,
    upload: evidence.Upload | None = None,
    document: Document | None = None,
    is_sample: bool = False,
) -> Effort:
    """Enter what a unit did (some of `EFFORT_FIELDS`); a trip is posted, and needs its evidence: an
    `upload`, or a `document` that is kept already.

    Raises ValidationError, UnacceptableFile, PermissionDenied.
    """
    if not may_enter(actor, unit):
        raise PermissionDenied
    if unknown := set(values) - set(EFFORT_FIELDS):
        raise TypeError(f"an effort has no {sorted(unknown)}")
    row = Effort(unit=unit, entered_by=actor, entered_at=at, is_sample=is_sample, **values)
    row.full_clean(exclude=["document", "posting"])
    if row.done_on > timezone.localdate(at):
        raise ValidationError({"done_on": _("日期不能晚于今天。")})
    if row.kind == EffortKind.TRIP and upload is None and document is None:
        raise ValidationError({"scan": _("外出考察计入台账，请附上考察报告或行程等材料。")})
    kept = evidence.keep(actor=actor, at=at, upload=upload, kind=KIND, unit=unit)
    row.document = kept or document
    if row.kind == EffortKind.TRIP:
        row.posting = _posted(row, actor, at)
    row.save()
    _record(actor, at, "enter", row, told(row, (*EFFORT_FIELDS, "unit")))
    return row


@transaction.atomic
def correct_effort(
    *,
    actor: User,
    at: datetime,
    row: Effort,
    unit: OrgUnit,
    values: Values,
    reason: str,
    upload: evidence.Upload | None = None,
) -> Effort:
    """Take back what was entered wrongly and enter it as it was; its evidence stays where there is
    no other. Raises ValidationError, UnacceptableFile, PermissionDenied."""
    new = enter_effort(
        actor=actor,
        at=at,
        unit=unit,
        values=values,
        upload=upload,
        document=row.document,
        is_sample=row.is_sample,
    )
    if not reason.strip():
        raise ValidationError({"why": _("请写明更正的理由。")})
    why = _("%(reason)s（更正为#%(new)d）") % {"reason": reason.strip(), "new": new.pk}
    take_back_effort(actor=actor, at=at, row=row, reason=why)
    return new


@transaction.atomic
def take_back_effort(*, actor: User, at: datetime, row: Effort, reason: str) -> None:
    """Take back what was entered by mistake. Raises ValidationError, PermissionDenied."""
    if not may_enter(actor, row.unit):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("请写明撤销的理由。")})
    waiting = Effort.objects.filter(pk=row.pk, taken_back_at=None)
    if not waiting.update(taken_back_at=at, taken_back_why=reason.strip()):
        raise ValidationError(_("这一笔已经撤销过了。"))
    if row.posting_id is not None:
        reverse(actor=actor, at=at, postings=[row.posting_id], reason=reason)
    _record(actor, at, "take_back", row, {"reason": reason})


def _posted(row: Effort, actor: User, at: datetime) -> Posting:
    """Raises ValidationError."""
    line = Line(
        indicator=TRIPS,
        unit_id=row.unit.pk,
        area=settings.HOME_AREA,
        value=Decimal(1),
        unit_of_measure=TIMES,
        occurred_on=row.done_on,
        documents=(row.document.pk,) if row.document else (),
        is_sample=row.is_sample,
    )
    try:
        entry = post(actor=actor, at=at, lines=[line], source=SOURCE, note=row.title)
    except LinesRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    return entry.postings.get()


def _record(actor: User, at: datetime, act: str, row: Effort, after: dict[str, object]) -> None:
    audit.record(
        actor=actor,
        act=f"investment.effort.{act}",
        at=at,
        target=f"investment.effort:{row.pk}",
        label=row.title,
        after=after,
    )
