"""How each table that points to an organisation behaves when two organisations become one.

A table above this engine declares its relation in ``AppConfig.ready()``. A relation that nobody has
declared makes every merge refuse: nothing is left pointing at an organisation that is gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db.models import ForeignObjectRel, Model
from django.utils.functional import Promise

from shangheng.engines.registry.models import Organisation


class Fate(StrEnum):
    """What happens to the rows of a relation."""

    MOVES = "moves"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Relation:
    """A foreign key to an organisation: `model` as `app.Model`, the field, its fate, its name in words.

    Of rows that would repeat one of the kept organisation in the fields `once_per`, none moves.
    """

    model: str
    field: str
    fate: Fate
    once_per: tuple[str, ...] = ()
    label: str | Promise = ""

    @property
    def name(self) -> str:
        """What a person reads: the label, else the key."""
        return str(self.label) or self.key

    @property
    def key(self) -> str:
        """How a merge names it."""
        return f"{self.model}.{self.field}"

    @property
    def table(self) -> type[Model]:
        """The model class."""
        return apps.get_model(self.model)


_declared: dict[str, Relation] = {}


def declare_relation(relation: Relation) -> None:
    """Say how a relation behaves; the last word counts."""
    _declared[relation.key] = relation


def relations() -> list[Relation]:
    """Every declared relation, in the order of declaration."""
    return list(_declared.values())


def relation(key: str) -> Relation:
    """One declared relation. Raises KeyError."""
    return _declared[key]


def undeclared() -> list[str]:
    """Relations in the database that nobody has declared."""
    return sorted(set(_in_database()) - set(_declared))


def _in_database() -> Iterator[str]:
    for related in Organisation._meta.get_fields(include_hidden=True):
        if isinstance(related, ForeignObjectRel) and isinstance(related.related_model, type):
            yield f"{related.related_model._meta.label}.{related.field.name}"
