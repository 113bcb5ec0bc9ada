"""Registering very many organisations at once, as `register_organisation` does each of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db import transaction

from shangheng.core.accounts.models import User
from shangheng.core.audit.services import Told, record_many
from shangheng.core.database.filling import fill
from shangheng.core.search import services as search
from shangheng.engines.registry.domain.names import grams_of, key_of
from shangheng.engines.registry.models import (
    Contact,
    FieldSource,
    Gram,
    Kind,
    Name,
    NameKind,
    Organisation,
)
from shangheng.engines.registry.services.organisations import Source, must_edit

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class New:
    """An organisation to register: its name as it is stored, its cleaned code or "", its kind."""

    name: str
    code: str = ""
    kind: str = Kind.ENTERPRISE.value


@dataclass(frozen=True, slots=True)
class NewContact:
    """A person to speak to in an organisation."""

    organisation: int
    label: str
    name: str
    position: str = ""
    phone: str = ""


@transaction.atomic(savepoint=False)
def register_many(*, actor: User, at: datetime, new: Sequence[New], source: Source) -> list[int]:
    """Add organisations that were checked: their keys, in order.

    No code may be in use, and none wrong (`domain.codes`). Raises PermissionDenied without
    `registry.edit` when there are any, IntegrityError for a code that somebody has registered meanwhile.
    """
    if not new:
        return []
    must_edit(actor)
    count = len(new)
    keys = list(
        fill(
            Organisation,
            {
                "name": [one.name for one in new],
                "code": [one.code for one in new],
                "kind": [str(one.kind) for one in new],
                "created_by_id": [actor.pk] * count,
                "created_at": [at] * count,
            },
        )
    )
    _keep_names(keys, new, source)
    told = [_told(one) for one in new]
    _keep_sources(keys, told, actor, at, source)
    search.index_new(Organisation, _new(keys))
    record_many(
        actor=actor,
        at=at,
        told=[
            Told("registry.register", _target(pk), one.name, after=values)
            for pk, one, values in zip(keys, new, told, strict=True)
        ],
    )
    return keys


@transaction.atomic(savepoint=False)
def add_contacts(
    *, actor: User, at: datetime, contacts: Sequence[NewContact], source: Source
) -> None:
    """Add contacts that were checked. The audit keeps no personal data. Raises PermissionDenied."""
    must_edit(actor)
    count = len(contacts)
    keys = fill(
        Contact,
        {
            "organisation_id": [one.organisation for one in contacts],
            "name": [one.name for one in contacts],
            "position": [one.position for one in contacts],
            "phone": [one.phone for one in contacts],
            "source": [source.text] * count,
            "as_of": [source.as_of] * count,
        },
    )
    told = [
        Told("registry.contact", _target(one.organisation), one.label, after={"contact": pk})
        for pk, one in zip(keys, contacts, strict=True)
    ]
    record_many(actor=actor, at=at, told=told)


def _new(keys: Sequence[int]) -> Iterator[Organisation]:
    for some in batched(keys, CHUNK):
        yield from Organisation.objects.filter(pk__in=some).prefetch_related("names")


def _target(pk: int) -> str:
    return f"registry.organisation:{pk}"


def _told(one: New) -> dict[str, str]:
    return {"kind": str(one.kind), **({"code": one.code} if one.code else {})}


def _keep_names(organisations: Sequence[int], new: Sequence[New], source: Source) -> None:
    count = len(new)
    keys = [key_of(one.name) for one in new]
    names = fill(
        Name,
        {
            "organisation_id": list(organisations),
            "name": [one.name for one in new],
            "kind": [NameKind.CURRENT.value] * count,
            "source": [source.text] * count,
            "whole": [key.whole for key in keys],
            "core": [key.core for key in keys],
            "sound": [key.sound for key in keys],
        },
    )
    pairs = [(gram, pk) for pk, key in zip(names, keys, strict=True) for gram in grams_of(key)]
    fill(Gram, {"gram": [gram for gram, _pk in pairs], "name_id": [pk for _gram, pk in pairs]})


def _keep_sources(
    keys: Sequence[int],
    told: Sequence[Mapping[str, str]],
    actor: User,
    at: datetime,
    source: Source,
) -> None:
    rows = [
        (pk, field, value)
        for pk, values in zip(keys, told, strict=True)
        for field, value in values.items()
    ]
    count = len(rows)
    fill(
        FieldSource,
        {
            "organisation_id": [pk for pk, _field, _value in rows],
            "field": [field for _pk, field, _value in rows],
            "value": [value for _pk, _field, value in rows],
            "source": [source.text] * count,
            "as_of": [source.as_of] * count,
            "recorded_by_id": [actor.pk] * count,
            "recorded_at": [at] * count,
        },
    )
