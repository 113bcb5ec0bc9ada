"""A backup of a whole sample year comes back bit for bit, or not at all."""

import json
import os
import time
from pathlib import Path

import pytest

from tests.journeys.server import Data, Server

KEY = "a-key-of-more-than-thirty-two-characters"


@pytest.fixture
def data(sample_data: Data, tmp_path: Path) -> Data:
    return sample_data.copy(tmp_path / "data", f"backup_{tmp_path.name[-12:]}_{id(tmp_path)}")


def figures(data: Data) -> str:
    done = data.run("check", "--json", "--known", "2022-03-01")
    assert done.stdout, done.stderr
    return done.stdout


def test_a_backup_comes_back_bit_for_bit(data: Data, tmp_path: Path) -> None:
    file = tmp_path / "copy.tar.gz"
    made = data.run("backup", str(file))
    assert made.returncode == 0, made.stdout + made.stderr
    summary = json.loads(made.stdout)
    assert summary["figures"] > 50
    assert data.run("restore", str(file), "--verify-only").returncode == 0
    empty = Data.empty(tmp_path / "other", f"restored_{id(tmp_path)}")
    back = empty.run("restore", str(file))
    assert back.returncode == 0, back.stdout + back.stderr
    assert figures(empty) == figures(data)
    verified = json.loads(empty.run("audit", "verify", "--json").stdout)
    assert verified["ok"], verified["findings"][:3]
    refused = empty.run("restore", str(file))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    again = empty.run("restore", str(file), "--replace")
    assert again.returncode == 0, again.stdout + again.stderr
    assert json.loads(empty.run("audit", "verify", "--json").stdout)["ok"]
    empty.remove()
    data.remove()


def test_a_cut_or_altered_backup_is_refused_and_touches_nothing(data: Data, tmp_path: Path) -> None:
    file = tmp_path / "copy.tar.gz"
    assert data.run("backup", str(file)).returncode == 0
    content = file.read_bytes()
    before = figures(data)
    middle = len(content) // 2
    for spoilt in (content[:middle], content[:middle] + b"\0" * 9 + content[middle + 9 :], b""):
        file.write_bytes(spoilt)
        refused = data.run("restore", str(file), "--replace")
        assert refused.returncode == 1, refused.stdout + refused.stderr
        assert str(file) in refused.stderr
    assert figures(data) == before
    assert not list(data.folder.glob(".restoring-*"))
    data.remove()


def test_nothing_is_put_back_under_a_running_server(data: Data, tmp_path: Path) -> None:
    file = tmp_path / "copy.tar.gz"
    server = Server(data)
    server.start()
    try:
        assert data.run("backup", str(file)).returncode == 0  # people go on working meanwhile
        refused = data.run("restore", str(file), "--replace")
    finally:
        server.stop()
    assert refused.returncode == 1
    assert "systemctl stop" in refused.stderr
    data.remove()


def test_the_server_makes_an_encrypted_backup_by_itself(
    data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANGHENG_BACKUP_AT", "02:30")
    monkeypatch.setenv("SHANGHENG_BACKUP_KEY", KEY)
    server = Server(data)
    server.start()  # what was missed while nothing ran is made up for
    try:
        for _ in range(300):
            if made := list((data.folder / "backups").glob("shangheng-*.tar.gz.sealed")):
                break
            time.sleep(0.2)
    finally:
        server.stop()
    content = made[0].read_bytes()
    assert content.startswith(b"shangheng-sealed-1")
    assert not list(data.folder.glob(".backup-*"))
    assert data.run("restore", str(made[0]), "--verify-only").returncode == 0
    monkeypatch.setenv("SHANGHENG_BACKUP_KEY", KEY[::-1])
    refused = data.run("restore", str(made[0]), "--replace")
    assert refused.returncode == 1
    assert "不是做这份备份时的密钥" in refused.stderr
    monkeypatch.setenv("SHANGHENG_BACKUP_KEY", KEY)
    made[0].write_bytes(content[:-5])
    refused = data.run("restore", str(made[0]), "--replace")
    assert refused.returncode == 1
    assert "被改动过" in refused.stderr
    made[0].write_bytes(content)
    back = data.run("restore", str(made[0]), "--replace")
    assert back.returncode == 0, back.stdout + back.stderr
    data.remove()


def test_a_backup_of_sqlite_comes_back_on_postgresql_with_every_figure(tmp_path: Path) -> None:
    if not os.environ.get("SHANGHENG_TEST_DATABASE"):
        pytest.skip("needs PostgreSQL")
    small = Data(tmp_path / "small", str(tmp_path / "small" / "shangheng.sqlite3"))
    loaded = small.run("demo", "--no-serve")
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    file = tmp_path / "copy.tar.gz"
    assert small.run("backup", str(file)).returncode == 0
    large = Data.empty(tmp_path / "large", f"crossed_{id(tmp_path)}")
    back = large.run("restore", str(file))
    assert back.returncode == 0, back.stdout + back.stderr
    assert figures(large) == figures(small)
    assert json.loads(large.run("audit", "verify", "--json").stdout)["ok"]
    again = large.run("upgrade")  # the index of the search is as the tables have it
    assert again.returncode == 0, again.stdout + again.stderr
    added = large.run("user", "add", "later", "后来者", "--role", "administrator")  # numbers go on
    assert added.returncode == 0, added.stdout + added.stderr
    returned = tmp_path / "returned.tar.gz"
    assert large.run("backup", str(returned)).returncode == 0
    refused = small.run("restore", str(returned), "--replace")
    assert refused.returncode == 1
    assert "PostgreSQL" in refused.stderr
    large.remove()
