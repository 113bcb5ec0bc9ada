"""Holding an uploaded file between its preview and its confirmation.

The file lies in the data folder under its hash, and the signed token that the page carries is the
only way to it: nothing is in the database, and nothing is left after two hours.
"""

import hashlib
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User

SECONDS = 2 * 60 * 60
SALT = "targets.held"


class HeldLost(LookupError):
    """The file is no longer there, or the token is not this person's; upload it again."""

    def __init__(self) -> None:
        super().__init__(_("上传的文件已过期，请重新上传。"))


@dataclass(frozen=True)
class Held:
    """A file that waits for confirmation."""

    token: str
    name: str
    content: bytes


def hold(content: bytes, name: str, actor: User) -> str:
    """Keep a file for two hours; returns the token that leads to it."""
    folder = _folder()
    _sweep(folder)
    digest = hashlib.sha256(content).hexdigest()
    descriptor, temporary = tempfile.mkstemp(prefix=".incoming-", dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(temporary).replace(folder / f"{actor.pk}-{digest}")
    return signing.dumps({"sha256": digest, "name": name, "actor": actor.pk}, salt=SALT)


def take(token: str, actor: User) -> Held:
    """The file behind a token. Raises HeldLost."""
    try:
        told = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        raise HeldLost from None
    if told["actor"] != actor.pk:
        raise HeldLost
    try:
        content = (_folder() / f"{actor.pk}-{told['sha256']}").read_bytes()
    except FileNotFoundError:
        raise HeldLost from None
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise HeldLost
    return Held(token, told["name"], content)


def drop(held: Held, actor: User) -> None:
    """Forget a file."""
    digest = hashlib.sha256(held.content).hexdigest()
    (_folder() / f"{actor.pk}-{digest}").unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "held"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sweep(folder: Path) -> None:
    limit = time.time() - SECONDS
    for path in folder.iterdir():
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
