from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.core.jobs.models import Job
from shangheng.core.jobs.worker import drain
from shangheng.desks.investment.models import Arrival, Forecast, Outlook, Project
from shangheng.desks.investment.selectors.forecast import (
    latest,
    money_to_come,
    outlooks_for,
    standing,
)
from shangheng.desks.investment.selectors.landing_history import histories
from shangheng.desks.investment.services.forecasting import KEPT, order_forecast, work_out
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


def paid(row: Project, *came: tuple[int, int]) -> None:
    """Money of a project: so much (亿元) so many weeks after it was entered, as the ledger counts it."""
    day = row.matter.milestones.earliest("pk").occurred_on
    for weeks, amount in came:
        Arrival.objects.create(
            project=row,
            paid_on=day + timedelta(weeks=weeks),
            amount=10_000 * amount,
            counted=10_000 * amount,
            counted_cny=amount,
            kind="transfer",
            entered_by=row.created_by,
            entered_at=AT,
        )


def told_of(row: Project, year: int = 2021) -> Outlook:
    return Outlook.objects.get(project=row, year=year)


@pytest.mark.usefixtures("past")
def test_a_project_starts_as_past_ones_did_after_they_had_waited_as_long(owner: User) -> None:
    new = known(owner, "新线索", date(2021, 11, 29))
    old = known(owner, "老线索", date(2021, 11, 1))
    work_out(known_at=AT)
    assert told_of(new).start == 0, "the year is over five weeks later"
    assert told_of(new, 2022).start == pytest.approx(21 / 31)
    assert told_of(old).start == pytest.approx(1), "who was not given up by week 2, started"
    assert told_of(old).start_month == date(2021, 12, 15)
    page = browser(owner).get(reverse("landing-forecast") + "?known=2021-12-01").text
    assert "2021年预计还有1.0个项目开工（八成可能在1到1个）" in page


@pytest.mark.usefixtures("past")
def test_money_comes_as_it_came_to_past_projects(owner: User) -> None:
    """Half four weeks after the start, the rest ten weeks later."""
    for row in Project.objects.filter(case__milestones__stage="started"):
        paid(row, (10, 5), (20, 5))
    for number in range(10):
        paid(known(owner, f"又{number}", date(2020, 1, 1), ("started", 6)), (10, 5), (20, 5))
    new = known(owner, "新线索", date(2021, 11, 1))
    half = known(owner, "到一半", date(2021, 9, 1), ("started", 6))
    paid(half, (10, 5))
    work_out(known_at=AT)
    assert told_of(new).paid == pytest.approx(0), "week 10 lies in January"
    next_ = told_of(new, 2022)
    assert next_.paid == pytest.approx(1)
    assert (next_.money, next_.low, next_.high) == (Decimal(10), Decimal(10), Decimal(10))
    assert next_.paid_month == date(2022, 1, 12)
    assert (told_of(half).paid, told_of(half, 2022).money) == (pytest.approx(0), Decimal(5))
    assert [one.project for one in money_to_come(owner, latest(AT), 2022)] == [new, half]


@pytest.mark.usefixtures("past")
def test_what_is_not_seen_is_not_counted_but_its_past_is(owner: User, stranger: User) -> None:
    known(owner, "新线索", date(2021, 11, 1))
    work_out(known_at=AT)
    assert not outlooks_for(stranger, latest(AT)).exists()
    assert outlooks_for(owner, latest(AT)).exists()
    address = reverse("landing-forecast") + "?known=2021-12-01"
    assert "新线索" in browser(owner).get(address).text
    assert "新线索" not in browser(stranger).get(address).text


@pytest.mark.usefixtures("past")
def test_a_lost_project_is_history_not_hope(owner: User) -> None:
    row = known(owner, "流失", date(2021, 11, 1))
    set_status(actor=owner, at=AT, row=row, status="lost", reason="去了外地", seen=None)
    work_out(known_at=AT)
    assert not Outlook.objects.filter(project=row).exists()
    assert histories(AT)[row.matter.pk][-1].to == "lost"
    assert histories(AT - timedelta(1)) == {}, "nothing was on record the day before"


def test_a_young_bureau_is_told_that_it_has_too_little_history(owner: User) -> None:
    row = known(owner, "新线索", date(2021, 11, 1))
    address = reverse("landing-forecast") + "?known=2021-12-01"
    assert "还没有算过" in browser(owner).get(address).text
    work_out(known_at=AT)
    assert told_of(row).start is None
    assert told_of(row).lacking["start"] == ["lead", 0, 1]
    page = browser(owner).get(address).text
    assert "历史太少" in page
    assert "说不出准不准" in page


@pytest.mark.usefixtures("past")
def test_the_page_shows_how_good_past_forecasts_were(owner: User) -> None:
    for number in range(40):
        stage = ("terminated", 2) if number % 3 == 0 else ("started", 6)
        known(owner, f"去年{number}", date(2020, 9, 27), stage)
    known(owner, "老线索", date(2021, 11, 1))
    work_out(known_at=AT)
    page = browser(owner).get(reverse("landing-forecast") + "?known=2021-12-01").text
    assert "老线索" in page
    assert "100.0" in page
    assert "只看环节的往年比例" in page


def test_a_forecast_is_worked_out_once_as_a_job_and_says_when_it_is_old(owner: User) -> None:
    known(owner, "新线索", date(2021, 11, 1))
    jobs = [order_forecast(actor=owner, at=AT, known_at=AT) for _ in range(2)]
    assert jobs[0] == jobs[1]
    drain()
    found = latest(AT)
    assert found is not None
    assert found.ordered_by == owner
    assert standing(found, AT).newer == 0
    known(owner, "又一个", date(2021, 11, 1))
    assert standing(found, AT).newer == 1
    assert latest(AT - timedelta(1)) is None, "it was not known before"


def test_the_button_orders_it_as_known_at_the_moment_of_the_page(owner: User) -> None:
    address = reverse("landing-forecast-order") + "?known=2021-11-01"
    assert browser(owner).post(address).status_code == 302
    told = Job.objects.get(kind="investment.forecast").arguments["known_at"]
    assert timezone.localdate(datetime.fromisoformat(told)) == date(2021, 11, 1)


def test_old_forecasts_make_room(owner: User) -> None:
    known(owner, "新线索", date(2021, 11, 1))
    for _ in range(KEPT + 2):
        last = work_out(known_at=AT)
    Forecast.objects.create(known_at=AT, begun_at=AT)
    assert latest(AT) == last, "one that was broken off is not shown"
    work_out(known_at=AT)
    assert Forecast.objects.count() == KEPT
