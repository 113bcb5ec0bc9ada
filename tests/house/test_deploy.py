"""The files for systemd and nginx parse, and call what there is."""

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
    "Unit": {"Description", "After", "Wants", "Requires"},
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
