"""Investors and companies that many rows name: found in the registry together, or registered there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import batched

from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.desks.investment.services.naming import SOURCE
from shangheng.engines.registry.domain.codes import LENGTH, clean_code, problems_of
from shangheng.engines.registry.models import Kind, Name, Organisation
from shangheng.engines.registry.services.naming import without_blanks
from shangheng.engines.registry.services.organisations import Source
from shangheng.engines.registry.services.registering_many import New, register_many

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation as a row names it: by its name, its cleaned code, or both; "" for what is not
    told. A new one is `foreign` where the money comes from abroad."""

    name: str
    code: str = ""
    foreign: bool = False


@lru_cache(65_536)  # a file is gone through several times
def party(name: object, code: object = "", *, foreign: bool = False) -> Party | None:
    """What cells say of an organisation; a name that is a code is one. None for nothing."""
    named, coded = without_blanks(str(name or "")), clean_code(str(code or ""))
    if not coded and _is_code(clean_code(named)):
        named, coded = "", clean_code(named)
    return Party(named, coded, foreign) if named or coded else None


def _is_code(text: str) -> bool:
    """Whether a text is built as a code, right or wrong: no name is."""
    return len(text) == LENGTH and text[2:8].isdigit()


@dataclass
class Parties:
    """What the registry knows of the organisations that a file names, and codes that it names itself."""

    by_code: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    code_of: dict[int, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def key(self, one: Party) -> int:
        """The key of the organisation; 0 for one that is not known."""
        if one.code and one.code in self.by_code:
            return self.by_code[one.code]
        found = self.by_name.get(one.name, set())
        return next(iter(found)) if len(found) == 1 else 0

    def wrong(self, one: Party) -> tuple[str, str]:
        """What stands against a party: whether its "name" or its "code", and why; "" for nothing."""
        if one.code and one.code in self.by_code:
            return "", ""
        found = self.by_name.get(one.name, set())
        if not one.code:
            told = {"n": len(found), "name": one.name}
            words = _("有%(n)d家单位叫“%(name)s”，请填统一社会信用代码。") % told
            return ("name", words) if len(found) > 1 else ("", "")
        if problems := problems_of(one.code):
            return "code", " ".join(problem.message for problem in problems)
        if not one.name and one.code not in self.named:
            return "code", _("名录里没有这个代码，请同时填写名称。")
        if len(found) == 1 and (registered := self.code_of[next(iter(found))]):
            told = {"name": one.name, "code": registered}
            return "code", _("名录里“%(name)s”的代码是%(code)s，请核对。") % told
        return "", ""


def known_parties(parties: Iterable[Party]) -> Parties:
    """What the registry knows of them, in a few questions."""
    wanted = set(parties)
    found = Parties(named={one.code for one in wanted if one.name and one.code})
    live = Organisation.objects.filter(merged_into=None).order_by()
    for some in batched(sorted({one.code for one in wanted if one.code}), CHUNK):
        found.by_code.update(live.filter(code__in=some).values_list("code", "pk"))
    names = Name.objects.filter(organisation__merged_into=None).order_by()
    for some in batched(sorted({one.name for one in wanted if one.name}), CHUNK):
        rows = names.filter(name__in=some)
        for name, pk, code in rows.values_list("name", "organisation", "organisation__code"):
            found.by_name[name].add(pk)
            found.code_of[pk] = code
    return found


def registered(
    *, actor: User, at: datetime, parties: Iterable[Party], known: Parties
) -> Mapping[Party, int]:
    """The key of every party; those that the registry does not know are registered there, each once.

    Raises PermissionDenied without `registry.edit` when there are any.
    """
    wanted = list(dict.fromkeys(parties))
    coded = {one.name: one.code for one in wanted if one.name and one.code}
    named = {code: name for name, code in coded.items()}
    keys = {one: known.key(one) for one in wanted}
    new: dict[str, New] = {}
    for one in wanted:
        if not keys[one]:
            kind = Kind.FOREIGN if one.foreign else Kind.ENTERPRISE
            code = one.code or coded.get(one.name, "")
            new.setdefault(code or one.name, New(one.name or named[code], code, kind.value))
    source = Source(SOURCE, timezone.localdate(at))
    made = register_many(actor=actor, at=at, new=list(new.values()), source=source)
    places = dict(zip(new, made, strict=True))
    return {
        one: keys[one] or places[one.code or coded.get(one.name, "") or one.name] for one in wanted
    }
