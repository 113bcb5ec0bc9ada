"""Adding to files that people write: each edit keeps every other character of the text."""

import re
from collections.abc import Collection, Iterator

import yaml


class NoPlace(ValueError):
    """A file does not look as an edit expects it."""


def after_last(text: str, marker: str, line: str) -> str:
    """The text with `line` after the last line that holds `marker`. Raises NoPlace."""
    lines = text.splitlines(keepends=True)
    places = [number for number, one in enumerate(lines) if marker in one]
    if not places:
        raise NoPlace(f"no line holds {marker!r}")
    lines.insert(places[-1] + 1, line + "\n")
    return "".join(lines)


def into_contract(text: str, module: str) -> str:
    """pyproject.toml with `module` among those that know no Django. Raises NoPlace."""
    wanted = re.compile(r'(source_modules = \["shangheng\.methods"[^\]]*)\]')
    changed, count = wanted.subn(rf'\1, "{module}"]', text)
    if count != 1:
        raise NoPlace("no contract lists what knows no Django")
    return changed


def appended(text: str, more: str) -> str:
    """The text with `more` at its end."""
    return text.rstrip("\n") + "\n" + more


def lacking(text: str, more: str) -> str:
    """Those lines of `more`, a mapping in YAML with one key a line, whose key `text` has not."""
    known = yaml.safe_load(text)
    lines = more.splitlines(keepends=True)
    return "".join(line for line in lines if line.partition(":")[0] not in known)


def before_rule(text: str, prefix: str, more: str) -> str:
    """permissions.yaml with `more` before the rule that starts with `prefix`: desks stand together."""
    place = text.find(f"- code: {prefix}")
    if place < 0:
        raise NoPlace(f"no permission starts with {prefix}")
    return text[:place] + more + text[place:]


def granted(text: str, permission: str, roles: Collection[str]) -> str:
    """roles.yaml with a permission added to some roles, in the style in which each is written."""
    places = sorted(_ends(yaml.compose(text), roles), reverse=True)
    if len(places) != len(set(roles)):
        raise NoPlace(f"not every role of {sorted(roles)} stands in roles.yaml")
    for end, column, flow in places:
        more = f", {permission}" if flow else f"\n{' ' * (column - 2)}- {permission}"
        text = text[:end] + more + text[end:]
    return text


def _ends(document: yaml.Node | None, roles: Collection[str]) -> Iterator[tuple[int, int, bool]]:
    """Where the permissions of each role end: position, column of the last, whether in one line."""
    if not isinstance(document, yaml.SequenceNode):
        raise NoPlace("roles.yaml is no list")
    for role in document.value:
        of = {key.value: value for key, value in role.value}
        if of["code"].value in roles:
            held = of["permissions"]
            last = held.value[-1]
            yield last.end_mark.index, last.start_mark.column, bool(held.flow_style)
