"""Finding an organisation by code or by a name that is misspelt, short or former."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from shangheng.engines.registry.domain.codes import clean_code
from shangheng.engines.registry.domain.names import (
    NameKey,
    grams_of,
    key_of,
    score,
    sound_without_ending,
)
from shangheng.engines.registry.models import Gram, GramCount, Name, Organisation

CUTOFF = 68.0  # one other sign in a 字号 of three stays above, in one of two below
ENOUGH = 3_000  # names met after which commoner grams are left out
MET = 2 * ENOUGH  # names met at the most, whatever the counts say
WEIGHED = 200  # names that are weighed in full


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

    Names are met through the rarest pairs of syllables that they share with `name`, those that
    sound nearest are weighed by `domain.names.score`. Each organisation appears once, under its
    best name.
    """
    asked = key_of(name)
    if not asked.core:
        return []
    met = _met(asked)
    sounds = {pk: sound_without_ending(key) for pk, key in met.items()}
    sound = sound_without_ending(asked)
    near = process.extract(sound, sounds, scorer=fuzz.ratio, processor=None, limit=WEIGHED)
    same = ((pk, key) for pk, key in met.items() if key.whole == asked.whole)
    likely = {pk: met[pk] for _sound, _points, pk in near} | dict(same)
    weighed = ((score(asked, key), pk) for pk, key in likely.items())
    best = sorted(((points, pk) for points, pk in weighed if points >= cutoff), reverse=True)
    return _matches(best, limit)


def _met(asked: NameKey) -> dict[int, NameKey]:
    """The names that share the rarest pairs of syllables, and those spelt the same."""
    fields = ("pk", "whole", "core", "sound")
    sharing = Gram.objects.filter(gram__in=_rarest(grams_of(asked))).values("name")[:MET]
    rows = [
        *Name.objects.filter(pk__in=sharing).order_by().values_list(*fields),
        *Name.objects.filter(whole=asked.whole).order_by().values_list(*fields),
    ]
    return {pk: NameKey(whole, core, sound) for pk, whole, core, sound in rows}


def _rarest(grams: frozenset[str]) -> list[str]:
    """The grams to look up: from the rarest on, until they bring enough names."""
    counts = dict(GramCount.objects.filter(gram__in=grams).values_list("gram", "names"))
    chosen: list[str] = []
    met = 0
    for gram in sorted(grams, key=lambda each: counts.get(each, 0)):
        met += counts.get(gram, 0)
        if chosen and met > ENOUGH:
            break
        chosen.append(gram)
    return chosen


def _matches(best: Sequence[tuple[float, int]], limit: int) -> list[Match]:
    names = Name.objects.select_related("organisation").in_bulk([pk for _, pk in best])
    found: dict[int, Match] = {}
    for points, pk in best:
        name = names[pk]
        if name.organisation.merged_into_id is None:
            found.setdefault(name.organisation_id, Match(name.organisation, name.name, points))
    return list(found.values())[:limit]
