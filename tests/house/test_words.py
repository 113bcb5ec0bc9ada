"""The repository speaks of itself alone, and its pages load nothing from elsewhere."""

import re

import pytest

from tests.house.tree import ROOT, files, name, under

TEXT = {
    ".py",
    ".md",
    ".html",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".css",
    ".js",
    ".sh",
    ".cfg",
    ".po",
    ".csv",
    ".lock",
    ".typ",
    "",
}
FOREIGN = {"vendor", "fonts"}  # texts of others, kept as they are

# Written apart, so that this file does not hold what it forbids.
FORBIDDEN = {
    "a path of one machine": "/(?:work|root|home|opt|tmp/w)" + "/",
    "a package host": r"py" + r"pi\.org|python" + r"hosted|registry\.n" + r"pm|mirrors?\.[a-z]+\.(?:com|cn|edu)",
    "a tool of a workplace": r"\b(?:cla" + r"ude|chat" + r"gpt|copi" + r"lot|cod" + r"ex|an" + r"thropic|open" + r"ai)\b",
    "the talk of a workplace": r"\b(?:as an a" + r"i|language mod" + r"el|ai age" + r"nts?|sub" + r"agents?)\b",
    "unfinished work": r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
}  # fmt: skip


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], 0 if what == "unfinished work" else re.IGNORECASE)
    found = []
    for file in files():
        if file.suffix not in TEXT or FOREIGN & set(file.parts) or file.name == "LICENSE":
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name(file)}:{number}: {line.strip()[:80]}")
    assert not found, f"Say it without {what}: {found}"


def test_templates_load_nothing_from_elsewhere() -> None:
    asset = re.compile(
        r"""(?:src|href|action|data|url)\s*[=(]\s*["']?(?:https?:)?//""", re.IGNORECASE
    )
    found = [
        f"{name(file)}:{number}: {line.strip()[:80]}"
        for suffix in (".html", ".css", ".js", ".svg")
        for file in under("src", suffix=suffix)
        if not FOREIGN & set(file.parts)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if asset.search(line)
    ]
    assert not found, f"Vendor it below core/ui/static/ui and use {{% static %}}: {found}"


def test_templates_hold_no_script_or_style() -> None:
    inline = re.compile(
        r"<style\b|<script(?![^>]*(?:\bsrc=|json))|\son[a-z]+=|\sstyle=|\bhx-on|javascript:"
    )
    found = [
        f"{name(file)}:{number}: {line.strip()[:80]}"
        for file in under("src", suffix=".html")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if inline.search(line)
    ]
    assert not found, f"The content policy refuses it; put it in a static file: {found}"


def test_large_files_stay_out() -> None:
    limit = 20 * 1024 * 1024
    large = [name(file) for file in files() if file.stat().st_size > limit]
    assert not large, f"Over 20 MiB; subset or generate it: {large} (in {ROOT.name})"
