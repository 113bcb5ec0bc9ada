"""Where the bytes of evidence are kept: one file per content, named by its SHA-256.

A file is written beside its place, forced to the disk, and moved into place in one step: whatever
is killed when, a name either leads to the whole content or to nothing.
"""

import hashlib
import os
import tempfile
from enum import StrEnum
from pathlib import Path

from django.conf import settings


class Kept(StrEnum):
    """What `put` did with a content."""

    NEW = "new"
    ALREADY = "already"
    MENDED = "mended"  # there was a file under this name with another content


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def path_of(sha256: str) -> Path:
    """Where the content with this hash belongs."""
    folder: Path = settings.EVIDENCE_DIR
    return folder / sha256[:2] / sha256[2:]


def put(content: bytes) -> Kept:
    """Keep `content`; returns when it is safely on the disk."""
    path = path_of(digest_of(content))
    kept = Kept.NEW
    if path.exists():
        if path.read_bytes() == content:
            return Kept.ALREADY
        kept = Kept.MENDED
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(path, content)
    return kept


def _write(path: Path, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=".incoming-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        _force_to_disk(folder)


def _force_to_disk(folder: Path) -> None:
    """The name of a new file is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
