"""Reading cases: those that somebody may see, where they stand, and what they lack."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain import calendar, history, interpreter
from shangheng.engines.cases.domain.deadlines import Due, Pressure, due_day, pressure
from shangheng.engines.cases.domain.interpreter import Actor, Missing, Offer, Snapshot
from shangheng.engines.cases.domain.workflow import Stage, Transition, Version, Workflow
from shangheng.engines.cases.models import Case, Exhibit, Signing, Step
from shangheng.engines.cases.subjects import subject_kind


def visible_to(actor: User) -> QuerySet[Case]:
    """The cases that somebody may see: as far as `cases.view` reaches, and where they were asked."""
    reached = scope_of(actor, "cases.view").filter(Case.objects.all(), owner="owner")
    asked = Signing.objects.filter(person=actor).values("case")
    return Case.objects.filter(Q(pk__in=reached.values("pk")) | Q(pk__in=asked))


def about(subject_type: str, subject_id: int) -> QuerySet[Case]:
    """The cases about one subject, the newest first."""
    return Case.objects.filter(subject_type=subject_type, subject_id=subject_id)


def workflow_of(case: Case) -> tuple[Workflow, Version]:
    """The workflow of a case, in the version that it was opened under. Raises UnknownWorkflow."""
    workflow = rulebook.workflow(case.workflow)
    return workflow, workflow.version(case.workflow_version)


def stage_of(case: Case) -> Stage:
    """The stage in which a case stands."""
    return workflow_of(case)[1].stage(case.stage)


def entries_of(case: Case) -> list[history.Entry]:
    """The log of a case, as `history` reads it."""
    steps = case.steps.order_by("number").annotate(undone=F("undoes__number"))
    return [entry_of(step, step.undone) for step in steps]


def entry_of(step: Step, undone: int | None) -> history.Entry:
    """One step as `history` reads it; `undone` is the number of the step that it takes back."""
    return history.Entry(
        number=step.number,
        act=history.Act(step.act),
        at=step.at,
        stage=step.stage,
        owner=step.owner_id,
        unit=step.unit_id,
        undoes=undone,
    )


def state_as_at(case: Case, instant: datetime) -> history.State | None:
    """Where a case stood at an instant; None before it was opened."""
    return history.as_at(entries_of(case), instant)


def stages_as_at(cases: QuerySet[Case], instant: datetime) -> dict[int, str]:
    """The stage of each of many cases at an instant, by key; those opened later are left out.

    Two queries, however many cases: the last step of each says where it stands, an undoing included.
    """
    steps = Step.objects.filter(case__in=cases, at__lte=instant).order_by("case", "number")
    return dict(steps.values_list("case", "stage"))  # the last one of each case stays


def snapshot(case: Case) -> Snapshot:
    """A case as the interpreter sees it. Raises UnknownSubject."""
    unsigned, refused = _signatures(case)
    return Snapshot(
        stage=case.stage,
        owner=case.owner_id,
        paused=case.paused,
        fields=subject_kind(case.subject_type).values(case.subject_id),
        evidence=frozenset(standing_exhibits(case).values_list("kind", flat=True)),
        unsigned=unsigned,
        refused=refused,
    )


def standing_exhibits(case: Case) -> QuerySet[Exhibit]:
    """The documents that bear a case out: neither withdrawn nor withdrawals."""
    return case.exhibits.filter(withdraws=None, withdrawal=None).select_related("document", "actor")


def actor_for(user: User, case: Case) -> Actor:
    """Somebody, with those permissions of the workflow that reach this case."""
    codes = {each.permission for each in workflow_of(case)[1].transitions}
    return Actor(user.pk, frozenset(code for code in codes if reaches(user, code, case)))


def reaches(user: User, permission: str, case: Case) -> bool:
    """Whether somebody holds a permission for this case."""
    scope = scope_of(user, permission)
    return scope.covers(unit_id=case.unit_id, owner_id=case.owner_id)


def missing(case: Case, transition: Transition, user: User | None = None) -> tuple[Missing, ...]:
    """What a case lacks for a transition; with `user`, also what stands against this person."""
    workflow, _version = workflow_of(case)
    actor = actor_for(user, case) if user else None
    return interpreter.missing(workflow, transition, snapshot(case), actor)


def offers(case: Case, user: User) -> tuple[Offer, ...]:
    """Where a case can go from here, with what is missing for this person to take it there."""
    workflow, version = workflow_of(case)
    return interpreter.available(workflow, version, snapshot(case), actor_for(user, case))


def ways_back(case: Case) -> tuple[Stage, ...]:
    """The stages that a case can be sent back to."""
    _workflow, version = workflow_of(case)
    been = history.passed(entries_of(case))
    return interpreter.returns(version, Snapshot(case.stage, case.owner_id), been)


def pauses_of(case: Case) -> list[calendar.Pause]:
    """The spans of a case in which its clock stood still."""
    return [calendar.Pause(each.since, each.until) for each in case.pauses.all()]


def last_day(case: Case) -> Due:
    """The last day of the clock of the stage in which a case stands."""
    since = timezone.localtime(case.entered_at).date()
    return due_day(rulebook.calendar(), stage_of(case).clock, since, pauses_of(case))


def due_of(case: Case, today: date) -> Due:
    """How a case stands against its deadline, from what its row says: no query."""
    clock = None if case.closed else stage_of(case).clock
    if clock is None:
        return Due(None, Pressure.NONE)
    if case.due_on is None:
        return Due(None, Pressure.PAUSED if case.paused else Pressure.UNKNOWN)
    return pressure(
        rulebook.calendar(), case.due_on, today, soon=clock.soon, escalate=clock.escalate
    )


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case with how it stands against its deadline."""

    case: Case
    due: Due


def due_cases(actor: User, today: date, *, own: bool = False) -> list[DueCase]:
    """What somebody must look at: cases that are overdue or soon due, the most pressing first.

    With `own`, only those that they own.
    """
    cases = visible_to(actor).filter(closed=False, due_on__isnull=False)
    if own:
        cases = cases.filter(owner=actor)
    found = (DueCase(case, due_of(case, today)) for case in _soon(cases, today))
    pressing = {Pressure.SOON, Pressure.OVERDUE, Pressure.ESCALATED}
    return [each for each in found if each.due.pressure in pressing]


def _soon(cases: QuerySet[Case], today: date) -> Iterable[Case]:
    """Those whose last day is near enough for any clock to say “soon”."""
    ahead = [
        stage.clock.soon
        for workflow in rulebook.workflows().values()
        for version in workflow.versions
        for stage in version.stages
        if stage.clock
    ]
    try:
        latest = calendar.add_working_days(rulebook.calendar(), today, max([1, *ahead]))
    except calendar.UnknownYear:
        latest = date(today.year, 12, 31)
    return cases.filter(due_on__lte=latest).select_related("owner", "unit").order_by("due_on", "pk")


def _signatures(case: Case) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who was asked in this stage and has not answered, and who has refused last."""
    last = {each.person_id: each for each in case.signings.filter(visit=case.visit)}
    unsigned = tuple(key for key, each in last.items() if each.answered_at is None)
    return unsigned, tuple(key for key, each in last.items() if each.agreed is False)
