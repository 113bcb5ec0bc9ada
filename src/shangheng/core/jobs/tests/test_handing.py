"""Who leaves hands over what still waits or runs, or has it cancelled; an undone sheet brings it back."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from shangheng.core.accounts.handing import hand_over, undo_hand_over
from shangheng.core.accounts.models import Handover, User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.audit.models import Row
from shangheng.core.jobs import leases
from shangheng.core.jobs.handing import OPEN_JOBS
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.run import Run, execute
from shangheng.core.jobs.tests.workshop import NOW, order, working
from shangheng.core.jobs.worker import drain

pytestmark = pytest.mark.django_db
KIND = OPEN_JOBS.code


@pytest.fixture
def boss() -> User:
    return person("administrator")


@pytest.fixture
def giver() -> User:
    return person("statistics_clerk", display_name="吴离岗")


def leave(boss: User, giver: User, **more: Any) -> Handover:
    how = {"receivers": {}, "reason": "调离", "deactivate": True, **more}
    return hand_over(actor=boss, at=AT, giver=giver, **how)


def signs(run: Run) -> None:
    run.progress(1, 2)
    assert run.actor is not None
    run.artefact("名.txt", run.actor.username.encode(), "text/plain")


def test_a_waiting_job_is_done_for_its_receiver_and_comes_back(boss: User, giver: User) -> None:
    receiver = person("statistics_clerk")
    with working("test", signs):
        waiting = order(giver, label="导出一")
        assert [item.label for item in OPEN_JOBS.find(giver)] == ["导出一（等待）"]
        sheet = leave(boss, giver, receivers={KIND: receiver})
        assert Job.objects.get().actor == receiver
        row = Row.objects.get(act="jobs.pass")
        assert (row.before, row.after) == (
            {"actor": giver.username},
            {"actor": receiver.username},
        )
        assert undo_hand_over(actor=boss, at=AT, sheet=sheet) == 1
        assert Job.objects.get(pk=waiting.pk).actor == giver
        drain()
        assert (
            bytes(Job.objects.get().artefacts.get().parts.get().content) == giver.username.encode()
        )


def test_a_running_job_starts_anew_for_its_receiver_and_its_first_run_leaves_nothing(
    boss: User, giver: User
) -> None:
    receiver = person("statistics_clerk")
    with working("test", signs):
        order(giver)
        taken = leases.take(worker="w", kinds=["test"], at=NOW)
        assert taken is not None
        first = Run(taken)
        leave(boss, giver, receivers={KIND: receiver})
        assert execute(first) is None, "it has lost the job"
        drain()
        job = Job.objects.get()
        assert (job.state, job.actor) == (State.DONE, receiver)
        assert bytes(job.artefacts.get().parts.get().content) == receiver.username.encode()


def test_who_may_not_do_such_a_job_does_not_get_it_and_nothing_happens(
    boss: User, giver: User
) -> None:
    with working("test", signs, permission="targets.import"):
        order(giver)
        with pytest.raises(ValidationError, match="没有做这件事的权限"):
            leave(boss, giver, receivers={KIND: person("auditor")})
    giver.refresh_from_db()
    assert giver.is_active
    assert Job.objects.get().actor == giver


def test_a_job_that_nobody_takes_is_cancelled_and_the_sheet_says_so(
    boss: User, giver: User, client: Client
) -> None:
    client.force_login(boss)
    with working("test", signs):
        order(giver)
        page = client.get(f"/people/{giver.pk}/leave/").content.decode()
        assert "不交接，取消任务、放弃预览" in page
        answer = client.post(
            f"/people/{giver.pk}/leave/", {f"to_{KIND}": "close", "reason": "调离"}, follow=True
        )
    assert "取消，没有交接" in answer.content.decode()
    assert Job.objects.get().state == State.CANCELLED
