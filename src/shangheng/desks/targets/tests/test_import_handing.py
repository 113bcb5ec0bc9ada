"""What somebody who leaves has handed in and not yet taken in is taken over with its file."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shangheng.core.accounts.handing import hand_over, may_receive, undo_hand_over
from shangheng.core.accounts.handover import open_with
from shangheng.core.accounts.models import Handover, OrgUnit, User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.imports import registry
from shangheng.core.imports.models import Batch
from shangheng.core.imports.pending import PENDING
from shangheng.core.jobs.handing import OPEN_JOBS
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.worker import drain
from shangheng.desks.targets.services.import_postings import TABLE
from shangheng.desks.targets.tests.desk import at_desk
from shangheng.desks.targets.tests.importing import GOOD
from shangheng.desks.targets.tests.test_imports import upload
from shangheng.engines.ledger.models import Posting

KIND = OPEN_JOBS.code


@pytest.fixture(autouse=True)
def every_file_is_large() -> Iterator[None]:
    registry.register(replace(TABLE, in_job_from=1))
    yield
    registry.register(TABLE)


@pytest.fixture
def small_files() -> None:
    registry.register(TABLE)


@pytest.fixture
def receiver(clerk: User) -> User:
    return person("statistics_clerk", unit=clerk.unit, display_name="赵接手")


def leave(giver: User, **more: Any) -> Handover:
    how = {"receivers": {}, "reason": "调离", "deactivate": True, **more}
    return hand_over(actor=person("administrator"), at=AT, giver=giver, **how)


def test_a_preview_is_worked_out_anew_for_its_receiver_and_confirmed_by_them(
    clerk: User, park: OrgUnit, receiver: User
) -> None:
    upload(at_desk(clerk), GOOD)
    drain()
    [item] = OPEN_JOBS.find(clerk)
    assert "没有确认" in item.label
    leave(clerk, receivers={KIND: receiver})
    assert Job.objects.get().state == State.WAITING
    drain()
    browser = at_desk(receiver)
    page = Job.objects.get().result_url
    assert "新的 3 行" in browser.get(page).content.decode()
    browser.post(page, {"source": "", "note": ""})
    drain()
    assert Batch.objects.get().created_by == receiver
    assert set(Posting.objects.values_list("entry__actor", flat=True)) == {receiver.pk}


def test_a_batch_that_waits_for_its_job_is_the_receivers_and_comes_back(
    clerk: User, park: OrgUnit, receiver: User
) -> None:
    browser = at_desk(clerk)
    address = upload(browser, GOOD)
    drain()
    browser.post(address, {"source": "", "note": ""})
    sheet = leave(clerk, receivers={KIND: receiver})
    assert Batch.objects.get().created_by == receiver
    undo_hand_over(actor=person("administrator"), at=AT, sheet=sheet)
    assert Batch.objects.get().created_by == clerk
    drain()
    assert Batch.objects.get().state == Batch.DONE


def test_who_may_not_import_does_not_get_it(clerk: User, park: OrgUnit) -> None:
    upload(at_desk(clerk), GOOD)
    with pytest.raises(ValidationError, match=r"“预览‘三月.csv’”不能交给.*没有导入"):
        leave(clerk, receivers={KIND: person("auditor")})


def test_what_nobody_takes_is_given_up(clerk: User, park: OrgUnit) -> None:
    browser = at_desk(clerk)
    address = upload(browser, GOOD)
    drain()
    browser.post(address, {"source": "", "note": ""})
    upload(browser, GOOD.replace("24.1", "24.2"))
    leave(clerk, closing=[KIND])
    assert not list(OPEN_JOBS.find(clerk))
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE, State.CANCELLED}


@pytest.mark.usefixtures("small_files", "park")
def test_a_small_preview_passes_with_its_file_and_comes_back(
    clerk: User,
    receiver: User,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    browser = at_desk(clerk)
    browser.get(upload(browser, GOOD))
    [item] = PENDING.find(clerk)
    with django_capture_on_commit_callbacks(execute=True):
        sheet = leave(clerk, receivers={PENDING.code: receiver})
    browser = at_desk(receiver)
    page = browser.get(item.url).headers["Location"]
    assert "新的 3 行" in browser.get(page).content.decode()
    assert not list(PENDING.find(clerk))
    with django_capture_on_commit_callbacks(execute=True):
        undo_hand_over(actor=person("administrator"), at=AT, sheet=sheet)
    assert not list(PENDING.find(receiver))
    assert [one.key for one in PENDING.find(clerk)] == [item.key]
    browser = at_desk(clerk)
    page = browser.get(item.url).headers["Location"]
    browser.post(page, {"source": "", "note": ""})
    assert Batch.objects.get().created_by == clerk
    assert not list(PENDING.find(clerk)), "what is taken in waits no more"


@pytest.mark.usefixtures("small_files", "park")
def test_a_small_preview_goes_to_nobody_who_may_not_import_and_can_be_given_up(
    clerk: User,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    browser = at_desk(clerk)
    browser.get(upload(browser, GOOD))
    with pytest.raises(ValidationError, match="没有导入"):
        leave(clerk, receivers={PENDING.code: person("auditor")})
    assert list(PENDING.find(clerk))
    with django_capture_on_commit_callbacks(execute=True):
        leave(clerk, closing=[PENDING.code])
    assert not list(PENDING.find(clerk))


@pytest.mark.usefixtures("small_files", "park")
def test_only_who_may_import_into_the_table_is_offered(clerk: User, receiver: User) -> None:
    for role in ("auditor", "director"):
        person(role)
    browser = at_desk(clerk)
    browser.get(upload(browser, GOOD))
    [found] = [one for one in open_with(clerk) if one.kind is PENDING]
    assert may_receive(clerk, found) == [receiver]


@pytest.mark.usefixtures("small_files", "park")
def test_a_file_that_was_refused_is_not_open(clerk: User) -> None:
    browser = at_desk(clerk)
    for text, name in (("no workbook", "x.xls"), (GOOD.replace("24.1", "many"), "wrong.csv")):
        assert browser.get(upload(browser, text, name)).status_code == 422
    assert not list(PENDING.find(clerk))
