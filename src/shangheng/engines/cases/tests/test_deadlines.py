from datetime import date, datetime

import pytest

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.jobs.registry import handler_of, schedules
from shangheng.core.notices.models import Notice
from shangheng.engines.cases.domain.deadlines import Pressure
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case
from shangheng.engines.cases.selectors.cases import due_cases, due_of
from shangheng.engines.cases.services import moving, pausing, tasks
from shangheng.engines.cases.services.deadlines import look_at_deadlines
from shangheng.engines.cases.tests.office import later, lead, officer

pytestmark = pytest.mark.django_db


def kinds(who: User) -> list[str]:
    return [each.event.kind for each in Notice.objects.filter(receiver=who).order_by("pk")]


def fresh(case: Case) -> Case:
    case.refresh_from_db()
    return case


def test_each_stage_has_a_clock_of_its_own(owner: User) -> None:
    case = lead(owner, source="展会", investor="创维")  # on a Wednesday
    assert case.due_on == date(2021, 12, 2)
    moving.move(actor=owner, at=later(1), case=case, transition="claim")
    assert fresh(case).due_on == date(2021, 12, 7)


def test_undoing_a_move_gives_the_old_clock_back(owner: User) -> None:
    case = lead(owner, source="展会", investor="创维")
    moving.move(actor=owner, at=later(1), case=case, transition="claim")
    moving.undo(actor=owner, at=later(2), case=case)
    assert fresh(case).due_on == date(2021, 12, 2)


def test_while_a_case_is_paused_its_clock_stands_still(owner: User) -> None:
    case = lead(owner, source="展会", investor="创维")
    moving.move(actor=owner, at=later(1), case=case, transition="claim")
    pausing.pause_case(actor=owner, at=later(2), case=case, kind="investor", reason="等函件")
    assert fresh(case).due_on is None
    assert due_of(case, date(2022, 3, 1)).pressure is Pressure.PAUSED
    with pytest.raises(CannotDo, match="先恢复办理"):
        moving.move(actor=owner, at=later(3), case=case, transition="give_up", reason="x")
    pausing.resume_case(actor=owner, at=later(6), case=case)  # Tuesday: Friday and Monday lost
    assert fresh(case).due_on == date(2021, 12, 9)


def test_a_pause_is_of_a_kind_that_the_workflow_knows(owner: User) -> None:
    case = lead(owner)
    with pytest.raises(CannotDo, match="没有这种暂停"):
        pausing.pause_case(actor=owner, at=AT, case=case, kind="holiday", reason="x")
    with pytest.raises(CannotDo, match="没有暂停"):
        pausing.resume_case(actor=owner, at=AT, case=case)


def test_a_deadline_in_a_year_without_a_notice_stays_open_and_says_so(owner: User) -> None:
    at = datetime(2026, 12, 31, 9, tzinfo=AT.tzinfo)
    case = lead(owner, at=at)
    assert fresh(case).due_on is None
    assert due_of(case, at.date()).pressure is Pressure.UNKNOWN


def test_owner_and_then_the_head_are_told_each_once(owner: User, head: User) -> None:
    director = person("director")
    lead(owner, source="展会", investor="创维")  # due on Thursday, the 2nd
    for day in (1, 1, 2, 2, 3, 4, 5):  # Thursday to Monday, some days twice
        look_at_deadlines(at=later(day))
    assert kinds(owner) == ["case.due_soon", "case.escalated"]
    assert kinds(head) == ["case.escalated"]
    assert kinds(director) == []


def test_overdue_comes_before_the_head_hears_of_it(owner: User, head: User) -> None:
    case = lead(owner, source="展会", investor="创维")
    moving.move(actor=owner, at=AT, case=case, transition="claim")  # 3 days, escalates after 2
    for day in range(12):
        look_at_deadlines(at=later(day))
    assert kinds(owner) == ["case.due_soon", "case.overdue", "case.escalated"]
    assert kinds(head) == ["case.escalated"]


def test_nobody_is_told_on_a_day_off(owner: User) -> None:
    lead(owner)
    assert look_at_deadlines(at=later(3)) == 0  # Saturday
    assert kinds(owner) == []


def test_tasks_are_looked_at_as_well(owner: User) -> None:
    helper = officer(owner.unit)
    case = lead(owner)
    tasks.give_task(
        actor=owner, at=AT, case=case, title="核对", assignee=helper, due_on=date(2021, 12, 10)
    )
    look_at_deadlines(at=later(8))
    look_at_deadlines(at=later(12))
    assert kinds(helper) == ["case.assigned", "case.due_soon", "case.overdue"]


def test_a_clock_whose_year_becomes_known_is_set_by_the_morning(owner: User) -> None:
    case = lead(owner)
    Case.objects.filter(pk=case.pk).update(due_on=None)
    look_at_deadlines(at=later(0))
    assert fresh(case).due_on == date(2021, 12, 2)


def test_the_due_list_shows_what_presses_and_to_whom_it_is_open(owner: User) -> None:
    late, other = lead(owner), officer(owner.unit)
    lead(other, at=later(5))
    today = later(5).date()  # Monday, the 6th
    assert [each.case for each in due_cases(other, today)] == [late]
    assert due_cases(other, today, own=True) == []
    [mine] = due_cases(owner, today)
    assert (mine.due.pressure, mine.due.left) == (Pressure.ESCALATED, -2)
    assert due_cases(officer(org_unit("bsb")), today) == []


def test_the_morning_look_is_a_job_with_a_schedule() -> None:
    [schedule] = [each for each in schedules() if each.code == "cases.deadlines"]
    assert handler_of(schedule.kind).kind == "cases.deadlines"
