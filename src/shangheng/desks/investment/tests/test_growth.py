"""What the landing forecast offers to target sheets."""

from datetime import date
from decimal import Decimal

import pytest

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.desks.investment.models import Forecast, Outlook, Project
from shangheng.desks.investment.selectors import growth
from shangheng.desks.investment.selectors.money import CAPITAL
from shangheng.desks.investment.services.projects import enter_project
from shangheng.engines.ledger import expectations
from shangheng.engines.ledger.expectations import About, Expected, Told
from tests.house.query_counts import pinned


@pytest.fixture
def forecast(db: None) -> Forecast:
    return Forecast.objects.create(known_at=AT, begun_at=AT, done_at=AT)


def project(owner: User, name: str) -> Project:
    return enter_project(actor=owner, at=AT, values={"name": name}, occurred_on=date(2021, 11, 1))


def outlook(forecast: Forecast, row: Project, **told: object) -> Outlook:
    """What a forecast says of a project for 2022: money with 62.54 % from nothing to 3.456."""
    values: dict[str, object] = {
        "paid": 0.6254,
        "money": Decimal("1.08"),
        "low": Decimal(0),
        "high": Decimal("3.456"),
        "due_on": date(2022, 6, 1),
        **told,
    }
    return Outlook.objects.create(
        forecast=forecast,
        project=row,
        year=2022,
        stage="lead",
        waited=3,
        has_started=False,
        **values,
    )


def asked(actor: User, indicator: str = CAPITAL, year: int = 2022) -> Told:
    [offer] = expectations.offers(indicator)
    return offer.tell(About(actor, indicator, year, AT))


def test_money_is_offered_as_it_is_shown_and_leads_back(owner: User, forecast: Forecast) -> None:
    row = project(owner, "新线索")
    outlook(forecast, row)
    outlook(forecast, project(owner, "没有指望"), paid=0.001)
    told = asked(owner)
    low, high = Decimal("0.01"), Decimal("3.46")
    assert told.items == [
        Expected(str(row.pk), "新线索", date(2022, 6, 1), low, high, Decimal("62.5"))
    ]
    assert "2021年12月1日" in told.source
    [offer] = expectations.offers(CAPITAL)
    assert offer.url(told.items[0].key) == f"/investment/projects/{row.pk}/"


def test_a_start_counts_one_and_only_under_key_follow_up(owner: User, forecast: Forecast) -> None:
    sure, late, other = (project(owner, name) for name in ("三月", "不知何月", "不跟踪"))
    Project.objects.filter(pk=other.pk).update(tracked=False)
    outlook(forecast, sure, start=0.9, start_month=date(2022, 3, 15))
    outlook(forecast, late, start=0.2, start_month=date(2023, 3, 15))
    outlook(forecast, other, start=0.8)
    first, second = asked(owner, growth.STARTED).items
    assert (first.name, first.due_on, first.note) == ("三月", date(2022, 3, 15), "")
    assert (first.low, first.high, first.chance) == (1, 1, 90)
    assert (second.name, second.due_on) == ("不知何月", date(2022, 12, 31))
    assert "月份说不准" in second.note


def test_projects_that_somebody_may_not_see_are_not_offered(
    owner: User, stranger: User, forecast: Forecast
) -> None:
    outlook(forecast, project(owner, "新线索"))
    assert asked(owner).items
    assert not asked(stranger).items
    assert "2022" in asked(stranger).empty


def test_without_a_forecast_it_says_how_to_have_one(owner: User) -> None:
    assert "还没有算过" in asked(owner).empty


def test_the_largest_are_offered_and_the_rest_is_counted(
    owner: User, forecast: Forecast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "MOST", 2)
    for name, money in (("小", "1"), ("大", "3"), ("中", "2")):
        outlook(forecast, project(owner, name), money=Decimal(money))
    told = asked(owner)
    assert ([one.name for one in told.items], told.more) == (["大", "中"], 1)


def test_it_takes_the_same_queries_for_any_number_of_projects(
    owner: User, forecast: Forecast
) -> None:
    for number in range(3):
        outlook(forecast, project(owner, f"线索{number}"))
    with pinned("expected-money"):
        asked(owner)
