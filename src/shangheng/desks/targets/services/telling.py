"""Telling those who posted what the superior office said."""

from collections import defaultdict
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shangheng.core.accounts.models import User
from shangheng.core.notices.services import notify
from shangheng.core.ui.figures import number_text
from shangheng.desks.targets.words import reason_word
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Entry, RecognitionStep


def tell_posters(entry: Entry, kind: str) -> None:
    """Tell whoever posted what an entry rejects: one notice each, however many postings."""
    steps = entry.steps.filter(destination=Status.REJECTED).select_related(
        "posting__entry__actor", "posting__series__indicator", "posting__series__unit"
    )
    theirs: dict[User, list[RecognitionStep]] = defaultdict(list)
    for step in steps.order_by("pk"):
        theirs[step.posting.entry.actor].append(step)
    for poster, refused in theirs.items():
        one = refused[0].posting if len(refused) == 1 else None
        notify(
            to=[poster],
            kind=kind,
            subject=partial(_subject, kind, len(refused)),
            body=partial(_lines, refused),
            url=reverse("posting", args=[one.pk]) if one else reverse("recognition-rejected"),
            at=entry.recorded_at,
            actor=entry.actor,
            key=f"ledger.entry:{entry.pk}:{poster.pk}",
            source=f"ledger.posting:{one.pk}" if one else f"ledger.entry:{entry.pk}",
            unit=refused[0].posting.series.unit,
        )


def _subject(kind: str, count: int) -> str:
    if kind == "posting.revoked":
        return (
            ngettext("您填报的%d笔数据认定后被核减", "您填报的%d笔数据认定后被核减", count) % count
        )
    return ngettext("您填报的%d笔数据被拒统", "您填报的%d笔数据被拒统", count) % count


def _lines(steps: list[RecognitionStep]) -> str:
    return "\n".join(map(_line, steps))


def _line(step: RecognitionStep) -> str:
    posting = step.posting
    code = posting.series.indicator.code
    unit = catalogue.unit_of(catalogue.definition(code, posting.occurred_on))
    return _("%(name)s，%(day)s：%(value)s%(unit)s，原因：%(reason)s") % {
        "name": posting.subject or catalogue.indicator(code).name,
        "day": posting.occurred_on.isoformat(),
        "value": number_text(unit.from_minor(step.amount)),
        "unit": unit.after,
        "reason": reason_word(step.reason),
    }
