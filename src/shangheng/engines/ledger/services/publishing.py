"""Keeping what documents state, so that it can be held against the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.digest import digest, plain_line
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.published import read_stated
from shangheng.engines.ledger.models import Indicator, PublishedFigure
from shangheng.engines.ledger.services.sealing import recorded_now

MEASURES = frozenset({"value", "growth", "share", "rank", "target"})


class NotAFigure(ValueError):
    """A published figure that cannot be read; the message says which and why."""


@dataclass(frozen=True)
class Statement:
    """One number of a document: what it is about, and how it is printed (`text`)."""

    label: str
    indicator: str
    area: str
    period: str
    measure: str
    text: str
    unit_of_measure: str
    tier: str = ""
    subject: str = ""
    place: str = ""


@transaction.atomic
def publish(
    *,
    actor: User,
    at: datetime,
    source: str,
    statements: Sequence[Statement],
    document: Document | None = None,
    is_sample: bool = False,
) -> list[PublishedFigure]:
    """Keep the figures that a document states. Raises NotAFigure, UnknownIndicator, BadPeriod."""
    recorded_at = recorded_now(at)
    for statement in statements:
        _check(statement)
    codes = {statement.indicator for statement in statements}
    Indicator.objects.bulk_create([Indicator(code=c) for c in codes], ignore_conflicts=True)
    indicators = {row.code: row for row in Indicator.objects.filter(code__in=codes)}
    rows = PublishedFigure.objects.bulk_create(
        PublishedFigure(
            label=statement.label,
            indicator=indicators[statement.indicator],
            area=statement.area,
            period=statement.period,
            measure=statement.measure,
            tier=statement.tier,
            subject=statement.subject,
            text=statement.text,
            unit_of_measure=statement.unit_of_measure,
            source=source,
            place=statement.place,
            document=document,
            recorded_at=recorded_at,
            is_sample=is_sample,
        )
        for statement in statements
    )
    audit.record(
        actor=actor,
        act="ledger.publish",
        at=recorded_at,
        label=source,
        after={
            "figures": len(rows),
            "labels": [statement.label for statement in statements],
            "keys": [row.pk for row in rows],
            "digest": digest(map(line_of_published, rows)),
        },
    )
    return rows


def line_of_published(row: PublishedFigure) -> str:
    """A published figure as its digest takes it."""
    return plain_line(
        row.label,
        row.indicator_id,
        row.area,
        row.period,
        row.measure,
        row.tier,
        row.subject,
        row.text,
        row.unit_of_measure,
        row.source,
        row.place,
        row.document_id,
        row.recorded_at.astimezone(UTC),
        row.is_sample,
    )


def _check(statement: Statement) -> None:
    catalogue.indicator(statement.indicator)
    Period.parse(statement.period)
    if statement.measure not in MEASURES:
        words = {"label": statement.label, "measure": statement.measure}
        raise NotAFigure(_("%(label)s：不认识的量“%(measure)s”") % words)
    if read_stated(statement.text) is None:
        words = {"label": statement.label, "text": statement.text}
        raise NotAFigure(_("%(label)s：“%(text)s”读不出数值") % words)
