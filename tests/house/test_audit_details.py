"""What the audit keeps of an act has a name on its page, once."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from shangheng import rules
from tests.house.tree import PACKAGE

KNOWN = rules.load("audit_details.yaml")
KEPT = {"after", "before"}


def kept() -> Iterator[tuple[Path, str]]:
    """The keys that are written out where an act is recorded."""
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from ((path, key) for given in node.keywords for key in _keys(given))


def _keys(given: ast.keyword) -> Iterator[str]:
    if given.arg in KEPT:
        for node in ast.walk(given.value):
            if isinstance(node, ast.Dict):
                for key in node.keys:
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield key.value


def test_every_detail_that_is_kept_has_a_name() -> None:
    unnamed = sorted({(key, path.name) for path, key in kept() if key not in KNOWN})
    assert not unnamed, f"rules/audit_details.yaml lacks {unnamed}"


def test_no_detail_is_named_twice() -> None:
    text = (PACKAGE / "rules" / "audit_details.yaml").read_text(encoding="utf-8")
    names = Counter(line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha())
    assert [name for name, times in names.items() if times > 1] == []
