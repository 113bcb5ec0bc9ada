"""Finding things: a whole code first, then titles that begin so, titles that hold it, texts that do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from shangheng.core.accounts.access import admits, scope_of
from shangheng.core.accounts.models import User
from shangheng.core.search import database
from shangheng.core.search.asking import MOST_COUNTED, question
from shangheng.core.search.database import Within
from shangheng.core.search.declaring import Document, Short, Source, sources
from shangheng.core.search.marking import excerpt, marked
from shangheng.core.search.models import Code, Item
from shangheng.core.search.tokens import (
    GAP,
    Need,
    body_tokens,
    meets,
    needs_of,
    normal,
    row_of,
    title_tokens,
)

LONGEST = 100
AT_ONCE = 200  # things of all kinds together that the box looks at first


@dataclass(frozen=True)
class Hit:
    """One thing found, with what was found in it marked."""

    text: str = field(repr=False)  # what was asked for
    title: str = ""
    url: str = ""
    about: str = ""
    body: str = field(default="", repr=False)

    @cached_property
    def title_html(self) -> SafeString:
        """The title, marked."""
        return marked(self.title, self.text)

    @cached_property
    def about_html(self) -> SafeString:
        """The line about it, or the place of its text where it was found; marked."""
        about = marked(self.about, self.text)
        if "<mark>" in self.title_html or "<mark>" in about or not self.body:
            return about
        return excerpt(self.body, self.text) or about


@dataclass(frozen=True)
class Group:
    """What one source found. `count` is how many there are, None where nobody counted."""

    code: str
    label: str
    hits: tuple[Hit, ...]
    count: int | None = None

    @property
    def is_many(self) -> bool:
        """Whether there are more than were counted."""
        return self.count is not None and self.count > MOST_COUNTED


def search(
    user: User,
    text: str,
    limit: int,
    *,
    kind: str = "",
    skip: int = 0,
    count: bool = False,
) -> list[Group]:
    """What `user` may see of what `text` names, at most `limit` of each source after `skip`.

    `kind` asks one source alone; with `count` each group says how many there are.
    """
    words = " ".join(text.split())[:LONGEST].replace("\x00", "")
    needs = needs_of(words)
    if not needs:
        return []
    asked = [
        source
        for source in sources()
        if kind in {"", source.code} and admits(user, source.permission)
    ]
    withins = {s.code: _within(s, user) for s in asked if isinstance(s, Source)}
    at_once = MOST_COUNTED + 1 if count or skip else AT_ONCE
    asked_so = question(withins, needs, at_once=at_once)
    found = asked_so.best(words, skip + limit)
    counts = asked_so.counts() if count else {}
    items = Item.objects.in_bulk([key for keys in found.values() for key in keys[skip:]])
    groups = []
    for source in asked:
        if isinstance(source, Short):
            every = _looked_through(source, user, needs, words)
            hits = [_hit_of(one, words) for one in every[skip : skip + limit]]
            counted = len(every)
        else:
            keys = found.get(source.code, [])
            hits = [_hit(items[key], words) for key in keys[skip:] if key in items]
            counted = max(counts.get(source.code, 0), len(keys))
        if hits or (count and counted):
            total = counted if count else None
            groups.append(Group(source.code, str(source.label), tuple(hits), total))
    return groups


def keyed(kind: str, text: str) -> QuerySet[Item, Any]:
    """The keys of all of one kind that `text` names, by name, pinyin, text or code: to narrow a list by.

    For kinds with whole numbers as keys. It looks at no scope: the list does.
    """
    words = " ".join(text.split())[:LONGEST].replace("\x00", "")
    needs = needs_of(words)
    if not needs:
        return Item.objects.none().values(row=Cast("key", BigIntegerField()))
    sql, values = database.any_order(Within(kind, None), needs)
    code = normal(words).removeprefix("#")
    coded = {"text__startswith": code} if len(code) >= database.WHOLE else {"text": code}
    codes = Code.objects.filter(kind=kind, **coded).values("item")
    found = Item.objects.filter(Q(pk__in=RawSQL(sql, values)) | Q(pk__in=codes))  # noqa: S611 - ours
    return found.filter(kind=kind).values(row=Cast("key", BigIntegerField()))


def _within(source: Source[object], user: User) -> Within:  # type: ignore[type-var] # any table
    return Within(source.code, scope_of(user, source.permission) if source.scoped else None)


def _hit(item: Item, text: str) -> Hit:
    title = item.english if get_language() == "en" and item.english else item.title
    return Hit(text, title, item.url, item.about, item.body)


def _hit_of(document: Document, text: str) -> Hit:
    title = document.english if get_language() == "en" and document.english else document.title
    return Hit(text, title, document.url, document.about)


def _looked_through(source: Short, user: User, needs: Sequence[Need], text: str) -> list[Document]:
    """The documents of a short source that meet every need, the best first."""
    ranked = [
        (rank, place, document)
        for place, document in enumerate(source.documents(user))
        if (rank := _rank(document, needs, normal(text))) is not None
    ]
    return [document for _rank_, _place, document in sorted(ranked, key=lambda one: one[:2])]


def _rank(document: Document, needs: Sequence[Need], text: str) -> int | None:
    """0 for a code, 1 for a title that begins so, 2 in a title, 3 in the text; None when not found."""
    read = _read(document)
    if any(code.startswith(text) for code in read.codes):
        return 0
    if meets(read.heading, needs):
        return 1 if read.start.startswith(text) else 2
    return 3 if meets(read.whole, needs) else None


@dataclass(frozen=True, slots=True)
class _Read:
    """A document as it is looked through; `heading` and `whole` are rows of tokens."""

    codes: tuple[str, ...]
    start: str
    heading: str
    whole: str


@lru_cache(2_000)
def _read(document: Document) -> _Read:
    """The same documents are looked through for every question: read them once."""
    names = [name for name in (document.title, document.english, *document.also) if name]
    heading = [token for name in names for token in (*title_tokens(name), GAP)]
    text = body_tokens(f"{document.about} {document.body}")
    return _Read(
        codes=tuple(map(normal, document.codes)),
        start=normal(document.title),
        heading=row_of(heading),
        whole=row_of([*heading, *text]),
    )
