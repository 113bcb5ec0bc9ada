from pathlib import Path

import pytest
from pytest_django import Settings

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.investment.models import Lead, Project
from shangheng.desks.investment.tests import office


@pytest.fixture(autouse=True)
def documents(settings: Settings, tmp_path: Path) -> None:
    """A folder of its own for evidence."""
    settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture
def bureau(db: None) -> OrgUnit:
    return office.unit()


@pytest.fixture
def owner(bureau: OrgUnit) -> User:
    return office.officer(bureau)


@pytest.fixture
def head(bureau: OrgUnit) -> User:
    return office.head(bureau)


@pytest.fixture
def stranger(bureau: OrgUnit) -> User:
    """An officer of a unit that has nothing to do with the others."""
    return office.officer(office.unit("bao", "保税办"))


@pytest.fixture
def project(owner: User) -> Project:
    return office.project(owner)


@pytest.fixture
def lead(owner: User) -> Lead:
    return office.lead(owner)
