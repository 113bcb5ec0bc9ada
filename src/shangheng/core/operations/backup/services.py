"""Making a backup, proving one, and putting one back."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from shangheng.core.audit import heads
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import record, verify
from shangheng.core.operations.backup import archive, tables
from shangheng.core.operations.health import known_migrations
from shangheng.core.operations.registry import samples
from shangheng.core.operations.serving import somebody_serves

HEADS = "audit-heads.txt"
EVIDENCE = "evidence"


class UnableToRestore(Exception):
    """The backup is not put back; the data are as they were."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a backup was found to hold."""

    manifest: dict[str, Any]
    file: Path

    @property
    def summary(self) -> dict[str, Any]:
        """The numbers for people."""
        return {
            "made_at": self.manifest["made_at"],
            "version": self.manifest["version"],
            "files": len(self.manifest["files"]),
            "rows": sum(self.manifest["rows"].values()),
            "figures": len(self.manifest["figures"] or ()),
            "audit_head": self.manifest["audit_head"],
        }


def back_up(*, target: Path, at: datetime, note: bool = True) -> Proof:
    """Write database and vouchers, as at one instant, to `target`; a row of it stands in the audit.

    Without `note` there is no such row: before an upgrade the audit may be of another version.

    The noted heads are copied first and the vouchers last: both are only ever added to, so no head
    is without its row and no row without its file.
    """
    writer = archive.Writer(target, settings.BACKUP_KEY)
    try:
        # what is not encrypted yet stays beside the data
        beside = settings.DATA_DIR if settings.BACKUP_KEY else target.parent
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as name:
            folder = Path(name)
            if heads.path().exists():
                shutil.copyfile(heads.path(), folder / HEADS)
            with tables.snapshot():
                manifest = {
                    "made_at": at.isoformat(),
                    "version": version("shangheng"),
                    "vendor": connection.vendor,
                    "migrations": sorted(
                        map(".".join, MigrationLoader(connection).applied_migrations)
                    ),
                    **facts(at),
                    **tables.copy_out(folder),
                }
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    writer.add(str(path.relative_to(folder)), path)
            for path in vouchers(Path(settings.EVIDENCE_DIR)):
                writer.add(f"{EVIDENCE}/{path.relative_to(settings.EVIDENCE_DIR)}", path)
            proof = Proof(writer.finish(manifest), target)
    except BaseException:
        writer.give_up()
        raise
    if not note:
        return proof
    with transaction.atomic():
        after = {
            "file": target.name,
            "sha256": archive.digest_of(target),
            "size": target.stat().st_size,
        }
        record(actor=None, act="operations.backup", at=at, label=target.name, after=after)
    return proof


def facts(known_at: datetime) -> dict[str, Any]:
    """What must be the same after a restore: rows, the head of the audit, figures as known then."""
    return {
        "rows": tables.counts(),
        "audit_head": _readable(audit_head),
        "figures": _readable(lambda: figures_at(known_at)),
    }


def audit_head() -> list[Any]:
    """Number and hash of the last row; nothing when there is none."""
    return list(Row.objects.order_by("-number").values_list("number", "hash").first() or ())


def figures_at(known_at: datetime) -> dict[str, str]:
    """Every sampled figure as known at an instant, exactly, by its reference."""
    return {
        f"{code}:{reference}": value
        for code, sample in samples().items()
        for reference, value in sample(known_at)
    }


def _readable[T](read: Callable[[], T]) -> T | None:
    """What is read; None when the tables are of an older version than the program, before an upgrade."""
    try:
        with transaction.atomic():
            return read()
    except DatabaseError:
        return None


def vouchers(folder: Path) -> Iterator[Path]:
    """The files kept as evidence, without those that are just being written."""
    for path in sorted(folder.glob("??/*")):
        if path.is_file() and not path.name.startswith("."):
            yield path


def prove(source: Path) -> Proof:
    """Hold every byte of a backup against its manifest. Raises SpoiltBackup."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".proving-", dir=settings.DATA_DIR) as name:
        return Proof(archive.unpack(source, Path(name), settings.BACKUP_KEY), source)


def restore(*, source: Path, at: datetime, replace: bool) -> Proof:
    """Put a backup back and prove it: files, audit, rows and every noted figure.

    Nothing of the present data is touched before the backup is proven; on PostgreSQL all is one
    transaction, on SQLite the proven files are moved into place. What was there before is kept in
    `before-restore-…` (SQLite). Raises SpoiltBackup, UnableToRestore.
    """
    if somebody_serves():
        raise UnableToRestore(_("平台正在这份数据上运行，请先停止服务：systemctl stop shangheng"))
    if not replace and not is_empty():
        raise UnableToRestore(_("现有数据库不是空的。确定要换掉的，请加 --replace。"))
    data: Path = settings.DATA_DIR
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=data) as name:
        folder = Path(name)
        manifest = archive.unpack(source, folder, settings.BACKUP_KEY)
        _must_fit(manifest)
        if connection.vendor == "sqlite":
            _restore_sqlite(folder, manifest, at)
        else:
            _restore_postgresql(folder, manifest)
    with transaction.atomic():
        record(actor=None, act="operations.restore", at=at, label=source.name)
    return Proof(manifest, source)


def is_empty() -> bool:
    """Whether nobody has worked with this database yet."""
    there = connection.introspection.table_names()
    return Row._meta.db_table not in there or not Row.objects.exists()


def _must_fit(manifest: dict[str, Any]) -> None:
    if manifest["vendor"] == "postgresql" and connection.vendor == "sqlite":
        raise UnableToRestore(_("PostgreSQL 的备份只能恢复到 PostgreSQL；反过来可以。"))
    known = known_migrations()
    ours = {one for one in manifest["migrations"] if one in known}
    if set(manifest["migrations"]) != ours or (connection.vendor != "sqlite" and ours != known):
        raise UnableToRestore(
            _("备份由 %s 版做出，与现在的程序不是同一版本。请先装回那一版，恢复后再升级。")
            % manifest["version"]
        )


def _restore_postgresql(folder: Path, manifest: dict[str, Any]) -> None:
    file = heads.path()
    kept = file.read_bytes() if file.exists() else None
    try:
        with transaction.atomic():
            if manifest["vendor"] == "sqlite":
                tables.put_sqlite_into_postgresql(folder)
            else:
                tables.put_back_on_postgresql(folder, manifest["sequences"])
            _place_vouchers(folder)
            _place(folder / HEADS, file)
            must_agree(manifest)
    except BaseException:
        if kept is not None:
            file.write_bytes(kept)
        raise


def _restore_sqlite(folder: Path, manifest: dict[str, Any], at: datetime) -> None:
    with _pointing_at(folder):
        _place(folder / HEADS, heads.path())
        must_agree(manifest)
    database = Path(connection.settings_dict["NAME"])
    before = Path(settings.DATA_DIR) / f"before-restore-{at:%Y%m%d-%H%M%S}"
    before.mkdir()
    connection.close()
    for suffix in ("-wal", "-shm", ""):
        old = database.with_name(database.name + suffix)
        if old.exists():
            old.rename(before / old.name)
    if heads.path().exists():
        shutil.copyfile(heads.path(), before / HEADS)
    _place_vouchers(folder)
    (folder / tables.SQLITE).rename(database)
    _place(folder / HEADS, heads.path())


def _place_vouchers(folder: Path) -> None:
    for path in vouchers(folder / EVIDENCE):
        place = Path(settings.EVIDENCE_DIR) / path.relative_to(folder / EVIDENCE)
        if not place.exists() or archive.digest_of(place) != archive.digest_of(path):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.replace(place)


def _place(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if not source.exists():
        place.unlink(missing_ok=True)
    elif source != place:
        shutil.copyfile(source, place)


@contextmanager
def _pointing_at(folder: Path) -> Iterator[None]:
    """This process reads the unpacked files instead of the data in use: for a command, not a server."""
    name, data, evidence = (
        connection.settings_dict["NAME"],
        settings.DATA_DIR,
        settings.EVIDENCE_DIR,
    )
    connection.close()
    connection.settings_dict["NAME"] = str(folder / tables.SQLITE)
    settings.DATA_DIR, settings.EVIDENCE_DIR = folder, folder / EVIDENCE
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        settings.DATA_DIR, settings.EVIDENCE_DIR = data, evidence


def must_agree(manifest: dict[str, Any]) -> None:
    """Raises UnableToRestore unless rows, figures and audit are what the manifest says."""
    now = facts(datetime.fromisoformat(manifest["made_at"]))
    if (
        manifest["vendor"] != connection.vendor
    ):  # the index of the search has tables of its own there
        both = now["rows"].keys() & manifest["rows"].keys()
        now["rows"] = {table: now["rows"][table] for table in both}
        manifest["rows"] = {table: manifest["rows"][table] for table in both}
    for part in ("rows", "audit_head", "figures"):
        if manifest[part] is not None and now[part] != manifest[part]:
            raise UnableToRestore(
                _("恢复后的%s与备份清单不一致，已放弃，原有数据没有改动。") % part
            )
    findings = verify()
    if not findings.ok:
        raise UnableToRestore(
            _("恢复后的数据通不过审计核对，已放弃，原有数据没有改动：%s")
            % findings.findings[0].message
        )
