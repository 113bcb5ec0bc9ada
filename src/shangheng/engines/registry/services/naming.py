"""Names and the grams by which they are found."""

import unicodedata
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Count

from shangheng.engines.registry.domain.names import grams_of, key_of
from shangheng.engines.registry.models import Gram, GramCount, Name, NameKind, Organisation

BATCH = 5_000


def without_blanks(name: str) -> str:
    """A name as it is stored: no blanks around it, one between Latin words, none in Chinese."""
    words = unicodedata.normalize("NFC", name).split()
    return "".join(_joined(words))


def keep_name(
    organisation: Organisation,
    name: str,
    kind: NameKind,
    *,
    source: str,
    since: date | None = None,
    until: date | None = None,
) -> Name:
    """Store a name with its key and its grams, in the running transaction."""
    key = key_of(name)
    kept = Name.objects.create(
        organisation=organisation,
        name=name,
        kind=kind,
        since=since,
        until=until,
        source=source,
        whole=key.whole,
        core=key.core,
        sound=key.sound,
    )
    Gram.objects.bulk_create(Gram(gram=gram, name=kept) for gram in grams_of(key))
    return kept


@transaction.atomic
def count_grams() -> int:
    """Count anew how common each gram is; how many there are. Only speed hangs on it."""
    GramCount.objects.all().delete()
    rows = Gram.objects.values_list("gram").annotate(names=Count("pk")).order_by()
    GramCount.objects.bulk_create(
        (GramCount(gram=gram, names=names) for gram, names in rows.iterator()), batch_size=BATCH
    )
    return GramCount.objects.count()


def _joined(words: Iterable[str]) -> Iterable[str]:
    before = ""
    for word in words:
        if before and before[-1].isascii() and word[0].isascii():
            yield " "
        yield word
        before = word
