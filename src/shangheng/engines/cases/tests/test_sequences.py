"""Whatever people do, in whatever order, a case keeps its promises."""

from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shangheng.core.accounts.models import User
from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain.history import BrokenLog, Entry, State, last_undoable, replay
from shangheng.engines.cases.errors import CannotDo, GateClosed
from shangheng.engines.cases.models import Case
from shangheng.engines.cases.selectors.cases import (
    entries_of,
    missing,
    stages_as_at,
    state_as_at,
    workflow_of,
)
from shangheng.engines.cases.services import (
    exhibits,
    milestones,
    moving,
    overriding,
    pausing,
    people,
)
from shangheng.engines.cases.services.milestones import standing
from shangheng.engines.cases.tests.office import VALUES, document, later, officer, project
from shangheng.engines.cases.verification import verify

pytestmark = pytest.mark.django_db

WORKFLOW = rulebook.workflow("investment_project")
VERSION = WORKFLOW.version(1)
EVIDENCE = ("investment_agreement", "business_licence", "land_document", "construction_permit")
type Snapshot = tuple[State | None, list[tuple[str, date]]]

acts = st.one_of(
    st.tuples(st.just("move"), st.integers(0, 3)),
    st.tuples(st.just("override"), st.integers(0, 3)),
    st.tuples(st.just("back"), st.integers(0, 3)),
    st.tuples(st.just("undo"), st.integers(0, 1)),
    st.tuples(st.just("transfer"), st.integers(0, 1)),
    st.tuples(st.just("pause"), st.just(0)),
    st.tuples(st.just("resume"), st.just(0)),
    st.tuples(st.just("field"), st.integers(0, len(WORKFLOW.fields) - 1)),
    st.tuples(st.just("attach"), st.integers(0, len(EVIDENCE) - 1)),
    st.tuples(st.just("verify"), st.integers(0, 3)),
)


@dataclass
class Play:
    """A case, two officers, a head, and what was seen at each instant."""

    case: Case
    officers: tuple[User, User]
    head: User
    minute: int = 0
    seen: list[tuple[datetime, State | None]] = field(default_factory=list)
    before: dict[int, Snapshot] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return later(minutes=self.minute)

    def snapshot(self) -> Snapshot:
        rows = standing(self.case).order_by("rank").values_list("stage", "occurred_on")
        return state_as_at(self.case, self.now), list(rows)

    def act(self, name: str, choice: int) -> None:
        """Do one thing as the owner; what is refused leaves no trace."""
        self.case.refresh_from_db()
        self.minute += 1
        before, steps = self.snapshot(), self.case.steps.count()
        try:
            getattr(self, name)(choice)
        except (CannotDo, PermissionDenied):
            assert self.snapshot() == before
        self.case.refresh_from_db()
        if self.case.steps.count() > steps:
            self.before[self.case.steps.count()] = before
        self.seen.append((self.now, state_as_at(self.case, self.now)))

    def way(self, choice: int) -> str:
        ways = VERSION.leaving(self.case.stage) or VERSION.transitions
        return ways[choice % len(ways)].id

    def move(self, choice: int) -> None:
        way, owner = self.way(choice), self.case.owner
        leading = any(each.id == way for each in VERSION.leaving(self.case.stage))
        closed = not leading or missing(self.case, VERSION.transition(way), owner)
        if closed:
            with pytest.raises((CannotDo, PermissionDenied)):
                moving.move(actor=owner, at=self.now, case=self.case, transition=way, reason="因")
        else:
            moving.move(actor=owner, at=self.now, case=self.case, transition=way, reason="因")

    def override(self, choice: int) -> None:
        asked = overriding.ask_override(
            actor=self.case.owner, at=self.now, case=self.case, transition=self.way(choice),
            reason="急", second=self.head,
        )  # fmt: skip
        overriding.decide_override(actor=self.head, at=self.now, override=asked, granted=True)

    def back(self, choice: int) -> None:
        stages = VERSION.stage(self.case.stage).returns or ("lead",)
        moving.send_back(
            actor=self.case.owner, at=self.now, case=self.case, reason="因",
            stage=stages[choice % len(stages)],
        )  # fmt: skip

    def undo(self, choice: int) -> None:
        last = last_undoable(entries_of(self.case))
        moving.undo(actor=self.officers[choice], at=self.now, case=self.case)
        assert last is not None
        self.case.refresh_from_db()
        restored, before = self.snapshot(), self.before[last.number]
        assert restored == before

    def transfer(self, choice: int) -> None:
        to = self.officers[choice]
        people.transfer(actor=self.case.owner, at=self.now, case=self.case, to=to, reason="因")

    def pause(self, _choice: int) -> None:
        pausing.pause_case(
            actor=self.case.owner, at=self.now, case=self.case, kind="approval", reason="因"
        )

    def resume(self, _choice: int) -> None:
        pausing.resume_case(actor=self.case.owner, at=self.now, case=self.case)

    def field(self, choice: int) -> None:
        name = list(WORKFLOW.fields)[choice]
        VALUES[self.case.subject_id][name] = name == "needs_land" or "有"

    def attach(self, choice: int) -> None:
        owner = self.case.owner
        paper = document(owner, EVIDENCE[choice])
        exhibits.attach(actor=owner, at=self.now, case=self.case, document=paper)

    def verify(self, choice: int) -> None:
        rows = list(standing(self.case))
        row = rows[choice % len(rows)]
        milestones.verify_milestone(actor=self.head, at=self.now, milestone=row)


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(acts, max_size=25))
def test_any_sequence_of_acts_keeps_what_a_case_promises(
    owner: User, head: User, told: list[tuple[str, int]]
) -> None:
    other = User.objects.filter(username="other").first() or officer(owner.unit, username="other")
    play = Play(project(owner), (owner, other), head)
    for name, choice in told:
        play.act(name, choice)
    case = play.case
    assert list(verify()) == []  # log and audit come to the row
    for instant, then in play.seen:
        assert state_as_at(case, instant) == then
        assert stages_as_at(Case.objects.filter(pk=case.pk), instant) == {
            case.pk: then.stage if then else None
        }
    for step in case.steps.filter(override__isnull=False).select_related("override"):
        assert step.override is not None
        assert step.override.granted
        assert step.override.decided_by_id not in {None, step.actor_id}
    stages = list(standing(case).values_list("stage", flat=True))
    assert len(stages) == len(set(stages))
    assert case.pauses.filter(until=None).count() == case.paused


def test_a_log_that_nobody_can_have_written_is_refused(owner: User) -> None:
    case = project(owner)
    [opening] = entries_of(case)
    for log in ([], [opening, Entry(2, opening.act, opening.at, "signed", owner.pk)]):
        with pytest.raises(BrokenLog):
            replay(log)


def test_a_closed_gate_is_told_apart_from_other_refusals(owner: User) -> None:
    case = project(owner)
    with pytest.raises(GateClosed):
        moving.move(actor=owner, at=later(), case=case, transition="negotiate")
    with pytest.raises(CannotDo) as refused:
        moving.move(actor=owner, at=later(), case=case, transition="sign")
    assert not isinstance(refused.value, GateClosed)
    assert workflow_of(case)[1] == VERSION
