"""A large file is taken in by a job: once, whole, and its person is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.imports import held, registry
from shangheng.core.imports.models import Batch
from shangheng.core.imports.services import background, looking
from shangheng.core.imports.services.commit import Wish
from shangheng.core.jobs import leases, services
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.registry import handlers
from shangheng.core.jobs.run import Run, execute
from shangheng.core.jobs.worker import drain
from shangheng.core.notices.models import Notice
from shangheng.desks.targets.services.import_postings import TABLE
from shangheng.desks.targets.tests.desk import at_desk
from shangheng.desks.targets.tests.importing import GOOD, commit_batch, upload_of
from shangheng.desks.targets.tests.test_imports import upload
from shangheng.engines.ledger.models import Posting


@pytest.fixture(autouse=True)
def every_file_is_large() -> Iterator[None]:
    registry.register(replace(TABLE, in_job_from=1))
    yield
    registry.register(TABLE)


def ordered(clerk: User) -> Batch:
    return background.order(
        actor=clerk, at=timezone.now(), table=TABLE, upload=upload_of(GOOD), wish=Wish("月报")
    )


def taken_up() -> Job:
    running = Job.objects.filter(state=State.RUNNING).values_list("pk", flat=True)
    job = leases.take(worker="w", kinds=handlers(), at=timezone.now(), silent=running)
    assert job is not None
    return job


def previewed(browser: Client) -> str:
    """The address of a preview that its job has worked out."""
    address = upload(browser, GOOD)
    assert drain() == 1
    Job.objects.filter(kind=looking.KIND).delete()
    Notice.objects.all().delete()
    return address


def confirmed(browser: Client) -> Job:
    address = previewed(browser)
    answer = browser.post(address, {"source": "月报", "note": ""})
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("job", args=[job.pk])
    return job


def waiting_files() -> int:
    return len(list((Path(settings.DATA_DIR) / "held").iterdir()))


def test_a_large_file_is_taken_in_by_a_job_and_its_person_is_told(
    clerk: User, park: OrgUnit
) -> None:
    browser = at_desk(clerk)
    job = confirmed(browser)
    batch = Batch.objects.get()
    page = reverse("posting-import-batch", args=[batch.pk])
    assert (batch.state, Posting.objects.count()) == (Batch.WAITING, 0)
    text = browser.get(page).content.decode()
    assert "等待导入" in text
    assert reverse("job", args=[job.pk]) in text
    assert browser.get(reverse("posting-import-undo", args=[batch.pk])).status_code == 200

    assert drain() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.new, batch.source, batch.job) == (Batch.DONE, 3, "月报", job.pk)
    assert batch.rows.count() == Posting.objects.count() == 3
    (notice,) = Notice.objects.select_related("event")
    assert (notice.receiver, notice.event.kind, notice.event.url) == (clerk, "import.done", page)
    assert page in browser.get(reverse("job", args=[job.pk])).content.decode()
    assert waiting_files() == 0


def test_a_second_confirmation_orders_nothing(clerk: User, park: OrgUnit) -> None:
    browser = at_desk(clerk)
    address = previewed(browser)
    browser.post(address, {"source": "", "note": ""})
    answer = browser.post(address, {"source": "", "note": ""}, follow=True)
    assert "请重新上传" in answer.content.decode()
    assert Job.objects.count() == 1


def test_what_a_dead_worker_began_is_done_by_another_and_only_once(
    clerk: User, park: OrgUnit
) -> None:
    ordered(clerk)
    dead, alive = Run(taken_up(), beaten_elsewhere=True), Run(taken_up())
    assert (dead.job.attempt, alive.job.attempt) == (1, 2)
    assert execute(dead) is None, "it was only slow, and what it wrote is taken back"
    assert not Posting.objects.exists()
    assert execute(alive) == State.DONE
    assert Posting.objects.count() == 3
    background.take_in(alive)
    assert Posting.objects.count() == 3, "a batch that is there is not taken in again"


def test_a_cancelled_import_leaves_nothing_and_can_be_repeated(clerk: User, park: OrgUnit) -> None:
    batch = ordered(clerk)
    job = Job.objects.get()
    run = Run(taken_up())
    services.cancel(actor=clerk, at=timezone.now(), job=job)
    assert execute(run) == State.CANCELLED
    batch.refresh_from_db()
    assert (batch.state, Posting.objects.count(), Batch.objects.count()) == (Batch.FAILED, 0, 1)
    services.retry(actor=clerk, at=timezone.now(), job=job)
    assert drain() == 1
    batch.refresh_from_db()
    assert (batch.state, Posting.objects.count()) == (Batch.DONE, 3)


def test_what_has_become_wrong_meanwhile_is_told_and_nothing_is_taken_in(
    clerk: User, park: OrgUnit
) -> None:
    batch = ordered(clerk)
    commit_batch(clerk, GOOD)  # somebody was quicker
    assert drain() == 1
    batch.refresh_from_db()
    job = Job.objects.get()
    assert (job.state, batch.state, Posting.objects.count()) == (State.FAILED, Batch.FAILED, 3)
    assert "没有新的行" in job.message
    page = at_desk(clerk).get(reverse("posting-import-batch", args=[batch.pk])).content.decode()
    assert "没有新的行" in page
    assert "撤销这一批" not in page
    assert [one.event.kind for one in Notice.objects.select_related("event")] == ["job.failed"]


def test_a_lost_file_and_lost_rights_are_refusals(clerk: User, park: OrgUnit) -> None:
    batch = ordered(clerk)
    held.drop_for_job(batch.pk)
    drain()
    assert "请重新上传" in Job.objects.get().message
    other = ordered(clerk)
    clerk.grants.all().delete()
    drain()
    assert other.job
    assert "权限" in Job.objects.get(pk=other.job).message
    with pytest.raises(PermissionDenied):
        commit_batch(User.objects.get(pk=clerk.pk), GOOD)
    assert not Posting.objects.exists()
