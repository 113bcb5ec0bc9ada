"""The files of the repository, as the house tests read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "shangheng"


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the repository: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return tuple(sorted(ROOT / name for name in listed if name and (ROOT / name).is_file()))


def under(*folders: str, suffix: str) -> list[Path]:
    """The files below `folders` (from the root) whose names end with `suffix`."""
    tops = [ROOT / folder for folder in folders]
    return [
        file
        for file in files()
        if file.name.endswith(suffix) and any(file.is_relative_to(top) for top in tops)
    ]


def name(file: Path) -> str:
    """The file's path from the root, for messages."""
    return file.relative_to(ROOT).as_posix()


@cache
def parsed(file: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
