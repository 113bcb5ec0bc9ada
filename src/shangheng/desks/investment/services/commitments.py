"""Entering commitments, reviewing their clauses, recording what was done of them."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.database.edits import take
from shangheng.desks.investment.access import may
from shangheng.desks.investment.domain.commitments import Review, needs_review, why_not_paid
from shangheng.desks.investment.models import Commitment, Progress, Project
from shangheng.desks.investment.services.writing import Values, differing, told
from shangheng.engines.evidence import services as evidence

FIELDS = ("side", "kind", "text", "amount", "unit", "due_on")


@transaction.atomic
def promise(
    *, actor: User, at: datetime, project: Project, values: Values, is_sample: bool = False
) -> Commitment:
    """Enter a clause (some of `FIELDS`). One that needs a review waits for it.

    Raises ValidationError, PermissionDenied.
    """
    if not may(actor, project, "edit"):
        raise PermissionDenied
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"a commitment has no {sorted(unknown)}")
    row = Commitment(
        project=project, entered_by=actor, entered_at=at, is_sample=is_sample, **values
    )
    asked = needs_review(row.side, row.kind)
    row.review = Review.PENDING if asked else Review.NOT_NEEDED
    row.full_clean()
    row.save()
    _record(actor, at, "promise", row, told(row, FIELDS))
    return row


@transaction.atomic
def correct(
    *,
    actor: User,
    at: datetime,
    row: Commitment,
    values: Values,
    reason: str,
    seen: int | None,
) -> None:
    """Put right some of `FIELDS` of a clause, of the version `seen`, with a reason.

    Once something was done of it only its day changes; a clause that says something else is reviewed
    anew. Raises StaleEdit, ValidationError, PermissionDenied.
    """
    if not may(actor, row.project, "edit"):
        raise PermissionDenied
    take(row, seen=seen)
    row = Commitment.objects.select_related("project").get(pk=row.pk)
    if row.taken_back_at is not None:
        raise ValidationError(_("这一条已经撤销。"))
    if not reason.strip():
        raise ValidationError({"why": _("请写明更正的理由。")})
    before = told(row, (*FIELDS, "review"))
    for name in FIELDS:
        setattr(row, name, values.get(name, getattr(row, name)))
    old, new = differing(before, told(row, (*FIELDS, "review")))
    if set(new) - {"due_on"}:
        if row.progress.exists():
            raise ValidationError(_("已经登记了履行，只能改期限；写错的请撤销后重新登记。"))
        _review_anew(row)
    row.full_clean()
    row.save()
    old, new = differing(before, told(row, (*FIELDS, "review")))
    if new:
        _record(actor, at, "correct", row, new | {"reason": reason.strip()}, old)


def _review_anew(row: Commitment) -> None:
    """A clause that says something else has not been reviewed."""
    asked = needs_review(row.side, row.kind)
    row.review = Review.PENDING if asked else Review.NOT_NEEDED
    row.reviewed_on, row.review_note, row.review_document = None, "", None


@transaction.atomic
def review(
    *,
    actor: User,
    at: datetime,
    row: Commitment,
    outcome: str,
    reviewed_on: date,
    note: str = "",
    upload: evidence.Upload | None = None,
) -> None:
    """Record the outcome of the fair-competition review of a clause.

    Whoever entered the clause does not record its review. Raises ValidationError,
    UnacceptableFile, PermissionDenied.
    """
    if not may(actor, row.project, "rule"):
        raise PermissionDenied
    if row.entered_by_id == actor.pk:
        raise ValidationError(_("登记条款的人不能登记它的审查结论。"))
    if not needs_review(row.side, row.kind):
        raise ValidationError(_("这一条不涉及公平竞争审查。"))
    if outcome not in {Review.PASSED, Review.CHANGED, Review.FAILED}:
        raise ValidationError({"outcome": _("请选择审查结论。")})
    if outcome != Review.PASSED and not note.strip():
        raise ValidationError({"note": _("修改后通过或者不通过的，请写明。")})
    if reviewed_on > timezone.localdate(at):
        raise ValidationError({"reviewed_on": _("日期不能晚于今天。")})
    before: dict[str, object] = {"review": row.review}
    row.review, row.reviewed_on, row.review_note = outcome, reviewed_on, note.strip()
    unit = row.project.matter.unit
    row.review_document = evidence.keep(actor=actor, at=at, upload=upload, unit=unit)
    row.save(update_fields=["review", "reviewed_on", "review_note", "review_document"])
    after = told(row, ("review", "reviewed_on", "review_note"))
    _record(actor, at, "review", row, after, before)


@transaction.atomic
def progress(
    *,
    actor: User,
    at: datetime,
    row: Commitment,
    done_on: date,
    amount: Decimal | None = None,
    done: bool = False,
    note: str = "",
    upload: evidence.Upload | None = None,
) -> Progress:
    """Record what was done of a commitment: for the district's support, a payment.

    Raises ValidationError, also while a clause that needs a review has none; UnacceptableFile,
    PermissionDenied.
    """
    if not may(actor, row.project, "edit"):
        raise PermissionDenied
    row = (
        Commitment.objects.select_for_update(of=("self",)).select_related("project").get(pk=row.pk)
    )
    if row.taken_back_at is not None:
        raise ValidationError(_("这一条已经撤销。"))
    if why := why_not_paid(row.side, row.kind, row.review):
        raise ValidationError(why)
    if done_on > timezone.localdate(at):
        raise ValidationError({"done_on": _("日期不能晚于今天。")})
    if row.amount is None and amount is not None:
        raise ValidationError({"amount": _("这一条没有承诺数，只登记是否履行。")})
    if amount is None and not done and not note.strip():
        raise ValidationError({"note": _("请写明做了什么。")})
    step = Progress(
        commitment=row,
        done_on=done_on,
        amount=amount,
        done=done,
        note=note.strip(),
        document=evidence.keep(actor=actor, at=at, upload=upload, unit=row.project.matter.unit),
        entered_by=actor,
        entered_at=at,
    )
    step.full_clean(exclude=["document"])
    step.save()
    _record(actor, at, "progress", row, told(step, ("done_on", "amount", "done", "note")))
    return step


@transaction.atomic
def take_back(*, actor: User, at: datetime, row: Commitment, reason: str) -> None:
    """Take a clause back that was entered by mistake. Raises ValidationError, PermissionDenied."""
    if not may(actor, row.project, "edit"):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("请写明撤销的理由。")})
    waiting = Commitment.objects.filter(pk=row.pk, taken_back_at=None)
    if not waiting.update(taken_back_at=at, taken_back_why=reason.strip()):
        raise ValidationError(_("这一条已经撤销。"))
    _record(actor, at, "take_back", row, {"reason": reason})


def _record(
    actor: User,
    at: datetime,
    act: str,
    row: Commitment,
    after: dict[str, object],
    before: dict[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        act=f"investment.commitment.{act}",
        at=at,
        target=f"investment.commitment:{row.pk}",
        label=f"{row.project.name} {row.text}"[:200],
        before=before,
        after=after,
    )
