"""A PostgreSQL server starts with the settings in `deploy/`, takes every one, and each says why it is there."""

import re

import psycopg

from tests.house.tree import ROOT
from tests.postgres import cluster

FILE = ROOT / "deploy" / "postgresql.conf"
LINE = re.compile(r"(\w+) = ('[^']*'|\S+) *(?:#\s*(.+))?")


def lines() -> dict[str, tuple[str, str]]:
    """Value and reason of each setting."""
    found = [
        line for line in FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
    ]
    parsed = [LINE.fullmatch(line) for line in found]
    assert all(parsed), [line for line, one in zip(found, parsed, strict=True) if not one]
    return {one[1]: (one[2].strip("'"), one[3] or "") for one in parsed if one}


def test_each_setting_says_why_it_is_there() -> None:
    follow = {"tcp_keepalives_interval", "tcp_keepalives_count"}  # said above them
    assert {name for name, (_value, reason) in lines().items() if not reason} == follow


def test_a_server_starts_with_every_setting() -> None:
    wanted = lines()
    with (
        cluster({}, FILE.read_text(encoding="utf-8")) as server,
        psycopg.connect(server.address) as connection,
    ):
        told = connection.execute(
            "SELECT name, setting, applied, error FROM pg_file_settings WHERE name = ANY(%s) ORDER BY seqno",
            [list(wanted)],
        ).fetchall()
        shown = connection.execute("SHOW shared_buffers").fetchone()
    assert not [row for row in told if row[3]]
    assert {name: value for name, value, applied, _ in told if applied} == {
        name: value for name, (value, _reason) in wanted.items()
    }
    assert shown == (wanted["shared_buffers"][0],)
