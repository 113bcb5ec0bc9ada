"""Counting projects in structural goals, and what the city says of it."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.database.locks import exclusive
from shangheng.desks.investment.access import may
from shangheng.desks.investment.domain.goals import GoalClass, Version
from shangheng.desks.investment.models import GoalClaim, Project
from shangheng.desks.investment.selectors.goals import DISTINCT, class_of, unsigned
from shangheng.engines.evidence import services as evidence
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.line import SUBJECT_LENGTH, Line, LinesRefused
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.balances import balances
from shangheng.engines.ledger.services import posting as ledger
from shangheng.engines.ledger.services import recognition
from shangheng.engines.ledger.services.recognition import CannotMove, Move

SOURCE = "招商项目计入结构性目标"  # zh-data: kept with the entry as its source
KIND, REPLY = "investment_agreement", "recognition_reply"


@transaction.atomic
def claim_goal(
    *,
    actor: User,
    at: datetime,
    project: Project,
    goal: str,
    counts_on: date,
    basis: str = "",
    upload: evidence.Upload | None = None,
    is_sample: bool = False,
) -> GoalClaim:
    """Count a project in a class: claimed in the ledger, there and once among all classes.

    Raises ValidationError for what the class asks and the project lacks, PermissionDenied.
    """
    if not may(actor, project, "edit"):
        raise PermissionDenied
    exclusive(f"investment.goal.{project.pk}")
    found, version = _class(goal, counts_on, at)
    _refuse(project, found, version, basis)
    unit = project.matter.unit
    document = evidence.keep(
        actor=actor, at=at, upload=upload, kind=KIND, unit=unit, is_sample=is_sample
    )
    documents = (document.pk,) if document else ()
    postings = _post(actor, at, project, found, counts_on, documents, basis, is_sample)
    row = GoalClaim.objects.create(
        project=project,
        goal=goal,
        version=version.number,
        counts_on=counts_on,
        basis=basis.strip(),
        posting=postings[0],
        distinct_posting=postings[1],
        entered_by=actor,
        entered_at=at,
    )
    _record(actor, at, "claim", row, {"goal": goal, "since": counts_on.isoformat(), "note": basis})
    return row


@transaction.atomic
def withdraw_goal(*, actor: User, at: datetime, row: GoalClaim, reason: str) -> None:
    """Count a project no longer in a class; refused once it was sent to the city.

    Raises ValidationError, PermissionDenied.
    """
    if not may(actor, row.project, "edit"):
        raise PermissionDenied
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("请写明撤销的理由。")})
    held = balances(_postings(row))
    if any(n for amounts in held.values() for s, n in amounts.items() if s is not Status.CLAIMED):
        raise ValidationError(_("已经报市认定或有认定结果，不能撤销。"))
    waiting = GoalClaim.objects.filter(pk=row.pk, withdrawn_at=None)
    if not waiting.update(withdrawn_at=at, withdrawn_why=reason):
        raise ValidationError(_("这一笔已经撤销过了。"))
    ledger.reverse(actor=actor, at=at, postings=_postings(row), reason=reason)
    _record(actor, at, "withdraw", row, {"goal": row.goal, "reason": reason})


@transaction.atomic
def submit_goal(*, actor: User, at: datetime, row: GoalClaim, note: str = "") -> None:
    """Send it to the city, again with a note after a rejection. Raises CannotMove, PermissionDenied."""
    if not may(actor, row.project, "submit"):
        raise PermissionDenied
    again = balances([row.posting_id])[row.posting_id].get(Status.REJECTED, 0)
    if again and not note.strip():
        raise CannotMove(_("其中有被拒统过的，重新报须在说明里写明补充了什么。"))
    origin = Status.REJECTED if again else Status.CLAIMED
    moves = [Move(pk, origin, Status.SUBMITTED) for pk in _postings(row)]
    recognition.move(actor=actor, at=at, moves=moves, act="ledger.submit", note=note)
    _record(actor, at, "submit", row, {"goal": row.goal, "note": note})


@transaction.atomic
def decide_goal(
    *,
    actor: User,
    at: datetime,
    row: GoalClaim,
    reason: str = "",
    note: str = "",
    upload: evidence.Upload | None = None,
) -> None:
    """Record what the city says: recognised, or with a `reason` rejected.

    Raises CannotMove, UnacceptableFile, PermissionDenied.
    """
    if not may(actor, row.project, "recognise"):
        raise PermissionDenied
    unit = row.project.matter.unit
    document = evidence.keep(actor=actor, at=at, upload=upload, kind=REPLY, unit=unit)
    end = Status.REJECTED if reason else Status.RECOGNISED
    moves = [Move(pk, Status.SUBMITTED, end, reason=reason) for pk in _postings(row)]
    recognition.move(
        actor=actor, at=at, moves=moves, act="ledger.decide", document=document, note=note
    )
    _record(actor, at, "decide", row, {"goal": row.goal, "status": end.word, "note": note})


def _class(goal: str, day: date, at: datetime) -> tuple[GoalClass, Version]:
    """Raises ValidationError."""
    found = class_of(goal)
    version = found.on(day) if found else None
    if found is None or version is None:
        raise ValidationError({"counts_on": _("这一天没有这个类别。")})
    if day > timezone.localdate(at):
        raise ValidationError({"counts_on": _("日期不能晚于今天。")})
    return found, version


def _refuse(project: Project, goal: GoalClass, version: Version, basis: str) -> None:
    """Raises ValidationError."""
    claimed = set(
        GoalClaim.objects.filter(project=project, withdrawn_at=None).values_list("goal", flat=True)
    )
    if goal.code in claimed:
        raise ValidationError(_("这个项目已经计入“%s”。") % goal.name)
    if goal.within and goal.within not in claimed:
        whole = class_of(goal.within)
        raise ValidationError(_("先计入“%s”。") % (whole.name if whole else goal.within))
    if unsigned([project.pk]):
        raise ValidationError(_("“%s”没有签约，或者签约已经撤销，不能计入。") % project.name)
    if lacking := list(version.unmet(project.agreed_cny, project.industry)):
        raise ValidationError(_("、").join(lacking))
    if version.judged and not basis.strip():
        raise ValidationError({"basis": _("请写明：%s。") % version.judged})


def _post(
    actor: User,
    at: datetime,
    project: Project,
    goal: GoalClass,
    day: date,
    documents: tuple[int, ...],
    note: str,
    is_sample: bool,
) -> list[Posting]:
    """In the class, and once among all. Raises ValidationError."""
    unit = project.matter.unit
    if unit is None:
        message = _("“%s”还没有牵头单位，先转给有单位的人办理才能入账。") % project.name
        raise ValidationError(message)
    lines = [
        Line(
            indicator=code,
            unit_id=unit.pk,
            area=settings.HOME_AREA,
            value=Decimal(1),
            unit_of_measure=catalogue.definition(code, day).unit,
            occurred_on=day,
            subject=project.name[:SUBJECT_LENGTH],
            documents=documents,
            is_sample=is_sample,
        )
        for code in (goal.indicator, DISTINCT)
    ]
    try:
        entry = ledger.post(actor=actor, at=at, lines=lines, source=SOURCE, note=note)
    except LinesRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    return list(entry.postings.order_by("pk"))


def _postings(row: GoalClaim) -> list[int]:
    return [row.posting_id, row.distinct_posting_id]


def _record(actor: User, at: datetime, act: str, row: GoalClaim, after: dict[str, object]) -> None:
    audit.record(
        actor=actor,
        act=f"investment.goal.{act}",
        at=at,
        target=f"investment.project:{row.project_id}",
        label=row.project.name,
        after=after,
    )
