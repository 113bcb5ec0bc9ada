from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.desks.investment.models import Event as Held
from shangheng.desks.investment.models import EventKind, EventProject, Outcome, Project
from shangheng.desks.investment.selectors import reporting
from shangheng.desks.investment.services import counting, goals
from shangheng.desks.investment.tests import office
from shangheng.engines.cases.models import Milestone
from shangheng.engines.cases.services import milestones
from shangheng.engines.cases.services.milestones import record_milestone, reverse_milestone
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.sections import About, Asked, Cell, Table, Told, sections

YEAR = Period.parse("2021")
SOON = AT + timedelta(hours=1)


def about(most: int | None = None, area: str = settings.HOME_AREA, at: Any = SOON) -> About:
    return About(YEAR, area, at, most)


def words(table: Table) -> list[list[object]]:
    return [[_plain(cell) for cell in row] for row in table.rows]


def _plain(cell: Cell) -> object:
    if isinstance(cell, Told):
        return cell.value
    return cell.query.indicator if isinstance(cell, Asked) else cell


@pytest.fixture
def signed(owner: User) -> list[Project]:
    """Three projects that were signed, of 10, 20 and 30."""
    rows = [office.project(owner, f"项目{n}", agreed_investment=Decimal(10 * n)) for n in (1, 2, 3)]
    for row in rows:
        record_milestone(
            actor=owner, at=AT, case=row.matter, stage="signed", occurred_on=date(2021, 3, 1)
        )
        counting.bring_up_to_date(actor=owner, at=AT, project=row)
    return rows


def test_every_table_of_the_desk_is_offered_to_reports() -> None:
    codes = {"projects", "money", "goals", "league", "events"}
    assert {f"investment.{code}" for code in codes} <= sections().keys()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["projects", "events", "league"])
def test_without_records_a_table_says_why_it_is_empty(code: str) -> None:
    table = sections()[f"investment.{code}"].tell(about())
    assert not table.rows
    assert table.empty


@pytest.mark.django_db
def test_of_another_district_the_desk_tells_nothing(owner: User) -> None:
    for one in sections().values():
        if one.code.startswith("investment."):
            assert not one.tell(about(area="420103")).rows


def test_the_largest_projects_are_named_and_the_rest_stand_in_one_row(
    signed: list[Project],
) -> None:
    rows = words(reporting.projects_table(about(most=1)))
    assert rows[0] == ["项目3", "—", 30, "签约"]
    assert rows[1] == ["其余项目", 2, 30, ""]
    assert rows[2] == ["合计", reporting.SIGNED_PROJECTS, reporting.AGREED, ""]


def test_a_table_tells_what_was_known_at_its_instant(signed: list[Project], owner: User) -> None:
    [row] = Milestone.objects.filter(case=signed[2].case, stage="signed")
    later = AT + timedelta(days=1)
    reverse_milestone(actor=owner, at=later, milestone=row, reason="登记错了")
    counting.bring_up_to_date(actor=owner, at=later, project=signed[2])
    assert words(reporting.projects_table(about()))[0][0] == "项目3"
    assert words(reporting.projects_table(about(at=later)))[0][0] == "项目2"


def test_a_goal_counts_each_class_and_each_project_once(owner: User) -> None:
    plant = office.project(owner, "创维产业园", industry="C39", agreed_investment=Decimal(65))
    milestones.record_milestone(
        actor=owner, at=AT, case=plant.matter, stage="signed", occurred_on=date(2021, 11, 1)
    )
    before = reporting.latest()
    goals.claim_goal(
        actor=owner, at=AT, project=plant, goal="industrial", counts_on=date(2021, 11, 1)
    )
    assert reporting.latest() != before
    rows = words(reporting.goals_table(about()))
    assert [row[1] for row in rows][-1] == "investment.structural.projects"
    assert len(rows) > 1


def test_an_event_entered_later_was_not_known(owner: User) -> None:
    told: dict[str, Any] = {"unit": owner.unit, "entered_by": owner}
    fair = Held.objects.create(
        kind=EventKind.FAIR, name="广交会", session="第129届", starts_on=date(2021, 4, 15),
        ends_on=date(2021, 4, 24), entered_at=AT, **told,
    )  # fmt: skip
    Held.objects.create(
        kind=EventKind.TALK, name="推介会", starts_on=date(2021, 5, 1), ends_on=date(2021, 5, 1),
        entered_at=SOON + timedelta(days=1), **told,
    )  # fmt: skip
    plant = office.project(owner)
    EventProject.objects.create(event=fair, project=plant, outcome=Outcome.SIGNED)
    [row] = words(reporting.events_table(about()))
    assert row == ["广交会（第129届）", "4月15日至24日", "—", 1, 1, None, 0, 0]
