"""Permissions and roles as the rules write them: `rules/permissions.yaml`, `rules/roles.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shangheng import rules as data


class ScopeKind(models.TextChoices):
    """How far a grant reaches."""

    ALL = "all", _("全部")
    CHOSEN = "chosen", _("指定单位")
    UNIT_TREE = "unit_tree", _("本单位及下属单位")
    UNIT = "unit", _("本单位")
    OWN = "own", _("本人")


class UnknownCode(LookupError):
    """A permission or role that no rule declares."""


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that a page may ask for."""

    code: str
    zh: str
    en: str
    about: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.en if get_language() == "en" else self.zh

    @property
    def explanation(self) -> str:
        """What it allows, in the language of the page."""
        return self.about["en" if get_language() == "en" else "zh"]


@dataclass(frozen=True, slots=True)
class Role:
    """What a person is: a set of permissions that are granted together."""

    code: str
    zh: str
    en: str
    about: Mapping[str, str]
    permissions: frozenset[str]
    scope: ScopeKind
    alone: bool

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.en if get_language() == "en" else self.zh

    @property
    def explanation(self) -> str:
        """What it is for, in the language of the page."""
        return self.about["en" if get_language() == "en" else "zh"]


@cache
def permissions() -> dict[str, Permission]:
    """Every permission by its code, in the order of the rules."""
    return {entry["code"]: Permission(**entry) for entry in data.load("permissions.yaml")}


@cache
def roles() -> dict[str, Role]:
    """Every role by its code, in the order of the rules.

    Raises UnknownCode when a role names a permission that is not declared.
    """
    found: dict[str, Role] = {}
    for entry in data.load("roles.yaml"):
        codes = frozenset(entry["permissions"])
        if unknown := codes - permissions().keys():
            raise UnknownCode(f"role {entry['code']} names unknown permissions {sorted(unknown)}")
        found[entry["code"]] = Role(
            **entry | {"permissions": codes, "scope": ScopeKind(entry["scope"])}
        )
    return found


def role(code: str) -> Role:
    """The role of that code. Raises UnknownCode."""
    try:
        return roles()[code]
    except KeyError:
        raise UnknownCode(f"there is no role {code!r}") from None
