"""The only doors to arrivals of money and to the batches in which they are sent to the city."""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.desks.investment.models import Arrival, Batch, Project
from shangheng.desks.investment.selectors.money import arrivals_for, batches_for

Purpose = Literal["view", "edit", "submit", "recognise", "rule"]


def access_arrival(*, actor: User, pk: int, to: Purpose = "view") -> Arrival:
    """The arrival, when `actor` may do that with it. Raises Http404, PermissionDenied."""
    row = get_object_or_404(arrivals_for(actor), pk=pk)
    if not may_with_money(actor, row.project, to):
        raise PermissionDenied
    return row


def access_batch(*, actor: User, pk: int) -> Batch:
    """The batch, when `actor` may see something of it. Raises Http404."""
    return get_object_or_404(batches_for(actor), pk=pk)


def may_with_money(actor: User, project: Project, to: Purpose) -> bool:
    """Whether somebody may do that with the money of a project which they see."""
    if to == "view":
        return True
    scope = scope_of(actor, f"investment.{to}")
    return scope.covers(unit_id=project.matter.unit_id, owner_id=project.matter.owner_id)
