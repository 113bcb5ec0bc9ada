"""What every act on a case shares: holding its row, adding to its log, the audit row, the notices."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from shangheng.core.accounts.access import only_reads
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit import services as audit
from shangheng.core.database.edits import take
from shangheng.engines.cases.domain import history
from shangheng.engines.cases.domain.history import Act
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case, Override, Step
from shangheng.engines.cases.models.cases import TEXT
from shangheng.engines.cases.selectors.cases import entries_of, last_day, reaches, stage_of
from shangheng.engines.cases.services.telling import tell_step
from shangheng.methods.wording import say


def held(case: Case, seen: int | None) -> Case:
    """The case as it is now, held for this transaction, its version one higher.

    `seen` is the version that the person saw; None writes over whatever stands. Raises StaleEdit.
    """
    audit.take_turn()
    rows = Case.objects.select_related("owner", "unit")
    current = rows.select_for_update(of=("self",)).get(pk=case.pk)
    take(current, seen=seen)
    return current


def must(actor: User, permission: str, case: Case) -> None:
    """Raises PermissionDenied for whoever does not hold a permission for this case."""
    if not reaches(actor, permission, case):
        raise PermissionDenied


def must_work(actor: User) -> None:
    """Raises PermissionDenied for whoever only reads."""
    if only_reads(actor):
        raise PermissionDenied


def must_take_part(person: User) -> None:
    """Raises CannotDo for whoever only reads and so is given nothing to do."""
    if only_reads(person):
        raise CannotDo(say("%(person)s只能查看，请选别人。", person=person.display_name))


def must_be_open(case: Case) -> None:
    """Raises CannotDo for a closed case."""
    if case.closed:
        raise CannotDo(
            say("“%(case)s”已经办结，不能再这样做；要继续办理，请先退回。", case=case.title)
        )


def plain(text: str) -> str:
    """A text without blanks around it. Raises CannotDo when it is too long to keep."""
    if len(text.strip()) > TEXT:
        raise CannotDo(say("文字最多%(limit)d字，请写简短些。", limit=TEXT))
    return text.strip()


def reasoned(reason: str, otherwise: str) -> str:
    """A reason as it is kept. Raises CannotDo with `otherwise` for none."""
    if not reason.strip():
        raise CannotDo(otherwise)
    return plain(reason)


def day_of(at: datetime) -> date:
    """The bureau's day of an instant."""
    return timezone.localtime(at).date()


def add_step(
    *,
    case: Case,
    actor: User,
    at: datetime,
    act: Act,
    stage: str = "",
    owner: User | None = None,
    unit: OrgUnit | None = None,
    detail: str = "",
    reason: str = "",
    override: Override | None = None,
    undoes: Step | None = None,
    recorded_by: User | None = None,
) -> Step:
    """Add a line to the log of a held case, let the case follow from it, write the audit row.

    `stage`, and for a transfer `owner` and `unit`, change. `recorded_by`: who does it, if another.
    """
    origin = case.stage
    last = case.steps.order_by("-number").first()
    made = Step(
        case=case,
        number=last.number + 1 if last else 1,
        act=act,
        detail=detail,
        origin=origin if last else "",
        stage=stage or case.stage,
        owner=owner or case.owner,
        unit=unit if owner else case.unit,
        actor=actor,
        at=max(at, last.at) if last else at,  # a log never runs backwards
        reason=reason,
        override=override,
        undoes=undoes,
    )
    if undoes is not None:
        _as_before(made, case, undoes)
    made.save()
    follow_log(case)
    record(
        actor=recorded_by or actor,
        at=at,
        act=f"cases.{act}",
        case=case,
        before={"stage": origin} if last else None,
        after=_told(made),
    )
    tell_step(made, case)
    return made


def _told(step: Step) -> dict[str, object]:
    """A step as its audit row has it; `verification` holds the two against each other."""
    after = {"step": step.number, "stage": step.stage, "owner": step.owner_id, "unit": step.unit_id}
    more = {"transition": step.detail, "reason": step.reason}
    return after | {key: value for key, value in more.items() if value}


def _as_before(made: Step, case: Case, undoes: Step) -> None:
    """Let an undoing step say where the case stands once `undoes` no longer counts."""
    entries = entries_of(case)
    before = history.replay([*entries, _undoing(entries, undoes, made.at)])
    made.stage, made.owner_id, made.unit_id = before.stage, before.owner, before.unit


def _undoing(entries: list[history.Entry], undoes: Step, at: datetime) -> history.Entry:
    last = entries[-1]
    return history.Entry(
        last.number + 1, Act.UNDO, at, last.stage, last.owner, last.unit, undoes.number
    )


def follow_log(case: Case) -> None:
    """Set the row of a case to what its log comes to, with its deadline."""
    state = history.replay(entries_of(case))
    case.stage, case.owner_id, case.unit_id = state.stage, state.owner, state.unit
    case.visit, case.entered_at, case.paused = state.visit, state.since, state.paused
    case.closed = stage_of(case).final
    case.due_on = None if case.closed else last_day(case).on
    case.save(
        update_fields=[
            "stage", "owner", "unit", "visit", "entered_at", "paused", "closed", "due_on",
        ]
    )  # fmt: skip


def record(
    *,
    actor: User,
    at: datetime,
    act: str,
    case: Case,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write the audit row of an act on a case."""
    audit.record(
        actor=actor,
        act=act,
        at=at,
        target=f"cases.case:{case.pk}",
        label=case.title,
        before=before,
        after=after,
    )
