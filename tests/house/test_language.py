"""Every visible text is Chinese in the code, goes through gettext, and has an English translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType

from scripts import messages
from tests.house.tree import PACKAGE, name, parsed, under

CHINESE = re.compile(r"[\u3400-\u9fff]")
OWN_NAME = re.compile(r"""lang="zh[\w-]*"[^>]*>[^<]*""")  # a language is offered under its own name
QUOTED = r"""(?:"[^"]*"|'[^']*')"""
TRANSLATED = re.compile(rf"_\({QUOTED}\)|^(?:translate|trans)\s+{QUOTED}")

# Where Chinese is data or speaks to the operator of the machine, who reads both languages at once.
SPEAKS_FREELY = [
    PACKAGE / "config",  # command line, settings, sample data: bilingual messages
    PACKAGE / "methods",  # reads and lays out Chinese documents; shows nothing by itself
    PACKAGE / "rules",
    PACKAGE / "core" / "ui" / "samples.py",  # invented content of the style page
]
# Markup on a constant's line for Chinese that is data to the program, with what it is.
DATA_MARK = re.compile(r"#.*\bzh-data:\s*\S")


def chinese_in_template(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of Chinese that stands in a template outside of translation tags."""
    translating = commented = False
    for token in Lexer(file.read_text(encoding="utf-8")).tokenize():
        text = token.contents
        if token.token_type == TokenType.BLOCK:
            word = text.split(maxsplit=1)[0]
            if word in {"blocktranslate", "blocktrans"}:
                translating = True
            translating = translating and not word.startswith("endblocktrans")
            commented = word == "comment" or (commented and word != "endcomment")
            text = TRANSLATED.sub("", text)
        elif token.token_type == TokenType.VAR:
            text = TRANSLATED.sub("", text)
        elif token.token_type == TokenType.COMMENT or translating or commented:
            continue
        if CHINESE.search(OWN_NAME.sub("", text)):
            assert token.lineno is not None
            yield token.lineno, " ".join(text.split())[:60]


def test_templates_translate_what_they_show() -> None:
    found = [
        f"{name(file)}:{line}: {text}"
        for file in under("src", suffix=".html")
        for line, text in chinese_in_template(file)
    ]
    assert not found, f"Put it into {{% translate %}} or {{% blocktranslate %}}: {found}"


def chinese_in_code(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of Chinese constants outside of gettext calls, docstrings and marked data."""
    tree = parsed(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    exempt = {id(node) for call in ast.walk(tree) if _translates(call) for node in ast.walk(call)}
    exempt |= {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }  # docstrings
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        marked = any(DATA_MARK.search(line) for line in lines[node.lineno - 1 : node.end_lineno])
        if CHINESE.search(node.value) and id(node) not in exempt and not marked:
            yield node.lineno, node.value[:60]


def _translates(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    called = getattr(function, "id", getattr(function, "attr", ""))
    return called in messages.FUNCTIONS


def test_code_translates_what_it_shows() -> None:
    found = [
        f"{name(file)}:{line}: {text}"
        for file in under("src", suffix=".py")
        if not any(file.is_relative_to(folder) for folder in SPEAKS_FREELY)
        if not {"tests", "migrations"} & set(file.parts)
        for line, text in chinese_in_code(file)
    ]
    assert not found, (
        "Wrap it in gettext (in code without Django: methods.wording.say), move it to rules/, or end its line with “# zh-data: what it is” where "
        f"it is data and never shown: {found}"
    )


def test_scripts_carry_no_language() -> None:
    comment = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
    found = [
        name(file)
        for suffix in (".js", ".css")
        for file in under("src", suffix=suffix)
        if "vendor" not in file.parts
        and CHINESE.search(comment.sub("", file.read_text(encoding="utf-8")))
    ]
    assert not found, f"Hand the words over from a template, translated: {found}"


def test_every_text_has_an_english_translation() -> None:
    problems = messages.problems()
    assert not problems, (
        "Run make messages, translate in django.po, and run it again:\n" + "\n".join(problems)
    )
