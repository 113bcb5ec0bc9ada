"""The file of a backup: a compressed tar whose last member, the manifest, names the hash of every other;
encrypted as a whole when a key is given.

It is written beside its place, forced to the disk and moved into place in one step. A file that was
cut off has no manifest, so it is never mistaken for a whole one.
"""

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from shangheng.core.operations.backup import sealing

MANIFEST = "manifest.json"
FORM = "shangheng-backup-1"
CHUNK = 1024 * 1024


class SpoiltBackup(Exception):
    """The file is not a whole and unaltered backup."""


class Writer:
    """Adds files to a backup; it stands at `target` only after `finish`."""

    def __init__(self, target: Path, key: str = "") -> None:
        self.target = target
        target.parent.mkdir(parents=True, exist_ok=True)
        self.partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
        descriptor = os.open(self.partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._sealer = sealing.Sealer(self._file, key) if key else None
        into: Any = self._sealer or self._file  # all that tarfile asks of it is `write`
        self._tar = tarfile.open(fileobj=into, mode="w|gz", compresslevel=3)  # noqa: SIM115
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file that nobody changes any more."""
        self.files[name] = {"sha256": digest_of(path), "size": path.stat().st_size}
        self._tar.add(path, name, recursive=False)

    def finish(self, manifest: dict[str, Any]) -> dict[str, Any]:
        """Write the manifest and put the file into its place; the manifest as written."""
        whole = {"form": FORM, **manifest, "files": self.files}
        content = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(content)
        self._tar.addfile(member, io.BytesIO(content))
        self._tar.close()
        if self._sealer:
            self._sealer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.partial.replace(self.target)
        descriptor = os.open(self.target.parent, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        return whole

    def give_up(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self.partial.unlink(missing_ok=True)


def unpack(source: Path, folder: Path, key: str = "") -> dict[str, Any]:
    """Unpack a backup into `folder`; its manifest. Raises SpoiltBackup when a byte is not as written."""
    try:
        with source.open("rb") as file, tarfile.open(fileobj=_plain(file, key), mode="r|gz") as tar:
            last = ""
            for member in tar:
                tar.extract(member, folder, filter="data")
                last = member.name
    except sealing.UnableToOpen as problem:
        raise SpoiltBackup(f"{source}: {problem}") from problem
    except (tarfile.TarError, EOFError, OSError, ValueError) as problem:
        raise SpoiltBackup(
            _("%(file)s 不是完整的备份：%(problem)s") % {"file": source, "problem": problem}
        ) from problem
    if last != MANIFEST:
        raise SpoiltBackup(_("%s 不完整：没有写完。请换一份备份。") % source)
    manifest = _manifest(source, folder)
    if wrong := _not_as_written(folder, manifest["files"]):
        raise SpoiltBackup(
            _("%(file)s 中%(count)d个文件与清单不符，如 %(first)s。请换一份备份。")
            % {"file": source, "count": len(wrong), "first": wrong[0]}
        )
    return manifest


def _manifest(source: Path, folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except ValueError as problem:
        raise SpoiltBackup(
            _("%(file)s 不是完整的备份：%(problem)s") % {"file": source, "problem": problem}
        ) from problem
    if not isinstance(manifest, dict) or manifest.get("form") != FORM:
        raise SpoiltBackup(_("%s 不是本系统的备份。") % source)
    return manifest


def _plain(file: BinaryIO, key: str) -> Any:
    """The file as it was before it was encrypted, if it was."""
    sealed = sealing.is_sealed(file.read(len(sealing.MAGIC)))
    file.seek(0)
    return sealing.Opener(file, key) if sealed else file


def _not_as_written(folder: Path, files: dict[str, dict[str, Any]]) -> list[str]:
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    wrong = there ^ {*files, MANIFEST}
    wrong |= {
        name
        for name, file in files.items()
        if name in there and digest_of(folder / name) != file["sha256"]
    }
    return sorted(wrong)


def digest_of(path: Path) -> str:
    """SHA-256 in hexadecimal, in bounded memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
