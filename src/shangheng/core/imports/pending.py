"""Small files whose previews wait for a person: known beside the file, so that they can pass to another.

The preview of a large file is a job and passes with it (`services.passing`); that of a small one is
worked out while its page is made, and stands nowhere but beside the held file, for as long as that.
"""

import json
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.handover import Item, Open
from shangheng.core.accounts.models import User
from shangheng.core.audit.marks import SIGNED_IN
from shangheng.core.audit.services import record
from shangheng.core.exchange.layout import Layout
from shangheng.core.imports import held, registry
from shangheng.core.imports.held import Held, HeldLost, Upload
from shangheng.core.imports.registry import Table
from shangheng.core.imports.services.passing import must_import

KEY = 15  # hexadecimal digits of the hash: as many as a whole number of the database holds


@dataclass(frozen=True)
class Pending:
    """A held file whose preview was shown and not confirmed."""

    table: Table
    sha256: str
    name: str
    layout: Layout | None

    @property
    def key(self) -> int:
        """A number by which it is known."""
        return int(self.sha256[:KEY], 16)

    @property
    def label(self) -> str:
        """The file and the table."""
        return f"{self.name} · {self.table.label}"

    @property
    def url(self) -> str:
        """Its preview, for whoever holds the file."""
        return f"{reverse(f'{self.table.url_name}-preview')}?{urlencode({'held': self.sha256})}"


def remember(upload: Upload, *, table: Table, actor: User) -> None:
    """The preview of a held file is shown to a person."""
    told = {
        "table": table.code,
        "name": upload.name,
        "layout": asdict(upload.layout) if upload.layout else None,
    }
    with held.written(f"{actor.pk}-{upload.sha256}{held.WAITING}") as file:
        file.write(json.dumps(told).encode())


def pending(actor: User) -> Iterable[Pending]:
    """What waits for a person, in no order that means anything."""
    for path in sorted(held.folder().glob(f"{actor.pk}-*{held.WAITING}")):
        sha256 = path.name.removesuffix(held.WAITING).partition("-")[2]
        with suppress(FileNotFoundError, KeyError):
            fresh = path.stat().st_mtime > time.time() - held.SECONDS
            if fresh and held.is_held(sha256, actor=actor):
                yield _read(path, sha256)


def take(sha256: str, *, table: str, actor: User) -> Held:
    """The file of a preview that waits for this person, with a new token. Raises HeldLost."""
    for one in pending(actor):
        if (one.sha256, one.table.code) == (sha256, table):
            found = held.held_by(actor, sha256, one.name, one.layout)
            token = held.token_of(found, table=table, actor=actor)
            return Held(found.name, found.content, found.layout, token)
    raise HeldLost


def _read(path: Path, sha256: str) -> Pending:
    told = json.loads(path.read_bytes())
    table = registry.table(told["table"])
    return Pending(table, sha256, told["name"], held.layout_of(told["layout"]))


def _open(user: User) -> Iterable[Item]:
    for one in pending(user):
        yield Item(one.key, one.label, one.url, permission=one.table.permission)


def _hand_over(*, actor: User, at: datetime, giver: User, receiver: User, keys: list[int]) -> None:
    """The receiver holds the files instead. Raises ValidationError for a table they may not import."""
    for one in _named(giver, keys):
        must_import(one.table.code, one.name, receiver)
        file = held.held_by(giver, one.sha256, one.name, one.layout)
        held.share(one.sha256, giver=giver, receiver=receiver)
        remember(file, table=one.table, actor=receiver)
        transaction.on_commit(partial(held.drop, file, actor=giver))
        _record("imports.preview.pass", actor, at, one, (giver, receiver))


def _give_up(*, actor: User, at: datetime, giver: User, keys: list[int]) -> None:
    """Forget the files."""
    for one in _named(giver, keys):
        file = held.held_by(giver, one.sha256, one.name, one.layout)
        transaction.on_commit(partial(held.drop, file, actor=giver))
        _record("imports.preview.drop", actor, at, one, (giver, None))


def _named(user: User, keys: list[int]) -> list[Pending]:
    return [one for one in pending(user) if one.key in keys]


def _record(
    act: str, actor: User, at: datetime, one: Pending, people: tuple[User, User | None]
) -> None:
    before, after = ({"holder": who.username} if who else None for who in people)
    record(
        actor=actor,
        act=act,
        at=at,
        target=f"imports.preview:{one.sha256}",
        label=one.label,
        before=before,
        after=after,
    )


PENDING = Open(
    code="imports.pending",
    label=gettext_lazy("没确认的导入预览（小表，文件只留两小时）"),
    permission=SIGNED_IN,
    find=_open,
    hand_over=_hand_over,
    close=_give_up,
    scoped=False,
    order=81,
    closing=gettext_lazy("不交接，放弃预览"),
    closed=gettext_lazy("放弃，没有交接"),
)
