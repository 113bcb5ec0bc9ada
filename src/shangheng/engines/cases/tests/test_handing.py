import pytest

from shangheng.core.accounts.handing import hand_over
from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.accounts.tree.closing import merge_units
from shangheng.core.accounts.tree.undoing import undo_change
from shangheng.engines.cases.models import Case, Obstacle, Signing, Task
from shangheng.engines.cases.services import obstacles, people, tasks
from shangheng.engines.cases.tests.office import later, officer, project
from shangheng.engines.cases.verification import verify

pytestmark = pytest.mark.django_db


def test_what_is_open_with_somebody_who_leaves_passes_on(owner: User) -> None:
    giver, receiver = officer(owner.unit), officer(owner.unit)
    own, case = project(giver), project(owner)
    tasks.give_task(actor=owner, at=AT, case=case, title="核对", assignee=giver)
    obstacles.raise_obstacle(
        actor=owner, at=AT, case=case, kind="land", title="未征迁", owner=giver
    )
    people.ask_signatures(actor=owner, at=AT, case=case, people=[giver], question="请会签")
    kinds = ("case", "task", "obstacle", "signing")
    sheet = hand_over(
        actor=person("administrator"), at=later(1), giver=giver,
        receivers={f"cases.{kind}": receiver for kind in kinds}, reason="调离", deactivate=True,
    )  # fmt: skip
    assert Case.objects.get(pk=own.pk).owner == receiver
    assert Task.objects.get().assignee == receiver
    assert Obstacle.objects.get().owner == receiver
    assert Signing.objects.get().person == giver  # a person's own word is not passed on
    assert sheet.items.filter(receiver=receiver).count() == 4
    assert list(verify()) == []


def test_open_cases_of_a_unit_that_is_merged_stay_in_hand_and_come_back_when_undone(
    owner: User,
) -> None:
    unit = owner.unit
    assert unit is not None
    heir, boss = org_unit("heir"), person("administrator")
    open_case, closed = project(owner), project(owner)
    Case.objects.filter(pk=closed.pk).update(closed=True)
    done = merge_units(actor=boss, at=later(1), unit=unit, into=heir)
    passed = Case.objects.get(pk=open_case.pk)
    assert (passed.unit, passed.owner) == (heir, owner)
    assert Case.objects.get(pk=closed.pk).unit == unit
    undo_change(actor=boss, at=later(2), change=done)
    assert Case.objects.get(pk=open_case.pk).unit == unit
