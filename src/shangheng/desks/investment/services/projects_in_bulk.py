"""Entering very many projects at once, as `enter_project` enters each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.core.audit.services import Told, record_many
from shangheng.core.database.filling import fill
from shangheng.core.search import services as search
from shangheng.core.search.declaring import source_of
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.projects import document
from shangheng.desks.investment.services.naming import SOURCE
from shangheng.desks.investment.services.parties_in_bulk import Party, known_parties, registered
from shangheng.desks.investment.services.projects import in_cny
from shangheng.desks.investment.services.writing import told
from shangheng.engines.cases.models import Case
from shangheng.engines.cases.services.opening_many import Opening, open_cases
from shangheng.engines.registry.services.organisations import Source
from shangheng.engines.registry.services.registering_many import NewContact, add_contacts

PLAIN = (
    "name", "kind", "capital", "agreed_investment", "currency", "rate", "rate_on", "industry",
    "chain", "needs_land", "land_area", "longitude", "latitude", "landing_unit_id", "tracked", "note",
)  # fmt: skip
CHUNK = 2_000


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


@transaction.atomic
def enter_projects(*, actor: User, at: datetime, entries: Sequence[Entry]) -> list[int]:
    """Enter projects with their cases, investors and contacts: their keys, in order.

    Nobody is told: nobody works on them yet. Raises PermissionDenied, CannotDo.
    """
    _must_reach(actor, entries)
    parties = [one for entry in entries for one in (entry.investor, entry.company) if one]
    keys = registered(actor=actor, at=at, parties=parties, known=known_parties(parties))
    rows = [_row(entry, keys, actor, at) for entry in entries]
    names = [field.attname for field in Project._meta.concrete_fields if not field.primary_key]
    made = list(fill(Project, {name: [_bare(row, name) for row in rows] for name in names}))
    openings = [
        Opening(pk, entry.values["name"], entry.owner, entry.unit, entry.occurred_on)
        for pk, entry in zip(made, entries, strict=True)
    ]
    open_cases(actor=actor, at=at, workflow="investment_project", openings=openings)
    _tie_cases(made)
    _add_contacts(actor, at, entries, keys)
    _tell(actor, at, made)
    return made


def _must_reach(actor: User, entries: Sequence[Entry]) -> None:
    """Raises PermissionDenied."""
    scope = scope_of(actor, "investment.edit")
    for unit in {entry.unit for entry in entries}:
        if not scope.covers(unit_id=unit, owner_id=actor.pk):
            raise PermissionDenied


def _row(entry: Entry, keys: Any, actor: User, at: datetime) -> Project:
    row = Project(created_by=actor, created_at=at, **entry.values)
    row.investor_id = keys[entry.investor] if entry.investor else None
    row.company_id = keys[entry.company] if entry.company else None
    row.agreed_cny = in_cny(row)
    return row


def _bare(row: Project, name: str) -> Any:
    """A value as the database keeps it: a choice by its code."""
    value = getattr(row, name)
    return value.value if isinstance(value, Enum) else value


def _tie_cases(projects: Sequence[int]) -> None:
    """Let each project know its case, in one statement."""
    case = Case.objects.filter(subject_type="investment.project", subject_id=OuterRef("pk"))
    rows = Project.objects.filter(pk__gte=min(projects), pk__lte=max(projects), case=None)
    rows.update(case=Subquery(case.order_by("-pk").values("pk")[:1]))


def _add_contacts(actor: User, at: datetime, entries: Sequence[Entry], keys: Any) -> None:
    contacts = [
        NewContact(keys[one.investor], one.investor.name, c.name, c.position, c.phone)
        for one in entries
        if (c := one.contact) and one.investor
    ]
    if contacts:
        source = Source(SOURCE, timezone.localdate(at))
        add_contacts(actor=actor, at=at, contacts=list(dict.fromkeys(contacts)), source=source)


def _tell(actor: User, at: datetime, projects: Sequence[int]) -> None:
    """Make them findable, and write the audit row of each."""
    fields = [name.removesuffix("_id") for name in PLAIN] + ["investor", "company"]
    source = source_of(Project)
    audited = []
    for start in range(0, len(projects), CHUNK):
        some = projects[start : start + CHUNK]
        rows = Project.objects.select_related("case__unit", "investor", "company", "landing_unit")
        found = list(rows.filter(pk__in=some).order_by("pk"))
        if source is not None:
            search.insert(source, [document(row) for row in found])
        audited += [
            Told(
                "investment.project.enter",
                f"investment.project:{row.pk}",
                row.name,
                after=told(row, fields),
            )
            for row in found
        ]
    record_many(actor=actor, at=at, told=audited)
