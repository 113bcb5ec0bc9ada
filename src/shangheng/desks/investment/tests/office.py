"""A small office for the tests of this desk: people, organisations, projects and leads at a stage."""

from decimal import Decimal
from typing import Any

from django.test import Client

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.desks.investment.models import Lead, Project
from shangheng.desks.investment.services.leads import enter_lead
from shangheng.desks.investment.services.projects import enter_project

SIGNING: dict[str, Any] = {
    "investor": "创维集团有限公司",
    "industry": "C39",
    "agreed_investment": Decimal(65),
    "currency": "CNY",
    "needs_land": True,
}
"""What the gate of signing asks for, but for the agreement."""


def unit(code: str = "zsj", name: str = "招商局", parent: OrgUnit | None = None) -> OrgUnit:
    return org_unit(code, parent, name=name)


def officer(of: OrgUnit | None, **told: Any) -> User:
    return person("investment_officer", unit=of, **told)


def head(of: OrgUnit | None, **told: Any) -> User:
    return person("section_head", unit=of, **told)


def project(owner: User, name: str = "创维产业园", **values: Any) -> Project:
    """A project at its first stage."""
    return enter_project(actor=owner, at=AT, values={"name": name, **values})


def lead(owner: User, title: str = "创维想建新基地", **values: Any) -> Lead:
    """A lead that waits for a response."""
    told = {"title": title, "source": "visit", "investor": "创维集团有限公司", **values}
    return enter_lead(actor=owner, at=AT, values=told)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(form: Any, **changes: Any) -> dict[str, Any]:
    """What a browser sends of a form: what it shows, the hidden initial values, the changes."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        shown = form[name].value()
        value = "" if shown is None else shown
        data[name] = value
        if field.show_hidden_initial:
            data[form.add_initial_prefix(name)] = value
    return data | changes
