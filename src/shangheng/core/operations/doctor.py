"""What `shangheng doctor` looks at besides what `/readyz` asks."""

import logging
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.utils import timezone

from shangheng.core.audit.models import Row
from shangheng.core.audit.services import verify
from shangheng.core.jobs.models import State
from shangheng.core.jobs.selectors import schedule_lines
from shangheng.core.operations import surroundings
from shangheng.core.operations.backup.shelf import newest_first
from shangheng.core.operations.findings import found
from shangheng.core.operations.registry import Check, Finding, Level, all_derived, checks
from shangheng.core.search import services as search
from shangheng.core.search.declaring import indexed

logger = logging.getLogger(__name__)
LOCAL = {"127.0.0.1", "localhost", "::1"}
OLD_DAYS = 2
BEIJING = timedelta(hours=8)


def examine(which: Callable[[Check], bool] = lambda _: True) -> list[tuple[Check, list[Finding]]]:
    """The checks that are wanted, with what each finds; one that cannot be run is itself a finding."""
    return [(check, _run(check)) for check in checks() if which(check)]


def _run(check: Check) -> list[Finding]:
    try:
        return list(check.run())
    except Exception as problem:
        logger.debug("the check %s failed", check.code, exc_info=True)
        return [found("check.failed", problem=f"{type(problem).__name__}: {problem}")]


def settings_are_safe() -> Iterator[Finding]:
    """Nothing is set so that strangers get more than they should."""
    if settings.DEBUG:
        yield found("settings.debug")
    outside = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]
    if "*" in settings.ALLOWED_HOSTS:
        yield found("settings.hosts")
    if outside and not settings.HTTPS:
        yield found("settings.https", host=outside[0])
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        yield found("settings.proxies", Level.WARNING)


def data_folder_is_private() -> Iterator[Finding]:
    """Other users of the machine read neither the database nor the vouchers nor the key."""
    folder = Path(settings.DATA_DIR)
    if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & 0o007:
        yield found("folder.open", folder=folder)
    key = folder / "secret-key"
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield found("key.open", file=key)


def database_is_set_right() -> Iterator[Finding]:
    """What is acknowledged survives a power cut."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            wanted = {"journal_mode": "wal", "synchronous": "2"}
            for name, value in wanted.items():
                cursor.execute(f"PRAGMA {name}")
                now = str(cursor.fetchone()[0])
                if now not in {value, "memory"}:
                    yield found("database.setting", name=name, now=now, wanted=value)
            return
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute("SELECT current_setting(%s)", [name])
            now = str(cursor.fetchone()[0])
            if now == "off":
                yield found("database.setting", name=name, now=now, wanted="on")


def audit_holds() -> Iterator[Finding]:
    """Chain, noted heads, triggers, ledger and vouchers are as they were written."""
    for finding in verify().findings:
        yield found("audit.finding", target=finding.target, message=finding.message)


def clock_goes_forward() -> Iterator[Finding]:
    """The clock is not behind what was recorded last."""
    last = Row.objects.order_by("-number").values_list("at", flat=True).first()
    if last and last > timezone.now():
        yield found("clock.behind", last=timezone.localtime(last).strftime("%Y-%m-%d %H:%M:%S"))


def days_are_those_of_beijing() -> Iterator[Finding]:
    """Days begin when they begin for the offices that the figures go to."""
    ours = timezone.now().astimezone(ZoneInfo(settings.TIME_ZONE)).utcoffset()
    if ours != BEIJING:
        yield found("clock.zone", Level.WARNING, zone=settings.TIME_ZONE)


def backup_is_fresh() -> Iterator[Finding]:
    """There is a backup, and it is of these days."""
    made = last_backup()
    if made is None:
        yield found("backup.none", Level.WARNING, folder=settings.BACKUP_DIR)
    elif (timezone.now() - made).days >= OLD_DAYS:
        yield found("backup.old", Level.WARNING, days=(timezone.now() - made).days)


def schedules_went_well() -> Iterator[Finding]:
    """What comes by itself came, and came to its end."""
    for line in schedule_lines(at=timezone.now()):
        if line.last is not None and line.last.state == State.FAILED:
            yield found("schedule.failed", Level.WARNING, what=line.label, number=line.last.pk)


def search_has_an_index() -> Iterator[Finding]:
    """What can be found is in the index."""
    if search.is_empty() and any(source.rows().exists() for source in indexed()):
        yield found("index.empty")


def derived_rows_agree() -> Iterator[Finding]:
    """What is computed from other rows is as they have it."""
    for derived in all_derived():
        if differing := derived.differences():
            yield found("derived.differs", what=derived.label, first=differing[0])


def last_backup() -> datetime | None:
    """When the newest backup in the folder was made; None when there is none."""
    newest = next(iter(newest_first()), None)
    return newest.made_at if newest else None


CHECKS = {
    "settings": settings_are_safe,
    "folder": data_folder_is_private,
    "durability": database_is_set_right,
    "clock": clock_goes_forward,
    "zone": days_are_those_of_beijing,
    "backup": backup_is_fresh,
    "schedules": schedules_went_well,
    "index": search_has_an_index,
    "packages": surroundings.packages_are_those_of_the_lock,
    "fonts": surroundings.fonts_are_there,
}
SLOW = {
    "audit": audit_holds,
    "derived": derived_rows_agree,
    "mail": surroundings.mail_server_answers,
    "certificate": surroundings.certificate_is_good,
}
