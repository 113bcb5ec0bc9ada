"""Writes about people, their grants and the units. Every act leaves an audit row.

What a person cannot do raises ValidationError with a message for the screen.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from shangheng.core.accounts import roles, rules
from shangheng.core.accounts.leaving import end_what_they_hold
from shangheng.core.accounts.models import Grant, LocalRole, OrgUnit, User
from shangheng.core.accounts.rules import ScopeKind
from shangheng.core.accounts.sessions import end_sessions
from shangheng.core.audit.actor import Actor
from shangheng.core.audit.conflicts import acts_on, hold
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import record
from shangheng.core.database.changes import changed
from shangheng.core.database.locks import exclusive


@transaction.atomic
def create_user(
    *,
    actor: Actor | None,
    at: datetime,
    username: str,
    display_name: str,
    password: str | None,
    unit: OrgUnit | None = None,
    must_change_password: bool = True,
) -> User:
    """Add a person without any right yet.

    `password` must fit the policy; with None nobody can log in by it until one is given.
    """
    user = User(
        username=User.normal_username(username),
        display_name=display_name.strip(),
        unit=unit,
        must_change_password=must_change_password,
        password_changed_at=at,
        created_at=at,
    )
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    _record(actor, "accounts.user.create", at, user, after=_person(user))
    return user


@transaction.atomic
def remove_user(*, actor: Actor | None, at: datetime, user: User) -> None:
    """Take a person out who was added by mistake: who has never logged in and holds nothing.

    Raises ValidationError for anybody else, who can be deactivated.
    """
    _not_oneself(actor, user)
    if user.last_login or user.grants.exists():
        raise ValidationError(_("已经登录过或者有角色，不能删去，只能停用。"))
    before = _person(user)
    key = user.pk
    try:
        user.delete()
    except ProtectedError as error:
        raise ValidationError(_("已经有记录属于这个人，不能删去，只能停用。")) from error
    user.pk = key  # the audit still names who it was
    _record(actor, "accounts.user.remove", at, user, before=before)


@transaction.atomic
def change_user(
    *, actor: Actor | None, at: datetime, user: User, display_name: str, unit: OrgUnit | None
) -> None:
    """Change the name or the unit of a person."""
    before = _person(User.objects.select_related("unit").get(pk=user.pk))
    user.display_name = display_name.strip()
    user.unit = unit
    user.full_clean()
    user.save(update_fields=["display_name", "unit"])
    _forget_rights(user)
    _record(actor, "accounts.user.change", at, user, before=before, after=_person(user))


@transaction.atomic
def set_active(*, actor: Actor | None, at: datetime, user: User, active: bool) -> None:
    """Let a person in again, or keep them out from their next click on."""
    _not_oneself(actor, user)
    if not active:
        _keep_an_administrator(without=user)
    before = _person(user)
    user.is_active = active
    user.save(update_fields=["is_active"])
    _record(
        actor,
        "accounts.user.reactivate" if active else "accounts.user.deactivate",
        at,
        user,
        before=before,
        after=_person(user),
    )
    if not active:
        end_what_they_hold(actor=actor, at=at, user=user)
        end_sessions(actor=actor, at=at, user=user)


@transaction.atomic
def reset_password(*, actor: Actor | None, at: datetime, user: User, password: str) -> None:
    """Give a person a password that they must change when they log in; ends a lockout as well."""
    _set_password(user, password, at, must_change=True)
    _record(actor, "accounts.password.reset", at, user)


@transaction.atomic
def change_password(*, at: datetime, user: User, password: str) -> None:
    """A person chooses a new password. All their other sessions end."""
    if user.check_password(password):
        raise ValidationError(_("新密码不能和现在的密码相同。"))
    _set_password(user, password, at, must_change=False)
    _record(user, "accounts.password.change", at, user)


@transaction.atomic
def grant(
    *,
    actor: Actor | None,
    at: datetime,
    user: User,
    role: str,
    scope: ScopeKind | str | None = None,
    units: Iterable[OrgUnit] = (),
    seen: int | None = None,
) -> Grant:
    """Give `user` a role, as far as `scope` reaches (default: the scope of the role).

    Nobody grants to themselves, and a role that stands alone is not held together with another.
    `seen` is the number of the last act on their rights that the actor knows of. Raises StaleEdit.
    """
    _not_oneself(actor, user)
    rule = roles.role(role)
    kind = ScopeKind(scope or rule.scope)
    chosen = list(units)
    exclusive("accounts.grants")
    hold(acts_on_rights(user), user, seen=seen)
    _check_roles_together(user, rule)
    _check_scope(user, rule, kind, chosen)
    local = LocalRole.objects.filter(code=rule.code).first()
    given = Grant.objects.create(user=user, role=rule.code, scope=kind, local=local)
    given.units.set(chosen)
    _forget_rights(user)
    _record(actor, "accounts.grant", at, user, after=_grant(given, chosen))
    return given


@transaction.atomic
def revoke(*, actor: Actor | None, at: datetime, grant: Grant, seen: int | None = None) -> None:
    """Take a role away. The last active administrator cannot lose that role. Raises StaleEdit."""
    user = grant.user
    _not_oneself(actor, user)
    exclusive("accounts.grants")
    hold(acts_on_rights(user), user, seen=seen)
    if "accounts.manage" in grant.permissions:
        _keep_an_administrator(without=user)
    before = _grant(grant, list(grant.units.all()))
    grant.delete()
    _forget_rights(user)
    _record(actor, "accounts.revoke", at, user, before=before)


def target_of(user: User) -> str:
    """How the audit names a person."""
    return f"accounts.user:{user.pk}"


def acts_on_rights(user: User) -> QuerySet[Row]:
    """The acts on what a person may do."""
    return acts_on(target_of(user), Q(act__in=["accounts.grant", "accounts.revoke"]))


def _set_password(user: User, password: str, at: datetime, *, must_change: bool) -> None:
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = must_change
    user.password_changed_at = at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])


def _not_oneself(actor: Actor | None, user: User) -> None:
    if actor is not None and actor.pk == user.pk:
        raise ValidationError(_("不能改变自己的权限，请由另一位系统管理员办理。"))


def _check_roles_together(user: User, rule: rules.Role) -> None:
    for held in Grant.objects.filter(user=user):
        if held.role == rule.code:
            raise ValidationError(
                _("%(person)s已有“%(role)s”角色。") % {"person": user, "role": rule.name}
            )
        if rule.alone or (held.rule and held.rule.alone):
            raise ValidationError(
                _("“%(new)s”与“%(held)s”不能由同一人担任（三员分立）。")
                % {"new": rule.name, "held": held.role_name}
            )


def _check_scope(
    user: User, rule: rules.Role, kind: ScopeKind, chosen: Collection[OrgUnit]
) -> None:
    if rule.alone and kind != ScopeKind.ALL:
        raise ValidationError(_("“%s”的范围只能是全部。") % rule.name)
    if kind == ScopeKind.CHOSEN and not chosen:
        raise ValidationError(_("范围是“指定单位”时，至少选一个单位。"))
    if kind != ScopeKind.CHOSEN and chosen:
        raise ValidationError(_("只有范围是“指定单位”时才能选单位。"))
    if kind in {ScopeKind.UNIT, ScopeKind.UNIT_TREE} and user.unit_id is None:
        raise ValidationError(
            _("%(person)s没有所在单位，范围不能是“%(scope)s”。")
            % {"person": user, "scope": kind.label}
        )


def _keep_an_administrator(*, without: User) -> None:
    exclusive("accounts.grants")
    managing = [
        role.code for role in rules.roles().values() if "accounts.manage" in role.permissions
    ]
    others = Grant.objects.filter(role__in=managing, user__is_active=True).exclude(user=without)
    if not others.exists() and without.grants.filter(role__in=managing).exists():
        raise ValidationError(_("这是最后一位系统管理员，请先授权另一位。"))


def _forget_rights(user: User) -> None:
    for name in ("grants_held", "units_below", "every_unit"):
        user.__dict__.pop(name, None)


def _person(user: User) -> dict[str, object]:
    return {
        "username": user.username,
        "display_name": user.display_name,
        "unit": user.unit.code if user.unit else None,
        "is_active": user.is_active,
    }


def _grant(grant: Grant, units: Iterable[OrgUnit]) -> dict[str, object]:
    return {
        "role": grant.role,
        "scope": str(grant.scope),
        "units": sorted(unit.code for unit in units),
    }


def _record(
    actor: Actor | None,
    act: str,
    at: datetime,
    user: User,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    label = f"{user.display_name}（{user.username}）"
    changed(user)
    record(
        actor=actor,
        act=act,
        at=at,
        target=target_of(user),
        label=label,
        before=before,
        after=after,
    )
