"""Entering very many projects at once, as `enter_project` enters each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import batched
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit.services import Told, record_many
from shangheng.core.database.filling import fill, new_keys
from shangheng.core.search import services as search
from shangheng.core.search.declaring import source_of
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.projects import document_of
from shangheng.desks.investment.services.naming import SOURCE
from shangheng.desks.investment.services.parties_in_bulk import Party, known_parties, registered
from shangheng.desks.investment.services.projects import in_cny
from shangheng.desks.investment.services.writing import plain
from shangheng.engines.cases.models import Case
from shangheng.engines.cases.services.opening_many import Opening, open_cases
from shangheng.engines.registry.models import Organisation
from shangheng.engines.registry.services.organisations import Source
from shangheng.engines.registry.services.registering_many import NewContact, add_contacts

PLAIN = (
    "name", "kind", "capital", "agreed_investment", "currency", "rate", "rate_on", "industry",
    "chain", "needs_land", "land_area", "longitude", "latitude", "landing_unit_id", "tracked", "note",
)  # fmt: skip
WHO = ("investor_id", "company_id")
CHUNK = 2_000

type Row = dict[str, Any]
"""A project as the database keeps it, by column."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to speak to at the investor."""

    name: str
    position: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A project to enter that was checked: `values` are some of `PLAIN`, ids for units and people."""

    values: dict[str, Any]
    unit: int
    owner: int
    occurred_on: date
    investor: Party | None = None
    company: Party | None = None
    contact: Person | None = None


@transaction.atomic(savepoint=False)
def enter_projects(*, actor: User, at: datetime, entries: Sequence[Entry]) -> list[int]:
    """Enter projects with their cases, investors and contacts: their keys, in order.

    Nobody is told: nobody works on them yet. Raises PermissionDenied, CannotDo.
    """
    _must_reach(actor, entries)
    parties = [one for entry in entries for one in (entry.investor, entry.company) if one]
    keys = registered(actor=actor, at=at, parties=parties, known=known_parties(parties))
    rows = [_row(entry, keys, actor, at) for entry in entries]
    made = list(new_keys(Project, len(rows)))  # so that each is written with its case at once
    openings = [
        Opening(pk, entry.values["name"], entry.owner, entry.unit, entry.occurred_on)
        for pk, entry in zip(made, entries, strict=True)
    ]
    cases = open_cases(actor=actor, at=at, workflow="investment_project", openings=openings)
    columns = {name: [row[name] for row in rows] for name in _untold()}
    fill(Project, {**columns, "id": made, "case_id": cases})
    _add_contacts(actor, at, entries, keys)
    _tell(actor, at, list(zip(made, entries, rows, strict=True)))
    return made


def _must_reach(actor: User, entries: Sequence[Entry]) -> None:
    """Raises PermissionDenied."""
    scope = scope_of(actor, "investment.edit")
    for unit in {entry.unit for entry in entries}:
        if not scope.covers(unit_id=unit, owner_id=actor.pk):
            raise PermissionDenied


def _row(entry: Entry, keys: Mapping[Party, int], actor: User, at: datetime) -> Row:
    row = _untold() | entry.values | {"created_by_id": actor.pk, "created_at": at}
    row["investor_id"] = keys[entry.investor] if entry.investor else None
    row["company_id"] = keys[entry.company] if entry.company else None
    row["agreed_cny"] = in_cny(row["agreed_investment"], row["currency"], row["rate"])
    return row


@cache
def _untold() -> Row:
    """What a project has in a field of which nothing is told; a choice by its code."""
    fields = [field for field in Project._meta.concrete_fields if not field.primary_key]
    values = {field.attname: getattr(Project(), field.attname) for field in fields}
    return {
        name: value.value if isinstance(value, Enum) else value for name, value in values.items()
    }


def _add_contacts(
    actor: User, at: datetime, entries: Sequence[Entry], keys: Mapping[Party, int]
) -> None:
    contacts = [
        NewContact(keys[one.investor], one.investor.name, c.name, c.position, c.phone)
        for one in entries
        if (c := one.contact) and one.investor
    ]
    if contacts:
        source = Source(SOURCE, timezone.localdate(at))
        add_contacts(actor=actor, at=at, contacts=list(dict.fromkeys(contacts)), source=source)


def _tell(actor: User, at: datetime, made: Sequence[tuple[int, Entry, Row]]) -> None:
    """Make them findable, and write the audit row of each, from what was entered: nothing is read back."""
    names = _names({row[who] for _pk, _one, row in made for who in WHO if row[who]})
    units = OrgUnit.objects.in_bulk()
    places = {(one.unit, one.owner) for _pk, one, _row in made}
    cases = {place: Case(unit=units[place[0]], owner_id=place[1]) for place in places}
    source = source_of(Project)
    audited = []
    for some in batched(made, CHUNK):
        documents = []
        for pk, one, row in some:
            who = [names.get(row[each]) for each in WHO]
            case = cases[one.unit, one.owner]
            others = [name for name in who if name]
            documents.append(document_of(pk, row["name"], row["note"], case, others))
            audited.append(_told(pk, row, who, units))
        if source is not None:
            search.insert(source, documents)
    record_many(actor=actor, at=at, told=audited)


def _names(organisations: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in batched(organisations, CHUNK):
        found.update(Organisation.objects.filter(pk__in=some).values_list("pk", "name"))
    return found


def _told(pk: int, row: Row, who: Sequence[str | None], units: Mapping[int, OrgUnit]) -> Told:
    after = {name: plain(row[name]) for name in PLAIN if name != "landing_unit_id"}
    landing = units.get(row["landing_unit_id"])
    after |= {"landing_unit": plain(landing), "investor": who[0], "company": who[1]}
    return Told("investment.project.enter", f"investment.project:{pk}", row["name"], after=after)
