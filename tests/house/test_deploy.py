"""The files for systemd and nginx parse, and call what there is."""

import os
import re
import shlex
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from shangheng.config.cli import build_parser
from tests.house.tree import ROOT

UNITS = sorted((ROOT / "deploy").glob("*.service"))
KNOWN = {
    "Unit": {"Description", "After", "Wants", "Requires", "PartOf"},
    "Service": {
        "User",
        "EnvironmentFile",
        "ExecStart",
        "Restart",
        "KillMode",
        "TimeoutStopSec",
        "NoNewPrivileges",
        "ProtectSystem",
        "ProtectHome",
        "PrivateTmp",
        "ReadWritePaths",
    },
    "Install": {"WantedBy"},
}
DIRECTIVE = re.compile(r"[a-z_]+(?:\s+[^;{}]+)?;|(?:server|location)(?:\s+[^;{}]*)?\{|\}")


def read(unit: Path) -> RawConfigParser:
    parser = RawConfigParser(strict=True, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(unit.read_text(encoding="utf-8"))
    return parser


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_says_only_what_systemd_knows_and_calls_what_there_is(unit: Path) -> None:
    parser = read(unit)
    for section in parser.sections():
        assert set(parser[section]) <= KNOWN[section]
    program, *arguments = shlex.split(parser["Service"]["ExecStart"])
    assert program.endswith("/.venv/bin/shangheng")
    build_parser().parse_args(arguments)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_itself_accepts_a_unit(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(), flags=re.MULTILINE)
    copy = tmp_path / unit.name
    copy.write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert str(copy) not in done.stderr, done.stderr


def test_the_proxy_file_parses_and_believes_nothing_that_a_visitor_claims() -> None:
    lines = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line.partition("#")[0] for line in lines)
    assert not DIRECTIVE.sub("", text).strip(), "not a directive"
    assert text.count("{") == text.count("}")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "$proxy_add_x_forwarded_for" not in text
    assert "location = /metrics { deny all; }" in text


def test_the_worker_is_as_closed_as_the_server_and_stops_with_it() -> None:
    server, worker = (
        read(ROOT / "deploy" / f"{one}.service") for one in ("shangheng", "shangheng-worker")
    )
    assert {**server["Service"], "ExecStart": ""} == {**worker["Service"], "ExecStart": ""}
    assert worker["Unit"]["PartOf"] == "shangheng.service"
    assert "shangheng.service" in worker["Install"]["WantedBy"].split()


def test_the_logs_of_database_and_proxy_are_kept_for_half_a_year() -> None:
    text = (ROOT / "deploy" / "logrotate.conf").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^(/\S+) \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL))
    assert set(blocks) == {"/var/log/postgresql/*.log", "/var/log/nginx/*.log"}
    for block in blocks.values():
        assert "    daily\n" in block
        assert int(re.findall(r"rotate (\d+)", block)[0]) >= 183


def test_logrotate_itself_accepts_the_file() -> None:
    program = shutil.which("logrotate", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("no logrotate here")
    done = subprocess.run(
        [program, "--debug", ROOT / "deploy" / "logrotate.conf"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "error:" not in done.stderr


def test_the_command_of_the_server_runs_with_the_user_and_settings_of_the_service(
    tmp_path: Path,
) -> None:
    for name, body in {"id": "echo 0", "systemd-run": 'printf "%s\\n" "$@"'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        [ROOT / "deploy" / "shangheng", "user", "add", "wang", "王 管理"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    unit = read(ROOT / "deploy" / "shangheng.service")["Service"]
    told = done.stdout.splitlines()
    program = unit["ExecStart"].split()[0]
    assert told[-5:] == [program, "user", "add", "wang", "王 管理"]
    assert {f"--uid={unit['User']}", f"--property=EnvironmentFile={unit['EnvironmentFile']}"} <= {
        *told
    }
    assert "--pipe" in told
