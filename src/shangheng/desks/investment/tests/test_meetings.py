"""Two people at the agenda or at the minutes of one meeting: nobody's entries are lost."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.tests.office import browser, sent
from shangheng.engines.cases.models import Meeting, Obstacle
from shangheng.engines.cases.services import meetings, obstacles


@pytest.fixture
def rows(project: Project, owner: User) -> list[Obstacle]:
    return [
        obstacles.raise_obstacle(
            actor=owner, at=AT, case=project.matter, kind="land", title=title, owner=owner
        )
        for title in ("用地指标不足", "供电未接入", "规划未调整")
    ]


@pytest.fixture
def planned(head: User, rows: list[Obstacle]) -> Meeting:
    """A meeting with the first two on its agenda."""
    row = meetings.convene(
        actor=head, at=AT, title="主任办公会", held_on=date(2021, 12, 3), chair="主任"
    )
    agenda = [(rows[0], "请议定指标"), (rows[1], "请接入供电")]
    meetings.arrange(actor=head, at=AT, meeting=row, agenda=agenda)
    row.refresh_from_db()
    return row


def titles(meeting: Meeting) -> list[str]:
    return [item.obstacle.title for item in meeting.items.order_by("position")]


def resent(conflict: Any, **choices: str) -> dict[str, Any]:
    """What a browser sends of the page with both sides, with what was chosen of each field."""
    data: dict[str, Any] = {"version": conflict.version}
    for side in conflict.sides:
        data[side.name] = "".join(side.my_values)
        data[f"initial-{side.name}"] = "".join(side.their_values)
        if side.differs:
            data[f"choose-{side.name}"] = choices.get(side.name, side.choice)
    return data


def test_the_second_who_sets_an_agenda_sees_both_sides_and_chooses(
    planned: Meeting, rows: list[Obstacle], owner: User, head: User
) -> None:
    seen, page = browser(head), reverse("meeting-agenda", args=[planned.pk])
    form = seen.get(page).context["form"]
    first, second, third = (row.pk for row in rows)
    mine = sent(form, **{f"place{first}": 3, f"asks{first}": "请核定指标"})
    obstacles.escalate(actor=owner, at=AT, obstacle=rows[2], meeting=planned, asks="请调整规划")
    answer = seen.post(page, mine)
    assert answer.status_code == 409
    assert owner.display_name in answer.text
    assert titles(planned) == ["用地指标不足", "供电未接入", "规划未调整"]
    conflict = answer.context["conflict"]
    sides = {side.name: side for side in conflict.differing}
    assert (sides[f"asks{first}"].mine, sides[f"asks{first}"].choice) == ("请核定指标", "mine")
    assert (sides[f"place{third}"].theirs, sides[f"place{third}"].choice) == ("3", "theirs")
    assert seen.post(page, resent(conflict)).status_code == 302
    assert titles(planned) == ["供电未接入", "用地指标不足", "规划未调整"]
    assert planned.items.get(obstacle=first).asks == "请核定指标"
    assert planned.items.get(obstacle=second).asks == "请接入供电"


def test_what_another_took_off_can_be_put_back(
    planned: Meeting, rows: list[Obstacle], head: User
) -> None:
    seen, page = browser(head), reverse("meeting-agenda", args=[planned.pk])
    first = rows[0].pk
    mine = sent(seen.get(page).context["form"], **{f"place{first}": 9})
    meetings.arrange(actor=head, at=AT, meeting=planned, agenda=[(rows[1], "请接入供电")])
    conflict = seen.post(page, mine).context["conflict"]
    assert {side.name: side.choice for side in conflict.differing}[f"place{first}"] == ""
    told = resent(conflict, **{f"place{first}": "mine", f"asks{first}": "mine"})
    assert seen.post(page, told).status_code == 302
    assert titles(planned) == ["供电未接入", "用地指标不足"]


def test_an_obstacle_that_was_closed_meanwhile_is_told_and_nothing_is_lost(
    planned: Meeting, rows: list[Obstacle], owner: User, head: User
) -> None:
    seen, page = browser(head), reverse("meeting-agenda", args=[planned.pk])
    mine = sent(seen.get(page).context["form"], **{f"asks{rows[2].pk}": "请调整规划"})
    obstacles.close_obstacle(actor=owner, at=AT, obstacle=rows[2], result="已调整")
    answer = seen.post(page, mine)
    assert answer.status_code == 422
    assert "堵点“规划未调整”已经销号" in answer.text
    assert "请调整规划" in answer.text


def decided(form: Any, who: User, **told: Any) -> dict[str, Any]:
    texts = {name: "由资规局落实" for name in form.fields if name.startswith("text")}
    people = {name: who.pk for name in form.fields if name.startswith("person")}
    dues = {name: "2021-12-31" for name in form.fields if name.startswith("due")}
    return sent(form, attending="各局", **(texts | people | dues | told))


def test_minutes_are_kept_when_the_agenda_has_changed_meanwhile(
    planned: Meeting, rows: list[Obstacle], owner: User, head: User
) -> None:
    seen, page = browser(head), reverse("meeting-close", args=[planned.pk])
    mine = decided(seen.get(page).context["form"], owner)
    obstacles.escalate(actor=owner, at=AT, obstacle=rows[2], meeting=planned, asks="请调整规划")
    answer = seen.post(page, mine)
    assert answer.status_code == 409
    told = resent(answer.context["conflict"])
    answer = seen.post(page, told)
    assert answer.status_code == 422, "what came on the agenda has yet to be decided"
    assert "由资规局落实" in answer.text
    item = planned.items.get(obstacle=rows[2])
    told |= {f"text{item.pk}": "暂缓", f"person{item.pk}": owner.pk}
    assert seen.post(page, told).status_code == 302
    assert planned.items.filter(decision="由资规局落实").count() == 2


def test_who_comes_after_the_minutes_are_frozen_still_sees_their_own(
    planned: Meeting, owner: User, head: User
) -> None:
    seen, page = browser(head), reverse("meeting-close", args=[planned.pk])
    mine = decided(seen.get(page).context["form"], owner)
    decisions = {item.pk: meetings.Decision("由招商局牵头", owner) for item in planned.items.all()}
    meetings.close_meeting(
        actor=head, at=AT, meeting=planned, attending="全体", decisions=decisions
    )
    answer = seen.post(page, mine)
    assert answer.status_code == 409
    for text in ("由资规局落实", "由招商局牵头", "纪要不再改动"):
        assert text in answer.text
    assert "按所选保存" not in answer.text
    assert set(planned.items.values_list("decision", flat=True)) == {"由招商局牵头"}
