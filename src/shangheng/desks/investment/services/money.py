"""Entering and taking back what arrived and what left: the ledger holds what counts."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit import services as audit
from shangheng.core.database.locks import exclusive
from shangheng.core.search import services as search
from shangheng.desks.investment.access import may
from shangheng.desks.investment.domain.money import in_yi_yuan, increment, number_key
from shangheng.desks.investment.models import Arrival, Outflow, Project
from shangheng.desks.investment.selectors.money import (
    CAPITAL,
    INDUSTRIAL,
    counts_as,
    live,
    reuses,
)
from shangheng.desks.investment.services.announcing import tell_entered, tell_taken_back
from shangheng.desks.investment.services.naming import organisation_for
from shangheng.desks.investment.services.writing import Values, told
from shangheng.engines.evidence import services as evidence
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.line import SUBJECT_LENGTH, Line, LinesRefused
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.balances import balances
from shangheng.engines.ledger.services.posting import attach, post, reverse

SOURCE = "招商项目到资"  # zh-data: kept with the entry as its source
YI_YUAN = "亿元"  # zh-data: a unit of measure
ARRIVAL_FIELDS = (
    "paid_on", "kind", "number", "payer", "amount", "currency", "rate", "rate_on",
    "cumulated_from", "industrial", "note", "doubt_note",
)  # fmt: skip
OUTFLOW_FIELDS = ("paid_on", "amount", "currency", "payee", "purpose", "note")


class Doubtful(ValidationError):
    """The voucher may already have been used; whoever enters it all the same says why."""


@transaction.atomic
def enter_arrival(
    *,
    actor: User,
    at: datetime,
    project: Project,
    values: Values,
    uploads: Sequence[evidence.Upload] = (),
    documents: Sequence[Document] = (),
    is_sample: bool = False,
) -> Arrival:
    """Enter money that arrived (some of `ARRIVAL_FIELDS`) with its voucher, and post what it adds.

    `documents` are vouchers that are kept already.

    Raises ValidationError, also for a voucher that was used; Doubtful for one that looks so while
    `doubt_note` is empty; LinesRefused, UnacceptableFile, PermissionDenied.
    """
    if not may(actor, project, "edit"):
        raise PermissionDenied
    exclusive("investment.arrivals")  # two of one voucher must not be entered side by side
    row = Arrival(project=project, entered_by=actor, entered_at=at, is_sample=is_sample)
    _fill(row, values, ARRIVAL_FIELDS, actor, at)
    _check_kind(row)
    row.number_key = number_key(row.number)
    row.counted = _counted(row)
    row.counted_cny = in_yi_yuan(row.counted, row.rate or Decimal(1))
    documents = [*documents, *_kept(row, uploads, actor, at)]
    _refuse_reuse(row, documents)
    row.full_clean(exclude=["documents"])
    if row.counted_cny:
        row.posting, row.industrial_posting = _posted(row, documents, actor, at)
    row.save()
    row.documents.set(documents)
    _record(actor, at, "enter", row, ARRIVAL_FIELDS)
    tell_entered(actor=actor, at=at, row=row)
    return row


def _kept(
    row: Arrival, uploads: Sequence[evidence.Upload], actor: User, at: datetime
) -> list[Document]:
    """The vouchers of an arrival as kept files."""
    return [
        evidence.store(
            actor=actor,
            at=at,
            name=one.name,
            content=one.content,
            kind=row.kind,
            unit=row.project.matter.unit,
            is_sample=row.is_sample,
        )
        for one in uploads
    ]


@transaction.atomic
def take_back_arrival(*, actor: User, at: datetime, row: Arrival, reason: str) -> None:
    """Take an arrival back: the ledger is reversed, its voucher is free again.

    Raises ValidationError, PermissionDenied.
    """
    if not may(actor, row.project, "edit"):
        raise PermissionDenied
    _take_back(row, at, reason)
    later = live(_series(row)).filter(pk__gt=row.pk)
    if counts_as(row.kind) == "cumulative" and later.exists():
        raise ValidationError(_("后面还有同一系列的累计凭证，请先撤销后登记的。"))
    postings = [pk for pk in (row.posting_id, row.industrial_posting_id) if pk]
    moved = {status for held in balances(postings).values() for status, n in held.items() if n}
    if moved - {1}:
        raise ValidationError(_("这笔到资已经报市认定或有认定结果，不能撤销；请先撤回提交。"))
    if postings:
        reverse(actor=actor, at=at, postings=postings, reason=reason)
    _record(actor, at, "take_back", row, ("taken_back_why",))
    tell_taken_back(actor=actor, at=at, row=row)


@transaction.atomic
def enter_outflow(
    *,
    actor: User,
    at: datetime,
    project: Project,
    values: Values,
    upload: evidence.Upload | None = None,
    is_sample: bool = False,
) -> Outflow:
    """Enter money that left the company of a project (some of `OUTFLOW_FIELDS`).

    Raises ValidationError, UnacceptableFile, PermissionDenied.
    """
    if not may(actor, project, "edit"):
        raise PermissionDenied
    row = Outflow(project=project, entered_by=actor, entered_at=at, is_sample=is_sample)
    _fill(row, values, OUTFLOW_FIELDS, actor, at)
    row.full_clean(exclude=["document"])
    row.document = evidence.keep(actor=actor, at=at, upload=upload, unit=project.matter.unit)
    row.save()
    _record(actor, at, "enter", row, OUTFLOW_FIELDS)
    return row


@transaction.atomic
def take_back_outflow(*, actor: User, at: datetime, row: Outflow, reason: str) -> None:
    """Take back what was entered by mistake. Raises ValidationError, PermissionDenied."""
    if not may(actor, row.project, "edit"):
        raise PermissionDenied
    _take_back(row, at, reason)
    _record(actor, at, "take_back", row, ("taken_back_why",))


def _take_back(row: Arrival | Outflow, at: datetime, reason: str) -> None:
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("请写明撤销的理由。")})
    waiting = type(row).objects.filter(pk=row.pk, taken_back_at=None)
    if not waiting.update(taken_back_at=at, taken_back_why=reason):
        raise ValidationError(_("这一笔已经撤销过了。"))
    row.taken_back_at, row.taken_back_why = at, reason


def _fill(row: Any, values: Values, fields: Sequence[str], actor: User, at: datetime) -> None:
    """Set fields. Raises ValidationError."""
    if unknown := set(values) - set(fields):
        raise TypeError(f"there is no {sorted(unknown)}")
    for name, entered in values.items():
        kept = entered.strip() if isinstance(entered, str) else entered
        if name in {"payer", "payee"} and isinstance(kept, str):
            kept = organisation_for(actor=actor, at=at, text=kept)
        setattr(row, name, kept)
    today = timezone.localdate(at)
    for name in ("paid_on", "rate_on", "cumulated_from"):
        day = getattr(row, name, None)
        if day and day > today:
            raise ValidationError({name: _("日期不能晚于今天。")})


def _check_kind(row: Arrival) -> None:
    """Raises ValidationError."""
    counts = counts_as(row.kind)
    if not counts:
        raise ValidationError({"kind": _("这种凭证不能作为到资的依据。")})
    if counts == "cumulative" and row.cumulated_from is None:
        message = _("这种凭证载明的是累计数，请填从哪一天起累计；只计比上一张多出的部分。")
        raise ValidationError({"cumulated_from": message})
    if counts == "single" and row.cumulated_from is not None:
        raise ValidationError({"cumulated_from": _("只有累计性凭证才填累计起算日。")})
    if row.cumulated_from and row.paid_on and row.cumulated_from > row.paid_on:
        raise ValidationError({"cumulated_from": _("累计起算日不能晚于凭证日期。")})


def _series(row: Arrival) -> Any:
    """The vouchers of a project that state one and the same running total, without this one."""
    return Arrival.objects.filter(
        project=row.project,
        kind=row.kind,
        currency=row.currency,
        cumulated_from=row.cumulated_from,
    ).exclude(pk=row.pk)


def _counted(row: Arrival) -> Decimal:
    if counts_as(row.kind) == "single":
        return row.amount
    return increment(row.amount, live(_series(row)).values_list("amount", flat=True))


def _refuse_reuse(row: Arrival, documents: Sequence[Document]) -> None:
    """Raises ValidationError for a voucher that was used, Doubtful for one that may have been."""
    found = reuses(row, [document.sha256 for document in documents])
    for doubt in found:
        if doubt.kind == "number" and isinstance(doubt.other, Arrival):
            message = _("这张凭证已经用于“%(project)s”的到资#%(pk)d；一张凭证只计一次。")
            about = {"project": doubt.other.project.name, "pk": doubt.other.pk}
            raise ValidationError({"number": message % about})
    if found and not row.doubt_note:
        words = {"file": _("上传的文件与到资#%d相同"), "payment": _("与到资#%d金额、日期都相同")}
        listed = _("、").join(words[doubt.kind] % doubt.other.pk for doubt in found)
        message = _("可能重复：%s。确实不是同一笔的，请写明理由再登记。") % listed
        raise Doubtful({"doubt_note": message})


def _posted(
    row: Arrival, documents: Sequence[Document], actor: User, at: datetime
) -> tuple[Posting, Posting | None]:
    """Raises ValidationError, LinesRefused."""
    unit = row.project.matter.unit
    if unit is None:
        message = _("“%s”还没有牵头单位，先转给有单位的人办理才能入账。") % row.project.name
        raise ValidationError(message)
    sector = "industrial" if row.industrial else "other"
    kept = tuple(document.pk for document in documents)
    lines = [_line(row, unit, CAPITAL, kept, {"sector": sector})]
    if row.industrial:
        lines.append(_line(row, unit, INDUSTRIAL, kept, {}))
    try:
        entry = post(actor=actor, at=at, lines=lines, source=SOURCE, note=row.note)
    except LinesRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    postings = list(entry.postings.order_by("pk"))
    return postings[0], postings[1] if row.industrial else None


def _line(
    row: Arrival, unit: OrgUnit, code: str, documents: tuple[int, ...], dimensions: dict[str, str]
) -> Line:
    return Line(
        indicator=code,
        unit_id=unit.pk,
        area=settings.HOME_AREA,
        value=row.counted_cny.normalize(),
        unit_of_measure=YI_YUAN,
        occurred_on=row.paid_on,
        dimensions=dimensions,
        subject=row.project.name[:SUBJECT_LENGTH],
        documents=documents,
        is_sample=row.is_sample,
    )


def _record(actor: User, at: datetime, act: str, row: Any, fields: Sequence[str]) -> None:
    name = row._meta.model_name
    search.index(row)
    audit.record(
        actor=actor,
        act=f"investment.{name}.{act}",
        at=at,
        target=f"investment.{name}:{row.pk}",
        label=f"{row.project.name} #{row.pk}",
        after={**told(row, fields), "project": row.project.name},
    )


@transaction.atomic
def add_voucher(*, actor: User, at: datetime, row: Arrival, upload: evidence.Upload) -> None:
    """Add a file to what bears out an arrival. Raises ValidationError, UnacceptableFile,
    PermissionDenied."""
    if not may(actor, row.project, "edit"):
        raise PermissionDenied
    if row.taken_back_at is not None:
        raise ValidationError(_("这一笔已经撤销过了。"))
    kept = evidence.store(
        actor=actor,
        at=at,
        name=upload.name,
        content=upload.content,
        kind=row.kind,
        unit=row.project.matter.unit,
    )
    for posting in (row.posting, row.industrial_posting):
        if posting is not None:
            attach(actor=actor, at=at, posting=posting, documents=[kept.pk])
    row.documents.add(kept)
