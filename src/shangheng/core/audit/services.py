"""Writing audit rows; `verify` proves that nobody has touched them."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from shangheng.core.audit import chain, heads
from shangheng.core.audit.actor import Actor
from shangheng.core.audit.acts import must_be_known
from shangheng.core.audit.context import address
from shangheng.core.audit.models import Row
from shangheng.core.audit.verification import Findings, verify
from shangheng.core.database.locks import exclusive

__all__ = ["Findings", "listen", "record", "shorten", "take_turn", "verify"]

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
    must_be_known(act)
    if not connection.in_atomic_block:
        raise RuntimeError(f"{act} must be recorded in the transaction that does it")
    if timezone.is_naive(at):
        raise ValueError(f"{act}: the time {at} has no time zone")
    take_turn()
    last = Row.objects.order_by("-number").values_list("number", "hash").first()
    number, previous_hash = last or (0, chain.GENESIS)
    fields = chain.Fields(
        number=number + 1,
        at=at,
        actor_id=actor.pk if actor else None,
        actor_name=chain.clean(actor.display_name or actor.username) if actor else "",
        act=act,
        target=chain.clean(target),
        label=shorten(chain.clean(label)),
        before=chain.plain(before),
        after=chain.plain(after),
        address=address(),
        previous_hash=previous_hash,
    )
    row = Row.objects.create(**fields.as_dict(), hash=fields.digest())
    transaction.on_commit(partial(heads.note, row.number, row.hash), robust=True)
    for hear in _listeners[act]:
        hear(row)
    return row


def shorten(label: str) -> str:
    """A label as a row keeps it."""
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1] + "…"
