"""An installation of an older version comes to this one with every figure as it was, or with a way back."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.journeys.server import Data, Server


@pytest.fixture
def data(sample_data: Data, tmp_path: Path) -> Data:
    return sample_data.copy(tmp_path / "data", f"upgrade_{tmp_path.name[-12:]}_{id(tmp_path)}")


def as_an_older_version_left_it(data: Data) -> None:
    """Without the index of the search and the claims, which came later."""
    for app, until in (("search", "zero"), ("briefing", "0002")):
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", app, until, "--verbosity=0"],
            env=data.environment,
            check=True,
        )


def tell(data: Data, statement: str) -> None:
    """Change the data behind the back of the program."""
    if data.database.startswith("postgresql"):
        with psycopg.connect(data.database) as connection:
            connection.execute(statement.encode())
        return
    import sqlite3

    with closing(sqlite3.connect(data.database)) as file:
        file.execute(statement)
        file.commit()


def backups(data: Data) -> list[str]:
    return sorted(path.name for path in (data.folder / "backups").glob("*"))


def test_an_older_database_is_upgraded_and_a_second_run_changes_nothing(data: Data) -> None:
    as_an_older_version_left_it(data)
    assert data.run("serve", "--port", "1").returncode == 1  # it would not serve data so old
    done = data.run("upgrade")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "search.0001_initial" in done.stdout
    assert "briefing.0003_claims" in done.stdout
    (kept,) = backups(data)
    assert kept.endswith("-before-upgrade.tar.gz")
    assert data.run("restore", str(data.folder / "backups" / kept), "--verify-only").returncode == 0
    assert data.run("search", "verify").returncode == 0
    assert json.loads(data.run("audit", "verify", "--json").stdout)["ok"]
    again = data.run("upgrade")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "up to date" in again.stdout
    assert backups(data) == [kept]
    data.remove()


def test_a_figure_that_is_not_as_before_is_named_with_the_way_back(data: Data) -> None:
    as_an_older_version_left_it(data)
    tell(data, "UPDATE ledger_rollup SET amount = amount + 100")
    told = data.run("upgrade")
    assert told.returncode == 1
    assert "与升级前不同" in told.stderr
    (kept,) = backups(data)
    assert f"shangheng restore {data.folder / 'backups' / kept} --replace" in told.stderr
    data.remove()


def test_what_cannot_be_upgraded_is_left_alone(data: Data) -> None:
    server = Server(data)
    server.start()
    try:
        refused = data.run("upgrade")
    finally:
        server.stop()
    assert refused.returncode == 1
    assert "systemctl stop shangheng" in refused.stderr
    tell(
        data,
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('briefing', '0999_later', '2026-01-01')",
    )
    refused = data.run("upgrade")
    assert refused.returncode == 1
    assert "briefing.0999_later" in refused.stderr
    assert backups(data) == []
    data.remove()


def test_an_empty_database_gets_its_tables_and_no_backup(tmp_path: Path) -> None:
    data = Data.empty(tmp_path / "new", f"new_{id(tmp_path)}")
    done = data.run("upgrade")
    assert done.returncode == 0, done.stdout + done.stderr
    assert backups(data) == []
    assert data.run("search", "verify").returncode == 0
    data.remove()
