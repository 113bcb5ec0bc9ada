"""Keeping the index in step: called by the services that write, in their transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import batched
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import Model

from shangheng.core.database.filling import fill, fill_row_by_row
from shangheng.core.search.declaring import Document, Source, indexed, source_of
from shangheng.core.search.models import Code, Item
from shangheng.core.search.settling import settle
from shangheng.core.search.writing import codes_of, item_of

CHUNK = 2_000
_later: ContextVar[dict[Model, None] | None] = ContextVar("later", default=None)
COMPARED = (
    "title",
    "english",
    "about",
    "url",
    "body",
    "start",
    "unit_id",
    "owner_id",
    "heading",
    "words",
    "reach",
)


@contextmanager
def later() -> Iterator[None]:
    """Make what is indexed inside findable at its end, all together and each thing once."""
    waiting: dict[Model, None] = {}
    token = _later.set(waiting)
    try:
        yield
    finally:
        _later.reset(token)
    index(*waiting)


@transaction.atomic(savepoint=False)
def index(*things: Model) -> None:
    """Make things findable as they stand now; what no source declares is left out."""
    if (waiting := _later.get()) is not None:
        waiting |= dict.fromkeys(things)
        return
    by_model: dict[type[Model], list[Any]] = {}
    for thing in things:
        by_model.setdefault(type(thing), []).append(thing.pk)
    for model, keys in by_model.items():
        source = source_of(model)
        if source is not None:
            for chunk in batched(keys, CHUNK):
                rows = source.rows().filter(pk__in=chunk)
                _replace(source, [source.document(row) for row in rows])


@transaction.atomic(savepoint=False)
def index_new[M: Model](model: type[M], things: Iterable[M]) -> None:
    """Make things findable that were made in this transaction, with all that their document reads.

    They are neither read back nor looked for in the index, which of very many takes a third of the time.
    """
    if (waiting := _later.get()) is not None:
        waiting |= dict.fromkeys(things)
        return
    source = source_of(model)
    if source is not None:
        for chunk in batched(things, CHUNK):
            insert(source, [source.document(one) for one in chunk])


@transaction.atomic
def forget(*things: Model) -> None:
    """Make things that are gone no longer findable; call it while they still have their keys."""
    for thing in things:
        source = source_of(type(thing))
        if source is not None:
            Item.objects.filter(kind=source.code, key=str(thing.pk)).delete()


def rebuild() -> dict[str, int]:
    """Make the whole index anew from the tables; how many of each kind."""
    counted = {}
    with transaction.atomic():
        Item.objects.exclude(kind__in=[source.code for source in indexed()]).delete()
        for source in indexed():
            Item.objects.filter(kind=source.code).delete()
            counted[source.code] = 0
            for chunk in batched(_documents(source), CHUNK):
                insert(source, chunk)
                counted[source.code] += len(chunk)
    settle()
    return counted


def differences() -> list[str]:
    """What in the index is not as the tables have it: `kind key` of each; nothing when all is well."""
    found = []
    for source in indexed():
        seen = set()
        for chunk in batched(_documents(source), CHUNK):
            kept = _kept(source, [one.key for one in chunk])
            for document in chunk:
                seen.add(document.key)
                item = item_of(source.code, document)
                wanted = (*(item[name] for name in COMPARED), *codes_of(document))
                if kept.get(document.key) != wanted:
                    found.append(f"{source.code} {document.key}")
        keys = Item.objects.filter(kind=source.code).values_list("key", flat=True)
        found += [f"{source.code} {key}" for key in keys.iterator(CHUNK) if key not in seen]
    known = [source.code for source in indexed()]
    strays = Item.objects.exclude(kind__in=known).values_list("kind", "key")
    return found + [f"{kind} {key}" for kind, key in strays]


def is_empty() -> bool:
    """Whether nothing was ever indexed, as after an upgrade from a version without an index."""
    return not Item.objects.exists()


def _documents(source: Source[Any]) -> Iterator[Document]:
    for row in source.rows().order_by("pk").iterator(CHUNK):
        yield source.document(row)


def _kept(source: Source[Any], keys: list[str]) -> dict[str, tuple[object, ...]]:
    rows = Item.objects.filter(kind=source.code, key__in=keys).prefetch_related("codes")
    return {
        row.key: (
            *(getattr(row, name) for name in COMPARED),
            *sorted(one.text for one in row.codes.all()),
        )
        for row in rows
    }


def _replace(source: Source[Any], documents: list[Document]) -> None:
    """Put documents in the place of what was kept of them. A thing keeps its row, and so its rank."""
    wanted = {document.key: document for document in documents}
    rows = {row.key: row for row in Item.objects.filter(kind=source.code, key__in=wanted)}
    for key, row in rows.items():
        fresh = item_of(source.code, wanted[key])
        for name in COMPARED:
            setattr(row, name, fresh[name])
    if rows:
        Item.objects.bulk_update(rows.values(), COMPARED, batch_size=100)
        Code.objects.filter(item__in=rows.values()).delete()
        _add_codes(source, [(row.pk, wanted[key]) for key, row in rows.items()])
    insert(source, [one for key, one in wanted.items() if key not in rows])


def insert(source: Source[Any], documents: Iterable[Document]) -> None:
    """Index documents of which nothing is kept yet, in the transaction of the caller."""
    told = list(documents)
    names = ("kind", "key", *COMPARED)
    of_item = itemgetter(*names)
    rows = (of_item(item_of(source.code, document)) for document in told)
    keys = fill_row_by_row(Item, names, rows, len(told))
    _add_codes(source, list(zip(keys, told, strict=True)))


def _add_codes(source: Source[Any], made: list[tuple[int, Document]]) -> None:
    told = [(key, text, one) for key, one in made for text in codes_of(one)]
    fill(
        Code,
        {
            "item_id": [key for key, _text, _one in told],
            "kind": [source.code] * len(told),
            "text": [text for _key, text, _one in told],
            "unit_id": [one.unit_id for _key, _text, one in told],
            "owner_id": [one.owner_id for _key, _text, one in told],
        },
    )
