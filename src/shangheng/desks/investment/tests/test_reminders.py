from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.core.jobs.registry import handler_of, schedules
from shangheng.core.notices.models import Notice
from shangheng.desks.investment.models import Commitment, Lead, Project
from shangheng.desks.investment.selectors.reminders import due_reminders
from shangheng.desks.investment.services import claiming, commitments, credit
from shangheng.desks.investment.services.projects import set_status
from shangheng.desks.investment.services.reminders import MORE, remind
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser


def later(days: int) -> datetime:
    """So many days after Wednesday, the 1st of December 2021."""
    return AT + timedelta(days=days)


def told(who: User) -> list[str]:
    found = Notice.objects.filter(receiver=who, event__kind__startswith="investment.")
    return [one.event.kind.removeprefix("investment.") for one in found.order_by("pk")]


def promised(owner: User, project: Project, **values: Any) -> Commitment:
    due = {"side": "investor", "kind": "jobs", "text": "用工300人", "due_on": date(2021, 12, 20)}
    return commitments.promise(actor=owner, at=AT, project=project, values=due | values)


@pytest.fixture
def talked(owner: User) -> Project:
    """A project whose investor was visited."""
    row = office.project(owner)
    values = {"kind": "visit", "done_on": date(2021, 12, 1), "title": "来访", "project": row}
    assert owner.unit
    credit.enter_effort(actor=owner, at=AT, unit=owner.unit, values=values)
    return row


def test_a_commitment_is_told_ahead_overdue_and_at_last_to_the_head(
    talked: Project, owner: User, head: User
) -> None:
    promised(owner, talked)
    assert remind(at=later(1)) == 0, "more than ten working days ahead"
    for day in (5, 5, 6, 20, 21, 40, 41):
        remind(at=later(day))
    ways = ["commitment_due", "commitment_overdue", "commitment_escalated"]
    assert told(owner) == ways
    assert told(head) == ways[2:]


def test_what_is_kept_taken_back_or_of_a_lost_project_is_not_told(
    talked: Project, owner: User
) -> None:
    kept, gone = promised(owner, talked), promised(owner, talked, text="写错了")
    commitments.progress(actor=owner, at=AT, row=kept, done_on=AT.date(), done=True)
    commitments.take_back(actor=owner, at=AT, row=gone, reason="写错了")
    remind(at=later(7))
    assert told(owner) == []
    promised(owner, talked, text="税收", due_on=date(2021, 12, 8))
    set_status(actor=owner, at=AT, row=talked, status="lost", reason="去了外地", seen=None)
    remind(at=later(7))
    assert told(owner) == []


def test_a_claim_is_told_before_it_ends_and_once_it_has_and_not_after_a_step(
    lead: Lead, owner: User
) -> None:
    Lead.objects.filter(pk=lead.pk).update(first_talker=owner, first_talked_on=AT.date())
    claiming.claim(actor=owner, at=AT, row=lead)  # until the 29th
    remind(at=later(22))
    assert told(owner) == []
    for day in (23, 26, 27, 29, 30):
        remind(at=later(day))
    assert told(owner) == ["claim_ending"] * 2
    lead.refresh_from_db()
    claiming.release(actor=owner, at=later(30), row=lead, reason="不归我们")
    remind(at=later(33))
    assert told(owner) == ["claim_ending"] * 2


def test_shares_whose_term_ends_are_told_unless_there_is_a_later_ruling(
    talked: Project, owner: User, head: User
) -> None:
    def ruled(since: date, until: date | None) -> None:
        assert owner.unit
        parts = [credit.Part(owner.unit, "first", Decimal(100))]
        credit.rule(
            actor=head, at=AT, project=talked, parts=parts, holds_from=since, holds_to=until,
            reason="协议",
        )  # fmt: skip

    ruled(date(2021, 1, 1), date(2021, 12, 31))
    for _twice in range(2):
        remind(at=later(12))
    assert told(owner) == told(head) == ["credit_ending"]
    Notice.objects.all().delete()
    ruled(date(2022, 1, 1), None)
    assert not list(due_reminders(later(12)))


def test_a_project_and_a_lead_nobody_has_spoken_for_are_told_every_five_working_days(
    project: Project, lead: Lead, owner: User
) -> None:
    assert not list(due_reminders(later(6)))
    for day in (7, 8, 9, 13):
        remind(at=later(day))
    assert told(owner) == ["never_contacted"] * 2
    remind(at=later(14))
    assert told(owner) == ["never_contacted"] * 4
    values = {"kind": "visit", "done_on": date(2021, 12, 2), "title": "来访", "project": project}
    assert owner.unit
    credit.enter_effort(actor=owner, at=later(14), unit=owner.unit, values=values)
    assert [one.about for one in due_reminders(later(21))] == [lead.title]


def test_nobody_gets_more_than_the_rule_allows_and_the_rest_comes_on_the_next_day(
    talked: Project, owner: User
) -> None:
    for number in range(25):
        promised(owner, talked, text=f"条款{number}")
    for _twice in range(2):
        remind(at=later(7))
    assert told(owner) == ["commitment_due"] * 20 + [MORE.removeprefix("investment.")]
    rest = Notice.objects.get(receiver=owner, event__kind=MORE)
    assert "另有5件" in rest.event.subject
    remind(at=later(8))
    assert told(owner).count("commitment_due") == 25


def test_nobody_is_told_on_a_day_off(talked: Project, owner: User) -> None:
    promised(owner, talked)
    assert remind(at=later(10)) == 0  # Saturday


def test_one_s_own_list_shows_what_is_due_and_nothing_of_others(
    owner: User, stranger: User
) -> None:
    row = office.project(owner)
    promised(owner, row, due_on=date(2021, 12, 2))
    assert "用工300人" in browser(owner).get(reverse("reminders")).text
    assert "没有要办的事项" in browser(stranger).get(reverse("reminders")).text


def test_the_morning_reminders_are_a_job_with_a_schedule() -> None:
    [schedule] = [each for each in schedules() if each.code == "investment.remind"]
    assert handler_of(schedule.kind).kind == "investment.remind"
