"""The preview of a large file is worked out by a job, and the same page shows it when it is ready."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.exchange.tests.scanners import listening
from shangheng.core.imports import kept, registry
from shangheng.core.jobs import leases, services
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.registry import handlers
from shangheng.core.jobs.run import Run, execute
from shangheng.core.jobs.worker import drain
from shangheng.desks.targets.services.import_postings import TABLE
from shangheng.desks.targets.tests.desk import at_desk
from shangheng.desks.targets.tests.importing import GOOD, HEADER, commit_batch
from shangheng.desks.targets.tests.test_imports import upload
from shangheng.engines.ledger.models import Posting

LONG = "\n".join(
    [HEADER] + [f"签约项目,保税办,2021-04-{1 + n % 30:02},1,个,,示例项目{n}" for n in range(120)]
)


@pytest.fixture(autouse=True)
def every_file_is_large() -> Iterator[None]:
    registry.register(replace(TABLE, in_job_from=1))
    yield
    registry.register(TABLE)


def text_of(browser: Client, address: str, **headers: str) -> str:
    return browser.get(address, headers=headers).content.decode()


def taken_up() -> Job:
    running = Job.objects.filter(state=State.RUNNING).values_list("pk", flat=True)
    job = leases.take(worker="w", kinds=handlers(), at=timezone.now(), silent=running)
    assert job is not None
    return job


def test_the_page_shows_how_far_the_job_is_and_then_what_it_found(
    clerk: User, park: OrgUnit
) -> None:
    browser = at_desk(clerk)
    address = upload(browser, GOOD)
    waiting = text_of(browser, address)
    assert "正在后台核对每一行" in waiting
    assert reverse("job", args=[Job.objects.get().pk]) in waiting
    assert "<html" not in text_of(browser, address, HX_Request="true")

    assert drain() == 1
    answer = browser.get(address, headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"
    page = text_of(browser, address)
    assert "新的 3 行" in page
    assert "合计 44.1亿元" in page
    assert not Posting.objects.exists(), "it was only tried"
    result = Job.objects.get().result_url
    assert "新的 3 行" in text_of(browser, result)


def test_every_page_of_the_rows_is_there(clerk: User, park: OrgUnit) -> None:
    browser = at_desk(clerk)
    address = upload(browser, LONG)
    drain()
    assert "示例项目49<" in text_of(browser, address)
    second, last = text_of(browser, f"{address}&page=2"), text_of(browser, f"{address}&page=3")
    assert "示例项目50<" in second
    assert "示例项目100<" not in second
    assert "示例项目119<" in last
    lines = kept.KeptLines(Job.objects.get().pk, 120)
    assert [one.number for one in lines[45:55]] == list(range(47, 57))
    assert (lines[119].number, lines[120:]) == (121, [])


def test_a_wrong_large_file_is_refused_and_had_with_marks(clerk: User, park: OrgUnit) -> None:
    browser = at_desk(clerk)
    address = upload(browser, GOOD.replace("24.1", "很多"))
    drain()
    answer = browser.get(address)
    assert answer.status_code == 422
    assert "有 1 处错误" in answer.content.decode()
    assert browser.post(address, {"source": "", "note": ""}).status_code == 422
    assert Job.objects.count() == 1
    marked = browser.get(address.replace("/preview/", "/marked.xlsx")).content
    assert openpyxl.load_workbook(io.BytesIO(marked)).worksheets[0]["D2"].comment is not None


def test_what_a_dead_worker_began_is_done_by_another(clerk: User, park: OrgUnit) -> None:
    address = upload(at_desk(clerk), GOOD)
    dead, alive = Run(taken_up(), beaten_elsewhere=True), Run(taken_up())
    assert execute(alive) == State.DONE
    before = kept.seen(alive.job.pk)
    assert execute(dead) is None
    after = kept.seen(alive.job.pk)
    assert before
    assert after
    assert (after.new, after.at > before.at) == (3, True), "written anew, as a whole"
    assert "新的 3 行" in text_of(at_desk(clerk), address)
    assert not list((Path(django_settings.DATA_DIR) / "held").glob(".incoming-*"))


def test_a_cancelled_preview_says_so_and_can_be_repeated(clerk: User, park: OrgUnit) -> None:
    browser = at_desk(clerk)
    address = upload(browser, GOOD)
    run = Run(taken_up())
    services.cancel(actor=clerk, at=timezone.now(), job=run.job)
    assert execute(run) == State.CANCELLED
    assert "重新上传" in text_of(browser, address)
    services.retry(actor=clerk, at=timezone.now(), job=run.job)
    drain()
    assert "新的 3 行" in text_of(browser, address)


def test_the_confirmed_file_is_compared_again(clerk: User, park: OrgUnit) -> None:
    browser = at_desk(clerk)
    address = upload(browser, GOOD)
    drain()
    commit_batch(clerk, GOOD)  # somebody was quicker
    answer = browser.post(address, {"source": "", "note": ""})
    assert answer.status_code == 302
    drain()
    assert Posting.objects.count() == 3
    assert "没有新的行" in Job.objects.latest("pk").message
    assert not list((Path(django_settings.DATA_DIR) / "held").glob("preview-*")), "cleared away"


def test_a_preview_is_shown_to_nobody_else(clerk: User, park: OrgUnit) -> None:
    from shangheng.core.accounts.tests.people import person

    address = upload(at_desk(clerk), GOOD)
    drain()
    other = at_desk(person("statistics_clerk", unit=park, username="other"))
    assert "请重新上传" in other.get(address, follow=True).content.decode()


def test_lost_rights_and_a_lost_file_are_refusals(clerk: User, park: OrgUnit) -> None:
    upload(at_desk(clerk), GOOD)
    for path in (Path(django_settings.DATA_DIR) / "held").iterdir():
        path.unlink()
    drain()
    assert "请重新上传" in Job.objects.get().message
    upload(at_desk(clerk), GOOD)
    clerk.grants.all().delete()
    drain()
    assert "权限" in Job.objects.latest("pk").message


def test_a_file_that_holds_malware_is_not_even_previewed(
    clerk: User, park: OrgUnit, settings: Settings
) -> None:
    browser = at_desk(clerk)
    with listening() as address:
        settings.MALWARE_SCANNER = address
        file = SimpleUploadedFile("三月.csv", f"{GOOD}EICAR".encode())
        answer = browser.post(reverse("posting-import"), {"file": file})
        assert answer.status_code == 422
        assert "Eicar-Test-Signature" in answer.content.decode()
        assert upload(browser, GOOD)
    assert Job.objects.count() == 1
