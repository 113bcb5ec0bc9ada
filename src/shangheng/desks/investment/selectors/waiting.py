"""Everything that waits for somebody on the desk: what cases ask of them, and what falls due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import User
from shangheng.core.notices.kinds import kind
from shangheng.desks.investment.selectors.reminders import due_reminders
from shangheng.engines.cases.selectors.waiting import Kind, waiting_for

ASKED: Mapping[Kind, Promise] = {
    Kind.TASK: _("任务"),
    Kind.SIGNING: _("会签"),
    Kind.OVERRIDE: _("破例"),
    Kind.OBSTACLE: _("堵点"),
    Kind.CLOCK: _("环节时限"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: its kind, what it is, what it is about, its page, its last day (None: none)."""

    kind: str
    kind_name: str
    what: str
    about: str
    url: str
    on: date | None


def lines_for(actor: User, at: datetime) -> list[Line]:
    """What waits for somebody now, the nearest last day first and what has none at the end."""
    lines = [
        Line(one.kind, str(ASKED[one.kind]), one.what, one.case.title, one.url, one.on)
        for one in waiting_for(actor, timezone.localdate(at))
    ]
    lines += [
        Line(one.kind, kind(one.kind).name, one.subject(), one.about, one.url, one.on)
        for one in due_reminders(at, actor)
    ]
    return sorted(lines, key=lambda line: (line.on is None, line.on or date.max))
