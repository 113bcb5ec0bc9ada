"""What acts are done to, as `rules/audit_objects.yaml` names it."""

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language

from shangheng import rules


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object: the first part of `ledger.posting:12`; `page` is the route that shows one."""

    code: str
    zh: str
    en: str
    page: str = ""

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.en if get_language() == "en" else self.zh


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its code, in the order of the rules."""
    return {entry["code"]: Kind(**entry) for entry in rules.load("audit_objects.yaml")}


def kind_of(target: str) -> Kind | None:
    """The kind of an object; None for one that the rules do not know."""
    return kinds().get(target.partition(":")[0])
