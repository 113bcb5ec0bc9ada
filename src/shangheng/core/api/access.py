"""The only door to access tokens."""

from django.db.models import QuerySet

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
