"""Whether this server can take visitors, and the checks behind that answer."""

import logging
import shutil
import tempfile
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from shangheng.core.jobs import alive
from shangheng.core.operations.findings import found
from shangheng.core.operations.registry import Check, Finding, Level, checks

logger = logging.getLogger(__name__)

MIB = 1024 * 1024
MIGRATIONS_HOLD_SECONDS = 60

_migrated_until: dict[str, float] = {}


class State(StrEnum):
    """How a check went; only what failed keeps visitors out."""

    OK = "ok"
    ATTENTION = "attention"
    FAILED = "failed"


def readiness() -> dict[str, State]:
    """How each check went that a visitor depends on."""
    return {check.code: _state(check) for check in checks() if check.ready}


def _state(check: Check) -> State:
    try:
        levels = {finding.level for finding in check.run()}
    except Exception:  # whatever it is, the server is not ready
        logger.exception("the check %s failed", check.code)
        return State.FAILED
    if Level.ERROR in levels:
        return State.FAILED
    return State.ATTENTION if levels else State.OK


def database_answers() -> Iterator[Finding]:
    """The database can be reached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        connection.close()  # the next question is asked on a new one
        yield found("database.unreachable", problem=str(problem).strip().splitlines()[0])


def unapplied_migrations() -> list[str]:
    """The names of the migrations that the database has not had yet, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def known_migrations() -> set[str]:
    """The names of the program's migrations and of those that they replace: a database records both."""
    ours = MigrationLoader(None).disk_migrations
    replaced = {old for migration in ours.values() for old in migration.replaces}
    return set(map(".".join, {*ours, *replaced}))


def database_is_migrated() -> Iterator[Finding]:
    """The tables are those of this version. Found so, it is believed for a minute."""
    name = str(connection.settings_dict["NAME"])
    if time.monotonic() < _migrated_until.get(name, 0):
        return
    try:
        missing = unapplied_migrations()
    except DatabaseError as problem:
        connection.close()
        yield found("database.unreachable", problem=str(problem).strip().splitlines()[0])
        return
    if missing:
        yield found("database.migrations", count=len(missing), first=missing[0])
    else:
        _migrated_until[name] = time.monotonic() + MIGRATIONS_HOLD_SECONDS


def evidence_is_writable() -> Iterator[Finding]:
    """A file can be written where the vouchers are kept."""
    folder = Path(settings.EVIDENCE_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"0")
    except OSError as problem:
        yield found("evidence.unwritable", folder=folder, problem=problem.strerror or problem)


def workers_live() -> Iterator[Finding]:
    """Somebody runs jobs. Pages open without, so visitors are let in; imports, mail and backups wait."""
    now = timezone.now()
    found_workers = alive.workers(now)
    if not found_workers.living:
        yield found("workers.none", Level.WARNING)
    for one in found_workers.silent:
        seen = timezone.localtime(one.seen_at).strftime("%Y-%m-%d %H:%M:%S")
        yield found("workers.silent", Level.WARNING, worker=one.worker, seen=seen)


def disk_has_room() -> Iterator[Finding]:
    """There is room for what is to come."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < settings.DISK_MIN_BYTES:
        yield found(
            "disk.full",
            folder=settings.DATA_DIR,
            free=free // MIB,
            wanted=settings.DISK_MIN_BYTES // MIB,
        )
    elif free < 5 * settings.DISK_MIN_BYTES:
        yield found("disk.low", Level.WARNING, folder=settings.DATA_DIR, free=free // MIB)
    kept = Path(settings.BACKUP_DIR)
    if kept.exists() and (free := shutil.disk_usage(kept).free) < 5 * settings.DISK_MIN_BYTES:
        yield found("disk.low", Level.WARNING, folder=kept, free=free // MIB)
