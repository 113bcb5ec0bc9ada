"""The folder in which backups stand: what they are called, which of them are kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

SEALED = ".sealed"  # the end of the name of an encrypted backup
NAME = re.compile(r"shangheng-(\d{8}-\d{6})(-before-upgrade)?\.tar\.gz(\.sealed)?")
UPGRADES_KEPT = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A backup in the folder."""

    path: Path
    made_at: datetime
    before_upgrade: bool

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size

    @property
    def is_sealed(self) -> bool:
        """Whether it is encrypted."""
        return self.path.name.endswith(SEALED)


def place_for(at: datetime, *, before_upgrade: bool = False) -> Path:
    """Where a backup made now goes."""
    kind = "-before-upgrade" if before_upgrade else ""
    end = SEALED if settings.BACKUP_KEY else ""
    name = f"shangheng-{timezone.localtime(at):%Y%m%d-%H%M%S}{kind}.tar.gz{end}"
    return Path(settings.BACKUP_DIR) / name


def newest_first() -> list[Standing]:
    """The whole backups of the folder, by the time in their names."""
    found = []
    for path in Path(settings.BACKUP_DIR).glob("shangheng-*"):
        if match := NAME.fullmatch(path.name):
            made = datetime.strptime(match[1], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - local by its name
            found.append(Standing(path, timezone.make_aware(made), bool(match[2])))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def prune() -> list[Path]:
    """Remove what the settings do not ask to be kept; the files removed.

    Kept are the newest backup of each of the last BACKUP_DAILY days and of the last BACKUP_WEEKLY weeks
    that have one, and the last three made before an upgrade: those are not counted among the others.
    """
    daily, weekly = settings.BACKUP_DAILY, settings.BACKUP_WEEKLY
    standing = newest_first()
    regular = [one for one in standing if not one.before_upgrade]
    upgrades = [one for one in standing if one.before_upgrade][:UPGRADES_KEPT]
    kept = {one.path for one in upgrades}
    kept |= _newest_of_each(regular, "%Y-%m-%d", daily) | _newest_of_each(regular, "%G-%V", weekly)
    gone = [one.path for one in standing if one.path not in kept]
    for path in gone:
        path.unlink()
    return gone


def _newest_of_each(standing: Iterable[Standing], span: str, count: int) -> set[Path]:
    newest: dict[str, Path] = {}
    for one in standing:
        newest.setdefault(timezone.localtime(one.made_at).strftime(span), one.path)
    return set(list(newest.values())[:count])
