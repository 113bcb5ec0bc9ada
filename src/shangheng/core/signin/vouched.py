"""From what an identity provider says of somebody to a person here."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts import services as accounts
from shangheng.core.accounts.models import User
from shangheng.core.accounts.passwords import initial_password
from shangheng.core.database.locks import exclusive
from shangheng.core.signin.models import Identity
from shangheng.core.signin.oidc import Refused
from shangheng.core.signin.services import link


def person_of(claims: dict[str, Any], *, at: datetime) -> User:
    """The person whom the provider vouches for; linked for good when they come the first time.

    Raises Refused, saying who it was, for somebody unknown or deactivated, or whose login name
    belongs to another subject.
    """
    try:
        with transaction.atomic():
            exclusive("signin.identity")
            return _found(claims, at)
    except Refused as refusal:
        refusal.who = f"{settings.OIDC_NAME}: {_name_in(claims) or claims['sub']}"
        raise


def _found(claims: dict[str, Any], at: datetime) -> User:
    issuer, subject = settings.OIDC_ISSUER, str(claims["sub"])
    known = Identity.objects.select_related("user__unit").filter(issuer=issuer, subject=subject)
    if identity := known.first():
        return _active(identity.user)
    user = _named(_name_in(claims), claims, at)
    if Identity.objects.filter(issuer=issuer, user=user).exists():
        raise _refusal(_("这个登录名已经关联了另一个身份，请找系统管理员核对。"), "linked", user)
    link(user=_active(user), at=at, issuer=issuer, subject=subject)
    return user


def _name_in(claims: dict[str, Any]) -> str:
    return User.normal_username(str(claims.get(settings.OIDC_CLAIM) or ""))


def _named(username: str, claims: dict[str, Any], at: datetime) -> User:
    user = User.objects.select_related("unit").filter(username=username).first()
    if user is not None:
        return user
    if not settings.OIDC_CREATE or not username:
        raise Refused(
            _("本平台没有您的账号。请向系统管理员申请，再用统一身份认证登录。"), "account"
        )
    try:
        return accounts.create_user(
            actor=None,
            at=at,
            username=username,
            display_name=str(claims.get("name") or username)[:100],
            password=initial_password(),
        )
    except ValidationError as error:
        raise Refused(_("您的登录名不合本平台的规定，请找系统管理员办理。"), "name") from error


def _active(user: User) -> User:
    if not user.is_active:
        raise _refusal(
            _("您在本平台的账号已停用。需要使用的，请找系统管理员恢复。"), "inactive", user
        )
    return user


def _refusal(message: str, reason: str, user: User) -> Refused:
    """A refusal that concerns somebody who is known here."""
    refusal = Refused(message, reason)
    refusal.user = user
    return refusal
