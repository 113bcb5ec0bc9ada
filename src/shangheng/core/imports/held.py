"""Holding an uploaded file between its preview and its confirmation.

The file lies in the data folder under its hash, and the signed token that the page carries is the
only way to it: nothing is in the database, and nothing is left after two hours. The token also
carries how the file is to be read, as its owner has said.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.exchange.layout import Layout

SECONDS = 2 * 60 * 60
SALT = "imports.held"
FOR_JOB = "job-"  # files with this prefix wait for a job, not for a person
FOR_JOB_SECONDS = 7 * 24 * 60 * 60  # so long a job that has failed may be repeated


class HeldLost(LookupError):
    """The file is no longer there, or the token is not this person's; upload it again."""

    def __init__(self) -> None:
        super().__init__(_("上传的文件已过期，请重新上传。"))


@dataclass(frozen=True)
class Upload:
    """A file to import, and where its table stands when a person has said so."""

    name: str
    content: bytes
    layout: Layout | None = None

    @property
    def sha256(self) -> str:
        """The hash of the content in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Held(Upload):
    """A file that waits for confirmation."""

    token: str = ""


def hold(upload: Upload, *, table: str, actor: User) -> str:
    """Keep a file for two hours; returns the token that leads to it."""
    folder = _folder()
    _sweep(folder)
    _write(folder / f"{actor.pk}-{upload.sha256}", upload.content)
    return token_of(upload, table=table, actor=actor)


def token_of(upload: Upload, *, table: str, actor: User) -> str:
    """The token of a file that is held: its name, and how it is to be read."""
    told = {"sha256": upload.sha256, "name": upload.name, "actor": actor.pk, "table": table}
    if upload.layout:
        told["layout"] = asdict(upload.layout)
    return signing.dumps(told, salt=SALT, compress=True)


def take(token: str, *, table: str, actor: User) -> Held:
    """The file behind a token. Raises HeldLost."""
    try:
        told = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        raise HeldLost from None
    if (told["actor"], told["table"]) != (actor.pk, table):
        raise HeldLost
    content = _content(f"{actor.pk}-{told['sha256']}", told["sha256"])
    return Held(told["name"], content, layout_of(told.get("layout")), token)


def layout_of(told: Mapping[str, Any] | None) -> Layout | None:
    """A layout that was written as JSON, whose keys are always text."""
    if not told:
        return None
    columns = {int(place): key for place, key in told["columns"].items()}
    return Layout(told["sheet"], told["row"], columns, told["fixed"])


def keep_for_job(upload: Upload, batch: int) -> None:
    """Keep a file until the job of its batch is done."""
    _write(_folder() / f"{FOR_JOB}{batch}", upload.content)


def content_for_job(batch: int, sha256: str) -> bytes:
    """The file that a job is to take in. Raises HeldLost."""
    return _content(f"{FOR_JOB}{batch}", sha256)


def drop_for_job(batch: int) -> None:
    """Forget the file of a batch."""
    (_folder() / f"{FOR_JOB}{batch}").unlink(missing_ok=True)


def drop(upload: Upload, *, actor: User) -> None:
    """Forget a file."""
    (_folder() / f"{actor.pk}-{upload.sha256}").unlink(missing_ok=True)


def _content(name: str, sha256: str) -> bytes:
    try:
        content = (_folder() / name).read_bytes()
    except FileNotFoundError:
        raise HeldLost from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise HeldLost
    return content


def _write(path: Path, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=".incoming-", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(temporary).replace(path)


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "held"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sweep(folder: Path) -> None:
    now = time.time()
    for path in folder.iterdir():
        kept = FOR_JOB_SECONDS if path.name.startswith(FOR_JOB) else SECONDS
        if path.stat().st_mtime < now - kept:
            path.unlink(missing_ok=True)
