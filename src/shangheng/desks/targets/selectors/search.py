"""What the search finds on this desk: indicators, postings, vouchers."""

from django.db.models import Q
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.ui.figures import unit_text
from shangheng.core.ui.search import Hit
from shangheng.desks.targets.access import postings_for
from shangheng.engines.evidence.selectors import visible_to
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import Indicator
from shangheng.engines.ledger.selectors.provenance import for_reading


def find_indicators(user: User, text: str, limit: int) -> list[Hit]:
    """Indicators by any of their names, or by code; those that begin with the words first."""
    words = text.lower()
    found = [i for i in catalogue.indicators().values() if any(words in n for n in _names(i))]
    found.sort(key=lambda i: not any(name.startswith(words) for name in _names(i)))
    return [
        Hit(
            i.name,
            reverse("indicator", args=[i.code]),
            f"{i.code} · {unit_text(i.versions[-1].unit)}",
        )
        for i in found[:limit]
    ]


def find_postings(user: User, text: str, limit: int) -> list[Hit]:
    """Postings by subject, source or note, within reach."""
    named = Q(subject__icontains=text) | Q(entry__source__icontains=text)
    rows = for_reading(postings_for(user)).filter(named | Q(entry__note__icontains=text))
    return [
        Hit(
            f"{catalogue.indicator(row.series.indicator.code).name} {row.subject}".strip(),
            reverse("posting", args=[row.pk]),
            f"#{row.pk} · {row.occurred_on} · {row.series.unit.label} · {row.entry.source}",
        )
        for row in rows.order_by("-pk")[:limit]
    ]


def find_documents(user: User, text: str, limit: int) -> list[Hit]:
    """Vouchers by file name or by the beginning of their hash, within reach."""
    named = Q(name__icontains=text) | Q(sha256__startswith=text.lower())
    return [
        Hit(row.name, reverse("document", args=[row.pk]), f"{row.uploaded_at:%Y-%m-%d}")
        for row in visible_to(user).filter(named).order_by("-pk")[:limit]
    ]


def _names(indicator: Indicator) -> list[str]:
    return [
        name.lower() for name in (indicator.zh, indicator.en, indicator.code, *indicator.aliases)
    ]
