from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.forecast import forecast_for, histories
from shangheng.desks.investment.services.projects import enter_project, set_status
from shangheng.desks.investment.tests.office import browser
from shangheng.engines.cases.models import Milestone

RANKS = {"started": 6, "terminated": 10}


def known(owner: User, name: str, day: date, *reached: tuple[str, int]) -> Project:
    """A project since a day, which reached stages so many weeks later."""
    values = {"name": name, "agreed_investment": Decimal(10)}
    row = enter_project(actor=owner, at=AT, values=values, occurred_on=day)
    for stage, weeks in reached:
        Milestone.objects.create(
            case=row.matter,
            stage=stage,
            rank=RANKS[stage],
            occurred_on=day + timedelta(weeks=weeks),
            recorded_at=AT,
            recorded_by=owner,
        )
    return row


@pytest.fixture
def past(owner: User) -> None:
    """Thirty projects: two thirds started in week 6, a third was given up in week 2."""
    for number in range(30):
        stage = ("terminated", 2) if number % 3 == 0 else ("started", 6)
        known(owner, f"往年{number}", date(2019, 1, 1) + timedelta(20 * number), stage)


@pytest.mark.usefixtures("past")
def test_a_project_starts_as_past_ones_did_after_they_had_waited_as_long(owner: User) -> None:
    new = known(owner, "新线索", date(2021, 11, 29))
    old = known(owner, "老线索", date(2021, 11, 1))
    found = forecast_for(owner, at=AT)
    chances = {one.row: one.chance for one in found.rows}
    assert chances[new] == 0, "the year is over five weeks later"
    assert chances[old] == pytest.approx(1), "who was not given up by week 2, started"
    assert (found.mean, found.low, found.high) == (pytest.approx(1), 1, 1)
    assert found.amount == pytest.approx(Decimal(10))
    assert found.rows[0].month == date(2021, 12, 15)


@pytest.mark.usefixtures("past")
def test_what_is_not_seen_is_not_counted_but_its_past_is(owner: User, stranger: User) -> None:
    known(owner, "新线索", date(2021, 11, 1))
    assert forecast_for(stranger, at=AT).rows == []
    assert "新线索" not in browser(stranger).get(reverse("landing-forecast")).text


@pytest.mark.usefixtures("past")
def test_a_lost_project_is_history_not_hope(owner: User) -> None:
    row = known(owner, "流失", date(2021, 11, 1))
    set_status(actor=owner, at=AT, row=row, status="lost", reason="去了外地", seen=None)
    assert forecast_for(owner, at=AT).rows == []
    assert histories(AT)[row.matter.pk][-1].to == "lost"
    assert histories(AT - timedelta(1)) == {}, "nothing was on record the day before"


def test_a_young_bureau_is_told_that_it_has_too_little_history(owner: User) -> None:
    known(owner, "新线索", date(2021, 11, 1))
    (one,) = forecast_for(owner, at=AT).rows
    assert one.chance is None
    page = browser(owner).get(reverse("landing-forecast")).text
    assert "历史太少，不作预测" in page
    assert "说不出准不准" in page


@pytest.mark.usefixtures("past")
def test_the_page_shows_chances_and_how_good_they_were(owner: User) -> None:
    for number in range(40):
        stage = ("terminated", 2) if number % 3 == 0 else ("started", 6)
        known(owner, f"去年{number}", date(2020, 9, 27), stage)
    known(owner, "老线索", date(2021, 11, 1))
    found = forecast_for(owner, at=AT)
    assert found.is_scored
    page = browser(owner).get(reverse("landing-forecast") + "?known=2021-12-01").text
    assert "老线索" in page
    assert "100.0" in page
    assert "只看环节的往年比例" in page
