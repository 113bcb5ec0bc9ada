"""A copy of the repository, as whoever clones it has it, that the environment of the tests serves."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import ROOT, files


@dataclass(frozen=True)
class Copy:
    """The copy; what is run in it takes its code, not ours."""

    root: Path

    def run(self, words: Sequence[str], **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in the copy: its output, whatever the exit code."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SHANGHENG_", "DJANGO_"))}
        kept |= {
            "PYTHONPATH": os.pathsep.join([str(self.root / "src"), str(self.root)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SHANGHENG_DATA": str(self.root / "var"),
        }
        program, *rest = words
        if program.startswith(".venv/bin/"):
            program = str(Path(sys.executable).with_name(program.rpartition("/")[2]))
        return subprocess.run(
            [program, *rest],
            cwd=self.root,
            env={**kept, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def changed(self) -> list[str]:
        """What is no longer as it was copied, as git tells it."""
        return self.run(["git", "status", "--porcelain", "-uall"]).stdout.splitlines()


def copy_tree(to: Path) -> Copy:
    """Copy every file of the repository, committed there as a clone would be."""
    for file in files():
        target = to / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    made = Copy(to)
    author = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
    for words in (["init", "-q"], ["add", "-A"], [*author, "commit", "-qm", "copy"]):
        assert made.run(["git", *words]).returncode == 0
    return made
