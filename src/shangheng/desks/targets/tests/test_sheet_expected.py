"""What other desks expect, taken up as growth points: read, ticked, never silently."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.api import limits
from shangheng.core.api.tests.callers import Caller, problem
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit
from shangheng.desks.targets.models import GrowthPoint
from shangheng.desks.targets.selectors.sheet_expected import expected_of
from shangheng.desks.targets.services.sheets import (
    adopt_expected,
    open_draft,
    remove_growth_point,
    sign,
)
from shangheng.desks.targets.tests.desk import at_desk
from shangheng.desks.targets.tests.sheets import (
    LATER,
    TRADE,
    draft,
    noon,
    post_trade,
    set_trade,
    wanted,
)
from shangheng.engines.ledger import expectations
from shangheng.engines.ledger.expectations import About, Expected, Offer, Told
from shangheng.engines.ledger.models import TargetSheet
from tests.house.query_counts import pinned

RICE = Expected(
    "7", "大米码头", date(2022, 5, 1), Decimal("1.5"), Decimal("2.5"), Decimal("60.0"), "等供电"
)
TEA = Expected("8", "红茶仓", date(2022, 9, 1), Decimal(1), Decimal(1), Decimal("33.3"))


class Ship:
    """A desk that expects ships; tests change what it says."""

    def __init__(self) -> None:
        self.items = [RICE, TEA]
        self.asked: list[About] = []

    def tell(self, about: About) -> Told:
        """What it expects of any year."""
        self.asked.append(about)
        return Told(self.items, "船期，用1月10日以前的事实", 3, "没有船来。")


@pytest.fixture
def ship(monkeypatch: pytest.MonkeyPatch) -> Ship:
    monkeypatch.setattr(expectations, "_offers", dict(expectations._offers))
    desk = Ship()
    expectations.register(
        Offer("ships", "船期", TRADE, "investment.view", "projects", desk.tell, "/ships/{}/".format)
    )
    return desk


@pytest.fixture
def sheet(clerk: User, bureau: OrgUnit) -> TargetSheet:
    post_trade(clerk, bureau)
    return draft(clerk)


@pytest.fixture
def desk(clerk: User) -> Client:
    return at_desk(clerk)


def path_of(sheet: TargetSheet) -> str:
    return f"/targets/sheets/{sheet.pk}/indicators/{TRADE}/expected/"


def marks(actor: User, sheet: TargetSheet) -> list[str]:
    """What is offered and not yet taken up, as the page sends it."""
    [group] = expected_of(actor=actor, sheet=sheet, indicator=TRADE, known_at=noon(LATER))
    return [line.mark for line in group.open]


def caller(who: User) -> Caller:
    limits.forget()
    return Caller(who)


def adopt(actor: User, sheet: TargetSheet, *chosen: str) -> list[GrowthPoint]:
    return adopt_expected(
        actor=actor,
        at=noon(LATER),
        sheet=sheet,
        indicator=TRADE,
        known_at=noon(LATER),
        chosen=chosen,
    )


def test_what_is_offered_is_listed_with_its_figures_and_its_way_back(
    desk: Client, sheet: TargetSheet, ship: Ship
) -> None:
    text = desk.get(path_of(sheet) + "?known=2022-01-10").text
    for words in ("大米码头", "2022年5月1日", "1.5—2.5", "60.0", "等供电", "/ships/7/", "另有3个"):
        assert words in text
    assert (ship.asked[-1].year, ship.asked[-1].known_at.day) == (2022, 10)
    assert not GrowthPoint.objects.exists(), "reading takes nothing up"


def test_what_is_ticked_and_nothing_else_becomes_a_growth_point(
    desk: Client, clerk: User, sheet: TargetSheet, ship: Ship
) -> None:
    rice, _tea = marks(clerk, sheet)
    answer = desk.post(path_of(sheet), {"row": [rice]}, follow=True)
    assert "已采用1个增长点" in answer.text
    row = GrowthPoint.objects.get()
    assert (row.name, row.due_on, row.probability) == ("大米码头", date(2022, 5, 1), Decimal(60))
    assert (row.low_amount, row.high_amount) == (15 * 10**9, 25 * 10**9)
    assert (row.origin, row.note, row.source) == ("ships:7", "等供电", "船期，用1月10日以前的事实")
    [act] = Row.objects.filter(act="targets.point.add")
    assert act.after is not None
    assert act.after["origin"] == "ships:7"
    assert "/ships/7/" in desk.get(f"/targets/sheets/{sheet.pk}/points/{row.pk}/").text


def test_what_was_taken_up_is_marked_and_not_offered_twice(
    desk: Client, clerk: User, sheet: TargetSheet, ship: Ship
) -> None:
    rice, tea = marks(clerk, sheet)
    adopt(clerk, sheet, rice)
    text = desk.get(path_of(sheet)).text
    assert "可采用1个，已采用1个" in text
    assert (rice in text, tea in text, "与表里不同" in text) == (False, True, False)
    with pytest.raises(StaleEdit):
        adopt(clerk, sheet, rice, tea)
    assert GrowthPoint.objects.count() == 1, "all or nothing"
    ship.items[0] = replace(RICE, chance=Decimal(70))
    assert "与表里不同" in desk.get(path_of(sheet)).text


def test_taking_it_out_of_the_sheet_offers_it_again(
    clerk: User, sheet: TargetSheet, ship: Ship
) -> None:
    [row] = adopt(clerk, sheet, marks(clerk, sheet)[0])
    remove_growth_point(actor=clerk, at=noon(LATER), row=row)
    assert len(marks(clerk, sheet)) == 2


def test_nobody_takes_up_what_they_have_not_seen(
    desk: Client, clerk: User, sheet: TargetSheet, ship: Ship
) -> None:
    rice, tea = marks(clerk, sheet)
    ship.items[0] = replace(RICE, high=Decimal(3))
    late = desk.post(path_of(sheet), {"row": [rice, tea]})
    assert late.status_code == 409
    assert "1.5—3" in late.text
    assert late.text.count(" checked") == 1, "what stayed as it was stays ticked"
    assert not GrowthPoint.objects.exists()


def test_ticking_nothing_and_offering_nothing_are_said_in_words(
    desk: Client, sheet: TargetSheet, ship: Ship
) -> None:
    assert desk.post(path_of(sheet)).status_code == 422
    ship.items = []
    assert "没有船来。" in desk.get(path_of(sheet)).text
    none = f"/targets/sheets/{sheet.pk}/indicators/retail.total/expected/"
    assert desk.get(none).status_code == 404


def test_who_may_not_see_the_records_is_offered_none_of_them(
    desk: Client, clerk: User, sheet: TargetSheet, ship: Ship
) -> None:
    [offer] = expectations.offers(TRADE)
    expectations.register(replace(offer, permission="targets.sign"))
    text = desk.get(path_of(sheet)).text
    assert "您看不到这些预测" in text
    assert "大米码头" not in text
    assert not ship.asked


@pytest.mark.parametrize("role", ["director", "section_head", "investment_officer"])
def test_only_who_proposes_takes_up(
    role: str, bureau: OrgUnit, sheet: TargetSheet, ship: Ship
) -> None:
    client = at_desk(person(role, unit=bureau))
    assert client.get(path_of(sheet)).status_code == 403
    assert client.post(path_of(sheet)).status_code == 403


def test_a_signed_sheet_takes_nothing_up_and_its_next_version_remembers(
    clerk: User, bureau: OrgUnit, desk: Client, sheet: TargetSheet, ship: Ship
) -> None:
    rice, tea = marks(clerk, sheet)
    adopt(clerk, sheet, rice)
    set_trade(clerk, sheet, expected=wanted("300"))
    sign(actor=person("director", unit=bureau), at=noon(LATER), sheet=sheet)
    assert desk.post(path_of(sheet), {"row": [tea]}).status_code == 404
    later = open_draft(actor=clerk, at=noon(LATER), year=2022, source="调整")
    assert marks(clerk, later) == [tea]


def test_the_page_takes_a_pinned_number_of_queries(
    desk: Client, clerk: User, sheet: TargetSheet, ship: Ship
) -> None:
    adopt(clerk, sheet, marks(clerk, sheet)[0])
    desk.get(path_of(sheet))
    with pinned("sheet-expected"):
        desk.get(path_of(sheet))


def test_a_program_reads_takes_up_and_takes_out_again_as_the_page_does(
    clerk: User, sheet: TargetSheet, ship: Ship
) -> None:
    program = caller(clerk)
    path = f"targets/sheets/{sheet.pk}"
    at = f"{path}/indicators/{TRADE}/expected"
    [group] = program.get(at).json()
    assert (group["offer"], group["unlisted"], group["seen"]) == ("ships", 3, True)
    rice, tea = group["lines"]
    assert (rice["name"], rice["low"], rice["high"], rice["probability"]) == (
        "大米码头", "1.5", "2.5", "60",
    )  # fmt: skip
    read = program.get(path)
    taken = program.post(at, {"marks": [rice["mark"]]}, If_Match=read["ETag"])
    assert taken.status_code == 201, taken.content
    [point] = taken.json()["points"]
    assert point["name"] == "大米码头"
    assert [one["point"] for one in program.get(at).json()[0]["lines"]] == [point["id"], None]
    problem(program.post(at, {"marks": [tea["mark"]]}, If_Match=read["ETag"]), 412)
    twice = {"marks": [rice["mark"], tea["mark"]]}
    problem(program.post(at, twice, If_Match=taken["ETag"]), 409)
    assert GrowthPoint.objects.count() == 1, "all or nothing"
    removed = program.delete(f"{path}/points/{point['id']}", If_Match=taken["ETag"])
    assert removed.json()["points"] == []
    assert len(marks(clerk, sheet)) == 2, "it is offered again"


def test_a_program_is_offered_what_its_owner_may_see_of_drafts_alone(
    clerk: User, bureau: OrgUnit, sheet: TargetSheet, ship: Ship
) -> None:
    at = f"targets/sheets/{sheet.pk}/indicators/{TRADE}/expected"
    problem(caller(person("director", unit=bureau)).get(at), 403)
    problem(caller(clerk).get(at.replace(TRADE, "retail.total")), 404)
    [offer] = expectations.offers(TRADE)
    expectations.register(replace(offer, permission="targets.sign"))
    [group] = caller(clerk).get(at).json()
    assert (group["seen"], group["lines"]) == (False, [])
    set_trade(clerk, sheet, expected=wanted("300"))
    sign(actor=person("director", unit=bureau), at=noon(LATER), sheet=sheet)
    problem(caller(clerk).get(at), 409)
