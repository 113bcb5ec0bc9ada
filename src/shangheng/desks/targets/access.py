"""The only door to a posting, and to the units that a person may post for."""

from collections.abc import Iterable
from typing import Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.provenance import for_reading

Purpose = Literal["view", "edit", "import", "submit", "recognise"]

PERMISSIONS: dict[Purpose, str] = {
    "view": "targets.view",
    "edit": "targets.post",
    "import": "targets.import",
    "submit": "targets.submit",
    "recognise": "targets.recognise",
}


def postings_for(actor: User, to: Purpose = "view") -> QuerySet[Posting]:
    """The postings that `actor` may view, edit (add vouchers, reverse), submit or decide on."""
    scope = scope_of(actor, PERMISSIONS[to])
    return scope.filter(Posting.objects.all(), unit="series__unit", owner="entry__actor")


def access_posting(*, actor: User, pk: int, to: Purpose = "view") -> Posting:
    """The posting, when it is within reach; Http404 otherwise, as if there were none."""
    return get_object_or_404(for_reading(postings_for(actor, to)), pk=pk)


def may(actor: User, posting: Posting, to: Purpose) -> bool:
    """Whether `actor` reaches a posting for a purpose, without asking the database again."""
    return scope_of(actor, PERMISSIONS[to]).covers(
        unit_id=posting.series.unit_id, owner_id=posting.entry.actor_id
    )


def units_for(actor: User, to: Purpose) -> QuerySet[OrgUnit]:
    """The units in use that `actor` may view or post for; with the scope “own”, the own unit."""
    scope = scope_of(actor, PERMISSIONS[to])
    units = OrgUnit.objects.filter(is_active=True)
    if scope.everything:
        return units
    own = {actor.unit_id} if scope.own and actor.unit_id else set()
    return units.filter(pk__in=scope.unit_ids | own)


def closed_units(keys: Iterable[int]) -> dict[int, str]:
    """Of those units the closed ones, each with why nothing more is entered for it."""
    closed = OrgUnit.objects.filter(pk__in=set(keys), is_active=False).select_related("successor")
    return {unit.pk: _why_closed(unit) for unit in closed}


def _why_closed(unit: OrgUnit) -> str:
    if unit.successor is None:
        return _("“%s”已停用，不能再填报") % unit.label
    told = _("“%(unit)s”已停用，不能再填报；请填接手的“%(successor)s”")
    return told % {"unit": unit.label, "successor": unit.successor.label}
