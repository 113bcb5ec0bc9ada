"""Bringing messages out: each is taken by one worker, sent, and its fate written down.

A row is taken by one conditional UPDATE and held by a lease while it is sent. Whoever dies between
sending and writing leaves the lease to run out; the message is then sent once more under the same
`uid` (at least once, recognisable).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.database.locks import exclusive
from shangheng.core.notices import hours, mail, robots, secrets
from shangheng.core.notices.kinds import kinds
from shangheng.core.notices.messages import message_of
from shangheng.core.notices.models import WAITING, Attempt, Delivery, Outlet, State
from shangheng.core.notices.outgoing import Failed
from shangheng.core.notices.services import notify

LEASE = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440, 1440))
"""How long to wait after each failed attempt; after the last one a message is given up."""

STOP_AFTER = timedelta(days=3)
BATCH = 200


def deliver_due(*, at: datetime, go_on: Callable[[], None] = lambda: None) -> int:
    """Send what is due; gives how many messages were tried. `go_on` may raise to stop in between."""
    tried = 0
    for delivery in _due(at)[:BATCH]:
        go_on()
        taken = _take(delivery, at)
        if taken:
            _send(taken, at)
            tried += 1
    return tried


@transaction.atomic
def redeliver(*, actor: User, delivery: Delivery, at: datetime) -> None:
    """Send a message once more, under the same `uid`, at the next round."""
    Delivery.objects.filter(pk=delivery.pk).exclude(leased_until__gt=at).update(
        state=State.QUEUED, due_at=at, attempts=0, reason="", leased_until=None
    )
    record(
        actor=actor,
        act="notices.redeliver",
        at=at,
        target=f"notices.delivery:{delivery.pk}",
        label=str(delivery.event.subject),
    )


def _due(at: datetime) -> QuerySet[Delivery]:
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    waiting = Delivery.objects.filter(free, state__in=WAITING, due_at__lte=at)
    return waiting.select_related("event", "receiver__notice_preference", "outlet").order_by(
        "due_at", "pk"
    )


@transaction.atomic
def _take(delivery: Delivery, at: datetime) -> list[Delivery]:
    """Hold a message, or the whole digest that it goes with; nothing when others have it or it must wait."""
    exclusive(f"notices.to:{delivery.receiver_id}:{delivery.outlet_id}")
    wait = _must_wait(delivery, at)
    if wait is not None:
        Delivery.objects.filter(pk=delivery.pk, state__in=WAITING).update(**wait)
        return []
    rows = _due(at).filter(pk=delivery.pk)
    if delivery.digest:
        rows = _due(at).filter(receiver=delivery.receiver, digest=True)
    held = list(rows)
    ids = [row.pk for row in held]
    Delivery.objects.filter(pk__in=ids).update(
        leased_until=at + LEASE, attempted_at=at, attempts=F("attempts") + 1
    )
    for row in held:
        row.attempts += 1
    return held


def _must_wait(delivery: Delivery, at: datetime) -> dict[str, object] | None:
    """What to write on a message that may not go out now: until when, or into the digest."""
    kind = kinds().get(delivery.event.kind)
    if kind is not None and kind.urgent:
        return None
    if delivery.outlet is not None:
        return _outlet_waits(delivery.outlet, at)
    preference = mail.preference(delivery)
    if delivery.digest:
        due = hours.digest_after(preference, delivery.event.at)
        return {"due_at": due} if due > at else None
    if (quiet_until := hours.quiet_until(preference, at)) is not None:
        return {"due_at": quiet_until}
    sent = Delivery.objects.filter(
        receiver=delivery.receiver, digest=False, attempted_at__gte=hours.midnight(at)
    )
    if sent.exclude(pk=delivery.pk).count() >= (preference.daily_cap or settings.MAIL_CAP):
        return {"digest": True, "due_at": hours.digest_after(preference, at)}
    return None


def _outlet_waits(outlet: Outlet, at: datetime) -> dict[str, object] | None:
    if (quiet_until := hours.bureau_quiet_until(at)) is not None and outlet.service != "webhook":
        return {"due_at": quiet_until}
    limit = robots.PER_MINUTE.get(outlet.service)
    minute = outlet.deliveries.filter(attempted_at__gt=at - timedelta(minutes=1))
    if limit and minute.count() >= limit:
        return {"due_at": at + timedelta(minutes=1)}
    return None


def _send(rows: Sequence[Delivery], at: datetime) -> None:
    try:
        if rows[0].outlet is None:
            mail.send(rows)
        else:
            _push(rows[0].outlet, rows[0], at)
    except Failed as failure:
        _write(rows, at, failure)
    else:
        _write(rows, at, None)


def _push(outlet: Outlet, delivery: Delivery, at: datetime) -> None:
    if not outlet.is_active:
        raise Failed(_("渠道已停用。"), permanent=True)
    try:
        address = secrets.unseal(outlet.address)
        secret = secrets.unseal(outlet.secret) if outlet.secret else ""
    except secrets.Unreadable:
        reason = _("密钥 SHANGHENG_SECRET_KEY 换过，请重新填写渠道的地址和密钥。")
        raise Failed(reason, permanent=True) from None
    with translation.override(outlet.language):
        message = message_of(delivery)
        robots.send(outlet.service, address, secret, message, at)


@transaction.atomic
def _write(rows: Sequence[Delivery], at: datetime, failure: Failed | None) -> None:
    """Write down what became of messages, unless the lease has run out and others have them now."""
    for row in rows:
        state, due = _fate(row, at, failure)
        reason = failure.reason[:300] if failure else ""
        mine = Delivery.objects.filter(pk=row.pk, leased_until=at + LEASE)
        if mine.update(state=state, due_at=due, reason=reason, leased_until=None):
            Attempt.objects.create(delivery=row, at=at, succeeded=failure is None, reason=reason)
    if rows[0].outlet is not None:
        _note_health(rows[0].outlet, at, failure)


def _fate(row: Delivery, at: datetime, failure: Failed | None) -> tuple[State, datetime]:
    if failure is None:
        return State.SENT, row.due_at
    if failure.permanent or row.attempts > len(PAUSES):
        return State.GIVEN_UP, row.due_at
    return State.FAILED, at + PAUSES[row.attempts - 1]


def _note_health(outlet: Outlet, at: datetime, failure: Failed | None) -> None:
    """Keep since when an outlet fails; one that has failed too long is stopped, and administrators are told."""
    rows = Outlet.objects.filter(pk=outlet.pk, is_active=True)
    if failure is None:
        rows.filter(failing_since__isnull=False).update(failing_since=None)
        return
    rows.filter(failing_since__isnull=True).update(failing_since=at)
    stopped = rows.filter(failing_since__lte=at - STOP_AFTER).update(
        is_active=False, stopped_because=failure.reason[:300], version=F("version") + 1
    )
    if stopped:
        notify(
            to=[],
            kind="outlet.stopped",
            subject=lambda: _("推送渠道“%s”已自动停用") % outlet.name,
            body=lambda: _("连续三天发不出去。最近一次：%s") % failure.reason,
            url=reverse("outlets"),
            at=at,
            key=f"outlet.stopped:{outlet.pk}:{at.isoformat()}",
            source=f"notices.outlet:{outlet.pk}",
        )
