"""Telling the writers of a report what others did with it."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.notices.services import notify
from shangheng.desks.briefing.models import Report, Step

SUBJECTS: dict[str, tuple[str, Callable[[], str]]] = {
    "check": ("report.checked", lambda: _("“%(title)s”已核稿")),
    "return": ("report.returned", lambda: _("“%(title)s”被退回")),
    "sign": ("report.signed", lambda: _("“%(title)s”已签发，可以印发")),
    "withdraw": ("report.withdrawn", lambda: _("“%(title)s”印发后被撤回")),
}


def tell_writers(step: Step) -> None:
    """Tell of a step that somebody else has taken; of the others nobody needs to be told."""
    if step.act not in SUBJECTS:
        return
    kind, subject = SUBJECTS[step.act]
    report = step.report
    notify(
        to=writers_of(report),
        kind=kind,
        subject=lambda: subject() % {"title": report.title},
        body=(lambda: _("原因：%s") % step.reason) if step.reason else "",
        url=reverse("report", args=[report.pk]),
        at=step.at,
        actor=step.actor,
        key=f"briefing.step:{step.pk}",
        source=f"briefing.report:{report.pk}",
        unit=report.unit,
    )


def writers_of(report: Report) -> list[User]:
    """The owner, and whoever has written a version of the text."""
    authors = User.objects.filter(pk__in=report.drafts.values("author"))
    return [report.owner, *authors.exclude(pk=report.owner_id)]
