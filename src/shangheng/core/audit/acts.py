"""The acts that the audit knows, as `rules/audit_acts.yaml` declares them."""

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language

from shangheng import rules


class UnknownAct(LookupError):
    """An act that no rule declares."""


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of act with its names."""

    code: str
    zh: str
    en: str

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.en if get_language() == "en" else self.zh


@cache
def acts() -> dict[str, Act]:
    """Every act by its code, in the order of the rules."""
    return {entry["code"]: Act(**entry) for entry in rules.load("audit_acts.yaml")}


def act_name(code: str) -> str:
    """The name of an act; the code itself for one that the rules no longer know."""
    known = acts().get(code)
    return known.name if known else code


def detail_name(path: str) -> str:
    """The name of a detail such as `filter.act`, in the language of the page."""
    known = rules.load("audit_details.yaml")
    language = "en" if get_language() == "en" else "zh"
    return " · ".join(known[key][language] if key in known else key for key in path.split("."))


def must_be_known(code: str) -> None:
    """Raises UnknownAct for a code that `rules/audit_acts.yaml` does not declare."""
    if code not in acts():
        raise UnknownAct(f"declare the act {code!r} in rules/audit_acts.yaml")
