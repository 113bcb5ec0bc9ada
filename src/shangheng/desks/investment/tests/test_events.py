from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.desks.investment.models import Event, Project, Stands
from shangheng.desks.investment.selectors.events import events_for
from shangheng.desks.investment.services import events as services
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser

DAY = date(2021, 10, 15)


def event(owner: User, **told: Any) -> Event:
    values: dict[str, Any] = {"kind": "fair", "name": "广交会", "session": "第130届"}
    values |= {"starts_on": DAY, "ends_on": date(2021, 10, 19), **told}
    assert owner.unit
    return services.enter_event(actor=owner, at=AT, unit=owner.unit, values=values)


def stands(owner: User, row: Event, **told: Any) -> Stands:
    values = {
        "organisation": "武汉某某机电",
        "hall": "机械",
        "applied": 4,
        "allotted": None,
        **told,
    }
    return services.set_stands(actor=owner, at=AT, event=row, values=values)


def test_what_an_event_came_to_is_counted_once(project: Project, owner: User) -> None:
    row = event(owner)
    other = office.project(owner, "海尔智谷", agreed_investment=Decimal(40), currency="CNY")
    for one, outcome in ((project, "intent"), (other, "signed")):
        services.set_outcome(actor=owner, at=AT, event=row, project=one, outcome=outcome)
    stands(owner, row)
    stands(owner, row, hall="电子", applied=2, allotted=1)
    found: Any = events_for(owner).get()
    assert (found.projects, found.signed, found.agreed) == (2, 1, Decimal(40))
    assert (found.applied, found.allotted) == (6, 1)
    services.set_outcome(actor=owner, at=AT, event=row, project=project, outcome="signed")
    again: Any = events_for(owner).get()
    assert (again.projects, again.signed) == (2, 2)


def test_stands_are_allotted_later_and_never_beyond_what_was_asked(owner: User) -> None:
    row = event(owner)
    first = stands(owner, row)
    with pytest.raises(ValidationError, match="多于申请"):
        stands(owner, row, allotted=5)
    assert stands(owner, row, allotted=3) == first
    assert Stands.objects.get().allotted == 3
    talk = event(owner, kind="talk", session="")
    with pytest.raises(ValidationError, match="只有展会"):
        stands(owner, talk)


def test_days_and_session_are_asked(owner: User) -> None:
    with pytest.raises(ValidationError, match="届次"):
        event(owner, session=" ")
    with pytest.raises(ValidationError, match="早于开始"):
        event(owner, ends_on=date(2021, 10, 14))


def test_events_belong_to_their_unit(project: Project, owner: User, stranger: User) -> None:
    row = event(owner)
    with pytest.raises(PermissionDenied):
        stands(stranger, row)
    with pytest.raises(PermissionDenied):
        services.set_outcome(actor=stranger, at=AT, event=row, project=project, outcome="met")
    assert browser(stranger).get(reverse("event", args=[row.pk])).status_code == 404
    assert row.name not in browser(stranger).get(reverse("events")).text


def test_an_event_on_its_pages(project: Project, owner: User) -> None:
    mine = browser(owner)
    told: dict[str, Any] = {
        "kind": "fair",
        "name": "广交会",
        "starts_on": "2021-10-15",
        "ends_on": "2021-10-19",
    }
    told |= {"unit": owner.unit_id}
    assert mine.post(reverse("event-new"), told).status_code == 422
    assert mine.post(reverse("event-new"), told | {"session": "第130届"}).status_code == 302
    row = Event.objects.get()
    outcome = reverse("event-outcome", args=[row.pk])
    assert mine.post(outcome, {"project": 99999, "outcome": "met"}).status_code == 422
    assert mine.post(outcome, {"project": project.pk, "outcome": "met"}).status_code == 302
    page = reverse("event-stands", args=[row.pk])
    wanted = {"organisation": "武汉某某机电", "applied": "4", "allotted": "2"}
    assert mine.post(page, wanted).status_code == 302
    text = mine.get(reverse("event", args=[row.pk])).text
    assert project.name in text
    assert "武汉某某机电" in text
    assert row.name in mine.get(reverse("events")).text


def test_an_event_is_put_right_and_the_second_editor_is_told(owner: User) -> None:
    assert owner.unit
    day = date(2021, 11, 1)
    values = {"kind": "talk", "name": "推介会", "starts_on": day, "ends_on": day}
    row = services.enter_event(actor=owner, at=AT, unit=owner.unit, values=values)
    page, seen = reverse("event-edit", args=[row.pk]), browser(owner)
    told = office.sent(seen.get(page).context["form"], place="深圳")
    assert seen.post(page, told).status_code == 302
    row.refresh_from_db()
    assert (row.place, row.version) == ("深圳", 2)
    again = seen.post(page, told | {"place": "东莞"})
    assert again.status_code == 409
    assert "深圳" in again.text
