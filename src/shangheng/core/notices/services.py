"""Telling people of something, and what they do with it in their inbox."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise

from shangheng.core.accounts.models import Grant, OrgUnit, User
from shangheng.core.accounts.rules import ScopeKind
from shangheng.core.audit.actor import Actor
from shangheng.core.notices import kinds, mail
from shangheng.core.notices.kinds import Kind, Mail
from shangheng.core.notices.models import Delivery, Event, Notice, Outlet, Preference, Subscription
from shangheng.methods.wording import parted

type Text = str | Promise | Callable[[], str]
"""A text, or what makes it in the running language: `lambda: _("…%(name)s…") % {"name": name}`."""

SUBJECT = 200
BODY = 2000


@transaction.atomic
def notify(
    *,
    to: Iterable[User],
    kind: str,
    subject: Text,
    body: Text = "",
    url: str = "",
    at: datetime,
    actor: Actor | None = None,
    key: str = "",
    source: str = "",
    unit: OrgUnit | None = None,
) -> Event:
    """Tell people, group robots and other systems of something; it stands or falls with the running transaction.

    Told are those of `to` who are active, and the holders of the kind's roles whose grant reaches
    `unit`; `actor` hears of the own act only where the kind says so. The same `key` is told once,
    however often this is called: work that may be repeated passes one. `url` is a path of the
    platform. Raises UnknownKind.
    """
    rule = kinds.kind(kind)
    texts = _texts(subject, body)
    event, new = Event.objects.get_or_create(
        key=key or _key(kind, texts, url, at),
        defaults={
            "kind": kind,
            "at": at,
            "actor_name": (actor.display_name or actor.username) if actor else "",
            "texts": texts,
            "url": url,
            "source": source,
        },
    )
    if new:
        people = _receivers(rule, to, actor, unit)
        _tell_people(event, rule, people)
        _tell_outlets(event, rule)
    return event


def mark_read(*, notices: Iterable[Notice], at: datetime) -> None:
    """The receiver has seen them; the first time counts."""
    unread = Notice.objects.filter(pk__in=[one.pk for one in notices], read_at=None)
    unread.update(read_at=at)


def mark_unread(*, notices: Iterable[Notice]) -> None:
    """The receiver wants to come back to them."""
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(read_at=None)


def mark_all_read(*, person: User, upto: int, at: datetime) -> int:
    """Everything up to a notice has been seen; what came in since stays unread. Returns how many."""
    unread = Notice.objects.filter(receiver=person, read_at__isnull=True, pk__lte=upto)
    return unread.update(read_at=at)


def _texts(subject: Text, body: Text) -> dict[str, dict[str, str]]:
    texts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts[language] = {
                "subject": _said(subject)[:SUBJECT],
                "body": _said(body)[:BODY],
            }
    return texts


def _said(text: Text) -> str:
    """The sentence; a title that it quotes may quote something itself."""
    return parted(str(text()) if callable(text) else str(text))


def _key(kind: str, texts: dict[str, dict[str, str]], url: str, at: datetime) -> str:
    told = repr((kind, sorted(texts[settings.LANGUAGE_CODE].items()), url, at.isoformat()))
    return sha256(told.encode()).hexdigest()


def _receivers(
    rule: Kind, to: Iterable[User], actor: Actor | None, unit: OrgUnit | None
) -> list[User]:
    people = {person.pk: person for person in [*to, *_holders(rule, unit)] if person.is_active}
    if actor is not None and not rule.own:
        people.pop(actor.pk, None)
    return list(people.values())


def _holders(rule: Kind, unit: OrgUnit | None) -> list[User]:
    """Who hears of this kind by role, as far as each grant reaches."""
    if not rule.roles:
        return []
    grants = Grant.objects.filter(role__in=rule.roles, user__is_active=True)
    grants = grants.select_related("user__unit").prefetch_related("units")
    line = list(_line(unit))
    return [grant.user for grant in grants if any(_reaches(grant, one) for one in line)]


def _line(unit: OrgUnit | None) -> Iterator[OrgUnit | None]:
    """A unit and, where it is closed, who has taken over from it."""
    yield unit
    while unit is not None and unit.successor is not None:
        unit = unit.successor
        yield unit


def _reaches(grant: Grant, unit: OrgUnit | None) -> bool:
    if grant.scope == ScopeKind.ALL or unit is None:
        return grant.scope == ScopeKind.ALL
    if grant.scope == ScopeKind.CHOSEN:
        return unit in grant.units.all()
    if grant.user.unit is None or grant.scope == ScopeKind.OWN:
        return False
    if grant.scope == ScopeKind.UNIT_TREE:
        return unit.path.startswith(grant.user.unit.path)
    return unit.pk == grant.user.unit_id


def _tell_people(event: Event, rule: Kind, people: list[User]) -> None:
    chosen = {
        row.person_id: row for row in Subscription.objects.filter(person__in=people, kind=rule.code)
    }
    Notice.objects.bulk_create(
        Notice(event=event, receiver=person)
        for person in people
        if rule.urgent or person.pk not in chosen or chosen[person.pk].inbox
    )
    if not mail.is_set_up():
        return
    addressed = set(
        Preference.objects.filter(person__in=people)
        .exclude(email="")
        .values_list("person_id", flat=True)
    )
    wanted = {
        person.pk: chosen[person.pk].email if person.pk in chosen else rule.email
        for person in people
        if person.pk in addressed
    }
    Delivery.objects.bulk_create(
        Delivery(event=event, receiver_id=pk, digest=how == Mail.DIGEST, due_at=event.at)
        for pk, how in wanted.items()
        if how != Mail.OFF
    )


def _tell_outlets(event: Event, rule: Kind) -> None:
    if not rule.group:
        return
    Delivery.objects.bulk_create(
        Delivery(event=event, outlet=outlet, due_at=event.at)
        for outlet in Outlet.objects.filter(is_active=True)
        if rule.code in outlet.kinds
    )
