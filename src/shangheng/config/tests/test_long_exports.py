"""Long exports: the job makes the very file that the page would have handed out, once."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from shangheng.config.sample.load import load
from shangheng.core.accounts.models import Grant, User
from shangheng.core.audit.models import Row
from shangheng.core.jobs.models import Artefact, Job, State
from shangheng.core.jobs.services import download, retry
from shangheng.core.jobs.worker import drain

pytestmark = pytest.mark.django_db
URL = "?all=1&export=csv"
MINUTE = re.compile(
    r"(?<=[至于])[-0-9]{10} [0-9:]{5}"
)  # the head says when: the clock goes on meanwhile


@pytest.fixture(scope="module")
def sample_year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The sample year, loaded once and taken back after the last of these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda *_: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def clerk(sample_year: None, db: None) -> User:
    return User.objects.get(username="tongji")


def visiting(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_long_export_is_made_as_a_job_and_holds_what_the_page_would_have_given(
    clerk: User, settings: Settings
) -> None:
    client, url = visiting(clerk), reverse("postings") + URL
    at_once = client.get(url).content
    settings.EXPORT_ROWS_AT_ONCE = 1
    answer = client.get(url)
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("job", args=[job.pk])
    drain()
    assert Job.objects.get().state == State.DONE, Job.objects.get().traceback
    made = download(actor=clerk, at=timezone.now(), artefact=Artefact.objects.get())
    assert MINUTE.sub("", made.decode()) == MINUTE.sub("", at_once.decode())
    first, second = Row.objects.filter(act__endswith="export").order_by("number")
    assert first.after
    assert second.after
    assert {**first.after, "known_at": ""} == {**second.after, "known_at": ""}


def test_who_may_no_longer_see_the_list_gets_no_file(clerk: User, settings: Settings) -> None:
    settings.EXPORT_ROWS_AT_ONCE = 1
    visiting(clerk).get(reverse("postings") + URL)
    Grant.objects.filter(user=clerk).delete()
    drain()
    assert Job.objects.get().state == State.FAILED
    assert not Artefact.objects.exists()


def test_one_that_is_made_once_more_leaves_one_file(clerk: User, settings: Settings) -> None:
    settings.EXPORT_ROWS_AT_ONCE = 1
    visiting(clerk).get(reverse("postings") + URL)
    drain()
    Job.objects.update(state=State.FAILED)
    retry(actor=clerk, at=timezone.now(), job=Job.objects.get())
    drain()
    assert Artefact.objects.count() == 1
