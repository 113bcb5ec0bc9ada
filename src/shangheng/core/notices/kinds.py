"""The kinds of notices, as `rules/notices.yaml` declares them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shangheng import rules
from shangheng.core.accounts.rules import roles


class UnknownKind(LookupError):
    """A kind of notice that no rule declares."""


class Mail(models.TextChoices):
    """How a person wants a kind by e-mail."""

    NOW = "now", _("即时")
    DIGEST = "digest", _("每日汇总")
    OFF = "off", _("不发")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice with its names and what holds until a person chooses otherwise."""

    code: str
    zh: str
    en: str
    about: Mapping[str, str]
    email: Mail
    group: bool
    urgent: bool = False
    own: bool = False
    roles: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.en if get_language() == "en" else self.zh

    @property
    def explanation(self) -> str:
        """When it comes, in the language of the page."""
        return self.about["en" if get_language() == "en" else "zh"]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its code, in the order of the rules.

    Raises UnknownKind when a kind names a role that is not declared.
    """
    found: dict[str, Kind] = {}
    for entry in rules.load("notices.yaml"):
        told = tuple(entry.get("roles", ()))
        if unknown := set(told) - roles().keys():
            raise UnknownKind(f"kind {entry['code']} names unknown roles {sorted(unknown)}")
        found[entry["code"]] = Kind(**entry | {"email": Mail(entry["email"]), "roles": told})
    return found


def kind(code: str) -> Kind:
    """The kind of that code. Raises UnknownKind."""
    try:
        return kinds()[code]
    except KeyError:
        raise UnknownKind(f"declare the kind {code!r} in rules/notices.yaml") from None


def kind_name(code: str) -> str:
    """The name of a kind; the code itself for one that the rules no longer know."""
    known = kinds().get(code)
    return known.name if known else code


def group_kinds() -> list[Kind]:
    """The kinds that may go to a group or to another system."""
    return [each for each in kinds().values() if each.group]
