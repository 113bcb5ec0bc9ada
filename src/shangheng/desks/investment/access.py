"""The only doors to leads, projects and spaces. What somebody may not see is not there (404)."""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.investment.models import Lead, Project, Space
from shangheng.desks.investment.selectors.leads import leads_for
from shangheng.desks.investment.selectors.projects import projects_for

Purpose = Literal["view", "edit", "rule"]


def access_project(*, actor: User, pk: int, to: Purpose = "view") -> Project:
    """The project, when `actor` may do that with it. Raises Http404, PermissionDenied."""
    row = get_object_or_404(projects_for(actor), pk=pk)
    if to != "view" and not may(actor, row, to):
        raise PermissionDenied
    return row


def access_lead(*, actor: User, pk: int, to: Purpose = "view") -> Lead:
    """The lead, when `actor` may do that with it. Raises Http404, PermissionDenied."""
    row = get_object_or_404(leads_for(actor), pk=pk)
    if to != "view" and not may(actor, row, to):
        raise PermissionDenied
    return row


def may(actor: User, row: Project | Lead, to: Purpose) -> bool:
    """Whether somebody may do that with what they see: as their units and their own cases reach."""
    scope = scope_of(actor, f"investment.{to}")
    return scope.covers(unit_id=row.matter.unit_id, owner_id=row.matter.owner_id)


def may_enter(actor: User, unit: OrgUnit | None) -> bool:
    """Whether somebody may enter leads and projects for a unit."""
    scope = scope_of(actor, "investment.edit")
    return scope.covers(unit_id=unit.pk if unit else None, owner_id=actor.pk)


def access_space(*, actor: User, pk: int, to: Literal["view", "edit"] = "view") -> Space:
    """The space: all who deal with investment may see it, its unit keeps it.

    Raises Http404, PermissionDenied.
    """
    if not allows(actor, "investment.view"):
        raise PermissionDenied
    row = get_object_or_404(Space.objects.select_related("unit", "created_by"), pk=pk)
    if to == "edit" and not may_keep(actor, row):
        raise PermissionDenied
    return row


def may_keep(actor: User, row: Space) -> bool:
    """Whether somebody may change a space and say how it stands."""
    scope = scope_of(actor, "investment.edit")
    return scope.covers(unit_id=row.unit_id, owner_id=row.created_by_id)
