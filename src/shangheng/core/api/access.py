"""The only door to an access token."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.api.models import Token


def tokens_of(owner: User) -> QuerySet[Token]:
    """The tokens of a person, the latest first."""
    return Token.objects.filter(owner=owner).select_related("owner", "revoked_by")


def tokens_for(actor: User) -> QuerySet[Token]:
    """The tokens that `actor` may see: the own ones, everybody's for who sees people and rights."""
    if allows(actor, "accounts.view"):
        return Token.objects.select_related("owner", "revoked_by")
    return tokens_of(actor)


def access_token(*, actor: User, pk: int) -> Token:
    """A token that `actor` may end: an own one, or anybody's for an administrator. Raises Http404."""
    everybody = Token.objects.select_related("owner")
    found = everybody if allows(actor, "accounts.manage") else everybody.filter(owner=actor)
    return get_object_or_404(found, pk=pk)
