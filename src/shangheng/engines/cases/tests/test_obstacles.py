from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import translation

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit
from shangheng.engines.cases.access import access_meeting, access_obstacle
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import AgendaItem, Meeting, Obstacle, ObstacleState
from shangheng.engines.cases.selectors.register import (
    meetings_for,
    obstacles_for,
    open_obstacles_for,
    paper_of,
)
from shangheng.engines.cases.services import meetings, obstacles
from shangheng.engines.cases.services.meetings import Decision
from shangheng.engines.cases.tests.office import later, officer, project
from shangheng.methods.documents.plain import to_text

pytestmark = pytest.mark.django_db


def raised(
    owner: User,
    title: str = "110千伏线路未迁改",
    kind: str = "power",
    detail: str = "跨越地块\n须先迁改",
) -> Obstacle:
    return obstacles.raise_obstacle(
        actor=owner, at=AT, case=project(owner), kind=kind, title=title, detail=detail, owner=owner
    )


def meeting(convener: User) -> Meeting:
    return meetings.convene(
        actor=convener,
        at=AT,
        title="2021年第20次主任办公会",
        held_on=date(2021, 12, 10),
        chair="王主任",
        place="三楼会议室",
    )


def on_agenda(owner: User, at_meeting: Meeting, title: str) -> AgendaItem:
    return obstacles.escalate(
        actor=owner, at=AT, obstacle=raised(owner, title), meeting=at_meeting, asks="请明确牵头单位"
    )


def test_an_obstacle_goes_to_a_meeting_and_comes_back_with_a_decision(
    owner: User, head: User
) -> None:
    planned, power = meeting(head), officer(org_unit("gdj"))
    item = on_agenda(owner, planned, "线路未迁改")
    assert Obstacle.objects.get().state == ObstacleState.ESCALATED
    with pytest.raises(CannotDo, match="会议议程上"):
        obstacles.close_obstacle(actor=owner, at=AT, obstacle=item.obstacle, result="好了")
    meetings.close_meeting(
        actor=head,
        at=later(9),
        meeting=planned,
        attending="王主任、李局长",
        decisions={item.pk: Decision("供电公司年内迁改", power, date(2021, 12, 31))},
    )
    obstacle = Obstacle.objects.get()
    assert (obstacle.state, obstacle.owner, obstacle.due_on) == (
        "open", power, date(2021, 12, 31),
    )  # fmt: skip
    closed = obstacles.close_obstacle(
        actor=power, at=later(20), obstacle=obstacle, result="已迁改", seen=obstacle.version
    )
    assert (closed.state, closed.result) == ("closed", "已迁改")
    assert not open_obstacles_for(owner).exists()


def test_agenda_and_minutes_are_made_from_the_register(owner: User, head: User) -> None:
    planned = meeting(head)
    first, second = (on_agenda(owner, planned, title) for title in ("线路未迁改", "规划未批"))
    agenda = [(second.obstacle, "请规划局明确时间"), (first.obstacle, first.asks)]
    meetings.arrange(actor=head, at=AT, meeting=planned, agenda=agenda)
    with translation.override("en"):
        text = to_text(paper_of(head, planned, AT))
    assert "2021年第20次主任办公会议程" in text
    assert text.index("规划未批") < text.index("线路未迁改")
    assert "类别：供电" in text
    assert "提请议定：请明确牵头单位" in text
    assert "提请议定：请规划局明确时间" in text
    meetings.close_meeting(
        actor=head,
        at=later(9),
        meeting=planned,
        attending="全体",
        decisions={each.pk: Decision("由招商局牵头", owner) for each in (first, second)},
    )
    planned.refresh_from_db()
    minutes = to_text(paper_of(head, planned, AT))
    assert "2021年第20次主任办公会纪要" in minutes
    assert "会议议定：由招商局牵头" in minutes


def test_every_item_gets_a_decision_and_the_minutes_are_frozen(owner: User, head: User) -> None:
    planned = meeting(head)
    item = on_agenda(owner, planned, "线路未迁改")
    with pytest.raises(CannotDo, match="每个议题都要有议定事项"):
        meetings.close_meeting(actor=head, at=AT, meeting=planned, attending="全体", decisions={})
    meetings.close_meeting(
        actor=head, at=AT, meeting=planned, attending="全体",
        decisions={item.pk: Decision("暂缓", owner)},
    )  # fmt: skip
    with pytest.raises(CannotDo, match="纪要不再改动"):
        meetings.arrange(actor=head, at=AT, meeting=planned, agenda=[])
    for rows in (Meeting.objects.all(), AgendaItem.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_what_is_taken_off_the_agenda_is_open_again(owner: User, head: User) -> None:
    planned = meeting(head)
    on_agenda(owner, planned, "线路未迁改")
    meetings.arrange(actor=head, at=AT, meeting=planned, agenda=[])
    assert Obstacle.objects.get().state == ObstacleState.OPEN
    assert not planned.items.exists()


def test_an_agenda_lists_an_obstacle_once_and_comes_from_the_register(
    owner: User, head: User
) -> None:
    planned, row = meeting(head), raised(owner)
    with pytest.raises(CannotDo, match="只能列一次"):
        meetings.arrange(
            actor=head, at=AT, meeting=planned, agenda=[(row, "请议定"), (row, "请议定")]
        )
    with pytest.raises(CannotDo, match="提请会议议定什么"):
        meetings.arrange(actor=head, at=AT, meeting=planned, agenda=[(row, " ")])
    meetings.arrange(actor=head, at=AT, meeting=planned, agenda=[(row, "请议定")])
    assert planned.items.get().asks == "请议定"
    other = meeting(head)
    with pytest.raises(CannotDo, match="已列入会议议程"):
        meetings.arrange(actor=head, at=AT, meeting=other, agenda=[(row, "请议定")])


def test_what_is_taken_to_a_meeting_meanwhile_is_not_taken_off_unseen(
    owner: User, head: User
) -> None:
    planned = meeting(head)
    on_agenda(owner, planned, "线路未迁改")
    with pytest.raises(StaleEdit):
        meetings.arrange(actor=head, at=AT, meeting=planned, agenda=[], seen=planned.version)
    assert planned.items.count() == 1
    last = Row.objects.filter(target=f"cases.meeting:{planned.pk}").latest("number")
    assert (last.act, last.actor_id) == ("cases.meeting.add", owner.pk)


def test_closing_asks_for_a_result_and_of_two_the_second_is_told(owner: User) -> None:
    obstacle = raised(owner)
    with pytest.raises(CannotDo, match="销号要写明结果"):
        obstacles.close_obstacle(actor=owner, at=AT, obstacle=obstacle, result=" ")
    obstacles.hand_obstacle(
        actor=owner, at=AT, obstacle=obstacle, owner=officer(owner.unit),
        due_on=date(2021, 12, 20), reason="属其职责", seen=obstacle.version,
    )  # fmt: skip
    with pytest.raises(StaleEdit):
        obstacles.close_obstacle(
            actor=owner, at=AT, obstacle=obstacle, result="好了", seen=obstacle.version
        )


def test_only_those_it_concerns_may_touch_an_obstacle(owner: User) -> None:
    obstacle, stranger = raised(owner), officer(org_unit("bsb"))
    assert not obstacles_for(stranger).exists()
    with pytest.raises(PermissionDenied):
        obstacles.close_obstacle(actor=stranger, at=AT, obstacle=obstacle, result="好了")
    inspector = person("inspector", unit=owner.unit)
    assert access_obstacle(actor=inspector, pk=obstacle.pk) == obstacle
    with pytest.raises(PermissionDenied):
        access_obstacle(actor=inspector, pk=obstacle.pk, to="act")


def test_meetings_are_held_by_those_who_may_and_seen_by_those_they_concern(
    owner: User, head: User
) -> None:
    with pytest.raises(PermissionDenied):
        meeting(owner)
    planned = meeting(head)
    assert not meetings_for(owner).exists()
    on_agenda(owner, planned, "线路未迁改")
    assert access_meeting(actor=owner, pk=planned.pk) == planned
    with pytest.raises(PermissionDenied):
        access_meeting(actor=owner, pk=planned.pk, to="meet")


def test_a_kind_and_a_title_are_asked(owner: User) -> None:
    with pytest.raises(CannotDo, match="没有这一类堵点"):
        raised(owner, kind="weather")
    with pytest.raises(CannotDo, match="请写明是什么堵点"):
        raised(owner, title=" ")
