"""Telling who set and signed targets when the ledger has moved away from the base of them."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.jobs import registry
from shangheng.core.jobs.run import Run
from shangheng.core.notices.services import notify
from shangheng.desks.targets.sheet_words import base_arithmetic, base_moved
from shangheng.desks.targets.words import indicator_word
from shangheng.engines.ledger.models import TargetSheet
from shangheng.engines.ledger.selectors.targets import Goal, goals

KIND = "targets.bases"
EVERY = timedelta(minutes=10)


def register() -> None:
    """Look every ten minutes: a base is a figure of a whole year, which any posting may move."""
    label = gettext_lazy("核对目标的基数")
    registry.register(registry.Handler(kind=KIND, label=label, run=_look))
    registry.register_schedule(registry.Schedule(KIND, KIND, every=EVERY, label=label))


def tell_moved_bases(*, at: datetime) -> int:
    """Tell of each sheet in force whose bases have moved since its signature; how many those are.

    What the signer knew and accepted is not told. The same bases are told once; another move is
    another telling.
    """
    told = 0
    for sheet in _in_force(at):
        moved = _moved(sheet, at)
        if moved:
            _tell(sheet, moved, at)
            told += 1
    return told


def _look(run: Run) -> None:
    tell_moved_bases(at=timezone.now())
    run.check()


def _in_force(at: datetime) -> Iterator[TargetSheet]:
    """The sheet that was signed last of each year."""
    signed = TargetSheet.objects.filter(state=TargetSheet.SIGNED, signed_at__lte=at)
    years = set[int]()
    for sheet in signed.select_related("created_by", "signed_by").order_by("-year", "-number"):
        if sheet.year not in years:
            years.add(sheet.year)
            yield sheet


def _moved(sheet: TargetSheet, at: datetime) -> list[Goal]:
    """The targets whose base is another one now than it was when they were signed."""
    area, signed_at = settings.HOME_AREA, sheet.signed_at
    if signed_at is None:
        return []
    now = goals(sheet, area=area, known_at=at)
    stale = [goal for goal in now if goal.stale]
    if not stale:
        return []
    known = {goal.row.pk: _base(goal) for goal in goals(sheet, area=area, known_at=signed_at)}
    return [goal for goal in stale if _base(goal) != known[goal.row.pk]]


def _base(goal: Goal) -> object:
    return goal.base_now.value if goal.base_now else None


def _tell(sheet: TargetSheet, moved: Sequence[Goal], at: datetime) -> None:
    signer = [sheet.signed_by] if sheet.signed_by else []
    parts = sorted(f"{goal.row.pk} {_base(goal)}" for goal in moved)
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    notify(
        to=[sheet.created_by, *signer],
        kind="target.base_moved",
        subject=partial(_subject, sheet),
        body=partial(_lines, moved),
        url=f"{reverse('sheet', args=[sheet.pk])}#{moved[0].row.indicator.code}",
        at=at,
        key=f"{KIND}:{sheet.pk}:{digest}",
        source=f"ledger.targetsheet:{sheet.pk}",
    )


def _subject(sheet: TargetSheet) -> str:
    words = {"year": sheet.year, "number": sheet.number}
    return _("%(year)s年目标第%(number)s版签发后，目标的基数变了") % words


def _lines(moved: Sequence[Goal]) -> str:
    """Each base once, and below it what that means for its targets."""
    lines = dict.fromkeys(
        line
        for goal in moved
        for line in (
            _("%(name)s的基数：%(moved)s")
            % {"name": indicator_word(goal.row.indicator.code), "moved": base_moved(goal)},
            base_arithmetic(goal),
        )
        if line
    )
    return "\n".join(lines)
