"""Our figures beside those of other areas: on the cockpit, on the page of an indicator, at their source."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.targets import charts
from shangheng.desks.targets.selectors.comparison import Comparison
from shangheng.desks.targets.selectors.indicator import indicator_page
from shangheng.desks.targets.tests.desk import CAPITAL, RETAIL, at_desk, post
from shangheng.desks.targets.tests.test_overview import HOME, TRADE, fill, row
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.services.posting import reverse as take_back
from shangheng.engines.ledger.tests.conftest import on

CITY, PROVINCE = "420100", "420000"
GROWTH = "trade.total_growth"
SHARE = "investment.industrial_share"
MOST_QUERIES = 30


def trade(clerk: User, months: int) -> None:
    """Trade of 2021 that is 20 % above that of 2020."""
    fill(clerk, TRADE, 2020, "10", 12, "2021-01-10")
    fill(clerk, TRADE, 2021, "12", months, "2022-01-10")


def beside(code: str, known: str = "2022-01-11") -> Comparison:
    (found,) = row(code, known).comparison
    return found


def test_growth_that_the_city_published_is_held_against_ours(clerk: User, bureau: OrgUnit) -> None:
    trade(clerk, 12)
    post(clerk, "12.3", "2021-12-31", bureau, indicator=GROWTH, area=CITY)
    found = beside(GROWTH)
    assert found.area == "武汉市"
    assert found.points == Decimal("7.7")
    assert found.words == "高于武汉市7.7个百分点"


def test_growth_is_compared_over_the_months_that_the_other_published(
    clerk: User, bureau: OrgUnit
) -> None:
    fill(clerk, TRADE, 2020, "10", 12, "2021-01-10")
    fill(clerk, TRADE, 2021, "9", 9, "2021-10-09")
    post(clerk, "30", "2021-10-20", bureau, indicator=TRADE)
    post(clerk, "2.5", "2021-09-30", bureau, indicator=GROWTH, area=CITY)
    found = beside(GROWTH, "2021-11-10")
    assert str(found.ours.query.period) == "2021-01/2021-09"
    assert found.words == "低于武汉市12.5个百分点", "October would have lifted ours"


def test_what_we_do_not_know_for_the_same_months_is_not_compared(
    clerk: User, bureau: OrgUnit
) -> None:
    trade(clerk, 10)
    post(clerk, "12.3", "2021-12-31", bureau, indicator=GROWTH, area=CITY)
    found = beside(GROWTH)
    assert found.points is None
    assert found.words == ""


def test_amounts_are_compared_by_their_growth(clerk: User, bureau: OrgUnit) -> None:
    trade(clerk, 12)
    for year, value in ((2020, "2704.3"), (2021, "3359.4")):
        day = f"{year}-12-31"
        post(clerk, value, day, bureau, indicator=TRADE, area=CITY)
    found = beside(TRADE)
    assert found.other.value == Decimal("3359.4")
    assert found.words == "增幅低于武汉市4.2个百分点"  # 3359.4 ÷ 2704.3 = +24.22 %


def test_a_share_is_compared_as_it_is(clerk: User, bureau: OrgUnit) -> None:
    post(clerk, "53", "2021-12-31", bureau, indicator=SHARE, area=CITY)
    assert beside(SHARE).points is None, "ours is missing"
    post(clerk, "80", "2021-12-31", bureau, indicator=RETAIL)
    post(clerk, "100", "2019-12-31", bureau, indicator=RETAIL)
    post(clerk, "80", "2021-12-31", bureau, indicator="retail.recovery", area=CITY)
    assert row(RETAIL, "2022-01-11").comparison == ()


def test_a_comparator_that_was_taken_back_or_is_not_yet_known_is_gone(
    clerk: User, bureau: OrgUnit
) -> None:
    posting = post(clerk, "12.3", "2021-12-31", bureau, indicator=GROWTH, area=CITY)
    assert row(GROWTH, "2021-12-30").comparison == ()
    take_back(actor=clerk, at=on("2022-01-05"), postings=[posting.pk], reason="抄错")
    assert row(GROWTH, "2022-01-11").comparison == ()
    assert row(GROWTH, "2022-01-04").comparison != ()


def test_the_column_stands_only_where_there_is_something_to_compare(
    head: User, clerk: User, bureau: OrgUnit
) -> None:
    reader = at_desk(head)
    address = reverse("cockpit") + "?period=2021"
    assert 'data-col="comparison"' not in reader.get(address).content.decode()
    trade(clerk, 12)
    post(clerk, "12.3", "2021-12-31", bureau, indicator=GROWTH, area=CITY)
    page = reader.get(address).content.decode()
    assert 'data-col="comparison"' in page
    assert "高7.7个百分点" in page
    assert not re.search(rf">\s*{CITY}\s*<", page), "a name and no code"


def test_the_page_of_an_indicator_names_and_charts_the_others(
    head: User, clerk: User, bureau: OrgUnit
) -> None:
    trade(clerk, 12)
    post(clerk, "12.3", "2021-12-31", bureau, indicator=GROWTH, area=CITY)
    post(clerk, "14.8", "2021-12-31", bureau, indicator=GROWTH, area=PROVINCE)
    page = indicator_page(GROWTH, Period.parse("2021"), area=HOME, known_at=on("2022-01-11"))
    chart = charts.beside(page)
    assert chart is not None
    assert list(chart.categories) == ["东西湖区", "湖北省", "武汉市"]
    assert chart.title == "高于湖北省5.2个百分点，高于武汉市7.7个百分点"
    text = at_desk(head).get(reverse("indicator", args=[GROWTH]) + "?period=2021").content.decode()
    assert "<dt>武汉市</dt>" in text
    assert chart.title in text


def test_a_comparator_leads_to_its_source(head: User, clerk: User, bureau: OrgUnit) -> None:
    posting = post(clerk, "12.3", "2021-12-31", bureau, indicator=GROWTH, area=CITY)
    query = Query(GROWTH, Period.parse("2021"), CITY)
    page = at_desk(head).get(reverse("figure", args=[query.reference()])).content.decode()
    assert reverse("posting", args=[posting.pk]) in page
    assert "武汉市" in page


@pytest.mark.parametrize("compared", [False, True])
def test_the_cockpit_asks_little_however_much_is_compared(
    client: Client,
    head: User,
    clerk: User,
    bureau: OrgUnit,
    compared: bool,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    trade(clerk, 12)
    post(clerk, "9", "2021-12-31", bureau)
    if compared:
        for code in (GROWTH, TRADE, SHARE, CAPITAL, "investment.projects_signed"):
            post(clerk, "9", "2021-12-31", bureau, indicator=code, area=CITY)
        for area in (PROVINCE, "100000", "420111"):
            post(clerk, "9", "2021-12-31", bureau, indicator=GROWTH, area=area)
    client.force_login(head)
    client.get(reverse("documents"))  # the first page of a visit notes the visit
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse("cockpit") + "?period=2021")
