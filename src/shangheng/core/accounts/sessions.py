"""Where people are logged in, and ending it."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from shangheng.core.accounts.models import Presence, User
from shangheng.core.audit.actor import Actor
from shangheng.core.audit.context import address
from shangheng.core.audit.services import record


def note_presence(*, user: User, session_key: str, at: datetime, device: str) -> None:
    """Write down that a session is in use."""
    seen = {"user": user, "seen_at": at, "address": address(), "device": device[:300]}
    Presence.objects.update_or_create(
        session_key=session_key, defaults=seen, create_defaults={**seen, "started_at": at}
    )


def sessions_of(user: User, at: datetime) -> QuerySet[Presence]:
    """The sessions of a person that are still good, the one used last first."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    return user.presences.filter(session_key__in=alive)


@transaction.atomic
def end_session(*, actor: Actor | None, at: datetime, presence: Presence) -> None:
    """End one session: its next click leads to the login page."""
    user = presence.user
    Session.objects.filter(session_key=presence.session_key).delete()
    presence.delete()
    _record(actor, at, user, 1)


@transaction.atomic
def end_sessions(*, actor: Actor | None, at: datetime, user: User) -> int:
    """End every session of a person; how many there were."""
    keys = list(user.presences.values_list("session_key", flat=True))
    ended, _rows = Session.objects.filter(session_key__in=keys).delete()
    user.presences.all().delete()
    if ended:
        _record(actor, at, user, ended)
    return ended


def _record(actor: Actor | None, at: datetime, user: User, count: int) -> None:
    record(
        actor=actor,
        act="accounts.session.end",
        at=at,
        target=f"accounts.user:{user.pk}",
        label=f"{user.display_name}（{user.username}）",
        after={"sessions": count},
    )
