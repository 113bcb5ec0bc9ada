"""Reading saved views: those that a person may open, and the one that a list starts with."""

from functools import cached_property
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import roles
from shangheng.core.lists.models import DefaultView, SavedView


def views_for(actor: User, listing: str) -> QuerySet[SavedView]:
    """The views of a list that a person may open: the own ones and those that others share."""
    return SavedView.objects.filter(Q(owner=actor) | Q(is_shared=True), listing=listing)


class Kept:
    """What is kept of a list for a person; read at most once for a page, in one query."""

    def __init__(self, actor: User, listing: str) -> None:
        self._actor, self._listing = actor, listing

    @cached_property
    def views(self) -> list[SavedView]:
        """The views that the person may open, by name."""
        return list({row.pk: row for row in self._rows}.values())

    @property
    def first(self) -> SavedView | None:
        """The view that a list opens with: the person's own choice, else that of the first of their roles."""
        order = {role: number for number, role in enumerate(["", *roles()])}
        chosen = (row for row in self._rows if row.role is not None)
        return min(chosen, key=lambda row: order.get(row.role, len(order)), default=None)

    @cached_property
    def _rows(self) -> list[Any]:
        """The views, once for each way in which one is the first: as `role`, "" for the person's own."""
        held = {grant.role for grant in self._actor.grants_held}
        first = Q(defaults__person=self._actor) | Q(defaults__role__in=held)
        views = views_for(self._actor, self._listing).select_related("owner")
        joined = views.alias(first=FilteredRelation("defaults", condition=first))
        return list(joined.annotate(role=F("first__role")))


def defaults_of(listing: str) -> dict[int, list[DefaultView]]:
    """By view: for whom a list opens with it."""
    result: dict[int, list[DefaultView]] = {}
    for row in DefaultView.objects.filter(listing=listing):
        result.setdefault(row.view_id, []).append(row)
    return result
