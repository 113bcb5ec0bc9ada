"""Finding for very many names at once those that resemble them: in the registry and among themselves.

Looking each up by itself (`matching.find_similar`) takes some milliseconds: too long for tens of
thousands. Here the rarest pairs of syllables of all of them are looked up together, and only those
that are rare; what shares two of them is weighed. It finds what is nearly the same, no more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from django.db.models import Count

from shangheng.engines.registry.domain.names import NameKey, grams_of, key_of, score
from shangheng.engines.registry.models import Gram, Name

NEARLY = 90.0  # the same but for the form, the place or a sign of the same sound
COMMON = 60  # names that share a pair of syllables, above which it says too little
RAREST = 5  # pairs that are looked up of each name
SHARED = 2  # pairs that two names must share
CHUNK = 5_000  # keys in one question


@dataclass(frozen=True, slots=True)
class Near:
    """A name that resembles another: how it is written, whose it is (0: another of those asked for),
    how sure (0 to 100)."""

    name: str
    organisation: int
    score: float


def nearly_registered(names: Iterable[str], *, cutoff: float = NEARLY) -> dict[str, Near]:
    """By name: the registered name that resembles it most, where one does; not those spelt the same."""
    keys = _keys(names)
    grams = {name: grams_of(key) for name, key in keys.items()}
    counts = _counts({gram for some in grams.values() for gram in some})
    chosen = {name: _rarest(some, counts) for name, some in grams.items()}
    holding = _holding({gram for some in chosen.values() for gram in some})
    pairs = {name: _sharing(some, holding) for name, some in chosen.items()}
    rows = _names({pk for some in pairs.values() for pk in some})
    found = {}
    for name, near in pairs.items():
        weighed = (
            (score(keys[name], rows[pk][0]), rows[pk][1], rows[pk][2])
            for pk in near
            if pk in rows and rows[pk][1] != name
        )
        points, spelt, organisation = max(weighed, default=(0.0, "", 0))
        if points >= cutoff:
            found[name] = Near(spelt, organisation, points)
    return found


def nearly_each_other(names: Sequence[str], *, cutoff: float = NEARLY) -> dict[str, Near]:
    """By name: the one before it in `names` that resembles it most, where one does."""
    keys = _keys(names)
    order = {name: place for place, name in enumerate(keys)}
    listed = list(keys)
    grams = {name: grams_of(key) for name, key in keys.items()}
    holding: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(listed):
        for gram in grams[name]:
            holding[gram].append(place)
    counts = {gram: len(places) for gram, places in holding.items()}
    found = {}
    for name in listed:
        near = _sharing(_rarest(grams[name], counts), holding)
        weighed = (
            (score(keys[name], keys[listed[place]]), listed[place])
            for place in near
            if place < order[name]
        )
        points, spelt = max(weighed, default=(0.0, ""))
        if points >= cutoff:
            found[name] = Near(spelt, 0, points)
    return found


def _keys(names: Iterable[str]) -> dict[str, NameKey]:
    keys = {name: key_of(name) for name in dict.fromkeys(names)}
    return {name: key for name, key in keys.items() if key.core}


def _counts(grams: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in batched(grams, CHUNK):
        rows = Gram.objects.filter(gram__in=some).order_by().values_list("gram")
        found.update(rows.annotate(names=Count("pk")))
    return found


def _rarest(grams: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    rare = (gram for gram in grams if 0 < counts.get(gram, 0) <= COMMON)
    return sorted(rare, key=lambda gram: (counts[gram], gram))[:RAREST]


def _holding(grams: Iterable[str]) -> dict[str, list[int]]:
    """The keys of the names that hold each gram."""
    found: dict[str, list[int]] = defaultdict(list)
    for some in batched(grams, CHUNK):
        rows = Gram.objects.filter(gram__in=some, name__organisation__merged_into=None)
        for gram, name in rows.order_by().values_list("gram", "name"):
            found[gram].append(name)
    return found


def _sharing(grams: Sequence[str], holding: Mapping[str, Sequence[int]]) -> list[int]:
    """What shares enough of the grams: two, or the only one."""
    met = Counter(place for gram in grams for place in holding.get(gram, ()))
    least = min(SHARED, len(grams))
    return [place for place, shared in met.items() if shared >= least]


def _names(keys: Iterable[int]) -> dict[int, tuple[NameKey, str, int]]:
    fields = ("pk", "whole", "core", "sound", "name", "organisation_id")
    return {
        pk: (NameKey(whole, core, sound), name, organisation)
        for some in batched(keys, CHUNK)
        for pk, whole, core, sound, name, organisation in Name.objects.filter(pk__in=some)
        .order_by()
        .values_list(*fields)
    }
