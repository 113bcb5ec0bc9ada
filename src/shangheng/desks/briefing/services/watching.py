"""Telling the writers of issued reports when the ledger has moved away from what they printed."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.jobs import registry
from shangheng.core.jobs.run import Run
from shangheng.core.notices.services import notify
from shangheng.desks.briefing.domain.pieces import Shown
from shangheng.desks.briefing.models import Report, State
from shangheng.desks.briefing.selectors.restatements import (
    ChangedNumber,
    changed_numbers,
    restated,
)
from shangheng.desks.briefing.services.telling import writers_of

KIND = "briefing.restated"
EVERY = timedelta(minutes=10)


def register() -> None:
    """Look every ten minutes: what moves a figure is in other rooms, which know of no reports."""
    label = gettext_lazy("核对已印发材料的数字")
    registry.register(registry.Handler(kind=KIND, label=label, run=_look))
    registry.register_schedule(registry.Schedule(KIND, KIND, every=EVERY, label=label))


def tell_restated(*, at: datetime) -> int:
    """Tell of each issued report whose figures the ledger now tells differently; how many those are.

    The same figures are told once; another change of the same report is another telling.
    """
    issued = Report.objects.filter(state=State.ISSUED, build__isnull=False)
    reports = list(issued.select_related("owner", "build", "unit"))
    found = restated(reports, now=at)
    told = [(report, changed_numbers(found[report.pk])) for report in reports if found[report.pk]]
    for report, numbers in told:
        _tell(report, numbers, at)
    return len(told)


def _look(run: Run) -> None:
    tell_restated(at=timezone.now())
    run.check()


def _tell(report: Report, numbers: Sequence[ChangedNumber], at: datetime) -> None:
    lines = [f"{row.label}: {_then(row)} → {_now(row)}" for row in numbers]
    digest = hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
    notify(
        to=writers_of(report),
        kind="report.restated",
        subject=lambda: (
            _("“%(title)s”印发后有%(n)d个数字变了") % {"title": report.title, "n": len(numbers)}
        ),
        body="\n".join(lines),
        url=reverse("report-restated", args=[report.pk]),
        at=at,
        key=f"{KIND}:{report.pk}:{digest}",
        source=f"briefing.report:{report.pk}",
        unit=report.unit,
    )


def _then(row: ChangedNumber) -> str:
    return _text(row.then, row.words_then)


def _now(row: ChangedNumber) -> str:
    return _text(row.now, row.words_now)


def _text(shown: Shown | None, words: str) -> str:
    return shown.text if shown else words
