import pytest
from django.test import Client

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import org_unit, person


@pytest.fixture
def bureau(db: None) -> OrgUnit:
    return org_unit("swj", name="商务局")


@pytest.fixture
def clerk(bureau: OrgUnit) -> User:
    return person("statistics_clerk", unit=bureau)


@pytest.fixture
def head(bureau: OrgUnit) -> User:
    return person("section_head", unit=bureau)


@pytest.fixture
def officer(bureau: OrgUnit) -> User:
    return person("investment_officer", unit=bureau)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
