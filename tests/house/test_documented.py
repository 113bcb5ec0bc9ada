"""What a person can set, be allowed, or type is written down, and what is written down is so."""

import re

import pytest

from scripts import api_doc, commands_doc, permissions_doc
from shangheng.config import settings
from shangheng.config.cli import build_parser
from tests.house.commands import Documented, documented, make_targets, pages, shangheng
from tests.house.tree import ROOT, name

REFERENCE = ROOT / "docs" / "reference"
# Programs of the system that a page may name; nothing of ours is behind them.
KNOWN = {
    "git",
    "curl",
    "cd",
    "cp",
    "sudo",
    "apt-get",
    "createdb",
    "pg_dump",
    "pg_restore",
    "systemctl",
    "export",
    "openssl",
    "sha256sum",
    "tar",
}
FENCE = re.compile(r"^```\w+\n.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_every_setting_is_documented() -> None:
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    documented_names = set(re.findall(r"^\| `(SHANGHENG_\w+)`", page, re.MULTILINE))
    read = set(settings.env.names)
    assert not read - documented_names, "Add a row to docs/reference/settings.md"
    assert not documented_names - read, "No such setting: remove its row from settings.md"


def test_every_permission_is_documented() -> None:
    page = (REFERENCE / "permissions.md").read_text(encoding="utf-8")
    assert page == permissions_doc.page(), "Run: .venv/bin/python scripts/permissions_doc.py"


def test_every_command_is_documented() -> None:
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    assert page == commands_doc.page(), "Run: .venv/bin/python scripts/commands_doc.py"


def test_every_operation_of_the_api_is_documented() -> None:
    page = (REFERENCE / "api.md").read_text(encoding="utf-8")
    assert page == api_doc.page(), "Run: .venv/bin/python scripts/api_doc.py"


def complaint(command: Documented) -> str:
    """Why a documented command cannot work; empty when it can."""
    program, *rest = command.words
    arguments = shangheng(command.words)
    if arguments is not None:
        try:
            build_parser().parse_args(arguments)
        except SystemExit as end:
            return "the command line refuses it" if end.code else ""
        return ""
    if program == "make":
        unknown = {word for word in rest if "=" not in word} - make_targets()
        return f"the Makefile has no {unknown}" if unknown else ""
    if program.endswith("python"):
        wanted = rest[1].replace(".", "/") + ".py" if rest[0] == "-m" else rest[0]
        return (
            ""
            if wanted in {"pytest.py", "django.py"} or (ROOT / wanted).exists()
            else "no such program"
        )
    if program.startswith(("scripts/", ".venv/")):
        return "" if (ROOT / program).exists() else "no such program"
    return "" if program in KNOWN else "nobody checks that it works"


@pytest.mark.parametrize("command", documented(), ids=str)
def test_the_documented_command_can_be_typed(command: Documented) -> None:
    assert not complaint(command), f"{command}: {complaint(command)}"


def test_a_page_in_chinese_has_the_commands_of_the_english_one_and_each_leads_to_the_other() -> (
    None
):
    chinese = [page for page in pages() if page.name.endswith(".zh-CN.md") and page.parent != ROOT]
    assert chinese
    for page in chinese:
        english = page.with_name(page.name.replace(".zh-CN", ""))
        here, there = (one.read_text(encoding="utf-8") for one in (page, english))
        assert FENCE.findall(here) == FENCE.findall(there), name(page)
        assert f"({page.name})" in there
        assert f"({english.name})" in here


def test_links_between_pages_lead_somewhere() -> None:
    dead = [
        f"{name(page)} → {target}"
        for page in pages()
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if ":" not in target and not (page.parent / target).exists()
    ]
    assert not dead, f"Mend or remove the link: {dead}"
