"""What `shangheng doctor` looks at besides what `/readyz` asks."""

import logging
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from shangheng.core.audit.models import Row
from shangheng.core.audit.services import verify
from shangheng.core.operations.backup.shelf import newest_first
from shangheng.core.operations.findings import found
from shangheng.core.operations.registry import Check, Finding, Level, checks

logger = logging.getLogger(__name__)
LOCAL = {"127.0.0.1", "localhost", "::1"}
OLD_DAYS = 2


def examine() -> list[tuple[Check, list[Finding]]]:
    """Every check with what it finds; one that cannot be run is itself a finding."""
    return [(check, _run(check)) for check in checks()]


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


def backup_is_fresh() -> Iterator[Finding]:
    """There is a backup, and it is of these days."""
    made = last_backup()
    if made is None:
        yield found("backup.none", Level.WARNING, folder=settings.BACKUP_DIR)
    elif (timezone.now() - made).days >= OLD_DAYS:
        yield found("backup.old", Level.WARNING, days=(timezone.now() - made).days)


def last_backup() -> datetime | None:
    """When the newest backup in the folder was made; None when there is none."""
    newest = next(iter(newest_first()), None)
    return newest.made_at if newest else None


CHECKS = {
    "settings": settings_are_safe,
    "folder": data_folder_is_private,
    "durability": database_is_set_right,
    "audit": audit_holds,
    "clock": clock_goes_forward,
    "backup": backup_is_fresh,
}
