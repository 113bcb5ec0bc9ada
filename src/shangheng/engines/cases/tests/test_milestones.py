from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain import milestones as pure
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case, Milestone
from shangheng.engines.cases.selectors import milestones as counting
from shangheng.engines.cases.services import exhibits, milestones, moving
from shangheng.engines.cases.services.milestones import standing
from shangheng.engines.cases.tests.office import (
    attached,
    fill,
    later,
    officer,
    project,
    signed_project,
)

pytestmark = pytest.mark.django_db
VERSION = rulebook.version("investment_project", 1)


def signing(case: Case) -> Milestone:
    return standing(case).get(stage="signed")


def test_a_second_person_verifies_and_the_facts_are_kept(owner: User, head: User) -> None:
    case = signed_project(owner)
    for own in (owner, officer(owner.unit)):
        with pytest.raises((CannotDo, PermissionDenied)):
            milestones.verify_milestone(actor=own, at=AT, milestone=signing(case))
    made = milestones.verify_milestone(actor=head, at=AT, milestone=signing(case))
    assert made.facts["agreed_investment"] == "65"
    with pytest.raises(CannotDo, match="已经核实"):
        milestones.verify_milestone(actor=head, at=AT, milestone=signing(case))


def test_the_owner_cannot_verify_even_with_the_right(head: User) -> None:
    case = signed_project(head)
    with pytest.raises(CannotDo, match="核实人不能是经办人"):
        milestones.verify_milestone(actor=head, at=AT, milestone=signing(case))


def test_nothing_is_verified_without_its_evidence(owner: User, head: User) -> None:
    case = project(owner)
    row = milestones.record_milestone(
        actor=owner, at=AT, case=case, stage="registered", occurred_on=date(2021, 6, 1)
    )
    with pytest.raises(CannotDo, match="请先补附凭证"):
        milestones.verify_milestone(actor=head, at=AT, milestone=row)
    attached(case, owner, "business_licence")
    milestones.verify_milestone(actor=head, at=AT, milestone=row)


def test_what_is_verified_is_locked_until_somebody_else_reverses_it(
    owner: User, head: User
) -> None:
    case = signed_project(owner)
    row = signing(case)
    milestones.verify_milestone(actor=head, at=AT, milestone=row)
    evidence = case.exhibits.get()
    for act in (
        lambda: moving.undo(actor=owner, at=AT, case=case),
        lambda: moving.send_back(actor=owner, at=AT, case=case, stage="negotiation", reason="改"),
        lambda: milestones.reverse_milestone(actor=owner, at=AT, milestone=row, reason="改"),
        lambda: exhibits.withdraw(actor=owner, at=AT, exhibit=evidence, reason="改"),
    ):
        with pytest.raises((CannotDo, PermissionDenied)):
            act()
    assert signing(case) == row
    milestones.reverse_milestone(actor=head, at=AT, milestone=row, reason="协议作废")
    moving.send_back(actor=owner, at=AT, case=case, stage="negotiation", reason="重签")


def test_a_wrong_day_is_corrected_by_reversal_and_both_can_be_told(owner: User) -> None:
    case = signed_project(owner)
    milestones.correct_milestone(
        actor=owner,
        at=later(10),
        milestone=signing(case),
        occurred_on=date(2021, 11, 20),
        reason="以协议落款为准",
    )
    cases, day = Case.objects.all(), date(2021, 11, 30)
    assert counting.reached(cases, day, later(9)) == {}
    assert counting.reached(cases, day, later(10)) == {"signed": 1}
    assert case.milestones.filter(stage="signed").count() == 3


def test_reached_and_now_at_are_both_counted_as_at_any_day(owner: User) -> None:
    signed_project(owner)
    ended = signed_project(owner)
    fill(ended)
    moving.move(actor=owner, at=later(5), case=ended, transition="terminate", reason="退出")
    project(owner, at=later(3))
    cases = Case.objects.all()

    def told(day: int) -> tuple[dict[str, int], dict[str, int]]:
        at = later(day)
        counts = (
            counting.reached(cases, at.date(), at),
            counting.now_at(cases, VERSION, at.date(), at),
        )
        return dict(counts[0]), dict(counts[1])

    assert told(0) == ({"lead": 2, "negotiation": 2, "signed": 2}, {"signed": 2})
    assert told(3) == ({"lead": 3, "negotiation": 2, "signed": 2}, {"signed": 2, "lead": 1})
    assert told(5)[1] == {"signed": 1, "terminated": 1, "lead": 1}


def test_what_a_stage_asks_of_people_is_asked_of_who_records_it_afterwards(
    owner: User, head: User
) -> None:
    case = signed_project(owner)

    def record(actor: User, stage: str, note: str = "") -> Milestone:
        return milestones.record_milestone(
            actor=actor, at=AT, case=case, stage=stage, occurred_on=AT.date(), note=note
        )

    with pytest.raises(PermissionDenied):
        record(owner, "full_capacity")
    with pytest.raises(CannotDo, match="写明理由"):
        record(owner, "terminated")
    assert record(head, "full_capacity").stage == "full_capacity"
    assert record(owner, "terminated", "投资方撤资").note == "投资方撤资"
    own = signed_project(head)
    with pytest.raises(CannotDo, match="经办人以外的人"):
        milestones.record_milestone(
            actor=head, at=AT, case=own, stage="full_capacity", occurred_on=AT.date()
        )


def test_a_stage_is_reached_once(owner: User) -> None:
    case = signed_project(owner)
    with pytest.raises(CannotDo, match="已经登记"):
        milestones.record_milestone(
            actor=owner, at=AT, case=case, stage="signed", occurred_on=date(2021, 1, 1)
        )


def test_a_milestone_that_was_recorded_before_keeps_its_day(owner: User) -> None:
    case = project(owner, investor="创维")
    milestones.record_milestone(
        actor=owner, at=AT, case=case, stage="negotiation", occurred_on=date(2021, 5, 1)
    )
    with pytest.raises(CannotDo, match="已登记为2021-05-01"):
        moving.move(
            actor=owner, at=AT, case=case, transition="negotiate", occurred_on=date(2021, 6, 1)
        )
    moving.move(actor=owner, at=AT, case=case, transition="negotiate")
    assert standing(case).get(stage="negotiation").occurred_on == date(2021, 5, 1)


acts = st.lists(
    st.tuples(
        st.sampled_from([stage.id for stage in VERSION.stages[1:]]),
        st.integers(0, 300),
        st.booleans(),
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts, st.integers(0, 300), st.integers(0, 15))
def test_the_database_counts_as_the_rule_does(
    owner: User, head: User, told: list[tuple[str, int, bool]], day: int, known: int
) -> None:
    case = project(owner, at=AT)
    for number, (stage, ago, reverses) in enumerate(told):
        row = standing(case).filter(stage=stage).first()
        if row and reverses:
            milestones.reverse_milestone(
                actor=owner, at=later(number), milestone=row, reason="更正"
            )
        elif not row:
            occurred = later(-ago).date()
            milestones.record_milestone(
                actor=head,
                at=later(number),
                case=case,
                stage=stage,
                occurred_on=occurred,
                note="补记",
            )
    events, one = counting.events_of(case), Case.objects.filter(pk=case.pk)
    on, at = later(-day).date(), later(known)
    assert set(counting.reached(one, on, at)) == pure.reached(events, on, at)
    place = pure.now_at(VERSION, events, on, at)
    assert counting.now_at(one, VERSION, on, at) == ({place: 1} if place else {})
