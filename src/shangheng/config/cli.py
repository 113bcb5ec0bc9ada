"""The command line: `shangheng COMMAND …`. Each command is a module of `config/commands`."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = (
    "demo",
    "serve",
    "worker",
    "figure",
    "import_",
    "export",
    "check",
    "audit",
    "search",
    "user",
    "report",
    "claims",
    "backup",
    "restore",
    "doctor",
    "upgrade",
    "new_desk",
)

GARBAGE_AFTER = 50_000
"""New objects before garbage is looked for: loading the platform makes 400,000 that all stay, and Python
would look after every 2,000 of them."""


def build_parser() -> argparse.ArgumentParser:
    """The parser with every command of `COMMANDS`."""
    parser = argparse.ArgumentParser(prog="shangheng", description="商衡:区商务局业务平台")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"shangheng.config.commands.{name}").add_parser(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 for done, 1 for “no” or a finding, 2 for bad use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangheng.config.settings")
    gc.set_threshold(GARBAGE_AFTER)
    arguments = build_parser().parse_args(argv)
    result: int = arguments.run(arguments)
    return result


if __name__ == "__main__":
    sys.exit(main())
