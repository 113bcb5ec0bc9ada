from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.database.edits import StaleEdit
from shangheng.core.notices.models import Notice
from shangheng.engines.cases.access import access_case
from shangheng.engines.cases.errors import CannotDo, GateClosed
from shangheng.engines.cases.models import Signing, Task
from shangheng.engines.cases.selectors.cases import visible_to
from shangheng.engines.cases.services import moving, obstacles, overriding, people, talking, tasks
from shangheng.engines.cases.tests.office import (
    attached,
    fill,
    head,
    later,
    officer,
    project,
    signed_project,
)

pytestmark = pytest.mark.django_db


def told(person: User) -> list[str]:
    return [each.event.kind for each in Notice.objects.filter(receiver=person).order_by("pk")]


def asked(case_owner: User, *signers: User) -> tuple[Signing, ...]:
    case = project(case_owner, investor="创维")
    return tuple(
        people.ask_signatures(actor=case_owner, at=AT, case=case, people=signers, question="请会签")
    )


def test_a_case_waits_until_everybody_who_was_asked_has_agreed(owner: User) -> None:
    first, second = officer(owner.unit), officer(owner.unit)
    one, other = asked(owner, first, second)
    people.sign(actor=first, at=AT, signing=one, agreed=True)
    with pytest.raises(GateClosed, match=f"{second.display_name}还没有会签"):
        moving.move(actor=owner, at=AT, case=one.case, transition="negotiate")
    people.sign(actor=second, at=AT, signing=other, agreed=False, note="资金来源不明")
    with pytest.raises(GateClosed, match="会签不同意"):
        moving.move(actor=owner, at=AT, case=one.case, transition="negotiate")
    [again] = people.ask_signatures(
        actor=owner, at=AT, case=one.case, people=[second], question="已补充资金证明"
    )
    people.sign(actor=second, at=AT, signing=again, agreed=True)
    moving.move(actor=owner, at=AT, case=one.case, transition="negotiate")
    assert told(owner) == ["case.answered"] * 3


def test_a_signature_belongs_to_one_visit_of_a_stage(owner: User) -> None:
    signer = officer(owner.unit)
    [one] = asked(owner, signer)
    people.sign(actor=signer, at=AT, signing=one, agreed=True)
    case = one.case
    moving.move(actor=owner, at=AT, case=case, transition="negotiate")
    [late] = people.ask_signatures(actor=owner, at=AT, case=case, people=[signer], question="再签")
    moving.send_back(actor=owner, at=AT, case=case, stage="lead", reason="重来")
    with pytest.raises(CannotDo, match="已离开当时的环节"):
        people.sign(actor=signer, at=AT, signing=late, agreed=True)
    assert people.open_signings(signer) == []


def test_an_added_signature_comes_before_that_of_who_added_it(owner: User) -> None:
    first, added = officer(owner.unit), officer(owner.unit)
    [one] = asked(owner, first)
    extra = people.add_signature(actor=first, at=AT, signing=one, person=added, question="请先看")
    with pytest.raises(CannotDo, match="加签的人还没有答复"):
        people.sign(actor=first, at=AT, signing=one, agreed=True)
    people.sign(actor=added, at=AT, signing=extra, agreed=True)
    people.sign(actor=first, at=AT, signing=one, agreed=True)


def test_only_the_person_who_was_asked_signs_and_only_once(owner: User) -> None:
    signer = officer(owner.unit)
    [one] = asked(owner, signer)
    with pytest.raises(PermissionDenied):
        people.sign(actor=owner, at=AT, signing=one, agreed=True)
    with pytest.raises(CannotDo, match="不同意要写明理由"):
        people.sign(actor=signer, at=AT, signing=one, agreed=False)
    people.sign(actor=signer, at=AT, signing=one, agreed=True)
    with pytest.raises(CannotDo, match="已经答复"):
        people.sign(actor=signer, at=AT, signing=one, agreed=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Signing.objects.filter(pk=one.pk).update(agreed=False)


def test_who_is_asked_may_see_the_case_and_others_elsewhere_may_not(owner: User) -> None:
    stranger, signer = officer(org_unit("bsb")), officer(org_unit("spb"))
    [one] = asked(owner, signer)
    assert access_case(actor=signer, pk=one.case_id) == one.case
    assert not visible_to(stranger).exists()
    with pytest.raises(Http404):
        access_case(actor=stranger, pk=one.case_id)
    with pytest.raises(PermissionDenied):
        access_case(actor=signer, pk=one.case_id, to="act")


def test_two_people_pass_a_gate_together_with_a_reason(owner: User, head: User) -> None:
    case = project(owner)
    asked_for = overriding.ask_override(
        actor=owner, at=AT, case=case, transition="negotiate", reason="投资方要求保密", second=head
    )
    assert asked_for.lacks == [{"lack": "field", "codes": ["investor"]}]
    assert overriding.waiting_overrides(asked_for.case) == [asked_for]
    decided = overriding.decide_override(actor=head, at=later(1), override=asked_for, granted=True)
    case.refresh_from_db()
    step = case.steps.last()
    assert step is not None
    assert (case.stage, step.actor, step.override, step.reason) == (
        "negotiation", owner, decided, "投资方要求保密",
    )  # fmt: skip
    assert (told(head), told(owner)) == (["case.asked"], ["case.answered"])


def test_nobody_agrees_to_what_they_asked_themselves(owner: User, head: User) -> None:
    case = project(head)
    with pytest.raises(CannotDo, match="另一个人"):
        overriding.ask_override(
            actor=head, at=AT, case=case, transition="negotiate", reason="急", second=head
        )
    office_head = person("section_head", unit=owner.unit)
    asked_for = overriding.ask_override(
        actor=head, at=AT, case=case, transition="negotiate", reason="急", second=office_head
    )
    with pytest.raises(CannotDo, match="另一个人"):
        overriding.decide_override(actor=head, at=AT, override=asked_for, granted=True)
    with pytest.raises(PermissionDenied):  # an officer does not hold cases.override
        overriding.decide_override(actor=owner, at=AT, override=asked_for, granted=True)


def test_an_override_is_asked_only_of_whoever_may_decide_on_that_case(owner: User) -> None:
    case, elsewhere = project(owner), person("section_head", unit=org_unit("bao"))
    for second in (elsewhere, officer(owner.unit)):
        with pytest.raises(CannotDo, match="不能决定"):
            overriding.ask_override(
                actor=owner, at=AT, case=case, transition="negotiate", reason="急", second=second
            )
    assert told(elsewhere) == []


def test_whoever_asked_for_an_override_takes_it_back(owner: User, head: User) -> None:
    case = project(owner)
    asked_for = overriding.ask_override(
        actor=owner, at=AT, case=case, transition="negotiate", reason="急", second=head
    )
    with pytest.raises(PermissionDenied):
        overriding.withdraw_override(actor=head, at=AT, override=asked_for)
    overriding.withdraw_override(actor=owner, at=AT, override=asked_for)
    case.refresh_from_db()
    assert overriding.waiting_overrides(case) == []
    with pytest.raises(CannotDo, match="已有结果"):
        overriding.decide_override(actor=head, at=AT, override=asked_for, granted=True)


def test_whoever_only_reads_is_given_nothing_and_says_nothing(owner: User) -> None:
    case, auditor = project(owner), person("auditor")
    base: dict[str, Any] = {"actor": owner, "at": AT, "case": case}
    for give in (
        lambda: tasks.give_task(**base, title="送文本", assignee=auditor),
        lambda: people.ask_signatures(**base, people=[auditor], question="请会签"),
        lambda: people.transfer(**base, to=auditor, reason="转办"),
        lambda: obstacles.raise_obstacle(**base, kind="land", title="缺地", owner=auditor),
    ):
        with pytest.raises(CannotDo, match="只能查看"):
            give()
    with pytest.raises(PermissionDenied):
        talking.comment(actor=auditor, at=AT, case=case, text="看过")
    task = tasks.give_task(**base, title="送文本", assignee=owner)
    Task.objects.filter(pk=task.pk).update(assignee=auditor)  # given before this was refused
    with pytest.raises(PermissionDenied):
        tasks.finish_task(actor=auditor, at=AT, task=task)


def test_an_override_holds_only_for_what_was_looked_at(owner: User, head: User) -> None:
    case = project(owner)
    asked_for = overriding.ask_override(
        actor=owner, at=AT, case=case, transition="negotiate", reason="急", second=head
    )
    attached(case, owner, "work_log")
    with pytest.raises(StaleEdit):
        overriding.decide_override(actor=head, at=AT, override=asked_for, granted=True)
    overriding.decide_override(
        actor=head, at=AT, override=asked_for, granted=False, note="请先补齐"
    )
    with pytest.raises(CannotDo, match="已有结果"):
        overriding.decide_override(actor=head, at=AT, override=asked_for, granted=True)


def test_an_open_gate_needs_no_override(owner: User, head: User) -> None:
    case = project(owner, investor="创维")
    with pytest.raises(CannotDo, match="不必破例"):
        overriding.ask_override(
            actor=owner, at=AT, case=case, transition="negotiate", reason="急", second=head
        )


def test_a_second_pair_of_eyes_is_never_passed_over(owner: User, head: User) -> None:
    case = signed_project(head)
    fill(case, company="甲公司", needs_land=False)
    attached(case, head, "business_licence")
    attached(case, head, "work_log")
    attached(case, head, "production_proof")
    for way in ("register", "start_without_land", "produce"):
        moving.move(actor=head, at=AT, case=case, transition=way)
    with pytest.raises(GateClosed, match="经办人以外的人"):
        overriding.ask_override(
            actor=head, at=AT, case=case, transition="reach_capacity", reason="急", second=owner
        )


def test_a_mention_tells_only_those_who_may_see_the_case(owner: User) -> None:
    colleague, stranger = officer(owner.unit), officer(org_unit("bsb"))
    case = project(owner)
    talking.comment(actor=owner, at=AT, case=case, text=f"@{colleague.username} 请看")
    assert told(colleague) == ["case.mentioned"]
    with pytest.raises(CannotDo, match=f"没有可以查看这件事的人员：@{stranger.username}"):
        talking.comment(actor=owner, at=AT, case=case, text=f"@{stranger.username} 请看")
    with pytest.raises(PermissionDenied):
        talking.comment(actor=stranger, at=AT, case=case, text="路过")


def test_watchers_hear_of_every_step_until_they_no_longer_want_to(owner: User) -> None:
    watcher = officer(owner.unit)
    case = project(owner, investor="创维")
    talking.watch(actor=watcher, at=AT, case=case)
    talking.watch(actor=watcher, at=AT, case=case)
    moving.move(actor=owner, at=AT, case=case, transition="negotiate")
    talking.unwatch(actor=watcher, at=AT, case=case)
    moving.undo(actor=owner, at=AT, case=case)
    assert told(watcher) == ["case.moved"]


def test_a_task_is_given_passed_on_and_done(owner: User) -> None:
    first, second = officer(owner.unit), officer(owner.unit)
    case = project(owner)
    task = tasks.give_task(
        actor=owner, at=AT, case=case, title="核对地块", assignee=first, due_on=date(2021, 12, 3)
    )
    tasks.pass_task(actor=first, at=AT, task=task, to=second, seen=task.version)
    with pytest.raises(StaleEdit):
        tasks.finish_task(actor=second, at=AT, task=task, seen=task.version)
    done = tasks.finish_task(actor=second, at=AT, task=task, result="已核对")
    assert (done.assignee, done.result) == (second, "已核对")
    with pytest.raises(CannotDo, match="已经办结"):
        tasks.finish_task(actor=second, at=AT, task=task)
    assert (told(first), told(second)) == (["case.assigned"], ["case.assigned"])


def test_a_task_goes_to_nobody_who_cannot_see_its_case(owner: User) -> None:
    with pytest.raises(CannotDo, match="看不到这件事"):
        tasks.give_task(
            actor=owner, at=AT, case=project(owner), title="核对", assignee=head(org_unit("bsb"))
        )
