"""The words of the glossary are those of the code."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import PACKAGE, ROOT, parsed, under

GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `([\w.]+)` \|", re.MULTILINE)


def rows() -> list[tuple[str, str, str]]:
    """Chinese, English and code name of each row."""
    found = ROW.findall(GLOSSARY.read_text(encoding="utf-8"))
    return [row for row in found if row[0] != "中文"]


def named(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """The names that statements bring in: classes, functions, constants, fields."""
    for statement in body:
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            yield statement.name, statement
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id, statement
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield target.id, statement


def names_of_the_code() -> set[str]:
    """`Class`, `Class.member`, `function` and `CONSTANT`, wherever they stand below `src`."""
    found = set()
    for file in under("src", suffix=".py"):
        if {"tests", "migrations"} & set(file.relative_to(PACKAGE).parts):
            continue
        for name, statement in named(parsed(file).body):
            found.add(name)
            if isinstance(statement, ast.ClassDef):
                found |= {f"{name}.{member}" for member, _ in named(statement.body)}
    return found


def test_every_code_name_of_the_glossary_exists() -> None:
    missing = {code for _, _, code in rows()} - names_of_the_code()
    assert not missing, f"Renamed or gone; mend docs/reference/glossary.md: {sorted(missing)}"


def test_every_row_of_the_glossary_is_read() -> None:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    terms = [line for line in lines if line.startswith("| ") and not line.startswith("| 中文")]
    assert len(rows()) == len(terms), "Write each row as | 中文 | English | `Name` | meaning |"


def test_no_term_is_explained_twice() -> None:
    terms = [chinese for chinese, _, _ in rows()]
    twice = sorted({term for term in terms if terms.count(term) > 1})
    assert not twice, f"One row for one term: {twice}"
