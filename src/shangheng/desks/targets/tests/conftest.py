"""A small bureau with a desk for everybody; files go to a folder of the test."""

from pathlib import Path

import pytest
from pytest_django import Settings

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import org_unit, person


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture
def bureau(db: None) -> OrgUnit:
    return org_unit("swj", name="商务局")


@pytest.fixture
def park(bureau: OrgUnit) -> OrgUnit:
    return org_unit("bsb", parent=bureau, name="保税办")


@pytest.fixture
def street(db: None) -> OrgUnit:
    return org_unit("jinghe", name="径河街道")


@pytest.fixture
def clerk(bureau: OrgUnit) -> User:
    return person("statistics_clerk", unit=bureau, display_name="统计员小吴")


@pytest.fixture
def officer(park: OrgUnit) -> User:
    return person("investment_officer", unit=park, display_name="专员小李")


@pytest.fixture
def head(bureau: OrgUnit) -> User:
    return person("section_head", unit=bureau, display_name="科长老张")
