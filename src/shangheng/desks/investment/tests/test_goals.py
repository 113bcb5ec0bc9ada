from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.desks.investment.models import GoalClaim, Project
from shangheng.desks.investment.selectors.goals import DISTINCT, class_of
from shangheng.desks.investment.services import goals as services
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser
from shangheng.engines.cases.services import milestones
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.selectors.figures import figure
from shangheng.engines.ledger.services.recognition import CannotMove

SIGNED = date(2021, 11, 1)
_seconds = count(1)


def later() -> datetime:
    return AT + timedelta(seconds=next(_seconds))


def signed(owner: User, name: str, **told: Any) -> Project:
    row = office.project(owner, name, **told)
    milestones.record_milestone(
        actor=owner, at=AT, case=row.matter, stage="signed", occurred_on=SIGNED
    )
    row.matter.refresh_from_db()
    return row


@pytest.fixture
def plant(owner: User) -> Project:
    told = {"industry": "C39", "agreed_investment": Decimal(65), "currency": "CNY"}
    return signed(owner, "创维产业园", **told)


@pytest.fixture
def clerk(owner: User) -> User:
    return person("statistics_clerk", unit=owner.unit)


def claim(owner: User, project: Project, goal: str, **told: Any) -> GoalClaim:
    values = {"counts_on": SIGNED, **told}
    return services.claim_goal(actor=owner, at=later(), project=project, goal=goal, **values)


def total(code: str, counting: str = "claimed") -> Decimal | None:
    query = Query(code, Period.parse("2021"), "420112", counting=Counting(counting))
    return figure(query, known_at=AT + timedelta(days=1)).value


def test_a_project_counts_in_each_class_and_once_among_all(plant: Project, owner: User) -> None:
    claim(owner, plant, "industrial")
    claim(owner, plant, "industrial_50")
    claim(owner, plant, "digital", basis="新型显示")
    assert total("investment.structural.industrial") == 1
    assert total("investment.structural.digital") == 1
    assert total(DISTINCT) == 1


def test_what_a_class_asks_is_asked(plant: Project, owner: User) -> None:
    with pytest.raises(ValidationError, match="请写明"):
        claim(owner, plant, "digital")
    with pytest.raises(ValidationError, match="行业"):
        claim(owner, plant, "services")
    with pytest.raises(ValidationError, match="先计入"):
        claim(owner, plant, "industrial_50")
    with pytest.raises(ValidationError, match="没有这个类别"):
        claim(owner, plant, "industrial", counts_on=date(2020, 12, 31))
    claim(owner, plant, "industrial")
    with pytest.raises(ValidationError, match="已经计入"):
        claim(owner, plant, "industrial")
    small = signed(owner, "小项目", industry="C39", agreed_investment=Decimal("29.9"))
    with pytest.raises(ValidationError, match="不到30"):
        claim(owner, small, "industrial")


@given(st.decimals(min_value=0, max_value=1000, places=4))
def test_or_more_includes_the_number_itself(agreed: Decimal) -> None:
    goal = class_of("industrial")
    version = goal and goal.on(SIGNED)
    assert version
    assert (not list(version.unmet(agreed, "C39"))) == (agreed >= 30)


def test_recognised_stands_apart_from_claimed(plant: Project, owner: User, clerk: User) -> None:
    row, other = claim(owner, plant, "industrial"), claim(owner, plant, "digital", basis="显示")
    for one in (row, other):
        services.submit_goal(actor=clerk, at=later(), row=one)
    services.decide_goal(actor=clerk, at=later(), row=row)
    services.decide_goal(actor=clerk, at=later(), row=other, reason="unreadable")
    assert total("investment.structural.industrial", "recognised") == 1
    assert total("investment.structural.digital", "recognised") == 0
    assert total(DISTINCT, "recognised") == 1, "it is recognised in one of its classes"
    with pytest.raises(CannotMove, match="补充了什么"):
        services.submit_goal(actor=clerk, at=later(), row=other)
    services.submit_goal(actor=clerk, at=later(), row=other, note="补了材料")
    with pytest.raises(ValidationError, match="不能撤销"):
        services.withdraw_goal(actor=owner, at=later(), row=row, reason="错了")


def test_what_is_withdrawn_counts_no_more(plant: Project, owner: User) -> None:
    row = claim(owner, plant, "industrial")
    services.withdraw_goal(actor=owner, at=later(), row=row, reason="改报别类")
    assert not total("investment.structural.industrial")
    assert not total(DISTINCT)
    claim(owner, plant, "industrial")


def test_only_those_in_charge_claim_send_and_decide(
    plant: Project, owner: User, stranger: User
) -> None:
    with pytest.raises(PermissionDenied):
        claim(stranger, plant, "industrial")
    row = claim(owner, plant, "industrial")
    with pytest.raises(PermissionDenied):
        services.submit_goal(actor=owner, at=later(), row=row)
    with pytest.raises(PermissionDenied):
        services.decide_goal(actor=owner, at=later(), row=row)
    page = reverse("goal-withdraw", args=[row.pk])
    assert browser(stranger).get(page).status_code == 404


def test_classes_are_filled_and_decided_on_the_pages(
    plant: Project, owner: User, clerk: User
) -> None:
    mine, city = browser(owner), browser(clerk)
    page = reverse("goal-claim", args=[plant.pk, "digital"])
    assert mine.post(page, {"counts_on": "2021-11-01"}).status_code == 422
    assert mine.post(page, {"counts_on": "2021-11-01", "basis": "新型显示"}).status_code == 302
    assert mine.get(reverse("goal-claim", args=[plant.pk, "nothing"])).status_code == 404
    row = GoalClaim.objects.get()
    assert city.post(reverse("goal-submit", args=[row.pk]), {"note": ""}).status_code == 302
    reply = {"reason": "", "note": ""}
    assert city.post(reverse("goal-decide", args=[row.pk]), reply).status_code == 302
    assert "已认定" in mine.get(reverse("project-goals", args=[plant.pk])).text
    listed = reverse("structural")
    assert plant.name in mine.get(listed, {"period": "2021"}).text
    assert plant.name in mine.get(listed, {"period": "2021", "class": "digital"}).text
    assert plant.name not in mine.get(listed, {"period": "2021", "class": "services"}).text
    assert plant.name not in mine.get(listed, {"period": "2020"}).text


def test_a_project_counts_once_it_is_signed_and_is_flagged_when_its_signing_falls(
    plant: Project, owner: User
) -> None:
    told = {"industry": "C39", "agreed_investment": Decimal(65), "currency": "CNY"}
    with pytest.raises(ValidationError, match="没有签约"):
        claim(owner, office.project(owner, "在谈项目", **told), "industrial")
    claim(owner, plant, "industrial")
    own = reverse("project-goals", args=[plant.pk])
    pages = [own, reverse("structural") + "?period=2021"]
    assert not [page for page in pages if "签约已撤销" in browser(owner).get(page).text]
    signing = milestones.standing(plant.matter).get(stage="signed")
    milestones.reverse_milestone(actor=owner, at=AT, milestone=signing, reason="误记")
    for page in pages:
        assert "签约已撤销" in browser(owner).get(page).text
