"""The investment desk: projects imported with their check for duplicates; list and board of many projects.

The import reads an .xlsx of projects into a registry that holds other organisations, a tenth of the
investors misspelt names of these. List and board are asked in turn with a bare Django view of the same
rows. On SQLite and on PostgreSQL.

    .venv/bin/python -m benchmarks.investment --rows 5000 --organisations 10000 --projects 10000
    .venv/bin/python -m benchmarks.investment --write
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.postgres import postgresql

ROWS, ORGANISATIONS, PROJECTS, ROUNDS = 50_000, 100_000, 100_000, 15
MOST_SECONDS, MOST_QUERIES, MOST_TIMES = 60.0, 10, 2.0
MINUTES = 30  # a run that takes longer is given up
OUT = Path(__file__).resolve().parent.parent / "docs" / "reference" / "investment-speed.md"


def main() -> int:
    """Measure on both databases; 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=ROWS, help="of the file")
    parser.add_argument("--organisations", type=int, default=ORGANISATIONS, help="in the registry")
    parser.add_argument("--projects", type=int, default=PROJECTS, help="in list and board")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of list and board")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    chosen = parser.parse_args()
    found = []
    if chosen.database != "postgresql":
        found.append(inside("", chosen))
    if chosen.database != "sqlite":
        with postgresql() as address:
            found.append(inside(address, chosen))
    text = page(found, chosen)
    print(text)
    if chosen.write:
        OUT.write_text(text, encoding="utf-8")
    return 0 if all(_kept(one, chosen.rows) for one in found) else 1


def inside(address: str, chosen: argparse.Namespace) -> dict[str, Any]:
    """What is measured in an installation of its own. Raises TimeoutExpired."""
    sizes = (chosen.rows, chosen.organisations, chosen.projects, chosen.rounds)
    with tempfile.TemporaryDirectory(prefix="shangheng-investment-") as folder:
        (Path(folder) / "static").mkdir()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "shangheng.config.settings",
            "SHANGHENG_DATA": folder,
            "SHANGHENG_DATABASE": address or f"{folder}/shangheng.sqlite3",
            "SHANGHENG_BACKUP_AT": "off",
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.investing.inside", *map(str, sizes)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=60 * MINUTES,
        )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _kept(found: dict[str, Any], rows: int) -> bool:
    pages = found["pages"].values()
    return found["import"]["taken"] * ROWS / rows <= MOST_SECONDS and all(
        times_bare(one) <= MOST_TIMES and one["queries"]["page"] <= MOST_QUERIES for one in pages
    )


def own_queries(one: dict[str, Any]) -> int:
    """How many queries a page adds to the frame."""
    return int(one["queries"]["page"] - one["queries"]["frame"])


def times_bare(one: dict[str, Any]) -> float:
    """How many times as long as the bare view: the median over the median."""
    ours, bare = (statistics.median(one["times"][name]) for name in ("page", "bare"))
    return float(ours / bare)


def page(found: list[dict[str, Any]], chosen: argparse.Namespace) -> str:
    """What was measured, as the page of the documentation."""
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    imports = "\n".join(
        f"| {names[one['vendor']]} | {i['checked']:.1f} | {i['taken']:.1f} | {i['clock']:.1f} | {i['remarks']:,} | {i['unknown']:,} |"
        for one in found
        for i in [one["import"]]
    )
    pages = "\n".join(
        f"| {names[one['vendor']]} | {name} | {_spread(told['times']['page'])} "
        f"| {_spread(told['times']['bare'])} | {times_bare(told):.2f} | {told['queries']['page']} | {own_queries(told)} |"
        for one in found
        for name, told in one["pages"].items()
    )
    load = ", ".join(f"{one['load']:.1f}" for one in found)
    return f"""# Speed of the investment desk

Measured on {time.strftime("%Y-%m-%d")}, {platform.machine()}, {os.cpu_count()} cores, Python \
{platform.python_version()}; load average of the machine at the end {load}. Written by `python -m benchmarks.investment --write`. \
Times are CPU times of the process that serves, so that other work on the machine does not count; what a PostgreSQL server does besides \
is in the clock alone.

## Import of projects

An .xlsx of {chosen.rows:,} projects into a registry of {chosen.organisations:,} organisations. A third of the investors are registered, \
a tenth are registered ones misspelt by a sign of the same sound; the rest are new and registered. The preview reads, checks and \
compares every row with the registry, with the projects and with the rows of the file, and shows what only resembles. The import \
reads and checks anew, writes projects, cases, milestones, organisations, search and audit, and remembers every row for undo.

| Database | Preview s | Import s | Import by the clock s | Resemblances shown | Investors registered |
|---|--:|--:|--:|--:|--:|
{imports}

Promised: 50,000 in at most {MOST_SECONDS:g} s; so many would take {_promised(found, chosen)}.

## List and board

{chosen.projects:,} projects, {chosen.rounds} requests of each, in turn; milliseconds as least / median / most. The bare views show the same rows in \
the same frame: a `Paginator` with `select_related` and a table; for each stage a count, a sum and the latest cards.

| Database | Page | Ours | Bare | Times bare | Queries | Of these beside the frame |
|---|---|---|---|---|---|---|
{pages}

Promised: at most {MOST_TIMES:g} times the bare page, at most {MOST_QUERIES} queries, those of the frame (session, rights, menu, what waits) among them.
"""


def _promised(found: list[dict[str, Any]], chosen: argparse.Namespace) -> str:
    """What a whole file would take at the same speed."""
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    return ", ".join(
        f"{one['import']['taken'] * ROWS / chosen.rows:.0f} s at this speed ({names[one['vendor']]})"
        for one in found
    )


def _spread(values: list[float]) -> str:
    return f"{min(values):.0f} / {statistics.median(values):.0f} / {max(values):.0f}"


if __name__ == "__main__":
    sys.exit(main())
