"""Keeping, sharing and choosing views of lists. Each act leaves a row in the audit."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import admits, allows
from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import roles
from shangheng.core.audit import services as audit
from shangheng.core.audit.conflicts import acts_on, hold
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import take
from shangheng.core.lists.models import NAME_LENGTH, DefaultView, SavedView
from shangheng.core.lists.registry import listing as listing_of
from shangheng.core.lists.selectors import views_for

MOST_VIEWS = 50
LONGEST_QUERY = 2000


@transaction.atomic
def save_view(
    *, actor: User, at: datetime, listing: str, name: str, query: str, shared: bool = False
) -> SavedView:
    """Keep a way to look at a list under a name, for oneself or for everybody who may open the list.

    Raises ValidationError for a name that is empty or taken, or when there are too many.
    """
    _may_open(actor, listing)
    if shared:
        _may_share(actor)
    own = SavedView.objects.filter(listing=listing, owner=actor)
    if own.count() >= MOST_VIEWS:
        raise ValidationError(
            _("您在这个列表已经存了%d个视图，请先删去不用的。") % MOST_VIEWS, "many"
        )
    if len(query) > LONGEST_QUERY:
        raise ValidationError(_("筛选条件太长，存不下；请减少几项再存。"), "long")
    view = SavedView.objects.create(
        listing=listing,
        owner=actor,
        name=_free_name(own, name),
        query=query,
        is_shared=shared,
        created_at=at,
        changed_at=at,
    )
    _told(actor, at, "lists.view.create", view, after={"query": query, "shared": shared})
    return view


@transaction.atomic
def change_view(
    *,
    actor: User,
    at: datetime,
    view: SavedView,
    name: str | None = None,
    query: str | None = None,
    shared: bool | None = None,
    seen: int | None = None,
) -> SavedView:
    """Rename one's own view, keep another way to look under it, or (un)share it.

    A view that a role opens with stays shared. `seen` is the version that was read. Raises
    StaleEdit, ValidationError, PermissionDenied.
    """
    view = _own(actor, view, seen)
    before = {"name": view.name, "query": view.query, "shared": view.is_shared}
    if name is not None and name.strip() != view.name:
        others = SavedView.objects.filter(listing=view.listing, owner=actor).exclude(pk=view.pk)
        view.name = _free_name(others, name)
    if query is not None:
        if len(query) > LONGEST_QUERY:
            raise ValidationError(_("筛选条件太长，存不下；请减少几项再存。"), "long")
        view.query = query
    if shared is not None and shared != view.is_shared:
        _may_share(actor)
        if not shared:
            _no_role_opens_with(view)
            view.defaults.exclude(person=actor).delete()
        view.is_shared = shared
    after = {"name": view.name, "query": view.query, "shared": view.is_shared}
    if after == before:
        return view
    view.changed_at = at
    view.save(update_fields=["name", "query", "is_shared", "changed_at"])
    changed = {key for key in after if after[key] != before[key]}
    _told(
        actor,
        at,
        "lists.view.change",
        view,
        before={key: before[key] for key in changed},
        after={key: after[key] for key in changed},
    )
    return view


@transaction.atomic
def delete_view(*, actor: User, at: datetime, view: SavedView, seen: int | None = None) -> None:
    """Remove one's own view; who opened the list with it gets the usual list again.

    `seen` is the version that was read. Raises StaleEdit, ValidationError while a role opens with
    it, PermissionDenied for a view of others.
    """
    take_out(actor=actor, at=at, view=_own(actor, view, seen))


def take_out(*, actor: User, at: datetime, view: SavedView) -> None:
    """Remove a held view, whosever it is. Raises ValidationError while a role opens with it."""
    _no_role_opens_with(view)
    _told(
        actor,
        at,
        "lists.view.delete",
        view,
        before={"query": view.query, "shared": view.is_shared},
    )
    view.delete()


@transaction.atomic
def set_default(
    *,
    actor: User,
    at: datetime,
    listing: str,
    view: SavedView | None,
    role: str = "",
    seen: int | None = None,
) -> None:
    """Let a list open with a view: for oneself or, with `role`, for everybody of that role.

    None goes back to the usual list. For a role the view must be shared, and `seen` is the number
    of the last choice for a role that was known. Raises StaleEdit, ValidationError,
    PermissionDenied.
    """
    _may_open(actor, listing)
    if role:
        hold(acts_of_choosing(listing), None, seen=seen)
    if view is not None:
        view = views_for(actor, listing).filter(pk=view.pk).first()
        if view is None:
            raise PermissionDenied
    if role:
        _may_set_for_role(actor, role, view)
    chosen = (
        DefaultView.objects.filter(listing=listing, role=role)
        if role
        else DefaultView.objects.filter(listing=listing, person=actor)
    )
    former = chosen.select_related("view").first()
    if (former.view_id if former else None) == (view.pk if view else None):
        return
    chosen.delete()
    if view is not None:
        DefaultView.objects.create(
            listing=listing, view=view, person=None if role else actor, role=role
        )
    audit.record(
        actor=actor,
        act="lists.view.default",
        at=at,
        target=_target(listing),
        label=str(listing_of(listing).title),
        before={"role": role, "view": former.view.name if former else ""},
        after={"role": role, "view": view.name if view else ""},
    )


def acts_of_choosing(listing: str) -> QuerySet[Row]:
    """When somebody chose what a list opens with for a role."""
    return acts_on(_target(listing), ~Q(after__role=""))


def target_of(view: SavedView) -> str:
    """How the audit names a view."""
    return f"lists.savedview:{view.pk}"


def _target(listing: str) -> str:
    return f"lists.listing:{listing}"


def _may_open(actor: User, listing: str) -> None:
    if not admits(actor, listing_of(listing).permission):
        raise PermissionDenied


def _may_share(actor: User) -> None:
    if not allows(actor, "lists.share"):
        raise PermissionDenied


def _may_set_for_role(actor: User, role: str, view: SavedView | None) -> None:
    if not allows(actor, "lists.default"):
        raise PermissionDenied
    if role not in roles():
        raise ValidationError(_("没有“%s”这个角色。") % role, "role")
    if view is not None and not view.is_shared:
        raise ValidationError(
            _("“%s”没有共享，别人打不开；请先共享，再设为角色的默认视图。") % view.name, "private"
        )


def _own(actor: User, view: SavedView, seen: int | None) -> SavedView:
    """The view as it stands now, under a new version, locked until the end of the transaction."""
    _may_open(actor, view.listing)
    if view.owner_id != actor.pk:
        raise PermissionDenied
    take(view, seen=seen)
    return SavedView.objects.get(pk=view.pk)


def _no_role_opens_with(view: SavedView) -> None:
    held = list(view.defaults.exclude(role="").values_list("role", flat=True))
    if held:
        names = _("、").join(roles()[role].name if role in roles() else role for role in held)
        text = _("“%(view)s”是%(roles)s的默认视图；请先为他们另选默认视图，或取消默认。")
        raise ValidationError(text % {"view": view.name, "roles": names}, "default")


def _free_name(others: QuerySet[SavedView], name: str) -> str:
    text = " ".join(name.split())
    if not text:
        raise ValidationError(_("请给视图起一个名称。"), "empty")
    if len(text) > NAME_LENGTH:
        raise ValidationError(_("名称不能超过%d个字。") % NAME_LENGTH, "long")
    if others.filter(name=text).exists():
        raise ValidationError(_("您在这个列表已经有一个视图叫“%s”，请换一个名称。") % text, "taken")
    return text


def _told(
    actor: User,
    at: datetime,
    act: str,
    view: SavedView,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        act=act,
        at=at,
        target=target_of(view),
        label=f"{listing_of(view.listing).title} · {view.name}",
        before=before,
        after=after,
    )
