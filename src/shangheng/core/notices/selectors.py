"""Reading an inbox."""

from dataclasses import dataclass

from django.db.models import QuerySet

from shangheng.core.accounts.models import User
from shangheng.core.notices.kinds import Kind, Mail, kinds
from shangheng.core.notices.models import Notice, Preference, Subscription


def inbox(person: User) -> QuerySet[Notice]:
    """What a person was told, the latest first."""
    return Notice.objects.filter(receiver=person).select_related("event")


def unread(person: User) -> QuerySet[Notice]:
    """The notices that wait to be read."""
    return inbox(person).filter(read_at=None)


def unread_count(person: User) -> int:
    """How many notices wait to be read."""
    return unread(person).count()


def preference_of(person: User) -> Preference:
    """How a person wants to be told; the bureau's way for whoever has said nothing."""
    return Preference.objects.filter(person=person).first() or Preference(person=person, version=0)


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind and how a person is told of it now."""

    kind: Kind
    inbox: bool
    email: Mail


def choices_of(person: User) -> list[Choice]:
    """Every kind with the choice of a person, or with what holds without one."""
    chosen = {row.kind: row for row in Subscription.objects.filter(person=person)}
    return [
        Choice(kind, kind.urgent or row.inbox, Mail(row.email))
        if (row := chosen.get(code))
        else Choice(kind, inbox=True, email=kind.email)
        for code, kind in kinds().items()
    ]
