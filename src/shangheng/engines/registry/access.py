"""The only door to an organisation, and to what of it is personal."""

from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.engines.registry.domain.masking import mask_address, mask_name, mask_number
from shangheng.engines.registry.models import Contact, Membership, Merge, Organisation

DOORS = {"view": "registry.view", "edit": "registry.edit", "merge": "registry.merge"}


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as somebody may see it; `masked` when parts are hidden."""

    name: str
    position: str
    phone: str
    email: str
    masked: bool


def access_organisation(
    *, actor: User, pk: int, to: Literal["view", "edit", "merge"] = "view"
) -> Organisation:
    """The organisation, or the one that it was merged into.

    Organisations belong to no unit: whoever may open one may open all. Raises PermissionDenied,
    Http404.
    """
    if not allows(actor, DOORS[to]):
        raise PermissionDenied
    organisation = get_object_or_404(Organisation.objects.select_related("merged_into"), pk=pk)
    while organisation.merged_into is not None:
        organisation = organisation.merged_into
    return organisation


def access_contact(*, actor: User, pk: int, to: Literal["change", "end"]) -> Contact:
    """A contact that somebody may end or, who sees it whole, change. Raises PermissionDenied, Http404."""
    if not allows(actor, "registry.edit"):
        raise PermissionDenied
    if to == "change" and not allows(actor, "registry.personal"):
        raise PermissionDenied
    return get_object_or_404(Contact.objects.select_related("organisation"), pk=pk)


def access_membership(*, actor: User, pk: int) -> Membership:
    """A place on a list that somebody may take back. Raises PermissionDenied, Http404."""
    if not allows(actor, "registry.edit"):
        raise PermissionDenied
    return get_object_or_404(Membership.objects.select_related("organisation"), pk=pk)


def access_merge(*, actor: User, pk: int) -> Merge:
    """A merge that somebody may take back. Raises PermissionDenied, Http404."""
    if not allows(actor, "registry.merge"):
        raise PermissionDenied
    return get_object_or_404(Merge.objects.select_related("kept", "gone"), pk=pk)


def person_for(actor: User, contact: Contact) -> Person:
    """A contact whole for those with `registry.personal`, masked for everybody else."""
    if allows(actor, "registry.personal"):
        return Person(contact.name, contact.position, contact.phone, contact.email, masked=False)
    return Person(
        mask_name(contact.name),
        contact.position,
        mask_number(contact.phone),
        mask_address(contact.email),
        masked=True,
    )
