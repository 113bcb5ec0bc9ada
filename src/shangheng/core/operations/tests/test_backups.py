"""Backups are encrypted when a key is given, come every night, and are kept as long as was set."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from shangheng.core.jobs.registry import schedules
from shangheng.core.operations.backup import sealing, shelf
from shangheng.core.operations.backup.sealing import PIECE, TAG, Opener, Sealer, UnableToOpen

KEY = "a-key-of-more-than-thirty-two-characters"
HEAD = sealing.HEADER


def sealed(content: bytes, key: str = KEY) -> bytes:
    file = io.BytesIO()
    sealer = Sealer(file, key)
    for start in range(0, len(content), 100_000):
        sealer.write(content[start : start + 100_000])
    sealer.close()
    return file.getvalue()


def opened(content: bytes, key: str = KEY) -> bytes:
    opener, parts = Opener(io.BytesIO(content), key), []
    while part := opener.read(70_000):
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_sealed_is_opened_again(size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    secret = sealed(content)
    assert content[:64] not in secret or size < 8
    assert opened(secret) == content
    assert sealed(content) != secret  # another salt each time


def test_another_key_is_told_from_an_altered_file() -> None:
    with pytest.raises(UnableToOpen, match="不是做这份备份时的密钥"):
        opened(sealed(b"vouchers"), "another-key-of-more-than-thirty-two-characters")
    with pytest.raises(UnableToOpen, match="SHANGHENG_BACKUP_KEY"):
        opened(sealed(b"vouchers"), "")


def test_pieces_cannot_be_altered_moved_left_out_or_cut_off() -> None:
    whole = sealed(b"a" * (2 * PIECE) + b"end")
    first, second = whole[HEAD : HEAD + PIECE + TAG], whole[HEAD + PIECE + TAG :][: PIECE + TAG]
    rest = whole[HEAD + 2 * (PIECE + TAG) :]
    altered = bytes([first[0] ^ 1]) + first[1:]
    for spoilt in (
        altered + second + rest,
        second + first + rest,
        first + rest,
        first + second,
        first + second + rest[:-1],
        first + first + second + rest,
    ):
        with pytest.raises(UnableToOpen, match="被改动过"):
            opened(whole[:HEAD] + spoilt)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    settings.BACKUP_DIR = made
    return made


def test_one_a_day_and_one_a_week_are_kept(folder: Path, settings: Settings) -> None:
    settings.BACKUP_DAILY, settings.BACKUP_WEEKLY = 3, 2
    start = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # a Monday
    for day in range(21):
        for hour in (0, 5):
            shelf.place_for(start + timedelta(days=day, hours=hour)).touch()
    for day in range(5):
        shelf.place_for(start + timedelta(days=day), before_upgrade=True).touch()
    (folder / "notes.txt").touch()
    shelf.prune()
    kept = sorted(path.name for path in folder.iterdir())
    assert kept == [
        "notes.txt",
        "shangheng-20261104-090000-before-upgrade.tar.gz",
        "shangheng-20261105-090000-before-upgrade.tar.gz",
        "shangheng-20261106-090000-before-upgrade.tar.gz",
        "shangheng-20261115-140000.tar.gz",  # the last of its week
        "shangheng-20261120-140000.tar.gz",
        "shangheng-20261121-140000.tar.gz",
        "shangheng-20261122-140000.tar.gz",
    ]


def test_the_backup_comes_every_night_at_the_hour_of_the_settings(settings: Settings) -> None:
    schedule = next(one for one in schedules() if one.code == "operations.backup")
    assert schedule.daily_at == settings.BACKUP_AT
