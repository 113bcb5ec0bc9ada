"""Each thing that may be wrong with an installation is named, with what mends it."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone
from pytest_django import Settings

from shangheng.core.audit.services import record
from shangheng.core.jobs import alive
from shangheng.core.jobs.models import Job, State
from shangheng.core.operations import surroundings
from shangheng.core.operations.backup import shelf
from shangheng.core.operations.doctor import examine
from shangheng.core.operations.registry import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def well(settings: Settings, tmp_path: Path) -> None:
    """An installation at which nothing is wrong besides the fonts, which are nobody's to ship."""
    settings.DATA_DIR, settings.EVIDENCE_DIR = tmp_path, tmp_path / "evidence"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_DIR.mkdir()
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    tmp_path.chmod(0o700)
    shelf.place_for(timezone.now()).touch()
    alive.sign(worker="a:1:x", threads=2, started_at=timezone.now(), at=timezone.now())


def wrong() -> dict[str, list[Finding]]:
    return {
        check.code: findings
        for check, findings in examine()
        if findings and check.code not in {"fonts", "durability"}
    }


def only(code: str) -> Finding:
    """The one finding, of this check alone."""
    found = wrong()
    assert list(found) == [code], {
        key: [str(one.what) for one in value] for key, value in found.items()
    }
    (finding,) = found[code]
    assert str(finding.why)
    return finding


def test_a_good_installation_has_no_findings() -> None:
    assert wrong() == {}


def test_a_package_of_another_version_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "lock"
    lock.write_text(
        "django==1.0 \\\n  --hash=sha256:0\ncolorama==0.0.1 ; sys_platform == 'win32'\n"
    )
    monkeypatch.setattr(surroundings, "lock_file", lambda: lock)
    finding = only("packages")
    assert "django" in str(finding.what)
    assert "scripts/bootstrap" in str(finding.mend)
    lock.write_text("nobody-has-this==1.0\n")
    assert "nobody-has-this" in str(only("packages").what)


def test_a_folder_of_fonts_that_is_not_there_is_named(settings: Settings, tmp_path: Path) -> None:
    settings.REPORT_FONT_DIRS = [tmp_path / "nowhere"]
    (finding,) = surroundings.fonts_are_there()
    assert str(tmp_path / "nowhere") in str(finding.what)
    assert "SHANGHENG_FONT_DIRS" in str(finding.mend)
    settings.REPORT_FONT_DIRS = []
    (finding,) = surroundings.fonts_are_there()
    assert "仿宋_GB2312" in str(finding.what)


class Deaf(socketserver.StreamRequestHandler):
    """A mail server that wants nothing to do with us."""

    def handle(self) -> None:
        self.wfile.write(b"554 no mail from you\r\n")


@pytest.fixture
def deaf() -> Iterator[int]:
    with socketserver.TCPServer(("127.0.0.1", 0), Deaf) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_a_mail_server_that_refuses_us_is_named(settings: Settings, deaf: int) -> None:
    settings.MAIL_SERVER = SimpleNamespace(
        host="127.0.0.1", port=deaf, user="", password="", ssl=False, tls=False
    )
    finding = only("mail")
    assert f"127.0.0.1:{deaf}" in str(finding.what)
    assert "SHANGHENG_MAIL_SERVER" in str(finding.mend)


def test_a_certificate_that_nobody_shows_is_named(settings: Settings, deaf: int) -> None:
    settings.ADDRESS = f"https://127.0.0.1:{deaf}"
    assert "127.0.0.1" in str(only("certificate").what)


def set_hosts(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["shangheng.example.gov.cn"]


def set_https(settings: Settings) -> None:
    settings.HTTPS = True


def set_any_host(settings: Settings) -> None:
    settings.ALLOWED_HOSTS, settings.HTTPS = ["*"], True
    settings.TRUSTED_PROXIES = ["127.0.0.1"]


@pytest.mark.parametrize(
    ("spoil", "mend"),
    [
        (set_hosts, "SHANGHENG_HTTPS=1"),
        (set_https, "SHANGHENG_TRUSTED_PROXIES"),
        (set_any_host, "域名"),
    ],
)
def test_a_setting_that_lets_strangers_in_is_named(
    settings: Settings, spoil: Callable[[Settings], None], mend: str
) -> None:
    spoil(settings)
    assert mend in str(only("settings").mend)


def test_a_data_folder_that_others_may_enter_is_named(settings: Settings) -> None:
    settings.DATA_DIR.chmod(0o755)
    assert str(only("folder").mend) == f"chmod 700 {settings.DATA_DIR}"


def test_a_disk_with_little_room_is_named(settings: Settings) -> None:
    settings.DISK_MIN_BYTES = 2**62
    found = wrong()
    assert list(found) == ["disk"]
    assert str(settings.BACKUP_DIR) in str(found["disk"][-1].what)


def test_workers_that_are_gone_are_named() -> None:
    late = timezone.now() - timedelta(minutes=5)
    alive.sign(worker="b:2:y", threads=2, started_at=late, at=late)
    assert "b:2:y" in str(only("workers").what)
    alive.sign_off("b:2:y")
    alive.sign_off("a:1:x")
    assert "systemctl restart shangheng" in str(only("workers").mend)


def test_a_sign_from_the_future_is_none() -> None:
    ahead = timezone.now() + timedelta(hours=3)
    alive.sign(worker="c:3:z", threads=1, started_at=ahead, at=ahead)
    assert "c:3:z" in str(only("workers").what)


def test_a_clock_that_was_set_back_is_named() -> None:
    record(actor=None, act="operations.backup", at=timezone.now() + timedelta(hours=1))
    assert "timedatectl" in str(only("clock").mend)


def test_days_that_are_not_those_of_beijing_are_named(settings: Settings) -> None:
    settings.TIME_ZONE = "UTC"
    assert "SHANGHENG_TIME_ZONE" in str(only("zone").mend)


def test_missing_and_old_backups_are_named(settings: Settings) -> None:
    for path in settings.BACKUP_DIR.iterdir():
        path.unlink()
    assert str(only("backup").mend) == "shangheng backup"
    shelf.place_for(timezone.now() - timedelta(days=4)).touch()
    assert "4天前" in str(only("backup").what)


def test_a_schedule_that_failed_is_named_with_its_job() -> None:
    job = Job.objects.create(
        kind="operations.backup",
        schedule="operations.backup",
        state=State.FAILED,
        created_at=timezone.now(),
        finished_at=timezone.now(),
    )
    assert f"第{job.pk}号" in str(only("schedules").mend)
