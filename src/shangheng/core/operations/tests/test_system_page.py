"""Administrators see how the installation is, and can hand that on without handing on anybody's data."""

import io
import json
import logging
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row
from shangheng.core.jobs.models import Job
from shangheng.core.jobs.schedules import tick
from shangheng.core.jobs.worker import drain
from shangheng.core.operations import nightly
from shangheng.core.operations.findings import found, in_both
from shangheng.core.operations.recent import Recent
from shangheng.core.operations.status import UNSET, status

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, settings: Settings, tmp_path: Path) -> Client:
    settings.BACKUP_DIR = tmp_path
    client.force_login(person(role="administrator"))
    return client


def test_the_page_says_of_each_part_how_it_is_and_how_to_mend_it(admin: Client) -> None:
    page = admin.get("/system/").content.decode()
    for part in ("程序", "数据库", "磁盘", "后台任务执行者", "备份", "搜索和汇总", "邮件", "证书"):
        assert part in page
    assert "还没有全面核对过" in page
    assert "没有程序在执行后台任务" in page
    assert "shangheng backup" in page
    assert "请留意" in page


def test_what_is_not_set_up_is_neither_well_nor_wrong(admin: Client, settings: Settings) -> None:
    settings.MAIL_SERVER, settings.ADDRESS = None, "http://localhost:8000"
    panels = {one.code: one for one in status(timezone.now()).panels}
    assert panels["mail"].level == panels["certificate"].level == UNSET
    assert admin.get("/system/").content.decode().count("未设置") == 2
    settings.MAIL_SERVER = SimpleNamespace(host="mail", port=25)
    settings.ADDRESS = "https://localhost"
    assert "未设置" not in admin.get("/system/").content.decode()


def test_what_is_listed_is_joined_as_the_language_does() -> None:
    told = in_both(found("fonts.missing", wanted=["仿宋", "黑体"]))
    assert "仿宋、黑体" in told["zh"]["what"]
    assert "仿宋, 黑体" in told["en"]["what"]


def test_what_the_checks_of_the_night_find_stands_on_the_page(
    admin: Client, settings: Settings
) -> None:
    settings.ADDRESS = "https://127.0.0.1:9"
    tick(at=timezone.now())

    Job.objects.exclude(schedule=nightly.KIND).delete()
    drain()
    page = admin.get("/system/").content.decode()
    assert "全面核对于" in page
    assert "127.0.0.1 的证书浏览器不认" in page


def test_the_support_file_tells_of_requests_also_where_the_log_does_not(admin: Client) -> None:
    admin.get("/system/")
    content = admin.get("/system/support/").content
    log = zipfile.ZipFile(io.BytesIO(content)).read("log.txt").decode()
    assert "route=system" in log


def test_nobody_else_sees_it(client: Client) -> None:
    client.force_login(person(role="statistics_clerk"))
    assert client.get("/system/").status_code == 403
    assert client.get("/system/support/").status_code == 403


def test_the_support_file_holds_no_secret_and_nobodys_data(
    admin: Client, settings: Settings
) -> None:
    settings.ENVIRONMENT = {
        "SHANGHENG_DATABASE": "postgresql://shangheng:hunter2@db/shangheng",
        "SHANGHENG_BACKUP_KEY": "hunter2-hunter2-hunter2-hunter2-hunter2",
        "SHANGHENG_MAIL_SERVER": "smtp://me:hunter2@mail",
        "SHANGHENG_HOSTS": "shangheng.example.gov.cn",
    }
    handler = Recent()
    handler.emit(logging.makeLogRecord({"msg": "telephone 13971234567", "levelno": 40}))
    answer = admin.get("/system/support/")
    assert answer.headers["Content-Disposition"].startswith(
        'attachment; filename="shangheng-support'
    )
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(texts) == {"doctor.json", "versions.json", "settings.json", "log.txt"}
    assert "shangheng.example.gov.cn" in texts["settings.json"]
    assert not any("hunter2" in text or "13971234567" in text for text in texts.values())
    assert "telephone" in texts["log.txt"]
    assert json.loads(texts["versions.json"])["packages"]["Django"]
    assert json.loads(texts["doctor.json"])["workers"]
    assert Row.objects.filter(act="operations.support").exists()
