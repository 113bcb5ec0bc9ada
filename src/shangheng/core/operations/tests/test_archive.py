"""The file of a backup, whole or spoilt."""

import random
from pathlib import Path

import pytest

from shangheng.core.operations.backup import archive


def test_a_backup_altered_at_any_byte_is_refused_by_name_or_still_whole(tmp_path: Path) -> None:
    chance = random.Random(1)
    papers = {}
    for name, size in {"evidence/a": 40_000, "evidence/b": 3_000, "database.jsonl": 500}.items():
        papers[name] = tmp_path / name.replace("/", "-")
        papers[name].write_bytes(chance.randbytes(size))
    file = tmp_path / "copy.tar.gz"
    writer = archive.Writer(file)
    for name, path in papers.items():
        writer.add(name, path)
    writer.finish({})
    content = file.read_bytes()
    refused = 0
    for place in sorted(chance.sample(range(len(content)), 150)):
        file.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        problem: archive.SpoiltBackup | None = None
        try:
            archive.unpack(file, tmp_path / f"at-{place}")
        except archive.SpoiltBackup as spoilt:
            problem = spoilt
        if problem is not None:
            refused += 1
            assert str(file) in str(problem)
        else:  # a byte that carries nothing, such as the time in the head of the compression
            folder = tmp_path / f"at-{place}"
            assert all((folder / name).read_bytes() == papers[name].read_bytes() for name in papers)
    assert refused > 140
    file.write_bytes(b"")
    with pytest.raises(archive.SpoiltBackup, match=r"copy\.tar\.gz"):
        archive.unpack(file, tmp_path / "empty")
