"""Vouchers beside what contradicts itself."""

from collections.abc import Iterable

from django import template
from django.template import Context

from shangheng.engines.evidence.selectors import open_to
from shangheng.engines.ledger.selectors.conflicts import Conflict

register = template.Library()


@register.simple_tag(takes_context=True)
def open_vouchers(context: Context, conflicts: Iterable[Conflict]) -> frozenset[int]:
    """The vouchers of conflicts that the reader may open, by key; of the others one sees the name alone."""
    documents = (document for conflict in conflicts for document in conflict.documents)
    return open_to(context["user"], documents)
