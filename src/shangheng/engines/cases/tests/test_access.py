"""Each door of the engine, for who may pass it and who may not."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.engines.cases import access
from shangheng.engines.cases.services import overriding, people, tasks
from shangheng.engines.cases.services.milestones import standing
from shangheng.engines.cases.tests.office import attached, officer, project, signed_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector(owner: User) -> User:
    return person("inspector", unit=owner.unit)


@pytest.fixture
def stranger(owner: User) -> User:
    return officer(org_unit("bsb"))


def test_who_may_see_a_case_may_not_always_act_on_it(
    owner: User, head: User, inspector: User, stranger: User
) -> None:
    case = signed_project(owner)
    row, exhibit = standing(case).get(stage="signed"), attached(case, owner, "work_log")
    doors: tuple[Callable[..., object], ...] = (
        lambda **told: access.access_case(pk=case.pk, **told),
        lambda **told: access.access_milestone(pk=row.pk, **told),
        lambda **told: access.access_exhibit(pk=exhibit.pk, **told),
    )
    for door in doors:
        assert door(actor=inspector)
        assert door(actor=owner, to="act")
        assert door(actor=head, to="verify")
        for refused, to in ((inspector, "act"), (owner, "verify"), (owner, "override")):
            with pytest.raises(PermissionDenied):
                door(actor=refused, to=to)
        with pytest.raises(Http404):
            door(actor=stranger)


def test_an_override_is_opened_by_those_who_may_decide(owner: User, head: User) -> None:
    row = overriding.ask_override(
        actor=owner, at=AT, case=project(owner), transition="negotiate", reason="急", second=head
    )
    assert access.access_override(actor=head, pk=row.pk) == row
    with pytest.raises(PermissionDenied):
        access.access_override(actor=owner, pk=row.pk)


def test_a_question_is_opened_by_the_person_it_was_put_to(
    owner: User, head: User, stranger: User
) -> None:
    [row] = people.ask_signatures(
        actor=owner, at=AT, case=project(owner), people=[stranger], question="请会签"
    )
    assert access.access_signing(actor=stranger, pk=row.pk) == row
    with pytest.raises(Http404):
        access.access_signing(actor=head, pk=row.pk)


def test_a_task_is_opened_by_its_assignee_and_by_those_of_the_case(
    owner: User, inspector: User, stranger: User
) -> None:
    task = tasks.give_task(
        actor=owner, at=AT, case=project(owner), title="核对", assignee=inspector
    )
    assert access.access_task(actor=inspector, pk=task.pk, to="act") == task
    assert access.access_task(actor=owner, pk=task.pk, to="act") == task
    with pytest.raises(Http404):
        access.access_task(actor=stranger, pk=task.pk)
