"""The one list of roles: those of the rules, and those that the administrator has made."""

from shangheng.core.accounts import rules
from shangheng.core.accounts.models import LocalRole
from shangheng.core.accounts.rules import Role, UnknownCode


def all_roles() -> dict[str, Role]:
    """Every role that can be granted, by code: those of the rules first (one query)."""
    local = LocalRole.objects.filter(retired_at=None).order_by("zh")
    return {**rules.roles(), **{one.code: one.as_role() for one in local}}


def role(code: str) -> Role:
    """The role of that code. Raises UnknownCode."""
    built_in = rules.roles().get(code)
    if built_in:
        return built_in
    local = LocalRole.objects.filter(code=code, retired_at=None).first()
    if local is None:
        raise UnknownCode(f"there is no role {code!r}")
    return local.as_role()


def role_choices() -> list[tuple[str, str]]:
    """Roles for a form: code and name."""
    return [(one.code, one.name) for one in all_roles().values()]


def reserved_permissions() -> frozenset[str]:
    """What only roles that stand alone hold: a local role cannot have it (三员分立)."""
    every = rules.roles().values()
    alone = frozenset[str]().union(*(r.permissions for r in every if r.alone))
    return alone.difference(*(r.permissions for r in every if not r.alone))
