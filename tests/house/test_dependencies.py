"""What the code imports is declared, what is declared is locked, and its licence lets us use it."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT, name, parsed, under

NAME = re.compile(r"^[A-Za-z0-9._-]+")
OUR_OWN = {"shangheng", "tests", "scripts", "benchmarks"}


def normal(distribution_name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", distribution_name).lower()


def named_in(requirements: Iterable[str]) -> set[str]:
    return {normal(match[0]) for each in requirements if (match := NAME.match(each))}


def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def base() -> set[str]:
    return named_in(project()["dependencies"])


def everything() -> set[str]:
    return base() | named_in(project()["optional-dependencies"]["dev"])


def locked(lock: str) -> set[str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return named_in(line for line in lines if "==" in line and not line.startswith(" "))


@cache
def providers() -> Mapping[str, list[str]]:
    """Module → the distributions that bring it."""
    return packages_distributions()


def imported(file: Path) -> set[str]:
    """The distributions that a file imports, besides the standard library and ourselves."""
    modules: set[str] = set()
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module)
    tops = {module.partition(".")[0] for module in modules} - OUR_OWN - sys.stdlib_module_names
    return {normal(providers().get(top, [top])[0]) for top in tops}


def test_the_product_imports_only_what_it_declares() -> None:
    product = [file for file in under("src", suffix=".py") if "tests" not in file.parts]
    missing = {name(file): gap for file in product if (gap := imported(file) - base())}
    assert not missing, f"Name it in [project] dependencies and renew the locks: {missing}"


def test_tests_and_scripts_import_only_what_is_declared() -> None:
    files = under("src", "tests", "scripts", "benchmarks", suffix=".py")
    missing = {name(file): gap for file in files if (gap := imported(file) - everything())}
    assert not missing, f"Name it in the dev dependencies and renew the locks: {missing}"


def test_locks_hold_what_is_declared() -> None:
    assert not base() - locked("requirements.lock"), "Renew the locks, see CONTRIBUTING.md"
    assert not everything() - locked("requirements-dev.lock"), "Renew the locks"


@pytest.mark.parametrize("package", sorted(base()))
def test_licences_let_us_use_it(package: str) -> None:
    metadata = distribution(package).metadata
    said = " ".join(
        [metadata.get("License-Expression") or metadata.get("License") or ""]
        + [entry for entry in metadata.get_all("Classifier") or [] if "License" in entry]
    )
    strict = re.search(r"\b(?:A?GPL)|(?<!Lesser )General Public License", said[:400])
    assert not strict, f"{package}: {said[:200]}"
