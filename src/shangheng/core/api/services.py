"""Writes about access tokens. Every act leaves an audit row."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import permissions
from shangheng.core.api.models import Token
from shangheng.core.audit.actor import Actor
from shangheng.core.audit.services import record

MARK = "shh_"  # by which scanners of leaked secrets can know it
PREFIX_LENGTH = len(MARK) + 8


def digest_of(token: str) -> str:
    """What is kept of a token; it holds 256 random bits, so that a plain hash cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def grantable(user: User) -> list[str]:
    """The permissions that a token of `user` may carry: those that they hold themselves."""
    return [code for code in permissions() if user.has_perm(code)]


@transaction.atomic
def issue_token(
    *, actor: User, at: datetime, name: str, scopes: Iterable[str], days: int
) -> tuple[Token, str]:
    """A new token of `actor` and the secret itself, which is kept nowhere. Raises ValidationError."""
    wanted = sorted(set(scopes))
    if not wanted:
        raise ValidationError({"scopes": _("至少选一项权限。")})
    if beyond := set(wanted) - set(grantable(actor)):
        told = _("您自己没有这些权限，不能交给令牌：%s") % "、".join(sorted(beyond))
        raise ValidationError({"scopes": told})
    if not 1 <= days <= settings.API_TOKEN_DAYS:
        told = _("有效期应在1天至%d天之间。") % settings.API_TOKEN_DAYS
        raise ValidationError({"days": told})
    secret = f"{MARK}{secrets.token_hex(4)}{secrets.token_urlsafe(32)}"
    token = Token(
        owner=actor,
        name=name.strip(),
        prefix=secret[:PREFIX_LENGTH],
        digest=digest_of(secret),
        scopes=wanted,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    token.full_clean(exclude=["scopes"])
    token.save()
    after: dict[str, object] = {"scopes": wanted, "expires_at": token.expires_at.isoformat()}
    _record(actor, "api.token.issue", at, token, after)
    return token, secret


@transaction.atomic
def revoke_token(*, actor: Actor | None, at: datetime, token: Token) -> None:
    """End a token at once; one that has ended stays as it is."""
    found = Token.objects.select_for_update().get(pk=token.pk)
    if found.revoked_at is not None:
        return
    found.revoked_at, found.revoked_by_id = at, actor.pk if actor else None
    found.save(update_fields=["revoked_at", "revoked_by"])
    _record(actor, "api.token.revoke", at, found)


def revoke_all(*, actor: Actor | None, at: datetime, user: User) -> None:
    """End the tokens of somebody who is deactivated: coming back does not bring them back."""
    for token in Token.objects.filter(owner=user, revoked_at=None, expires_at__gt=at):
        revoke_token(actor=actor, at=at, token=token)


def _record(
    actor: Actor | None,
    act: str,
    at: datetime,
    token: Token,
    after: dict[str, object] | None = None,
) -> None:
    label = f"{token.owner.username}: {token.name} ({token.prefix})"
    record(actor=actor, act=act, at=at, target=f"api.token:{token.pk}", label=label, after=after)
