"""Writes about the roles that the administrator makes. Every change is a new version, audited."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts import rules
from shangheng.core.accounts.models import LocalRole
from shangheng.core.accounts.roles import all_roles, reserved_permissions
from shangheng.core.accounts.rules import ScopeKind
from shangheng.core.audit.actor import Actor
from shangheng.core.audit.services import record
from shangheng.core.database.edits import take
from shangheng.core.database.locks import exclusive


@transaction.atomic
def create_role(
    *,
    actor: Actor | None,
    at: datetime,
    zh: str,
    en: str,
    about: str,
    permissions: Iterable[str],
    scope: ScopeKind | str,
    reason: str,
) -> LocalRole:
    """Make a role of some permissions. Raises ValidationError."""
    exclusive("accounts.roles")
    number = LocalRole.objects.count() + 1
    made = LocalRole(code=f"local-{number}", scope=ScopeKind(scope), changed_at=at)
    _fill(made, zh, en, about, permissions)
    _check(made, reason)
    made.save()
    _record(actor, "accounts.role.create", at, made, None, reason)
    return made


@transaction.atomic
def change_role(
    *,
    actor: Actor | None,
    at: datetime,
    role: LocalRole,
    zh: str,
    en: str,
    about: str,
    permissions: Iterable[str],
    scope: ScopeKind | str,
    reason: str,
    seen: int | None,
) -> None:
    """Change a role for everybody who holds it, from their next click on.

    `seen` is the version that was read. Raises StaleEdit when somebody has changed the role since,
    ValidationError.
    """
    take(role, seen=seen)
    held = LocalRole.objects.get(pk=role.pk)
    if held.retired_at:
        raise ValidationError(_("这个角色已停用，不能再改。"))
    before = {**_told(held), "version": held.version - 1}
    _fill(held, zh, en, about, permissions)
    held.scope, held.changed_at = ScopeKind(scope), at
    _check(held, reason)
    held.save()
    _record(actor, "accounts.role.change", at, held, before, reason)


@transaction.atomic
def retire_role(*, actor: Actor | None, at: datetime, role: LocalRole, reason: str) -> None:
    """Take a role out of use. Raises ValidationError while somebody holds it, or without a reason."""
    exclusive("accounts.grants")  # so that nobody is given it meanwhile
    held = LocalRole.objects.select_for_update().get(pk=role.pk)
    holders = held.grants.count()
    if holders:
        raise ValidationError(_("还有%d人担任这个角色，请先收回。") % holders)
    if not reason.strip():
        raise ValidationError(_("请写明原因。"))
    before = _told(held)
    held.retired_at, held.version = at, held.version + 1
    held.save(update_fields=["retired_at", "version"])
    _record(actor, "accounts.role.retire", at, held, before, reason)


def target_of(role: LocalRole) -> str:
    """How the audit names a local role."""
    return f"accounts.localrole:{role.pk}"


def _fill(role: LocalRole, zh: str, en: str, about: str, permissions: Iterable[str]) -> None:
    role.zh, role.en, role.about = zh.strip(), en.strip(), about.strip()
    chosen = set(permissions)
    role.permissions = [code for code in rules.permissions() if code in chosen]


def _check(role: LocalRole, reason: str) -> None:
    if not reason.strip():
        raise ValidationError(_("请写明原因。"))
    if not role.permissions:
        raise ValidationError(_("至少选一项权限。"))
    reserved = reserved_permissions() & set(role.permissions)
    if reserved:
        names = _("、").join(rules.permissions()[code].name for code in sorted(reserved))
        raise ValidationError(
            _("“%s”只能由系统管理员或审计员行使，不能放进本地角色（三员分立）。") % names
        )
    taken = {one.zh for code, one in all_roles().items() if code != role.code}
    if role.zh in taken:
        raise ValidationError(_("已有名为“%s”的角色。") % role.zh)


def _told(role: LocalRole) -> dict[str, object]:
    return {
        "name": role.zh,
        "name_en": role.en,
        "about": role.about,
        "permissions": sorted(role.permissions),
        "scope": str(role.scope),
        "version": role.version,
    }


def _record(
    actor: Actor | None,
    act: str,
    at: datetime,
    role: LocalRole,
    before: dict[str, object] | None,
    reason: str,
) -> None:
    record(
        actor=actor,
        act=act,
        at=at,
        target=target_of(role),
        label=role.zh,
        before=before,
        after={**_told(role), "reason": reason.strip()},
    )
