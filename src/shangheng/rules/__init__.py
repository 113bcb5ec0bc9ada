"""Rules as dated, cited data. Nothing here is code but this door: `load("roles.yaml")`."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def load(name: str) -> Any:
    """The content of one YAML file of this folder, read once. Raises FileNotFoundError."""
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def files(folder: str, kind: str = "yaml") -> list[str]:
    """The files of a kind in a sub-folder, in order of name, as `load` and `read` take them."""
    return sorted(f"{folder}/{path.name}" for path in (FOLDER / folder).glob(f"*.{kind}"))


def read(name: str) -> str:
    """The text of one file of this folder. Raises FileNotFoundError."""
    return (FOLDER / name).read_text(encoding="utf-8")
