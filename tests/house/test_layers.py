"""The floors of the house, where import-linter cannot see: foreign keys, cycles, undeclared rooms."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from tests.house.tree import PACKAGE, ROOT

FLOORS = ("core", "engines", "desks", "config")  # lowest first


def contracts() -> list[dict[str, list[str]]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        declared: list[dict[str, list[str]]] = tomllib.load(file)["tool"]["importlinter"][
            "contracts"
        ]
    return declared


def order_of(floor: str) -> list[str]:
    """The declared order of the rooms of a floor, lowest first."""
    [contract] = [each for each in contracts() if each.get("containers") == [f"shangheng.{floor}"]]
    return list(reversed(contract["layers"]))


def packages_in(folder: Path) -> set[str]:
    return {child.parent.name for child in folder.glob("*/__init__.py")}


def test_imports_keep_to_the_contracts() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout.partition("Contracts\n")[2]


def test_every_room_is_declared() -> None:
    floors = contracts()[0]["layers"]
    declared = {
        part.strip().removeprefix("shangheng.") for row in floors for part in row.split(":")
    }
    undeclared = packages_in(PACKAGE) - declared
    assert not undeclared, (
        f"Add to the first import-linter contract in pyproject.toml: {undeclared}"
    )
    for floor in ("core", "engines"):
        undeclared = packages_in(PACKAGE / floor) - set(order_of(floor))
        assert not undeclared, f"Give {undeclared} a place in the order of {floor} (pyproject.toml)"
    installed = {
        f"shangheng.{config.parent.relative_to(PACKAGE).as_posix().replace('/', '.')}"
        for config in PACKAGE.glob("*/*/apps.py")
    }
    missing = installed - set(settings.INSTALLED_APPS)
    assert not missing, f"Add to INSTALLED_APPS: {missing}"


def place(module: str) -> tuple[int, int]:
    """How high a module lives: its floor, then its room on the floor. Desks are all alike."""
    _, floor, room, *_ = module.split(".")
    return FLOORS.index(floor), order_of(floor).index(room) if floor in {"core", "engines"} else 0


def foreign_keys() -> Iterator[tuple[type[Model], str, type[Model]]]:
    """Every relation that one of our tables declares to another of ours, except within one app."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = field.related_model
            if field.auto_created or not isinstance(target, type):
                continue
            ours = all(each.__module__.startswith("shangheng.") for each in (model, target))
            if ours and model._meta.app_label != target._meta.app_label:
                yield model, field.name, target


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model._meta.label}.{field} → {target._meta.label}"
        for model, field, target in foreign_keys()
        if place(model.__module__) <= place(target.__module__)
    ]
    assert not upward, f"Turn the relation round, or move the table down a floor: {upward}"


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = grimp.build_graph("shangheng", cache_dir=None, exclude_type_checking_imports=True)
    imports = {
        module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules
    }
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as cycle:
        raise AssertionError(
            f"Move what both need into a module of its own: {' → '.join(cycle.args[1])}"
        ) from None
