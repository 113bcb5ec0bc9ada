"""The only doors to what the desk keeps. What somebody may not see is not there (404)."""

from collections.abc import Iterable
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.investment.models import (
    Arrival,
    Batch,
    Chain,
    ChainNode,
    Commitment,
    Dispute,
    Effort,
    Event,
    GoalClaim,
    Lead,
    Outflow,
    Placement,
    Project,
    Space,
    Target,
)
from shangheng.desks.investment.selectors.commitments import commitments_for
from shangheng.desks.investment.selectors.credit import efforts_for
from shangheng.desks.investment.selectors.events import events_for
from shangheng.desks.investment.selectors.leads import leads_for
from shangheng.desks.investment.selectors.money import arrivals_for, batches_for
from shangheng.desks.investment.selectors.projects import projects_for

Purpose = Literal["view", "edit", "rule", "submit", "recognise"]


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


def access_lead_to_dispute(*, actor: User, pk: int) -> Lead:
    """Any lead, also one of which nothing but the search for duplicates told: it may be one's own.

    Raises Http404, PermissionDenied.
    """
    if not allows(actor, "investment.edit"):
        raise PermissionDenied
    return get_object_or_404(Lead.objects.select_related("case", "claimed_by"), pk=pk)


def access_dispute(*, pk: int, lead: Lead) -> Dispute:
    """A dispute over a lead that one has come to. Raises Http404."""
    return get_object_or_404(Dispute.objects.select_related("claimant"), pk=pk, lead=lead)


def access_arrival(*, actor: User, pk: int, to: Purpose = "view") -> Arrival:
    """The arrival of money, when `actor` may do that with its project. Raises Http404, PermissionDenied."""
    row = get_object_or_404(arrivals_for(actor), pk=pk)
    if to != "view" and not may(actor, row.project, to):
        raise PermissionDenied
    return row


def access_outflow(*, actor: User, pk: int) -> Outflow:
    """Money that left, of a project that `actor` may change. Raises Http404, PermissionDenied."""
    row = get_object_or_404(Outflow.objects.select_related("project"), pk=pk)
    access_project(actor=actor, pk=row.project_id, to="edit")
    return row


def access_batch(*, actor: User, pk: int) -> Batch:
    """The batch, when `actor` may see something of it. Raises Http404."""
    return get_object_or_404(batches_for(actor), pk=pk)


def access_goal_claim(*, actor: User, pk: int) -> GoalClaim:
    """What a project counts for and was not withdrawn, when `actor` sees the project. Raises Http404."""
    rows = GoalClaim.objects.filter(withdrawn_at=None, project__in=projects_for(actor).values("pk"))
    return get_object_or_404(rows.select_related("project__case"), pk=pk)


def access_commitment(*, actor: User, pk: int) -> Commitment:
    """The clause, when `actor` sees its project. Raises Http404."""
    return get_object_or_404(commitments_for(actor), pk=pk)


def access_effort(*, actor: User, pk: int) -> Effort:
    """What a unit did, when `actor` may see it. Raises Http404."""
    return get_object_or_404(efforts_for(actor), pk=pk)


def access_event(*, actor: User, pk: int) -> Event:
    """The event, when `actor` may see it. Raises Http404."""
    return get_object_or_404(events_for(actor), pk=pk)


def may(actor: User, row: Project | Lead, to: Purpose) -> bool:
    """Whether somebody may do that with what they see: as their units and their own cases reach."""
    scope = scope_of(actor, f"investment.{to}")
    return scope.covers(unit_id=row.matter.unit_id, owner_id=row.matter.owner_id)


def may_rule_on(actor: User, dispute: Dispute) -> bool:
    """Whether somebody stands above both sides of a dispute: above the lead, and above whoever claims it."""
    claimant = dispute.claimant
    scope = scope_of(actor, "investment.rule")
    return may(actor, dispute.lead, "rule") and scope.covers(unit_id=claimant.unit_id)


def units_beyond(actor: User, units: Iterable[OrgUnit]) -> list[OrgUnit]:
    """Those of some units on whose share of a project somebody may not rule."""
    scope = scope_of(actor, "investment.rule")
    return [one for one in units if not scope.covers(unit_id=one.pk)]


def units_for(actor: User) -> QuerySet[OrgUnit]:
    """The units in use for which a person may enter something."""
    scope = scope_of(actor, "investment.edit")
    reached = scope.filter(OrgUnit.objects.all(), unit="pk", owner=None)
    if scope.own and actor.unit:
        reached |= OrgUnit.objects.filter(pk=actor.unit.pk)
    return reached.filter(is_active=True).order_by("path")


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


def access_chain(*, actor: User, pk: int) -> Chain:
    """The chain: all who deal with investment may see it. Raises PermissionDenied, Http404."""
    if not allows(actor, "investment.view"):
        raise PermissionDenied
    return get_object_or_404(Chain, pk=pk)


def access_node(*, actor: User, pk: int) -> ChainNode:
    """The node of a chain. Raises PermissionDenied, Http404."""
    if not allows(actor, "investment.view"):
        raise PermissionDenied
    return get_object_or_404(ChainNode.objects.select_related("chain"), pk=pk)


def access_placement(*, actor: User, pk: int) -> Placement:
    """An enterprise on a node that was not taken back. Raises PermissionDenied, Http404."""
    rows = Placement.objects.filter(taken_back_at=None).select_related("node", "organisation")
    row = get_object_or_404(rows, pk=pk)
    access_node(actor=actor, pk=row.node_id)
    return row


def access_target(*, actor: User, pk: int) -> Target:
    """A target enterprise of a node. Raises PermissionDenied, Http404."""
    rows = Target.objects.filter(dropped_at=None).select_related("node__chain", "organisation")
    row = get_object_or_404(rows, pk=pk)
    access_node(actor=actor, pk=row.node_id)
    return row
