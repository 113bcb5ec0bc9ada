"""How a person wants to be told: their address and hours, and each kind's way to them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from shangheng.core.accounts.models import User
from shangheng.core.audit.conflicts import acts_on, hold
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import record
from shangheng.core.database.edits import StaleEdit, take
from shangheng.core.notices.models import Preference, Subscription
from shangheng.core.notices.selectors import Choice, choices_of, preference_of

FIELDS = ("email", "language", "quiet", "quiet_from", "quiet_to", "digest_at", "daily_cap")


@transaction.atomic
def set_preference(*, actor: User, at: datetime, seen: int | None, **values: Any) -> Preference:
    """Change how the actor is told. `seen` is the version that was read, 0 for none. Raises StaleEdit."""
    row, new = Preference.objects.get_or_create(person=actor)
    if not new:
        take(row, seen=seen)
    elif seen:
        raise StaleEdit(None)
    before = details(row) if not new else details(Preference(person=actor))
    for name in FIELDS:
        setattr(row, name, values[name])
    row.full_clean()
    row.save()
    if before != (after := details(row)):
        _record(actor, at, "notices.preference", before, after)
    return row


@transaction.atomic
def choose(*, actor: User, at: datetime, choices: Iterable[Choice], seen: int | None) -> None:
    """Keep what the actor wants of each kind; what agrees with the rule needs no row.

    `seen` is the number of the last act of choosing that was known. Raises StaleEdit.
    """
    hold(acts_of_choosing(actor), actor, seen=seen)
    before = {choice.kind.code: _plain(choice) for choice in choices_of(actor)}
    wanted = list(choices)
    Subscription.objects.filter(person=actor).delete()
    Subscription.objects.bulk_create(
        Subscription(person=actor, kind=one.kind.code, inbox=one.inbox, email=one.email)
        for one in wanted
        if not one.inbox or one.email != one.kind.email
    )
    after = {choice.kind.code: _plain(choice) for choice in wanted}
    if before != after:
        changed = [code for code in after if before.get(code) != after[code]]
        _record(
            actor,
            at,
            "notices.subscribe",
            {code: before[code] for code in changed},
            {code: after[code] for code in changed},
        )


def details(row: Preference) -> dict[str, object]:
    """A preference as the audit keeps it."""
    hours = ("quiet_from", "quiet_to", "digest_at")
    kept: dict[str, object] = {name: getattr(row, name) for name in FIELDS}
    for name in hours:
        kept[name] = moment.strftime("%H:%M") if (moment := getattr(row, name)) else None
    kept["quiet"] = str(row.quiet)
    return kept


def initial(person: User) -> dict[str, object]:
    """What the form about a person's preference shows first."""
    row = preference_of(person)
    return {"version": row.version, **{name: getattr(row, name) for name in FIELDS}}


def acts_of_choosing(person: User) -> QuerySet[Row]:
    """When a person has chosen what to be told of."""
    return acts_on(target_of(person), Q(act="notices.subscribe"))


def target_of(person: User) -> str:
    """How the audit names the preference of a person."""
    return f"notices.preference:{person.pk}"


def _plain(choice: Choice) -> dict[str, object]:
    return {"inbox": choice.inbox, "email": str(choice.email)}


def _record(
    actor: User, at: datetime, act: str, before: dict[str, object], after: dict[str, object]
) -> None:
    record(
        actor=actor,
        act=act,
        at=at,
        target=target_of(actor),
        label=str(actor),
        before=before,
        after=after,
    )
