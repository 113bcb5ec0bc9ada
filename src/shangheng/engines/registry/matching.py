"""Finding an organisation by code or by a name that is misspelt, short or former."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from shangheng.engines.registry.domain.codes import clean_code
from shangheng.engines.registry.domain.names import NameKey, grams_of, key_of, score
from shangheng.engines.registry.models import Gram, GramCount, Name, Organisation

CUTOFF = 68.0  # one other sign in a 字号 of three stays above, in one of two below
ENOUGH = 3_000  # names met after which commoner grams are left out
MET = 4 * ENOUGH  # rows read at the most, whatever the counts say
WEIGHED = 300  # names that are weighed in full


@dataclass(frozen=True, slots=True)
class Match:
    """An organisation that may be the one meant: under which name, and how sure (0 to 100)."""

    organisation: Organisation
    name: str
    score: float


def by_code(code: str) -> Organisation | None:
    """The organisation of a code, in any spelling of it; the one that others were merged into."""
    cleaned = clean_code(code)
    if not cleaned:
        return None
    return Organisation.objects.filter(code=cleaned, merged_into=None).first()


def find_similar(name: str, *, limit: int = 10, cutoff: float = CUTOFF) -> list[Match]:
    """Organisations whose names resemble `name`, the likeliest first; five queries.

    Names are met through the rarest pairs of syllables that they share with `name`, then weighed
    by `domain.names.score`. Each organisation appears once, under its best name.
    """
    asked = key_of(name)
    if not asked.core:
        return []
    weighed = ((score(asked, key), pk) for pk, key in _candidates(asked).items())
    best = sorted(((points, pk) for points, pk in weighed if points >= cutoff), reverse=True)
    return _matches(best, limit)


def _candidates(asked: NameKey) -> dict[int, NameKey]:
    """The names that share the rarest pairs of syllables, and those spelt the same."""
    shared = defaultdict[int, float](float)
    rarity = _rarest(grams_of(asked))
    for gram, pk in Gram.objects.filter(gram__in=rarity).values_list("gram", "name_id")[:MET]:
        shared[pk] += rarity[gram]
    likely = nlargest(WEIGHED, shared, key=shared.__getitem__)
    fields = ("pk", "whole", "core", "sound")
    rows = [
        *Name.objects.filter(pk__in=likely).order_by().values_list(*fields),
        *Name.objects.filter(whole=asked.whole).order_by().values_list(*fields),
    ]
    return {pk: NameKey(whole, core, sound) for pk, whole, core, sound in rows}


def _rarest(grams: frozenset[str]) -> dict[str, float]:
    """The grams to look up with how rare each is: from the rarest on, until they bring enough names."""
    counts = dict(GramCount.objects.filter(gram__in=grams).values_list("gram", "names"))
    chosen: dict[str, float] = {}
    met = 0
    for gram in sorted(grams, key=lambda each: counts.get(each, 0)):
        met += counts.get(gram, 0)
        if chosen and met > ENOUGH:
            break
        chosen[gram] = 1 / log(2 + counts.get(gram, 0))
    return chosen


def _matches(best: Sequence[tuple[float, int]], limit: int) -> list[Match]:
    names = Name.objects.select_related("organisation").in_bulk([pk for _, pk in best])
    found: dict[int, Match] = {}
    for points, pk in best:
        name = names[pk]
        if name.organisation.merged_into_id is None:
            found.setdefault(name.organisation_id, Match(name.organisation, name.name, points))
    return list(found.values())[:limit]
