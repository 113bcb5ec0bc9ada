"""Write docs/reference/commands.md from the command line itself: every command, every option."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from shangheng.config.cli import build_parser

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "commands.md"
HEAD = """# Commands · 命令

Written by `scripts/commands_doc.py` from the command line itself; `shangheng COMMAND --help` says the
same. Exit codes: 0 done, 1 no or a finding, 2 wrongly used; the sentence under a command says what
that means there. Settings come from the environment ([settings](settings.md)).
"""


def page() -> str:
    """The whole page."""
    lines = [HEAD]
    for name, help_text, parser in _commands(build_parser(), "shangheng"):
        lines += [f"## {name}", "", f"{help_text}", ""]
        if run := parser.get_default("run"):
            lines += [_first_paragraph(run), ""]
        options = list(_options(parser))
        if options:
            lines += ["| Option | Default | Meaning |", "|---|---|---|", *options, ""]
    return "\n".join(lines).rstrip() + "\n"


def _commands(
    parser: argparse.ArgumentParser, prefix: str
) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, command in action.choices.items():
            yield f"{prefix} {name}", helps.get(name, ""), command
            yield from _commands(command, f"{prefix} {name}")


def _first_paragraph(run: Callable[[argparse.Namespace], int]) -> str:
    """What running a command does, with its exit codes, as its code says it."""
    return " ".join((run.__doc__ or "").partition("\n\n")[0].split())


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        shown = ", ".join(f"`{option}`" for option in action.option_strings)
        value = action.metavar or action.dest.upper()
        takes_value = action.nargs != 0
        name = shown or f"`{value}`"
        if shown and takes_value:
            name += f" `{value}`"
        plain = action.default in (None, False, argparse.SUPPRESS) or action.default == []
        default = "" if plain else f"`{action.default}`"
        yield f"| {name} | {default} | {(action.help or '').replace('|', '/')} |"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
