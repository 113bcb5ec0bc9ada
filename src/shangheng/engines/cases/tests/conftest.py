from pathlib import Path

import pytest
from pytest_django import Settings

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.cases import subjects
from shangheng.engines.cases.tests import office


@pytest.fixture(autouse=True)
def things(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    """Subjects of the tests instead of those of desks, and a folder of its own for documents."""
    monkeypatch.setattr(subjects, "_kinds", {})
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    office.use_subjects()


@pytest.fixture
def unit(db: None) -> OrgUnit:
    return office.office()


@pytest.fixture
def owner(unit: OrgUnit) -> User:
    return office.officer(unit)


@pytest.fixture
def head(unit: OrgUnit) -> User:
    return office.head(unit)
