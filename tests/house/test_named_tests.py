"""A page that points to a test points to one that exists."""

import ast
import re

from tests.house.commands import pages
from tests.house.tree import name, parsed, under

NAMED = re.compile(r"`(test_\w+)`")


def test_every_test_that_a_page_names_exists() -> None:
    written = {
        node.name
        for file in under("src", "tests", suffix=".py")
        if file.name.startswith("test_")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef)
    }
    missing = [
        f"{name(page)}: {test}"
        for page in pages()
        for test in NAMED.findall(page.read_text(encoding="utf-8"))
        if test not in written
    ]
    assert not missing, f"Renamed or gone; name the test that shows it now: {missing}"
