"""The door to target sheets, and who may write them.

A sheet speaks for the whole bureau, so whoever may see targets sees all of it.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.targets.models import GrowthPoint
from shangheng.engines.ledger.models import TargetSheet


def access_sheet(*, actor: User, pk: int) -> TargetSheet:
    """The sheet; Http404 where there is none, PermissionDenied without a view of targets."""
    if not allows(actor, "targets.view"):
        raise PermissionDenied
    return get_object_or_404(TargetSheet.objects.select_related("created_by", "signed_by"), pk=pk)


def access_point(*, actor: User, sheet: int, pk: int) -> GrowthPoint:
    """A growth point of a sheet; Http404 where there is none."""
    access_sheet(actor=actor, pk=sheet)
    points = GrowthPoint.objects.select_related("sheet", "indicator")
    return get_object_or_404(points, pk=pk, sheet=sheet)


def may_propose(actor: User, unit: OrgUnit | None = None) -> bool:
    """Whether `actor` may set targets of the whole bureau or, where one is given, of a unit."""
    scope = scope_of(actor, "targets.propose")
    return scope.everything or (unit is not None and scope.covers(unit_id=unit.pk))


def may_sign(actor: User) -> bool:
    """Whether `actor` may sign for the whole bureau."""
    return scope_of(actor, "targets.sign").everything


def must(allowed: bool) -> None:
    """Raise PermissionDenied unless it is allowed."""
    if not allowed:
        raise PermissionDenied
