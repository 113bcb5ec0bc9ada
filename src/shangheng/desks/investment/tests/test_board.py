from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.rules import ScopeKind
from shangheng.core.accounts.tests.people import person
from shangheng.core.lists.declaring import Asked
from shangheng.core.ui.moment import Moment
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.board import board_of
from shangheng.desks.investment.selectors.diary import diary_of, month_of
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser
from shangheng.desks.investment.tests.test_handling import sign


def asked(by: User, period: str = "2021-11") -> Asked:
    return Asked(by, Moment(period, None, timezone.now()))


def test_the_board_counts_and_sums_each_stage_and_shows_its_cards(
    project: Project, owner: User
) -> None:
    sign(owner, project)
    office.project(owner, "另一个")
    lanes = {lane.stage.id: lane for lane in board_of(projects_for(owner), asked(owner)).lanes}
    assert (lanes["signed"].count, lanes["signed"].amount) == (1, 65)
    assert (lanes["lead"].count, lanes["lead"].amount) == (1, None)
    [card] = lanes["signed"].cards
    assert card.row == project
    assert card.stale, "it came there in 2021"
    assert {step.stage for step in card.steps} == {"registered", "terminated"}


def test_whoever_only_looks_can_move_no_card(project: Project) -> None:
    auditor = person("auditor")
    [lane] = [lane for lane in board_of(projects_for(auditor), asked(auditor)).lanes if lane.cards]
    assert lane.cards[0].steps == ()
    assert "draggable" not in browser(auditor).get(reverse("project-board")).text


def test_board_and_calendar_keep_the_filters_of_the_list(owner: User) -> None:
    office.project(owner, "海尔智谷")
    office.project(owner, "京东华中总部")
    for name in ("project-board", "project-diary", "projects"):
        page = browser(owner).get(reverse(name), {"q": "海尔", "period": "2021-12"}).text
        assert "海尔智谷" in page
        assert "京东华中总部" not in page


def test_the_calendar_shows_what_was_reached_on_its_day(project: Project, owner: User) -> None:
    sign(owner, project)
    diary = diary_of(projects_for(owner), asked(owner))
    days = {day.day: day for week in diary.weeks for day in week if day.entries}
    assert [entry.what for entry in days[date(2021, 11, 20)].entries] == ["签约"]
    assert (diary.previous, diary.following) == ("2021-10", "2021-12")


def test_a_period_stands_for_its_last_month() -> None:
    assert month_of("2021-01/2021-10") == date(2021, 10, 1)
    assert month_of("2021-Q2") == date(2021, 6, 1)
    assert month_of("2021") == date(2021, 12, 1)


@pytest.mark.parametrize("scope", list(ScopeKind))
def test_list_board_and_map_take_ten_queries_with_the_frame(
    project: Project, bureau: OrgUnit, scope: ScopeKind
) -> None:
    chosen = [bureau] if scope is ScopeKind.CHOSEN else []
    visitor = browser(person("investment_officer", unit=bureau, scope=scope, chosen=chosen))
    for name, told in product(("projects", "project-board", "project-map"), ({}, {"q": "海尔"})):
        visitor.get(reverse(name), told)  # fills what is kept between requests
        with CaptureQueriesContext(connection) as asked_for:
            assert visitor.get(reverse(name), told).status_code == 200
        assert len(asked_for) <= 10, (name, [one["sql"][:150] for one in asked_for])
