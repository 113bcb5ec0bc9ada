from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit
from shangheng.engines.cases.domain.interpreter import Lack
from shangheng.engines.cases.errors import CannotDo, GateClosed
from shangheng.engines.cases.models import Case, Milestone, Step
from shangheng.engines.cases.selectors.cases import offers, stages_as_at, state_as_at
from shangheng.engines.cases.selectors.wording import wanted
from shangheng.engines.cases.services import moving, people
from shangheng.engines.cases.services.milestones import standing
from shangheng.engines.cases.tests.office import (
    SIGNING,
    VALUES,
    attached,
    fill,
    later,
    lead,
    officer,
    project,
    signed_project,
)
from shangheng.engines.cases.verification import verify

pytestmark = pytest.mark.django_db


def reached(case: Case) -> list[tuple[str, date]]:
    return list(standing(case).order_by("rank").values_list("stage", "occurred_on"))


def test_a_gate_says_what_is_missing_and_who_can_supply_it(owner: User) -> None:
    case = project(owner, investor="创维")
    moving.move(actor=owner, at=AT, case=case, transition="negotiate")
    fill(case, industry="C39", agreed_investment="65", currency="CNY")
    with pytest.raises(GateClosed, match="还不能“签约”：缺“需要供地”、缺凭证：投资协议") as closed:
        moving.move(actor=owner, at=AT, case=case, transition="sign")
    assert [each.lack for each in closed.value.missing] == [Lack.FIELD, Lack.EVIDENCE]
    case.refresh_from_db()
    assert [each.who for each in wanted(case, closed.value.missing)] == [
        f"{owner.display_name}可补"
    ] * 2
    assert case.stage == "negotiation"


def test_a_case_moves_when_its_gate_is_met_and_leaves_step_milestone_and_audit(
    owner: User,
) -> None:
    case = project(owner, **SIGNING)
    moving.move(actor=owner, at=AT, case=case, transition="negotiate")
    attached(case, owner, "investment_agreement")
    step = moving.move(
        actor=owner, at=later(2), case=case, transition="sign", occurred_on=date(2021, 11, 30)
    )
    case.refresh_from_db()
    assert (case.stage, case.visit, case.entered_at) == ("signed", step.number, later(2))
    assert reached(case) == [
        ("lead", date(2021, 12, 1)),
        ("negotiation", date(2021, 12, 1)),
        ("signed", date(2021, 11, 30)),
    ]
    row = Row.objects.get(act="cases.move", after__transition="sign")
    assert row.after is not None
    assert (row.actor_id, row.before, row.after["stage"]) == (
        owner.pk, {"stage": "negotiation"}, "signed",
    )  # fmt: skip


def test_a_milestone_of_tomorrow_is_refused_and_nothing_moves(owner: User) -> None:
    case = project(owner, investor="创维")
    with pytest.raises(CannotDo, match="日期不能晚于今天"):
        moving.move(
            actor=owner, at=AT, case=case, transition="negotiate", occurred_on=date(2021, 12, 2)
        )
    assert Case.objects.get().stage == "lead"


def test_whoever_lacks_the_right_or_the_reach_cannot_move(owner: User) -> None:
    case = project(owner, investor="创维")
    elsewhere = officer(org_unit("bsb"))
    for stranger in (person("inspector", unit=owner.unit), elsewhere):
        with pytest.raises(PermissionDenied):
            moving.move(actor=stranger, at=AT, case=case, transition="negotiate")
        [negotiate, _terminate] = offers(case, stranger)
        assert [each.lack for each in negotiate.missing] == [Lack.PERMISSION]


def test_of_two_officers_the_second_is_told(owner: User) -> None:
    case = project(owner, investor="创维")
    other = officer(owner.unit)
    moving.move(actor=other, at=AT, case=case, transition="negotiate", seen=case.version)
    with pytest.raises(StaleEdit) as stale:
        moving.move(
            actor=owner, at=AT, case=case, transition="terminate", reason="x", seen=case.version
        )
    assert stale.value.current.stage == "negotiation"


def test_one_subject_has_one_open_case_of_a_kind(owner: User) -> None:
    case = project(owner)
    with pytest.raises(CannotDo, match="正在办理"):
        moving.open_case(
            actor=owner, at=AT, workflow=case.workflow, subject_id=case.subject_id, title="再来"
        )


def test_a_reason_is_asked_where_the_way_asks_for_one(owner: User) -> None:
    case = project(owner)
    with pytest.raises(CannotDo, match="“终止”要写明理由"):
        moving.move(actor=owner, at=AT, case=case, transition="terminate", reason=" ")


def test_sending_back_reverses_later_milestones_and_undoing_it_restores_them(owner: User) -> None:
    case = signed_project(owner)
    before = reached(case)
    moving.send_back(actor=owner, at=later(1), case=case, stage="negotiation", reason="协议有误")
    assert [stage for stage, _day in reached(case)] == ["lead", "negotiation"]
    moving.undo(actor=owner, at=later(2), case=case)
    case.refresh_from_db()
    assert (case.stage, reached(case)) == ("signed", before)
    moving.undo(actor=owner, at=later(3), case=case)  # the restored milestone is still the move's
    case.refresh_from_db()
    assert (case.stage, [stage for stage, _day in reached(case)]) == (
        "negotiation", ["lead", "negotiation"],
    )  # fmt: skip


def test_a_case_goes_back_only_where_its_rule_and_its_past_allow(owner: User) -> None:
    case = signed_project(owner)
    for stage in ("lead", "producing"):
        with pytest.raises(CannotDo, match="不能退回到这个环节"):
            moving.send_back(actor=owner, at=AT, case=case, stage=stage, reason="x")


def test_a_closed_case_is_taken_up_again_by_sending_it_back(owner: User) -> None:
    case = signed_project(owner)
    moving.move(actor=owner, at=AT, case=case, transition="terminate", reason="投资方退出")
    case.refresh_from_db()
    assert case.closed
    with pytest.raises(CannotDo, match="已经办结"):
        people.transfer(actor=owner, at=AT, case=case, to=officer(owner.unit), reason="x")
    moving.send_back(actor=owner, at=AT, case=case, stage="signed", reason="重新启动")
    case.refresh_from_db()
    assert (case.closed, case.stage) == (False, "signed")


def test_undo_belongs_to_whoever_made_the_step(owner: User, head: User) -> None:
    case = project(owner, investor="创维")
    moving.move(actor=owner, at=AT, case=case, transition="negotiate")
    with pytest.raises(CannotDo, match="只有做这一步的人"):
        moving.undo(actor=head, at=AT, case=case)
    with pytest.raises(PermissionDenied):
        moving.undo(actor=person("inspector", unit=owner.unit), at=AT, case=case)
    moving.undo(actor=owner, at=AT, case=case)
    with pytest.raises(CannotDo, match="上一步不能撤销"):
        moving.undo(actor=owner, at=AT, case=case)  # the opening


def test_a_transfer_moves_owner_and_unit_and_is_undone_with_both(owner: User) -> None:
    case = project(owner)
    other = officer(org_unit("bsb"))
    people.transfer(actor=owner, at=AT, case=case, to=other, reason="属地办理")
    case.refresh_from_db()
    assert (case.owner, case.unit) == (other, other.unit)
    moving.undo(actor=owner, at=AT, case=case)
    case.refresh_from_db()
    assert (case.owner, case.unit) == (owner, owner.unit)


def test_where_a_case_stood_is_told_as_at_any_instant(owner: User) -> None:
    case = project(owner, investor="创维")
    moving.move(actor=owner, at=later(5), case=case, transition="negotiate")
    moving.undo(actor=owner, at=later(9), case=case)
    told = {}
    for day in (-1, 0, 5, 8, 9):
        state = state_as_at(case, later(day))
        told[day] = state.stage if state else None
        assert stages_as_at(Case.objects.all(), later(day)).get(case.pk) == told[day]
    assert told == {-1: None, 0: "lead", 5: "negotiation", 8: "negotiation", 9: "lead"}


@pytest.mark.parametrize("table", [Step, Milestone])
def test_the_database_itself_refuses_to_change_a_log(
    owner: User, table: type[Step] | type[Milestone]
) -> None:
    project(owner, investor="创维")
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.update(stage="signed")
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.all().delete()


def test_the_audit_finds_a_case_that_does_not_follow_its_log(owner: User) -> None:
    case = signed_project(owner)
    assert list(verify()) == []
    Case.objects.filter(pk=case.pk).update(stage="producing")
    [finding] = verify()
    assert (finding.kind, finding.target) == ("altered", f"cases.case:{case.pk}")


def test_the_audit_finds_a_step_that_was_slipped_in(owner: User) -> None:
    case = project(owner)
    Step.objects.create(
        case=case, number=2, act="move", stage="signed", owner=owner, unit=case.unit,
        actor=owner, at=later(1),
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(stage="signed", visit=2, entered_at=later(1))
    [finding] = verify()
    assert "留痕不符" in finding.message


def test_cases_in_flight_stay_on_their_version(owner: User, unit: OrgUnit) -> None:
    case = lead(owner, source="展会", investor="创维")
    Case.objects.filter(pk=case.pk).update(workflow_version=9)
    case.refresh_from_db()
    with pytest.raises(LookupError, match="no version 9"):
        moving.move(actor=owner, at=AT, case=case, transition="claim")


def test_fields_are_read_where_they_stand(owner: User) -> None:
    case = project(owner)
    with pytest.raises(GateClosed):
        moving.move(actor=owner, at=AT, case=case, transition="negotiate")
    VALUES[case.subject_id]["investor"] = "创维"
    moving.move(actor=owner, at=AT, case=case, transition="negotiate")
