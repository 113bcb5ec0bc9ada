import pytest

from shangheng.core.accounts.handing import hand_over
from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
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
