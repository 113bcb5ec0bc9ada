"""Reading saved views: those that a person may open, and the one that a list starts with."""

from django.db.models import Q, QuerySet

from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import roles
from shangheng.core.lists.models import DefaultView, SavedView


def views_for(actor: User, listing: str) -> QuerySet[SavedView]:
    """The views of a list that a person may open: the own ones and those that others share."""
    return SavedView.objects.filter(Q(owner=actor) | Q(is_shared=True), listing=listing)


def first_view(actor: User, listing: str) -> SavedView | None:
    """The view that a list opens with: the person's own choice, else that of the first of their roles."""
    held = {grant.role for grant in actor.grants_held}
    rows = DefaultView.objects.filter(
        Q(person=actor) | Q(role__in=held), listing=listing
    ).select_related("view")
    order = {role: number for number, role in enumerate(roles(), 1)}
    found = sorted(rows, key=lambda row: 0 if row.person_id else order.get(row.role, len(order)))
    return next((row.view for row in found), None)


def defaults_of(listing: str) -> dict[int, list[DefaultView]]:
    """By view: for whom a list opens with it."""
    result: dict[int, list[DefaultView]] = {}
    for row in DefaultView.objects.filter(listing=listing):
        result.setdefault(row.view_id, []).append(row)
    return result
