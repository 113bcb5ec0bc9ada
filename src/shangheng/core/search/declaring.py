"""What can be searched: each app declares its sources in ``AppConfig.ready()``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from shangheng.core.accounts.models import User


@dataclass(frozen=True)
class Document:
    """One thing as it can be found.

    `title`, `english` and `also` (other names) are found by their characters, pinyin and initials;
    `body` by its characters. `codes` are found whole or from their beginning. `unit_id` and
    `owner_id` say whose it is, for sources that are narrowed by scope.
    """

    key: str
    title: str
    url: str
    about: str = ""
    english: str = ""
    also: tuple[str, ...] = ()
    body: str = ""
    codes: tuple[str, ...] = ()
    unit_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True)
class Source[M: Model]:
    """A table whose rows can be found. `rows` gives all of them with what `document` reads.

    `permission` is what a person needs to find anything here, or ``SIGNED_IN``; with `scoped`, each
    finds only what that permission reaches.
    """

    code: str
    label: str | Promise
    permission: str
    model: type[M]
    rows: Callable[[], QuerySet[M]]
    document: Callable[[M], Document]
    scoped: bool = True
    order: int = 100


@dataclass(frozen=True)
class Short:
    """A few things that stand in no table, such as pages: looked through, never indexed."""

    code: str
    label: str | Promise
    permission: str
    documents: Callable[[User], Iterable[Document]]
    order: int = 100


_sources: dict[str, Source[Any] | Short] = {}


def register(*sources: Source[Any] | Short) -> None:
    """Add sources, or replace those registered under the same codes."""
    for source in sources:
        _sources[source.code] = source


def sources() -> list[Source[Any] | Short]:
    """The sources in the order in which their finds are shown."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.code))


def indexed() -> list[Source[Any]]:
    """The sources that stand in tables."""
    return [source for source in sources() if isinstance(source, Source)]


def source_of(model: type[Model]) -> Source[Any] | None:
    """The source of a table; None for one that is not searched."""
    return next((source for source in indexed() if source.model is model), None)
