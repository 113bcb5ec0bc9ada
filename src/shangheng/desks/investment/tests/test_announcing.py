import json
from datetime import date, timedelta
from decimal import Decimal
from ipaddress import ip_network

import pytest
from pytest_django import Settings

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.notices import outlets, robots
from shangheng.core.notices.delivery import deliver_due
from shangheng.core.notices.models import Event, Notice
from shangheng.core.notices.tests.standin import other_system
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.services import money, submitting
from shangheng.desks.investment.services.handling import handled
from shangheng.desks.investment.services.submitting import Decision
from shangheng.desks.investment.tests.test_handling import sign
from shangheng.desks.investment.tests.test_money import arrival, later
from shangheng.engines.cases.services import milestones, moving
from shangheng.engines.cases.services.milestones import standing


def kinds() -> list[str]:
    told = Event.objects.order_by("pk").values_list("kind", flat=True)
    return [kind for kind in told if kind.startswith(("project.", "arrival."))]


def test_a_signed_project_is_told_to_its_team_and_not_to_who_signed(
    project: Project, owner: User
) -> None:
    helper = person("investment_officer", unit=project.matter.unit)
    project.team.add(helper)
    sign(owner, project)
    assert kinds() == ["project.signed"]
    event = Event.objects.get(kind="project.signed")
    assert event.source == f"investment.project:{project.pk}"
    assert event.texts["zh-hans"]["subject"] == "“创维产业园”到达“签约”"
    assert event.texts["en"]["subject"] == "“创维产业园” has reached “Signed”"
    told = Notice.objects.filter(event=event).values_list("receiver", flat=True)
    assert list(told) == [helper.pk]


def test_a_step_that_is_undone_is_told_as_well(project: Project, owner: User) -> None:
    sign(owner, project)
    handled(
        actor=owner, at=AT, row=project,
        act=lambda: moving.undo(actor=owner, at=AT, case=project.matter),
    )  # fmt: skip
    assert kinds() == ["project.signed", "project.milestone_undone"]


def test_a_corrected_day_is_an_old_milestone_undone_and_a_new_one(
    project: Project, owner: User
) -> None:
    sign(owner, project)
    row = standing(project.matter).get(stage="signed")
    handled(
        actor=owner, at=AT, row=project,
        act=lambda: milestones.correct_milestone(
            actor=owner, at=AT, milestone=row, occurred_on=date(2021, 11, 22), reason="写错"
        ),
    )  # fmt: skip
    assert kinds() == ["project.signed", "project.milestone_undone", "project.signed"]
    body = Event.objects.filter(kind="project.signed").order_by("pk").last()
    assert body is not None
    assert body.texts["zh-hans"]["body"] == "日期：2021-11-22"


def test_money_is_told_of_from_the_voucher_to_the_reply(project: Project, owner: User) -> None:
    clerk = person("statistics_clerk", unit=project.matter.unit)
    row = arrival(owner, project)
    batch = submitting.submit_batch(actor=clerk, at=later(), arrivals=[row], name="第一批")
    submitting.record_reply(
        actor=clerk,
        at=later(),
        batch=batch,
        decisions=[Decision(row, Decimal("0.2"), Decimal("0.1"), "fiscal_money")],
        replied_on=date(2021, 12, 1),
    )
    assert kinds() == ["arrival.entered", "arrival.recognised", "arrival.rejected"]
    rejected = Event.objects.get(kind="arrival.rejected")
    assert rejected.texts["zh-hans"]["subject"] == "“创维产业园”的到资被拒统0.1亿元"
    assert rejected.texts["zh-hans"]["body"], "the reason of the city"
    assert Notice.objects.filter(event=rejected, receiver=owner).exists()


def test_money_that_is_taken_back_is_told_with_its_reason(project: Project, owner: User) -> None:
    row = arrival(owner, project)
    money.take_back_arrival(actor=owner, at=later(), row=row, reason="重复登记")
    event = Event.objects.get(kind="arrival.taken_back")
    assert event.texts["zh-hans"]["body"] == "重复登记"


def test_another_system_is_sent_a_signed_message_again_until_it_takes_it(
    project: Project, owner: User, settings: Settings
) -> None:
    settings.OUTGOING_NETWORKS = [ip_network("127.0.0.0/8")]
    with other_system() as other:
        _outlet, secret = outlets.create_outlet(
            actor=owner, at=AT, name="对方", service="webhook", address=f"{other.url}/hook",
            kinds=["project.signed"], language="zh-hans",
        )  # fmt: skip
        sign(owner, project)
        other.answer = (503, {})
        deliver_due(at=AT)
        other.answer = None
        deliver_due(at=AT + timedelta(minutes=2))
        deliver_due(at=AT + timedelta(minutes=9))
    [(_path, headers, body)] = other.taken
    stamp = int(headers["webhook-timestamp"])
    signed = robots.signature(secret, headers["webhook-id"], stamp, body)
    assert headers["webhook-signature"] == signed
    told = json.loads(body)
    assert told["type"] == "project.signed"
    assert told["data"]["source"] == f"investment.project:{project.pk}"


@pytest.mark.parametrize("kind", ["project.signed", "arrival.rejected"])
def test_every_kind_can_be_chosen_for_an_outlet(kind: str) -> None:
    assert kind in dict(outlets.kind_choices())
