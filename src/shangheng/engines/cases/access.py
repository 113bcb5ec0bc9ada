"""The only doors to cases and what belongs to them. What somebody may not see is not there (404)."""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.engines.cases.models import (
    Case,
    Exhibit,
    Meeting,
    Milestone,
    Obstacle,
    Override,
    Signing,
    Task,
)
from shangheng.engines.cases.selectors.cases import reaches, visible_to
from shangheng.engines.cases.selectors.register import meetings_for, obstacles_for

type To = Literal["view", "act", "verify", "override"]


def access_case(*, actor: User, pk: int, to: To = "view") -> Case:
    """The case, when somebody may do that with it. Raises Http404, PermissionDenied."""
    rows = visible_to(actor).select_related("owner", "unit", "opened_by")
    case = get_object_or_404(rows, pk=pk)
    if to != "view" and not reaches(actor, f"cases.{to}", case):
        raise PermissionDenied
    return case


def access_milestone(*, actor: User, pk: int, to: To = "view") -> Milestone:
    """A milestone of a case that somebody may reach. Raises Http404, PermissionDenied."""
    row = get_object_or_404(Milestone.objects.select_related("case"), pk=pk)
    row.case = access_case(actor=actor, pk=row.case_id, to=to)
    return row


def access_exhibit(*, actor: User, pk: int, to: To = "view") -> Exhibit:
    """A document of a case that somebody may reach. Raises Http404, PermissionDenied."""
    row = get_object_or_404(Exhibit.objects.select_related("case", "document"), pk=pk)
    row.case = access_case(actor=actor, pk=row.case_id, to=to)
    return row


def access_override(*, actor: User, pk: int, to: To = "override") -> Override:
    """A request to pass a gate, for whoever may decide on it or `to` withdraw it. Raises Http404, PermissionDenied."""
    row = get_object_or_404(Override.objects.select_related("case", "asked_by"), pk=pk)
    row.case = access_case(actor=actor, pk=row.case_id, to=to)
    return row


def access_signing(*, actor: User, pk: int) -> Signing:
    """A question to this very person. Raises Http404."""
    return get_object_or_404(Signing.objects.select_related("case"), pk=pk, person=actor)


def access_task(*, actor: User, pk: int, to: Literal["view", "act"] = "view") -> Task:
    """A task: its assignee may act on it, and whoever may act on the case. Raises Http404,
    PermissionDenied."""
    row = get_object_or_404(Task.objects.select_related("case", "assignee"), pk=pk)
    if row.assignee_id != actor.pk:
        row.case = access_case(actor=actor, pk=row.case_id, to=to)
    return row


def access_obstacle(*, actor: User, pk: int, to: Literal["view", "act"] = "view") -> Obstacle:
    """An obstacle: who leads may act on it, and whoever may act on the case. Raises Http404,
    PermissionDenied."""
    row = get_object_or_404(obstacles_for(actor), pk=pk)
    if to == "act" and row.owner_id != actor.pk and not reaches(actor, "cases.act", row.case):
        raise PermissionDenied
    return row


def access_meeting(*, actor: User, pk: int, to: Literal["view", "meet"] = "view") -> Meeting:
    """A meeting. Raises Http404, PermissionDenied."""
    row = get_object_or_404(meetings_for(actor), pk=pk)
    if to == "meet" and not allows(actor, "cases.meet"):
        raise PermissionDenied
    return row
