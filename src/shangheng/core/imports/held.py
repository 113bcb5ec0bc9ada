"""Holding an uploaded file between its preview and its confirmation.

The file lies in the data folder under its hash, and the signed token that the page carries is the
only way to it: nothing is in the database, and nothing is left after two hours. The token also
carries how the file is to be read, as its owner has said.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.exchange.layout import Layout

SECONDS = 2 * 60 * 60
SALT = "imports.held"
FOR_JOB = "job-"  # files with this prefix wait for a job, not for a person
FOR_JOB_SECONDS = 7 * 24 * 60 * 60  # so long a job that has failed may be repeated
WAITING = ".json"  # beside a file whose preview waits for a person: what it is (see `pending`)


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
    """A file that waits for confirmation; `job` works out its preview when it is large."""

    token: str = ""
    job: int | None = None


def hold(upload: Upload, *, table: str, actor: User) -> str:
    """Keep a file for two hours; returns the token that leads to it."""
    keep(upload, actor=actor)
    return token_of(upload, table=table, actor=actor)


def keep(upload: Upload, *, actor: User) -> None:
    """Keep a file for two hours."""
    _sweep(folder())
    _write(f"{actor.pk}-{upload.sha256}", upload.content)


def token_of(upload: Upload, *, table: str, actor: User, job: int | None = None) -> str:
    """The token of a file that is held."""
    return token_for(
        sha256=upload.sha256,
        name=upload.name,
        table=table,
        actor=actor,
        layout=upload.layout,
        job=job,
    )


def token_for(
    *, sha256: str, name: str, table: str, actor: User, layout: Layout | None, job: int | None
) -> str:
    """A token: which file it leads to, what it is called, how it is to be read, which job looks at it."""
    told = {"sha256": sha256, "name": name, "actor": actor.pk, "table": table}
    if layout:
        told["layout"] = asdict(layout)
    if job:
        told["job"] = job
    return signing.dumps(told, salt=SALT, compress=True)


def take(token: str, *, table: str, actor: User) -> Held:
    """The file behind a token. Raises HeldLost."""
    try:
        told = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        raise HeldLost from None
    if (told["actor"], told["table"]) != (actor.pk, table):
        raise HeldLost
    found = held_by(actor, told["sha256"], told["name"], layout_of(told.get("layout")))
    return Held(found.name, found.content, found.layout, token, told.get("job"))


def held_by(actor: User, sha256: str, name: str, layout: Layout | None) -> Upload:
    """A file that a person has handed in. Raises HeldLost."""
    return Upload(name, _content(f"{actor.pk}-{sha256}", sha256), layout)


def is_held(sha256: str, *, actor: User) -> bool:
    """Whether a file of that hash is still held for a person."""
    return (folder() / f"{actor.pk}-{sha256}").exists()


def share(sha256: str, *, giver: User, receiver: User) -> None:
    """Hold a file for another person as well; nothing where it is held no more."""
    with suppress(HeldLost):
        _write(f"{receiver.pk}-{sha256}", _content(f"{giver.pk}-{sha256}", sha256))


def layout_of(told: Mapping[str, Any] | None) -> Layout | None:
    """A layout that was written as JSON, whose keys are always text."""
    if not told:
        return None
    columns = {int(place): key for place, key in told["columns"].items()}
    return Layout(told["sheet"], told["row"], columns, told["fixed"])


def keep_for_job(upload: Upload, batch: int) -> None:
    """Keep a file until the job of its batch is done."""
    _write(f"{FOR_JOB}{batch}", upload.content)


def content_for_job(batch: int, sha256: str) -> bytes:
    """The file that a job is to take in. Raises HeldLost."""
    return _content(f"{FOR_JOB}{batch}", sha256)


def drop_for_job(batch: int) -> None:
    """Forget the file of a batch."""
    (folder() / f"{FOR_JOB}{batch}").unlink(missing_ok=True)


def drop(upload: Upload, *, actor: User) -> None:
    """Forget a file, and that its preview waits."""
    for ending in ("", WAITING):
        (folder() / f"{actor.pk}-{upload.sha256}{ending}").unlink(missing_ok=True)


def _content(name: str, sha256: str) -> bytes:
    try:
        content = (folder() / name).read_bytes()
    except FileNotFoundError:
        raise HeldLost from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise HeldLost
    return content


def _write(name: str, content: bytes) -> None:
    with written(name) as file:
        file.write(content)


@contextmanager
def written(name: str) -> Iterator[BinaryIO]:
    """A file that stands under its name once it is whole; nothing remains of one that is not."""
    descriptor, temporary = tempfile.mkstemp(prefix=".incoming-", dir=folder())
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        Path(temporary).replace(folder() / name)
    finally:
        Path(temporary).unlink(missing_ok=True)


def folder() -> Path:
    """Where files are held."""
    folder: Path = settings.DATA_DIR / "held"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sweep(place: Path) -> None:
    now = time.time()
    for path in place.iterdir():
        kept = FOR_JOB_SECONDS if path.name.startswith(FOR_JOB) else SECONDS
        if path.stat().st_mtime < now - kept:
            path.unlink(missing_ok=True)
