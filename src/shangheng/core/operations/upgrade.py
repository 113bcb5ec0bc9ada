"""Bringing the data of an installation to the version of the program, with a way back.

A backup is made before anything is changed. The ledger answers for any past instant, so the figures of
the instant before are asked again afterwards and must be the same, digit for digit.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from shangheng.core.audit.services import record, verify
from shangheng.core.operations import health
from shangheng.core.operations.backup import services, shelf
from shangheng.core.operations.registry import Level, all_derived, checks
from shangheng.core.operations.serving import somebody_serves

NEEDED = ("database", "evidence", "disk")  # what must be well before anything is changed
CLOCK = "clock"  # besides, where there is an audit to hold it against

type Tell = Callable[[str], None]


class UnableToUpgrade(Exception):
    """The upgrade is not begun, or was not whole; the message says how to go on or back."""


@dataclass(slots=True)
class Outcome:
    """What an upgrade has done."""

    version: str
    applied: list[str] = field(default_factory=list)
    backup: Path | None = None
    figures: int = 0
    rebuilt: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures as known at an instant, by reference; `source` says where they were noted."""

    known_at: datetime
    values: dict[str, str]
    source: str = ""


def upgrade(*, at: datetime, tell: Tell) -> Outcome:
    """Check, back up, migrate, make anew what is derived, and hold figures and audit against before.

    Run again, it changes nothing more and only verifies. `tell` hears of each step. Raises UnableToUpgrade.
    """
    must_be_fit()
    outcome = Outcome(version("shangheng"), applied=health.unapplied_migrations())
    before = figures_before(at) if has_tables() else None
    if outcome.applied and before is not None:
        tell(_("备份 …"))
        outcome.backup = services.back_up(
            target=shelf.place_for(at, before_upgrade=True), at=at, note=False
        ).file
        tell(f"  {outcome.backup}")
    try:
        _change(outcome, before, at, tell)
    except UnableToUpgrade as problem:
        raise UnableToUpgrade(f"{problem}\n{way_back(outcome)}") from problem
    except Exception as problem:
        text = _("升级没有完成（%(kind)s: %(problem)s）。") % {
            "kind": type(problem).__name__,
            "problem": problem,
        }
        raise UnableToUpgrade(f"{text}\n{way_back(outcome)}") from problem
    return outcome


def must_be_fit() -> None:
    """Raises UnableToUpgrade when something must be mended, or stopped, first."""
    if somebody_serves():
        raise UnableToUpgrade(
            _(
                "平台正在这份数据上运行，请先停止服务（systemctl stop shangheng）和后台任务，再升级。"
            )
        )
    needed = (*NEEDED, CLOCK) if has_tables() else NEEDED
    for check in checks():
        if check.code not in needed:
            continue
        for finding in check.run():
            if finding.level is Level.ERROR:
                raise UnableToUpgrade(
                    _("没有升级，数据未动：%(what)s 请先处理：%(mend)s")
                    % {"what": finding.what, "mend": finding.mend}
                )
    loader = MigrationLoader(connection)
    ours = {app for app, _name in loader.disk_migrations}
    applied = {".".join(key) for key in loader.applied_migrations if key[0] in ours}
    if unknown := sorted(applied - health.known_migrations()):
        raise UnableToUpgrade(
            _("数据库属于更新的版本（%s），这个程序太旧，没有改动。请安装更新的版本。") % unknown[0]
        )


def has_tables() -> bool:
    """Whether anything was ever kept here."""
    return "audit_row" in connection.introspection.table_names()


def figures_before(at: datetime) -> Figures:
    """The figures as known now; where this program cannot read tables so old, those of the newest backup.

    Raises UnableToUpgrade when there is neither.
    """
    try:
        with transaction.atomic():
            return Figures(at, services.figures_at(at))
    except DatabaseError:
        standing = next(iter(shelf.newest_first()), None)
    if standing is None:
        raise UnableToUpgrade(
            _("这个版本读不了旧表里的数字，又没有旧版本做的备份可以对照，没有改动。")
            + _("请装回旧版本，运行 shangheng backup，再升级。")
        )
    manifest = services.prove(standing.path).manifest
    return Figures(
        datetime.fromisoformat(manifest["made_at"]), manifest["figures"], standing.path.name
    )


def _change(outcome: Outcome, before: Figures | None, at: datetime, tell: Tell) -> None:
    if outcome.applied:
        tell(_("升级数据库（%d步）…") % len(outcome.applied))
        call_command("migrate", interactive=False, verbosity=0)
    for derived in all_derived():
        tell(_("核对%s …") % derived.label)
        if derived.differences():
            derived.rebuild()
            outcome.rebuilt.append(str(derived.label))
            if left := derived.differences():
                raise UnableToUpgrade(
                    _("%(what)s重建后仍有%(count)d处不符，如 %(first)s。")
                    % {"what": derived.label, "count": len(left), "first": left[0]}
                )
    if before is not None:
        tell(_("核对数字 …"))
        outcome.figures = must_be_the_same(before)
    tell(_("核对审计 …"))
    if not (found := verify()).ok:
        raise UnableToUpgrade(_("审计核对没有通过：%s") % found.findings[0].message)
    if outcome.applied or outcome.rebuilt:
        _note(outcome, at)


def must_be_the_same(before: Figures) -> int:
    """How many figures are as they were. Raises UnableToUpgrade with those that are not.

    A figure that only this version knows has nothing to be held against.
    """
    now = services.figures_at(before.known_at)
    changed = sorted(key for key, value in before.values.items() if now.get(key) != value)
    if changed:
        first = changed[0]
        raise UnableToUpgrade(
            _("%(count)d个数字与升级前不同，如 %(key)s：升级前 %(before)s，升级后 %(now)s。")
            % {
                "count": len(changed),
                "key": first,
                "before": before.values[first],
                "now": now.get(first, "—"),
            }
        )
    return len(before.values)


def _note(outcome: Outcome, at: datetime) -> None:
    after: dict[str, Any] = {
        "release": outcome.version,
        "migrations": outcome.applied,
        "file": outcome.backup.name if outcome.backup else "",
        "rebuilt": outcome.rebuilt,
        "figures": outcome.figures,
    }
    with transaction.atomic():
        record(actor=None, act="operations.upgrade", at=at, label=outcome.version, after=after)


def way_back(outcome: Outcome) -> str:
    """What to do after an upgrade that was not whole."""
    if outcome.backup is None:
        return _("没有做数据库升级，不需要恢复备份。请处理后再运行 shangheng upgrade。")
    return (
        _(
            "退回的办法：装回原来的版本，运行 shangheng restore %s --replace，再启动服务。"
            "也可以处理后再运行 shangheng upgrade。"
        )
        % outcome.backup
    )
