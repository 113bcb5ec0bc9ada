from datetime import date
from decimal import Decimal

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.core.search.finding import search
from shangheng.core.search.services import differences
from shangheng.desks.investment.models import Project, Space
from shangheng.desks.investment.services import money
from shangheng.desks.investment.services.handling import handled
from shangheng.desks.investment.services.projects import change_project
from shangheng.desks.investment.services.spaces import enter_space, remove_space
from shangheng.engines.cases.services import people


def found(user: User, text: str) -> dict[str, list[str]]:
    return {group.code: [hit.title for hit in group.hits] for group in search(user, text, 50)}


def pay(owner: User, project: Project) -> None:
    values = {
        "paid_on": date(2021, 11, 1),
        "kind": "bank_receipt",
        "number": "HD-2021-0077",
        "amount": Decimal(3000),
        "currency": "CNY",
        "payer": "创维集团有限公司",
    }
    money.enter_arrival(actor=owner, at=AT, project=project, values=values)
    left = {"paid_on": date(2021, 11, 20), "amount": Decimal(900), "currency": "CNY"}
    left |= {"payee": "武汉新联贸易有限公司", "purpose": "往来款"}
    money.enter_outflow(actor=owner, at=AT, project=project, values=left)


def space(owner: User) -> Space:
    values = {"code": "CT-014", "name": "临空港3号厂房", "kind": "plant", "area": Decimal(6000)}
    return enter_space(actor=owner, at=AT, values=values | {"unit": owner.unit})


def test_money_is_found_by_voucher_project_and_party(owner: User, project: Project) -> None:
    pay(owner, project)
    for text in ("HD-2021-0077", "hd20210077", "创维产业园", "创维集团", "cwcyy"):
        assert found(owner, text)["arrivals"] == ["创维产业园"], text
    for text in ("往来款", "新联贸易"):
        assert found(owner, text)["outflows"] == ["创维产业园"], text


def test_nobody_finds_money_of_projects_they_may_not_see(
    owner: User, stranger: User, project: Project
) -> None:
    pay(owner, project)
    assert found(stranger, "HD-2021-0077") == {}
    assert found(stranger, "创维") == {"organisations": ["创维集团有限公司"]}, "seen by all"


def test_what_is_found_of_money_follows_its_project(
    owner: User, stranger: User, project: Project
) -> None:
    pay(owner, project)
    change_project(actor=owner, at=AT, row=project, values={"name": "康佳产业园"}, seen=None)
    assert found(owner, "康佳")["arrivals"] == ["康佳产业园"]
    handled(
        actor=owner,
        at=AT,
        row=project,
        act=lambda: people.transfer(
            actor=owner, at=AT, case=project.matter, to=stranger, reason="归口"
        ),
    )
    assert "arrivals" in found(stranger, "HD-2021-0077")
    assert differences() == []


def test_spaces_are_found_by_all_until_they_are_removed(owner: User, stranger: User) -> None:
    row = space(owner)
    for text in ("CT-014", "3号厂房", "lkg"):
        assert found(stranger, text)["spaces"] == ["临空港3号厂房"], text
    remove_space(actor=owner, at=AT, row=row)
    assert found(stranger, "CT-014") == {}
