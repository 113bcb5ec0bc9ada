"""Who calls: the token of a request (RFC 6750) and the person for whom it acts."""

import secrets
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shangheng.core.accounts.entry import Attempt, note_attempt
from shangheng.core.accounts.models import User
from shangheng.core.api.models import Token
from shangheng.core.api.problems import Problem
from shangheng.core.api.services import PREFIX_LENGTH, digest_of

USED_TO_THE = timedelta(minutes=1)  # last use is written down once a minute at most


def caller(request: HttpRequest, *, at: datetime) -> tuple[Token, User] | None:
    """The token of the request and its owner, narrowed to its scopes; None without a token.

    Raises Problem (401) for a token that is unknown, expired or revoked, and for a dead account.
    """
    header = request.headers.get("Authorization", "")
    kind, _space, secret = header.partition(" ")
    if not header:
        return None
    if kind.lower() != "bearer":
        raise _refused("header", _("请在 Authorization 标头里写 Bearer 和访问令牌。"), at)
    token = _found(secret.strip())
    if token is None:
        told = _("没有这个访问令牌。请核对是否完整，或在“访问令牌”页新建一个。")
        raise _refused("token", told, at)
    if token.revoked_at is not None:
        told = _("这个访问令牌已撤销。请在“访问令牌”页新建一个。")
        raise _refused("revoked", told, at, token)
    if token.expires_at <= at:
        told = _("这个访问令牌已过期。请在“访问令牌”页新建一个。")
        raise _refused("expired", told, at, token)
    if not token.owner.is_active:
        raise _refused("inactive", _("这个访问令牌的主人已停用。"), at, token)
    return token, _narrowed(token)


def note_use(token: Token, *, at: datetime, address: str) -> None:
    """Write down that a token was used, to the minute; in the audit once a day for each address."""
    used, place = token.last_used_at, token.last_address
    if used is not None and at - used < USED_TO_THE and place == address:
        return
    note_attempt(
        act="api.token.used",
        at=at,
        attempt=Attempt("token", user=token.owner, token=str(token)),
        daily=True,
    )
    stale = Q(last_used_at=None) | Q(last_used_at__lte=at - USED_TO_THE) | ~Q(last_address=address)
    Token.objects.filter(stale, pk=token.pk).update(last_used_at=at, last_address=address)


def _refused(reason: str, detail: str, at: datetime, token: Token | None = None) -> Problem:
    """401, with what the client should do about it; noted for the login log."""
    attempt = Attempt(
        "token", reason, token.owner if token else None, token=str(token) if token else ""
    )
    note_attempt(act="api.token.refused", at=at, attempt=attempt, daily=True)
    return Problem(401, detail, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


def _found(secret: str) -> Token | None:
    known = Token.objects.select_related("owner__unit").filter(prefix=secret[:PREFIX_LENGTH])
    token = known.first() if secret.isascii() and "\x00" not in secret else None
    same = token is not None and secrets.compare_digest(token.digest, digest_of(secret))
    return token if same else None


def _narrowed(token: Token) -> User:
    owner = token.owner
    owner.scopes = frozenset(token.scopes)
    return owner
