"""Vendored files are what their list says, and nothing else lies beside them."""

import hashlib
import re
from pathlib import Path

from shangheng.core.ui.icons import icon_svg

VENDOR = Path(__file__).parents[1] / "static" / "ui" / "vendor"
ROW = re.compile(
    r"^\| `(?P<file>[^`]+)` \|.*\| (?P<texts>[^|]+) \| `(?P<hash>[0-9a-f]{64})` \|$", re.MULTILINE
)


def rows() -> list[re.Match[str]]:
    return list(ROW.finditer((VENDOR / "README.md").read_text(encoding="utf-8")))


def test_every_vendored_file_is_listed_with_its_hash() -> None:
    listed = {row["file"]: row["hash"] for row in rows()}
    found = {
        str(file.relative_to(VENDOR)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.suffix in {".js", ".css", ".svg"}
    }
    assert listed == found


def test_every_licence_text_that_is_named_is_there() -> None:
    named = {text for row in rows() for text in row["texts"].split(", ")}
    assert named == {file.name for file in VENDOR.glob("*.txt")}


def test_no_vendored_file_refers_to_a_map_that_is_not_there() -> None:
    for file in VENDOR.rglob("*.js"):
        assert "sourceMappingURL" not in file.read_text(encoding="utf-8"), file.name


def test_every_icon_can_be_drawn() -> None:
    for file in (VENDOR / "icons").glob("*.svg"):
        assert str(icon_svg(file.stem)).startswith('<svg class="icon"'), file.name
