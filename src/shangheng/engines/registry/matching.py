"""Finding an organisation by code or by a name that is misspelt, short or former."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from shangheng.engines.registry.domain.codes import clean_code
from shangheng.engines.registry.domain.names import NameKey, begins, grams_of, key_of, score
from shangheng.engines.registry.models import Gram, GramCount, Name, Organisation

CUTOFF = 70.0
ENOUGH = 3_000  # candidates after which commoner grams are left out
WEIGHED = 60  # candidates that are weighed in full


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
    """Organisations whose names resemble `name`, the likeliest first; four queries.

    Names are met through the rarest pairs of syllables that they share with `name`, then weighed
    by `domain.names.score`. Each organisation appears once, under its best name.
    """
    asked = key_of(name)
    if not asked.core:
        return []
    keys = {
        pk: NameKey(whole, core, sound)
        for pk, whole, core, sound in _candidates(_rarest(grams_of(asked)), asked)
    }
    weighed = ((score(asked, keys[pk]), pk) for pk in _likeliest(asked, keys))
    best = sorted(((points, pk) for points, pk in weighed if points >= cutoff), reverse=True)
    return _matches(best, limit)


def _rarest(grams: frozenset[str]) -> list[str]:
    """The grams to look up: from the rarest on, until they bring enough candidates."""
    counts = dict(GramCount.objects.filter(gram__in=grams).values_list("gram", "names"))
    chosen: list[str] = []
    met = 0
    for gram in sorted(grams, key=lambda each: counts.get(each, 0)):
        if chosen and met + counts.get(gram, 0) > ENOUGH:
            break
        chosen.append(gram)
        met += counts.get(gram, 0)
    return chosen


def _candidates(grams: Sequence[str], asked: NameKey) -> Iterable[tuple[int, str, str, str]]:
    fields = ("pk", "whole", "core", "sound")
    met = Gram.objects.filter(gram__in=grams).values("name")
    rows = list(Name.objects.filter(pk__in=met).order_by().values_list(*fields)[: 2 * ENOUGH])
    return [*rows, *Name.objects.filter(whole=asked.whole).order_by().values_list(*fields)]


def _likeliest(asked: NameKey, keys: dict[int, NameKey]) -> set[int]:
    """The candidates worth weighing: the nearest by sound, and those of which one is the beginning."""
    sounds = {pk: key.sound for pk, key in keys.items()}
    near = process.extract(asked.sound, sounds, scorer=fuzz.ratio, processor=None, limit=WEIGHED)
    within = [pk for pk, key in keys.items() if begins(asked, key)]
    nearest = sorted(within, key=lambda pk: len(keys[pk].sound))[:WEIGHED]
    return {pk for _sound, _points, pk in near} | set(nearest)


def _matches(best: Sequence[tuple[float, int]], limit: int) -> list[Match]:
    names = Name.objects.select_related("organisation").in_bulk([pk for _, pk in best])
    found: dict[int, Match] = {}
    for points, pk in best:
        name = names[pk]
        if name.organisation.merged_into_id is None:
            found.setdefault(name.organisation_id, Match(name.organisation, name.name, points))
    return list(found.values())[:limit]
