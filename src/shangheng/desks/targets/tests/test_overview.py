"""The cockpit, the page of an indicator, and the way from a figure to its vouchers."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.targets.selectors.cockpit import Row, cockpit
from shangheng.desks.targets.wording import finding
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.domain.targets import Base
from shangheng.engines.ledger.services.posting import post
from shangheng.engines.ledger.services.publishing import Statement, publish
from shangheng.engines.ledger.services.targets import open_sheet, propose, sign_sheet
from shangheng.engines.ledger.tests.conftest import line, on

HOME = settings.HOME_AREA
TRADE = "trade.total"
RETAIL = "retail.total"


def fill(clerk: User, indicator: str, year: int, monthly: str, months: int, known: str) -> None:
    unit = clerk.unit
    assert unit is not None
    facts = [line(indicator, monthly, f"{year}-{m:02d}-20", unit) for m in range(1, months + 1)]
    post(actor=clerk, at=on(known), lines=facts, source="统计月报")


def sign(clerk: User, head: User, year: int, *targets: dict[str, Any]) -> None:
    sheet = open_sheet(actor=clerk, at=on(f"{year}-01-05"), year=year, source="目标通知")
    for target in targets:
        propose(actor=clerk, at=on(f"{year}-01-05"), sheet=sheet, area=HOME, **target)
    sign_sheet(actor=head, at=on(f"{year}-01-06"), sheet=sheet)


def row(code: str, known: str, period: str = "2021") -> Row:
    page = cockpit(Period.parse(period), area=HOME, known_at=on(known))
    return next(found for found in page.rows if found.indicator.code == code)


def test_the_cockpit_tells_how_far_behind_the_year_an_indicator_is(clerk: User, head: User) -> None:
    sign(clerk, head, 2021, {"indicator": RETAIL, "tier": "challenge", "value": Decimal(120)})
    fill(clerk, RETAIL, 2021, "9", 10, "2021-11-10")
    standing = row(RETAIL, "2021-11-11").standing
    assert standing.pace_words == "欠序时进度8.3个百分点"  # 90/120 = 75 %, time 10/12 = 83.3 %
    assert standing.reached is None


def test_in_december_the_cockpit_speaks_of_the_tier_and_not_of_pace(
    clerk: User, head: User
) -> None:
    sign(clerk, head, 2021, {"indicator": RETAIL, "tier": "challenge", "value": Decimal(120)})
    fill(clerk, RETAIL, 2021, "10", 12, "2022-01-08")
    standing = row(RETAIL, "2022-01-09").standing
    assert standing.pace_words == ""
    assert standing.reached is not None
    assert standing.reached.tier_zh == "挑战"


def test_a_tier_that_is_passed_by_less_than_is_printed_is_met_and_not_exceeded(
    clerk: User, head: User
) -> None:
    sign(clerk, head, 2021, {"indicator": RETAIL, "tier": "challenge", "value": Decimal(120)})
    fill(clerk, RETAIL, 2021, "10.0001", 12, "2022-01-08")
    found = row(RETAIL, "2022-01-09")
    assert finding(found.figure, found.standing).endswith("完成挑战目标120.00亿元")


def test_a_plan_by_month_is_held_beside_linear_pace(clerk: User, head: User) -> None:
    plan = [
        {"indicator": RETAIL, "tier": "challenge", "value": Decimal(5 * m), "month": m}
        for m in range(1, 12)
    ]
    year = {"indicator": RETAIL, "tier": "challenge", "value": Decimal(120)}
    sign(clerk, head, 2021, *plan, year)
    fill(clerk, RETAIL, 2021, "6", 10, "2021-11-10")
    standing = row(RETAIL, "2021-11-11").standing
    assert standing.planned is not None
    assert standing.progress is not None
    assert standing.planned.met, "60 of a planned 50"
    assert not standing.progress.met, "but 100 by time"


def test_a_target_on_a_base_that_has_moved_is_flagged_with_the_arithmetic(
    clerk: User, head: User
) -> None:
    fill(clerk, TRADE, 2021, "18.21", 9, "2021-10-10")
    base = Base(Decimal("163.89"), "2021", on("2021-10-11"), "1-9月累计")
    target = {"indicator": TRADE, "tier": "expected", "value": Decimal(177), "base": base}
    sign(clerk, head, 2022, {**target, "growth": Decimal(8)})
    assert clerk.unit is not None
    facts = [line(TRADE, "17.73", f"2021-{m}-20", clerk.unit) for m in (10, 11, 12)]
    post(actor=clerk, at=on("2022-01-10"), lines=facts, source="统计月报")
    page = cockpit(Period.parse("2021"), area=HOME, known_at=on("2022-01-11"))
    told = [conflict.message for conflict in page.conflicts if conflict.kind == "base"]
    assert len(told) == 1
    assert "基数163.89亿元" in told[0]
    assert "台账现为217.08亿元" in told[0]
    assert "-18.46%" in told[0]
    assert "应为234.45亿元" in told[0]


def test_a_published_figure_that_the_ledger_does_not_bear_out_is_a_conflict(clerk: User) -> None:
    fill(clerk, RETAIL, 2021, "10", 12, "2022-01-08")
    said = Statement("F1", RETAIL, HOME, "2021", "value", "121", "亿元")
    publish(actor=clerk, at=on("2022-01-10"), source="工作总结", statements=[said])
    found = row(RETAIL, "2022-01-11")
    assert [conflict.kind for conflict in found.conflicts] == ["published"]
    assert "conflict" in found.shown.marks
    assert row(RETAIL, "2022-01-09").conflicts == (), "nobody had published it then"


@pytest.fixture
def reader(client: Client, head: User) -> Client:
    client.force_login(head)
    return client


def test_every_page_of_the_overview_opens(reader: Client, clerk: User) -> None:
    fill(clerk, RETAIL, 2021, "10", 12, "2022-01-08")
    for url in (
        reverse("cockpit"),
        reverse("cockpit") + "?section=retail&known=2022-01-09",
        reverse("wall"),
        reverse("indicator", args=[RETAIL]),
        reverse("indicator", args=["retail.recovery"]),
        reverse("indicator", args=["assessment.rank"]),
    ):
        assert reader.get(url).status_code == 200, url


def test_an_empty_ledger_shows_missing_figures_and_no_zero(reader: Client) -> None:
    page = reader.get(reverse("cockpit")).content.decode()
    assert "缺数" in page
    assert reader.get(reverse("indicator", args=[RETAIL])).status_code == 200


def test_a_figure_leads_to_its_postings(reader: Client, clerk: User) -> None:
    fill(clerk, RETAIL, 2021, "10", 2, "2021-03-08")
    query = Query(RETAIL, Period.parse("2021"), HOME)
    url = reverse("figure", args=[query.reference(on("2021-03-09"))])
    page = reader.get(url).content.decode()
    assert page.count('href="/targets/postings/') >= 2
    part = reader.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "入账记录" in part


def test_a_figure_switches_between_recognised_and_with_what_is_pending(
    reader: Client, clerk: User
) -> None:
    fill(clerk, RETAIL, 2021, "10", 1, "2021-03-08")
    settled = Query(RETAIL, Period.parse("2021"), HOME).reference(on("2021-03-09"))
    assert "计入哪些数" not in reader.get(reverse("figure", args=[settled])).content.decode()
    fill(clerk, "investment.capital_in_place", 2021, "10", 2, "2021-03-08")
    query = Query("investment.capital_in_place", Period.parse("2021"), HOME)
    page = reader.get(reverse("figure", args=[query.reference(on("2021-03-09"))]))
    other = replace(query, counting=Counting.CLAIMED).reference(on("2021-03-09"))
    assert page.context["figure"].value == 0
    assert reverse("figure", args=[other]) in page.content.decode()
    page = reader.get(reverse("figure", args=[other]))
    assert page.context["figure"].value == 20
    (chosen,) = re.findall(r'<a class="chip on".*?</a>', page.content.decode(), re.DOTALL)
    assert "待认定" in chosen


def test_a_person_with_a_narrow_scope_is_told_how_much_they_do_not_see(
    client: Client, clerk: User, officer: User, park: OrgUnit
) -> None:
    fill(clerk, "investment.trips", 2021, "3", 2, "2021-03-08")
    own = line("investment.trips", "4", "2021-02-20", park)
    post(actor=officer, at=on("2021-03-09"), lines=[own], source="台账")
    client.force_login(officer)
    query = Query("investment.trips", Period.parse("2021"), HOME)
    page = client.get(reverse("figure", args=[query.reference(on("2021-03-10"))]))
    assert "另有2条不在您的数据范围内" in page.content.decode()


@pytest.mark.parametrize("reference", ["nonsense", "no.such/2021/420112", "retail.total/21/420112"])
def test_a_reference_that_names_nothing_is_not_found(reader: Client, reference: str) -> None:
    assert reader.get(reverse("figure", args=[reference])).status_code == 404


def test_an_unknown_indicator_is_not_found(reader: Client) -> None:
    assert reader.get(reverse("indicator", args=["no.such"])).status_code == 404


def test_the_search_finds_an_indicator_by_any_of_its_names(reader: Client) -> None:
    for words in ("社零", "到位资金", "trade.total", "Retail"):
        page = reader.get(reverse("search"), {"q": words}).content.decode()
        assert "/targets/indicators/" in page, words
