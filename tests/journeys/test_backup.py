"""A backup of a whole sample year comes back bit for bit, or not at all."""

import json
from pathlib import Path

import pytest

from tests.journeys.server import Data, Server


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
