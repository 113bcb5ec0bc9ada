"""The accounts app."""

from collections.abc import Callable, Mapping
from typing import Protocol

from django.apps import AppConfig


class Named(Protocol):
    """What has a name in the language of the page."""

    @property
    def name(self) -> str:
        """The name."""


class AccountsConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Have the audit tell roles, permissions, scopes and acts by their names."""
        from shangheng.core.accounts.rules import ScopeKind, permissions, roles
        from shangheng.core.audit import acts, wording

        scopes = {kind.value: kind.label for kind in ScopeKind}
        wording.register(_names(roles()), "role", "roles")
        wording.register(_names(permissions()), "permission", "permissions")
        wording.register(lambda code: str(scopes.get(code, code)), "scope")
        wording.register(acts.act_name, "act")


def _names(known: Mapping[str, Named]) -> Callable[[str], str]:
    return lambda code: known[code].name if code in known else code
