"""Organisations and those who register them, for the tests of this engine."""

from datetime import date

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.engines.registry.models import Organisation
from shangheng.engines.registry.services.organisations import Source, register_organisation

LICENCE = Source("营业执照", date(2021, 3, 1))


def clerk() -> User:
    """Somebody who may register."""
    return person("statistics_clerk")


def head() -> User:
    """Somebody who may also merge."""
    return person("section_head", scope="all")


def organisation(name: str, actor: User | None = None, **values: object) -> Organisation:
    """An organisation of that name, as a licence shows it."""
    return register_organisation(
        actor=actor or clerk(), at=AT, name=name, source=LICENCE, values=values
    )
