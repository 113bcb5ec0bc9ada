"""Coming in and going out: login with lockout, logout.

Failures are counted from the audit itself. A name that nobody has is answered and locked exactly
like one that somebody has, so that an answer tells nothing about who is registered; in the audit it
stands as a digest only, since people type their password into the wrong field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from shangheng.core.accounts.models import User
from shangheng.core.audit.context import address, device
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import record
from shangheng.core.database.locks import exclusive

FAILED, SUCCEEDED = "login.failed", "login.succeeded"
DEVICE_LENGTH = 300
FORGIVING = (SUCCEEDED, "login.unlocked", "accounts.password.reset")


class WrongCredentials(Exception):
    """Nobody comes in with that name and password; it is not said which of them is wrong."""


class LockedOut(Exception):
    """Too many failures; the next attempt is heard at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def enter(
    *,
    username: str,
    password: str,
    at: datetime,
    asks_more: Callable[[User], bool] = lambda _user: False,
) -> User:
    """The person of that name and password, and a row of the attempt in the audit.

    Whoever is asked for more (`asks_more`) is not in yet, and earlier failures stay counted.
    Raises WrongCredentials or LockedOut.
    """
    known = User.objects.filter(username=User.normal_username(username)).first()
    target, _label = _attempt(username, known)
    until = locked_until(target, at)
    user = None if until else authenticate(username=username, password=password)
    with transaction.atomic():
        exclusive("login")  # so that attempts made at the same time are counted one by one
        until = until or locked_until(target, at)
        if until:
            _note("login.refused", at, known, username, _how("password", "locked"))
        elif not isinstance(user, User):
            _note(FAILED, at, known, username, _how("password", _why_not(known)))
        else:
            act = "login.password" if asks_more(user) else SUCCEEDED
            _note(act, at, user, username, _how("password"), actor=user)
    if until:
        raise LockedOut(until)
    if not isinstance(user, User):
        raise WrongCredentials
    return user


def prove(*, user: User, at: datetime, proof: Callable[[], bool]) -> None:
    """Let somebody in whose second proof is right; a wrong one counts like a wrong password.

    Raises WrongCredentials or LockedOut.
    """
    _hear(user, at, proof, SUCCEEDED)


def confirm(*, user: User, at: datetime, proof: Callable[[], bool]) -> None:
    """Have somebody who is in prove themselves once more. Raises WrongCredentials or LockedOut."""
    _hear(user, at, proof, "login.confirmed")


def _hear(user: User, at: datetime, proof: Callable[[], bool], act: str) -> None:
    with transaction.atomic():
        exclusive("login")
        until = user_locked_until(user, at)
        right = until is None and proof()
        if until:
            _note("login.refused", at, user, "", _how("factor", "locked"))
        elif right:
            _note(act, at, user, "", _how("factor"), actor=user)
        else:
            _note(FAILED, at, user, "", _how("factor", "factor"))
    if until:
        raise LockedOut(until)
    if not right:
        raise WrongCredentials


def admit(*, user: User, at: datetime) -> None:
    """Note that somebody whom another service vouches for comes in."""
    with transaction.atomic():
        _note(SUCCEEDED, at, user, "", _how("oidc"), actor=user)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody, or a program, who comes by another way than the login page: how, and why not.

    `label` names who it claims to be where that is nobody known here; `token` names the token of a
    program.
    """

    way: str
    reason: str = ""
    user: User | None = None
    label: str = ""
    token: str = ""


def note_attempt(*, act: str, at: datetime, attempt: Attempt, daily: bool = False) -> None:
    """Note an attempt; with `daily`, only the first like it of the day from this address.

    Programs come all the time and robots without end: once a day tells that they do.
    """
    user = attempt.user
    target = f"accounts.user:{user.pk}" if user else ""
    label = attempt.label or (user.username if user else "")
    told = {
        **_how(attempt.way, attempt.reason),
        **({"token": attempt.token} if attempt.token else {}),
    }
    today = Row.objects.filter(
        act=act, target=target, label=label, address=address(), at__gte=_midnight(at)
    )
    if daily and _tells(today, told):
        return
    with transaction.atomic():
        exclusive("login")
        if not (daily and _tells(today.all(), told)):
            known = user if not attempt.reason else None
            record(actor=known, act=act, at=at, target=target, label=label, after=told)


def _tells(rows: QuerySet[Row], told: Mapping[str, str]) -> bool:
    """Whether a row tells of the same, whatever the device says of itself."""
    same = {name: value for name, value in told.items() if name != "device"}
    return any(
        isinstance(after, dict) and {n: v for n, v in after.items() if n != "device"} == same
        for after in rows.values_list("after", flat=True)
    )


def _midnight(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def leave(*, user: User, at: datetime) -> None:
    """Note that a person logs out."""
    with transaction.atomic():
        _note("login.ended", at, user, "", _how(), actor=user)


def unlock(*, actor: User | None, user: User, at: datetime) -> None:
    """Forgive the failures of a person, so that they may try again at once."""
    target, label = _attempt(user.username, user)
    with transaction.atomic():
        record(actor=actor, act="login.unlocked", at=at, target=target, label=label)


def user_locked_until(user: User, at: datetime) -> datetime | None:
    """Until when a person is locked out; None when they are not."""
    return locked_until(_attempt(user.username, user)[0], at)


def locked_until(target: str, at: datetime) -> datetime | None:
    """LOCKOUT_FAILURES failures within LOCKOUT_MINUTES lock a name for as many minutes again."""
    rows = Row.objects.filter(target=target)
    forgiven = rows.filter(act__in=FORGIVING).order_by("-number").values_list("number", flat=True)
    failures = rows.filter(act=FAILED, number__gt=forgiven.first() or 0).order_by("-number")
    times = list(failures.values_list("at", flat=True)[: settings.LOCKOUT_FAILURES])
    minutes = timedelta(minutes=settings.LOCKOUT_MINUTES)
    if len(times) < settings.LOCKOUT_FAILURES or times[0] - times[-1] > minutes:
        return None
    until = times[0] + minutes
    return until if until > at else None


@dataclass(frozen=True, slots=True)
class Before:
    """The login before this one, and how many attempts on the name have failed since."""

    at: datetime
    address: str
    failures: int


def before_this(user: User) -> Before | None:
    """What somebody who has just come in should know; None the first time."""
    rows = Row.objects.filter(target=_attempt(user.username, user)[0])
    last = list(rows.filter(act=SUCCEEDED).order_by("-number")[:2])
    if len(last) < 2:
        return None
    now, before = last
    failed = rows.filter(
        act__in=(FAILED, "login.refused"), number__gt=before.number, number__lt=now.number
    )
    return Before(before.at, before.address, failed.count())


def _note(
    act: str,
    at: datetime,
    known: User | None,
    username: str,
    how: Mapping[str, str],
    actor: User | None = None,
) -> None:
    target, label = _attempt(known.username if known else username, known)
    record(actor=actor, act=act, at=at, target=target, label=label, after=how)


def _how(way: str = "", reason: str = "") -> dict[str, str]:
    """By which way, from which device, and why not: what the login log tells of an attempt."""
    told = {"way": way, "reason": reason, "device": device()[:DEVICE_LENGTH]}
    return {name: value for name, value in told.items() if value}


def _why_not(known: User | None) -> str:
    if known is None:
        return "unknown"
    return "password" if known.is_active else "inactive"


def _attempt(username: str, known: User | None) -> tuple[str, str]:
    """Target and label of the audit row."""
    if known is not None:
        return f"accounts.user:{known.pk}", known.username
    name = User.normal_username(username).encode("utf-8", "replace")
    digest = salted_hmac("shangheng.login", name, algorithm="sha256").hexdigest()
    return f"accounts.unknown:{digest[:16]}", ""
