"""The shell commands that README and docs tell people to type."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import ROOT, files, name

BLOCK = re.compile(r"^```(?:console|bash|sh|shell)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Documented:
    """One command as it stands in a page."""

    page: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}: {shlex.join(self.words)}"


def pages() -> list[Path]:
    """Every page that a reader may follow."""
    return [file for file in files() if file.suffix == ".md" and "static" not in file.parts]


def documented() -> list[Documented]:
    """Every command of every shell block; in a block with `$ ` prompts, the other lines are output."""
    found = []
    for page in pages():
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            lines = block.replace("\\\n", " ").splitlines()
            prompted = [line.strip()[2:] for line in lines if line.strip().startswith("$ ")]
            for line in prompted or lines:
                for command in re.split(r"\s(?:&&|\||;)\s", line.strip()):
                    words = shlex.split(command, comments=True)
                    if words:
                        found.append(Documented(name(page), tuple(words)))
    return found


def shangheng(words: tuple[str, ...]) -> list[str] | None:
    """The arguments of a `shangheng` command, however it is called; None for another program."""
    rest = list(words)
    while rest and re.fullmatch(r"[A-Z_]+=.*", rest[0]):
        rest.pop(0)
    if rest and Path(rest[0]).name == "shangheng":
        return rest[1:]
    return None


def make_targets() -> set[str]:
    """What `make` can be asked for."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
