"""Writing a planned desk: all of it, or the tree stays as it was."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shangheng.config.new_desk.plan import Change

GENERATED = (
    "src/shangheng/locale/en/LC_MESSAGES/django.po",
    "src/shangheng/locale/en/LC_MESSAGES/django.mo",
    "docs/reference/permissions.md",
    "docs/reference/api.md",
    "tests/house/query_counts.json",
)


class StepFailed(RuntimeError):
    """A step after writing has failed; nothing was kept. The message is what it said."""


@dataclass(frozen=True)
class Step:
    """A program that is run on the new tree, and what it does, for people."""

    about: str
    words: Sequence[str]
    environment: tuple[tuple[str, str], ...] = ()


def steps(folder: Path, english: str) -> list[Step]:
    """What makes the written desk whole: form, texts, reference pages, counts of queries."""
    python = sys.executable
    ruff = str(Path(python).with_name("ruff"))
    return [
        Step("整理格式 form", (ruff, "check", "--quiet", "--select", "I", "--fix", str(folder))),
        Step("整理格式 form", (ruff, "format", "--quiet", str(folder))),
        Step("译文 texts", (python, "scripts/messages.py", "--fill", english)),
        Step("权限说明 permissions", (python, "scripts/permissions_doc.py")),
        Step("接口说明 API", (python, "scripts/api_doc.py")),
        Step(
            "查询次数 queries of the pages",
            (python, "-m", "pytest", "-p", "no:cacheprovider", "tests/house/test_page_queries.py"),
            (("SHANGHENG_TEST_PIN", "new"),),
        ),
    ]


def write(
    root: Path,
    changes: Sequence[Change],
    *,
    folder: Path,
    english: str,
    tell: Callable[[str], None],
) -> None:
    """Write every change and run the steps. Raises StepFailed; then the tree is as before."""
    with _all_or_nothing(root, changes, folder), tempfile.TemporaryDirectory() as aside:
        texts = Path(aside) / "english.yaml"
        texts.write_text(english, "utf-8")
        for change in changes:
            file = root / change.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(change.after, "utf-8")
        for step in steps(folder, str(texts)):
            tell(step.about)
            _run(root, step)


def _run(root: Path, step: Step) -> None:
    path = os.pathsep.join(filter(None, [str(root / "src"), os.environ.get("PYTHONPATH", "")]))
    inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(  # noqa: S603 -- the programs are those of `steps`
        step.words,
        cwd=root,
        env={**inherited, "PYTHONPATH": path, **dict(step.environment)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StepFailed(f"{step.about}: {' '.join(step.words)}\n{done.stdout}{done.stderr}")


@contextmanager
def _all_or_nothing(root: Path, changes: Sequence[Change], folder: Path) -> Iterator[None]:
    """Put every file back as it was when anything goes wrong, an interruption included."""
    paths = {root / change.path for change in changes if change.before is not None}
    paths |= {root / name for name in GENERATED}
    kept = {path: path.read_bytes() for path in paths if path.exists()}
    try:
        yield
    except BaseException:
        shutil.rmtree(root / folder, ignore_errors=True)
        for path, content in kept.items():
            path.write_bytes(content)
        raise
