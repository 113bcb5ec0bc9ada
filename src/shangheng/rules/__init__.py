"""Rules as dated, cited data. Nothing here is code but this door: `load("roles.yaml")`."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def load(name: str) -> Any:
    """The content of one YAML file of this folder, read once. Raises FileNotFoundError."""
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def in_force(name: str, day: date) -> Mapping[str, Any]:
    """The version of a dated rule for a day, as it is written: the first whose days hold it.

    Raises LookupError when none does, FileNotFoundError.
    """
    for row in load(name):
        if row["valid_from"] <= day and (row["valid_to"] is None or day <= row["valid_to"]):
            found: Mapping[str, Any] = row
            return found
    raise LookupError(f"{name} says nothing of {day}")


def files(folder: str, kind: str = "yaml") -> list[str]:
    """The files of a kind in a sub-folder, in order of name, as `load` and `read` take them."""
    return sorted(f"{folder}/{path.name}" for path in (FOLDER / folder).glob(f"*.{kind}"))


def read(name: str) -> str:
    """The text of one file of this folder. Raises FileNotFoundError."""
    return (FOLDER / name).read_text(encoding="utf-8")
