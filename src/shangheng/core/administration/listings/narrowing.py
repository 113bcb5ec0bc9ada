"""How the logs are narrowed."""

import re

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.selectors import unit_choices
from shangheng.core.audit.models import Row
from shangheng.core.lists.declaring import Asked, Choices, Filter
from shangheng.core.lists.narrowing import since, until

REFERENCE = re.compile(r"[a-z]+\.[a-z_]+:\S+")


def by_words(rows: QuerySet[Row], text: str, _asked: Asked) -> QuerySet[Row]:
    """By number (#12), by the object as the audit writes it, or by words of the description."""
    number = text.removeprefix("#")
    if number.isascii() and number.isdigit():
        return rows.filter(Q(number=int(number)) | Q(label__icontains=text))
    if REFERENCE.fullmatch(text):
        return rows.filter(target=text)
    return rows.filter(Q(label__icontains=text) | Q(target__startswith=text))


def by_person(rows: QuerySet[Row], text: str, _asked: Asked) -> QuerySet[Row]:
    """By a part of the name of who acted, or by their login name."""
    people = User.objects.filter(username=User.normal_username(text)).values("pk")
    return rows.filter(Q(actor_name__icontains=text) | Q(actor_id__in=people))


def units(_asked: Asked) -> Choices:
    """The units in use, set in by their depth."""
    return [(str(pk), name) for pk, name in unit_choices()]


def people_of(unit: str) -> QuerySet[User]:
    """The people of a unit and of those below it."""
    path = OrgUnit.objects.filter(pk=unit).values_list("path", flat=True).first() or "?"
    return User.objects.filter(unit__path__startswith=path)


SINCE: Filter[Row] = Filter("since", _("自"), since("at", instant=True), kind="day")
UNTIL: Filter[Row] = Filter("until", _("至"), until("at", instant=True), kind="day")
