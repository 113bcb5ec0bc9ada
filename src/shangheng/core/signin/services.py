"""Writes about second factors and linked identities. Every act leaves an audit row."""

import secrets
import unicodedata
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.signin import totp
from shangheng.core.signin.models import Identity, SecondFactor
from shangheng.core.signin.sealing import KeyChanged, fingerprint, opened, sealed

RECOVERY_CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another
REASON_LENGTH = 300


@transaction.atomic
def enrol(*, actor: User, at: datetime, secret: str, code: str) -> list[str]:
    """Take `secret` as the second factor of `actor`, in place of an earlier one.

    `code` shows that the app holds it. Gives the recovery codes, which are kept only as hashes.
    Raises ValidationError.
    """
    step = totp.step_of(plain(code), secret, timestamp=at.timestamp())
    if step is None:
        raise ValidationError({"code": _("验证码不对。请核对手机的时间，输入最新的6位数字。")})
    codes = _new_codes()
    SecondFactor.objects.update_or_create(
        user=actor,
        defaults={
            "secret": sealed(secret),
            "recovery": [fingerprint(one) for one in codes],
            "last_step": step,
            "enrolled_at": at,
        },
    )
    _record(actor, "login.factor.enrol", at, actor)
    return codes


@transaction.atomic
def renew_codes(*, actor: User, at: datetime) -> list[str]:
    """New recovery codes in place of the old ones."""
    factor = SecondFactor.objects.select_for_update().get(user=actor)
    codes = _new_codes()
    factor.recovery = [fingerprint(one) for one in codes]
    factor.save(update_fields=["recovery"])
    _record(actor, "login.factor.codes", at, actor)
    return codes


@transaction.atomic
def take_off(*, actor: User, at: datetime) -> None:
    """Do without a second factor again."""
    SecondFactor.objects.filter(user=actor).delete()
    _record(actor, "login.factor.remove", at, actor)


@transaction.atomic
def reset(*, actor: User, at: datetime, user: User, reason: str) -> None:
    """Take the second factor off somebody who has lost it. Raises ValidationError."""
    if actor.pk == user.pk:
        raise ValidationError(_("不能重置自己的二次验证，请由另一位系统管理员办理。"))
    if not reason.strip():
        raise ValidationError({"reason": _("必须写明原因。")})
    deleted, _tables = SecondFactor.objects.filter(user=user).delete()
    if not deleted:
        raise ValidationError(_("%s没有启用二次验证。") % user)
    _record(actor, "login.factor.reset", at, user, {"reason": reason.strip()})


def check(*, user: User, at: datetime, code: str) -> bool:
    """Whether this is a code of the person's app, or a recovery code; either is taken only once."""
    typed = plain(code)
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user).first()
        if factor is None:
            return False
        if len(typed) == totp.DIGITS and typed.isdigit():
            return _check_code(factor, typed, at)
        return _check_recovery(factor, typed, at)


@transaction.atomic
def link(*, user: User, at: datetime, issuer: str, subject: str) -> Identity:
    """Remember who a person is to an identity provider."""
    identity = Identity.objects.create(user=user, issuer=issuer, subject=subject, linked_at=at)
    _record(user, "login.identity.link", at, user, {"issuer": issuer, "subject": subject})
    return identity


def plain(code: str) -> str:
    """A code as it is compared: without blanks and dashes, full-width digits made plain."""
    text = unicodedata.normalize("NFKC", code).lower()
    return "".join(sign for sign in text if sign.isalnum() and sign.isascii())


def _check_code(factor: SecondFactor, code: str, at: datetime) -> bool:
    try:
        secret = opened(factor.secret)
    except KeyChanged:
        return False
    step = totp.step_of(code, secret, timestamp=at.timestamp(), after=factor.last_step)
    if step is None:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def _check_recovery(factor: SecondFactor, code: str, at: datetime) -> bool:
    known = fingerprint(code)
    if known not in factor.recovery:
        return False
    factor.recovery = [one for one in factor.recovery if one != known]
    factor.save(update_fields=["recovery"])
    _record(factor.user, "login.factor.recovered", at, factor.user, {"left": len(factor.recovery)})
    return True


def _new_codes() -> list[str]:
    return [
        "".join(secrets.choice(LETTERS) for _place in range(10)) for _code in range(RECOVERY_CODES)
    ]


def _record(
    actor: User, act: str, at: datetime, user: User, after: dict[str, object] | None = None
) -> None:
    record(
        actor=actor,
        act=act,
        at=at,
        target=f"accounts.user:{user.pk}",
        label=user.username,
        after=after,
    )
