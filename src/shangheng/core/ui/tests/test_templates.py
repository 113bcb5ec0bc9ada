"""Every template keeps to the content security policy: nothing inline that runs or styles."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[3]
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a handler attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE
    ),
    "script for htmx": re.compile(r"\bhx-on[:-]|[\"']\s*(?:js|javascript):", re.IGNORECASE),
    "another host": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}


def inline_parts(text: str) -> list[str]:
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_has_nothing_inline(template: Path) -> None:
    assert inline_parts(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<p style="color:red">', ["a style attribute"]),
        ("<style>p{}</style>", ["a style element"]),
        ('<button onclick="go()">', ["a handler attribute"]),
        ("<script>go()</script>", ["an inline script"]),
        ('<a hx-on:click="go()">', ["script for htmx"]),
        ('<a href="javascript:go()">', ["script for htmx"]),
        ('<script src="https://cdn.example/x.js">', ["another host"]),
        ('<script type="application/json">{}</script><script src="/x.js"></script>', []),
    ],
)
def test_the_reader_finds_what_is_inline(text: str, found: list[str]) -> None:
    assert inline_parts(text) == found


def test_scripts_write_no_markup_and_no_style() -> None:
    for script in PACKAGE.glob("**/static/**/js/*.js"):
        text = script.read_text(encoding="utf-8")
        for forbidden in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "eval(",
            'setAttribute("style"',
        ):
            assert forbidden not in text, f"{script.name} uses {forbidden}"
