"""Shared views of somebody who leaves pass to somebody else, or are removed (离岗交接)."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.access import admits
from shangheng.core.accounts.handover import Item, Open
from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.lists.models import NAME_LENGTH, SavedView
from shangheng.core.lists.registry import listing, listings
from shangheng.core.lists.services import take_out, target_of


def _title(view: SavedView) -> str:
    return str(listing(view.listing).title)


def _shared(user: User) -> Iterable[Item]:
    known = [one.code for one in listings()]
    views = SavedView.objects.filter(owner=user, is_shared=True, listing__in=known)
    for view in views.order_by("listing", "name"):
        url = reverse("list-views", args=[view.listing])
        needed = listing(view.listing).permission
        yield Item(view.pk, f"{_title(view)} · {view.name}", url, permission=needed)


def _hand_over(*, actor: User, at: datetime, giver: User, receiver: User, keys: list[int]) -> None:
    """Give the views another owner. Raises ValidationError for who may not open one of the lists."""
    views = SavedView.objects.select_for_update(of=("self",)).filter(pk__in=keys, owner=giver)
    for view in views.order_by("pk"):
        if not admits(receiver, listing(view.listing).permission):
            told = _("“%(view)s”不能交给%(person)s：打不开“%(list)s”这个列表。")
            words = {"view": view.name, "person": receiver.display_name, "list": _title(view)}
            raise ValidationError(told % words)
        view.owner, view.name = receiver, _free_name(view, receiver, giver)
        view.version += 1
        view.save(update_fields=["owner", "name", "version"])
        record(
            actor=actor,
            act="lists.view.change",
            at=at,
            target=target_of(view),
            label=f"{_title(view)} · {view.name}",
            before={"owner": giver.username},
            after={"owner": receiver.username},
        )


def _free_name(view: SavedView, receiver: User, giver: User) -> str:
    """The name of a view among those of its new owner: with the name of the former one where taken."""
    taken = set(
        SavedView.objects.filter(owner=receiver, listing=view.listing).values_list(
            "name", flat=True
        )
    )
    names = [view.name, f"{view.name[: NAME_LENGTH - 12]}（{giver.display_name[:10]}）"]
    names += [f"{view.name[: NAME_LENGTH - 4]}-{number}" for number in range(2, 100)]
    return next(name for name in names if name not in taken)


def _remove(*, actor: User, at: datetime, giver: User, keys: list[int]) -> None:
    """Remove the views. Raises ValidationError while a role opens with one."""
    views = SavedView.objects.select_for_update(of=("self",)).filter(pk__in=keys, owner=giver)
    for view in views.order_by("pk"):
        take_out(actor=actor, at=at, view=view)


SHARED_VIEWS = Open(
    code="lists.shared",
    label=gettext_lazy("共享的视图"),
    permission="lists.share",
    find=_shared,
    hand_over=_hand_over,
    close=_remove,
    scoped=False,
    order=70,
)
