"""Writing audit rows; `verify` proves that nobody has touched them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from shangheng.core.audit import chain, heads
from shangheng.core.audit.actor import Actor
from shangheng.core.audit.acts import must_be_known
from shangheng.core.audit.context import address
from shangheng.core.audit.models import Row
from shangheng.core.audit.verification import Findings, verify
from shangheng.core.database.filling import fill
from shangheng.core.database.locks import exclusive

__all__ = [
    "Findings", "Told", "listen", "record", "record_many", "shorten", "take_turn", "verify",
]  # fmt: skip

LABEL_LENGTH = 300

_listeners: dict[str, list[Callable[[Row], None]]] = defaultdict(list)


def listen(act: str, hear: Callable[[Row], None]) -> None:
    """Have `hear` called with every row of that act, in the transaction that records it.

    For what stands above the app that acts, and so cannot be called by it. Raises UnknownAct.
    """
    must_be_known(act)
    if hear not in _listeners[act]:
        _listeners[act].append(hear)


def take_turn() -> None:
    """Wait for the acts that are being recorded; others wait until this transaction ends.

    Every act comes to this lock in `record`. A transaction that will also lock rows which others
    lock takes its turn first: whoever holds the turn then never waits for somebody who wants it.
    """
    exclusive("audit")


def record(
    *,
    actor: Actor | None,
    act: str,
    at: datetime,
    target: str = "",
    label: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> Row:
    """Add one row to the chain; it stands or falls with the running transaction.

    `act` is a code of `rules/audit_acts.yaml`, `target` is `app.model:key`, `label` is for people
    and is cut at 300 characters. `actor` is None for acts of nobody known. Acts wait for each other
    from here until the end of the transaction, so record last.

    Raises RuntimeError outside of a transaction, ValueError when `at` has no time zone, TypeError
    when `before` or `after` holds something that has no exact form in JSON, UnknownAct for an act
    that is not declared.
    """
    told = Told(act, target, label, before, after)
    _must_be_fit(told, at)
    number, previous_hash = _last()
    fields = _fields(told, actor, at, number + 1, previous_hash)
    row = Row.objects.create(**fields.as_dict(), hash=fields.digest())
    transaction.on_commit(partial(heads.note, row.number, row.hash), robust=True)
    for hear in _listeners[act]:
        hear(row)
    return row


@dataclass(frozen=True, slots=True)
class Told:
    """What one row is to say, of what `record` is told."""

    act: str
    target: str = ""
    label: str = ""
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None


def record_many(*, actor: Actor | None, at: datetime, told: Sequence[Told]) -> None:
    """Add many rows to the chain, as `record` adds each of them; for acts that nobody listens to.

    Raises as `record` does, RuntimeError also for an act that somebody listens to.
    """
    if not told:
        return
    for one in {each.act: each for each in told}.values():
        _must_be_fit(one, at)
        if _listeners[one.act]:
            raise RuntimeError(f"somebody listens to {one.act}: record it row by row")
    number, previous = _last()
    same = {"at": chain.in_utc(at), "address": address(), **_who(actor)}
    rows: list[dict[str, Any]] = []
    for place, one in enumerate(told, number + 1):
        fields = {**same, **_said(one), "number": place, "previous_hash": previous}
        previous = chain.digest_of(fields)
        rows.append({**fields, "at": at, "hash": previous})
    fill(Row, {name: [row[name] for row in rows] for name in rows[0]})
    transaction.on_commit(partial(heads.note, number + len(rows), previous), robust=True)


def _must_be_fit(told: Told, at: datetime) -> None:
    """Take the turn for recording what may be recorded. Raises as `record` does."""
    must_be_known(told.act)
    if not connection.in_atomic_block:
        raise RuntimeError(f"{told.act} must be recorded in the transaction that does it")
    if timezone.is_naive(at):
        raise ValueError(f"{told.act}: the time {at} has no time zone")
    take_turn()


def _last() -> tuple[int, str]:
    """Number and hash of the last row."""
    last = Row.objects.order_by("-number").values_list("number", "hash").first()
    return last or (0, chain.GENESIS)


def _fields(
    told: Told, actor: Actor | None, at: datetime, number: int, previous_hash: str
) -> chain.Fields:
    return chain.Fields(
        number=number,
        at=at,
        address=address(),
        previous_hash=previous_hash,
        **_who(actor),
        **_said(told),
    )


def _who(actor: Actor | None) -> dict[str, Any]:
    """The fields of a row that say who acted."""
    name = chain.clean(actor.display_name or actor.username) if actor else ""
    return {"actor_id": actor.pk if actor else None, "actor_name": name}


def _said(told: Told) -> dict[str, Any]:
    """The fields of a row that say what was done."""
    return {
        "act": told.act,
        "target": chain.clean(told.target),
        "label": shorten(chain.clean(told.label)),
        "before": chain.plain(told.before),
        "after": chain.plain(told.after),
    }


def shorten(label: str) -> str:
    """A label as a row keeps it."""
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1] + "…"
