"""What the tests of the audit share."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of its own, so that heads are noted there and nowhere else."""
    settings.DATA_DIR = tmp_path
    return tmp_path
