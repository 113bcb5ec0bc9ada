"""What the page of the system shows: part by part what there is, whether it is well, how to mend it."""

import platform
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from shangheng.core.jobs.alive import workers
from shangheng.core.jobs.selectors import Line, schedule_lines
from shangheng.core.operations.backup import shelf
from shangheng.core.operations.doctor import examine
from shangheng.core.operations.nightly import LastRun, last_run
from shangheng.core.operations.registry import Finding, Level
from shangheng.core.search.models import Item

BACKUPS_SHOWN = 5

type Facts = list[tuple[str, str]]

UNSET = "unset"


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the system. `asks_night` when some of it is looked at every night only.

    One that is not set up (`is_set`) is neither well nor wrong: nothing of it was looked at.
    """

    code: str
    title: str
    facts: Facts
    findings: list[Finding]
    asks_night: bool = False
    is_set: bool = True

    @property
    def level(self) -> str:
        """`error`, `warning`, `unset`, or nothing when all is well."""
        levels = {finding.level for finding in self.findings}
        worst = next((level for level in (Level.ERROR, Level.WARNING) if level in levels), "")
        return worst or ("" if self.is_set else UNSET)


@dataclass(frozen=True, slots=True)
class Status:
    """The whole page."""

    panels: list[Panel]
    schedules: list[Line]
    night: datetime | None

    @property
    def wrong(self) -> int:
        """How many parts need something done."""
        return sum(1 for panel in self.panels if panel.findings)


def status(at: datetime) -> Status:
    """Every part as it is now; what is slow to look at, as it was in the last night."""
    fresh = {check.code: findings for check, findings in examine(lambda check: not check.slow)}
    night = last_run()
    panels = [
        _panel(code, title, facts(at), codes, fresh, night)
        for code, title, codes, facts in _parts()
    ]
    return Status(panels, schedule_lines(at=at), night.at)


def _panel(
    code: str,
    title: str,
    facts: Facts,
    codes: Iterable[str],
    fresh: dict[str, list[Finding]],
    night: LastRun,
) -> Panel:
    findings = [
        finding for check in codes for finding in fresh.get(check, night.findings.get(check, []))
    ]
    asks_night = any(check not in fresh for check in codes)
    return Panel(code, title, facts, findings, asks_night, code not in _unset())


def _unset() -> set[str]:
    """The parts that this installation does without: no mail server, no address that browsers reach by HTTPS."""
    there = {
        "mail": settings.MAIL_SERVER is not None,
        "certificate": settings.ADDRESS.startswith("https://"),
    }
    return {code for code, is_set in there.items() if not is_set}


def _parts() -> list[tuple[str, str, tuple[str, ...], Callable[[datetime], Facts]]]:
    return [
        ("program", _("程序"), ("packages", "fonts", "settings", "folder"), _program),
        ("database", _("数据库"), ("database", "migrations", "durability"), _database),
        ("disk", _("磁盘"), ("disk", "evidence"), _disk),
        ("workers", _("后台任务执行者"), ("workers", "schedules"), _workers),
        ("backup", _("备份"), ("backup",), _backups),
        ("search", _("搜索和汇总"), ("index", "rollups", "derived"), _derived),
        ("audit", _("审计"), ("audit", "clock", "zone"), _clock),
        ("mail", _("邮件"), ("mail",), _mail),
        ("certificate", _("证书"), ("certificate",), _certificate),
    ]


def _program(_at: datetime) -> Facts:
    return [
        (_("版本"), version("shangheng")),
        ("Python", platform.python_version()),
        (_("系统"), f"{platform.system()} {platform.release()}"),
    ]


def database_version() -> str:
    """Which database it is."""
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("SELECT sqlite_version()" if sqlite else "SHOW server_version")
        return f"{'SQLite' if sqlite else 'PostgreSQL'} {cursor.fetchone()[0]}"


def _database(_at: datetime) -> Facts:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        size = int(cursor.fetchone()[0])
    return [(_("版本"), database_version()), (_("大小"), filesizeformat(size))]


def _disk(_at: datetime) -> Facts:
    folders = {_("数据目录"): Path(settings.DATA_DIR), _("备份目录"): Path(settings.BACKUP_DIR)}
    return [
        (label, _("剩余 %s") % filesizeformat(shutil.disk_usage(folder).free))
        for label, folder in folders.items()
        if folder.exists()
    ]


def _ago(moment: datetime, at: datetime) -> str:
    if abs(at - moment) < timedelta(minutes=1):
        return _("刚刚")
    return _("%s前") % timesince(moment, at, depth=1).replace("\xa0", "")


def _workers(at: datetime) -> Facts:
    return [
        (
            one.worker.rpartition(":")[0],
            _("%(threads)d个线程，%(ago)s有动静")
            % {"threads": one.threads, "ago": _ago(one.seen_at, at)},
        )
        for one in workers(at).living
    ]


def _backups(at: datetime) -> Facts:
    hour = f"{settings.BACKUP_AT:%H:%M}" if settings.BACKUP_AT else _("不备份")
    kept = [
        (
            timezone.localtime(one.made_at).strftime("%Y-%m-%d %H:%M"),
            _("%(ago)s，%(size)s%(kind)s")
            % {
                "ago": _ago(one.made_at, at),
                "size": filesizeformat(one.size),
                "kind": _("，已加密") if one.is_sealed else "",
            },
        )
        for one in shelf.newest_first()[:BACKUPS_SHOWN]
    ]
    return [(_("每晚"), hour), *kept]


def _derived(_at: datetime) -> Facts:
    return [(_("索引条目"), f"{Item.objects.count():,}")]


def _clock(at: datetime) -> Facts:
    now = timezone.localtime(at)
    return [(_("服务器时间"), f"{now:%Y-%m-%d %H:%M:%S}"), (_("时区"), settings.TIME_ZONE)]


def _mail(_at: datetime) -> Facts:
    server = settings.MAIL_SERVER
    return [(_("服务器"), f"{server.host}:{server.port}" if server else _("没有设置，不发邮件"))]


def _certificate(_at: datetime) -> Facts:
    return [
        ("HTTPS", _("启用") if settings.HTTPS else _("未启用")),
        (_("网址"), settings.ADDRESS or _("没有设置")),
    ]
