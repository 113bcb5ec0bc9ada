"""The templates of a desk: text with `$words`, kept beside this module as package data."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("templates")
ENDING = ".tmpl"


@cache
def sources() -> dict[str, str]:
    """The rooms of a desk: path below the desk → template."""
    return {
        str(file.relative_to(FOLDER / "rooms")).removesuffix(ENDING): file.read_text("utf-8")
        for file in sorted((FOLDER / "rooms").rglob(f"*{ENDING}"))
    }


def rule(name: str) -> str:
    """A template of what is added to a file of `rules/` or to the catalogue."""
    return (FOLDER / "rules" / f"{name}{ENDING}").read_text("utf-8")
