"""What making a desk changes: new files and added lines, worked out before anything is written."""

import difflib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from shangheng.config.new_desk import edits
from shangheng.config.new_desk.names import Names
from shangheng.config.new_desk.rooms import rule, sources

PACKAGE = Path("src/shangheng")
RULES = PACKAGE / "rules"
GLOSSARY = Path("docs/reference/glossary.md")


@dataclass(frozen=True)
class Change:
    """One file: its path from the root, what stands there (None: nothing), what will."""

    path: Path
    before: str | None
    after: str

    def told(self) -> str:
        """The change for reading: the size of a new file, the lines of a changed one."""
        if self.before is None:
            return f"+ {self.path} ({len(self.after.splitlines())})\n"
        old, new = (text.splitlines(keepends=True) for text in (self.before, self.after))
        return f"~ {self.path}\n" + "".join(
            f"    {line.rstrip()[:120]}\n"
            for line in difflib.unified_diff(old, new, n=0)
            if line[0] in "+-" and not line.startswith(("+++", "---"))
        )


def folder_of(names: Names) -> Path:
    """Where the desk will live, from the root."""
    return PACKAGE / "desks" / names.desk


def plan(root: Path, names: Names, *, see: Collection[str], edit: Collection[str]) -> list[Change]:
    """Every file that is written; `see` and `edit` are the roles that get those permissions.

    Raises NoPlace for a file that does not look as expected.
    """
    return [*_rooms(names), *_registered(root, names), *_ruled(root, names, see, edit)]


def english(names: Names) -> str:
    """The texts of the desk in English, as YAML."""
    return names.render(rule("english.yaml"))


def _rooms(names: Names) -> list[Change]:
    folder = folder_of(names)
    return [
        Change(
            folder / path.replace("templates/desk/", f"templates/{names.desk}/"),
            None,
            names.render(text),
        )
        for path, text in sources().items()
    ]


def _changed(root: Path, path: Path, edit: Callable[[str], str]) -> Change:
    before = (root / path).read_text("utf-8")
    try:
        return Change(path, before, edit(before))
    except edits.NoPlace as error:
        raise edits.NoPlace(f"{path}: {error}") from None


def _registered(root: Path, names: Names) -> list[Change]:
    """Settings, addresses, the contract of the domain."""
    module = f"shangheng.desks.{names.desk}"
    route = f'    path("{names.desk}/", include("{module}.urls")),'
    return [
        _changed(
            root,
            PACKAGE / "config/settings.py",
            lambda text: edits.after_last(text, '"shangheng.desks.', f'    "{module}",'),
        ),
        _changed(
            root,
            PACKAGE / "config/urls.py",
            lambda text: edits.after_last(text, 'include("shangheng.desks.', route),
        ),
        _changed(
            root, Path("pyproject.toml"), lambda text: edits.into_contract(text, f"{module}.domain")
        ),
        _changed(root, GLOSSARY, lambda text: _explained(text, names)),
    ]


def _explained(glossary: str, names: Names) -> str:
    if f"| {names.thing_title} |" in glossary:
        return glossary
    return edits.appended(
        glossary,
        f"\n## {names.title_en}\n\n| 中文 | English | Code | Meaning |\n|---|---|---|---|\n"
        f"| {names.thing_title} | {names.words()['thing_words']} | `{names.class_name}` "
        "| something of a unit with a deadline and an owner |\n",
    )


def _ruled(root: Path, names: Names, see: Collection[str], edit: Collection[str]) -> list[Change]:
    """Permissions, the roles that get them, the acts of the audit and their details."""
    permissions, acts, details = (
        names.render(rule(name)) for name in ("permissions.yaml", "acts.yaml", "details.yaml")
    )

    def granted(text: str) -> str:
        text = edits.granted(text, f"{names.desk}.view", see)
        return edits.granted(text, f"{names.desk}.edit", edit)

    return [
        _changed(
            root,
            RULES / "permissions.yaml",
            lambda text: edits.before_rule(text, "evidence.", permissions),
        ),
        _changed(root, RULES / "roles.yaml", granted),
        _changed(root, RULES / "audit_acts.yaml", lambda text: edits.appended(text, acts)),
        _changed(
            root,
            RULES / "audit_details.yaml",
            lambda text: edits.appended(text, edits.lacking(text, details)),
        ),
    ]
