"""Every morning: whoever has something falling due on the desk hears of it, once."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.notices.models import Event, Notice
from shangheng.core.notices.services import notify
from shangheng.desks.investment.selectors.reminders import Reminder, due_reminders, rule_on
from shangheng.engines.cases import rulebook
from shangheng.methods.wording import say

MORE = "investment.more_due"
ASKED_AT_ONCE = 500


def remind(*, at: datetime, go_on: Callable[[], None] = lambda: None) -> int:
    """Tell everybody what falls due, no more a person and day than the rule allows; the rest is one
    notice that leads to the list, and comes itself on the days after. Returns how many were told.

    The same is told once, however often this runs. Nobody is told on a day off.
    """
    today = timezone.localdate(at)
    if not rulebook.is_worked(today):
        return 0
    waiting: dict[User, list[Reminder]] = defaultdict(list)
    for reminder in due_reminders(at):
        go_on()
        waiting[reminder.to].append(reminder)
    return sum(_tell(person, due, today, at) for person, due in waiting.items())


def _tell(person: User, due: list[Reminder], today: date, at: datetime) -> int:
    told = _told_of(due)
    new = [one for one in due if one.key not in told]
    room = max(rule_on(today).most - _told_today(person, today), 0)
    for one in new[:room]:
        _notify(one, at)
    if len(new) > room:
        _more(person, len(new) - room, today, at)
    return min(len(new), room)


def _told_of(due: Iterable[Reminder]) -> set[str]:
    """Which of some reminders were told before."""
    keys = [one.key for one in due]
    told: set[str] = set()
    for start in range(0, len(keys), ASKED_AT_ONCE):
        some = keys[start : start + ASKED_AT_ONCE]
        told |= set(Event.objects.filter(key__in=some).values_list("key", flat=True))
    return told


def _told_today(person: User, today: date) -> int:
    """How many reminders of the desk somebody has had on a day."""
    midnight = timezone.make_aware(datetime.combine(today, time()))
    had = Notice.objects.filter(
        receiver=person, event__at__gte=midnight, event__kind__startswith="investment."
    )
    return had.exclude(event__kind=MORE).count()


@transaction.atomic
def _notify(one: Reminder, at: datetime) -> None:
    notify(
        to=[one.to],
        kind=one.kind,
        subject=one.subject,
        body=one.about,
        url=one.url,
        at=at,
        key=one.key,
        unit=one.unit,
    )


@transaction.atomic
def _more(person: User, rest: int, today: date, at: datetime) -> None:
    notify(
        to=[person],
        kind=MORE,
        subject=lambda: say("另有%(n)d件到期提醒，见“待办和到期”", n=rest),
        url=reverse("reminders"),
        at=at,
        key=f"investment.more:{person.pk}:{today}",
    )
