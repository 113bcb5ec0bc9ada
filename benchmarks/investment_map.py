"""The map of 100,000 projects: from the request to the whole of what is drawn. SQLite and PostgreSQL.

The drawing is in the page itself, so that it is drawn as soon as the page has come: no second request,
no script.

    .venv/bin/python -m benchmarks.investment_map --rows 10000
    .venv/bin/python -m benchmarks.investment_map --write
"""

import argparse
import os
import platform
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.installation import measured
from tests.postgres import postgresql

INSIDE = "benchmarks.mapping.inside"
ROWS, ROUNDS = 100_000, 20
MOST_QUERIES, MOST_MS = 10, 300
OUT = Path(__file__).resolve().parent.parent / "docs" / "reference" / "investment-map-speed.md"


def main() -> int:
    """Measure on both databases; 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of each question")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    chosen = parser.parse_args()
    found = []
    if chosen.database != "postgresql":
        found.append(measured(INSIDE, "", chosen.rows, chosen.rounds))
    if chosen.database != "sqlite":
        with postgresql() as address:
            found.append(measured(INSIDE, address, chosen.rows, chosen.rounds))
    text = page(found, chosen.rows, chosen.rounds)
    print(text)
    if chosen.write:
        OUT.write_text(text, encoding="utf-8")
    every = [
        part for one in found for asked in one["questions"].values() for part in asked.values()
    ]
    return 0 if all(map(_kept, every)) else 1


def _kept(part: dict[str, Any]) -> bool:
    few = part["queries"] <= MOST_QUERIES
    return few and bool(statistics.median(part["times"]) <= MOST_MS)


def page(found: list[dict[str, Any]], rows: int, rounds: int) -> str:
    """What was measured, as the page of the documentation."""
    lines = []
    for one in found:
        database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[one["vendor"]]
        for name, asked in one["questions"].items():
            for part, told in asked.items():
                times = told["times"]
                spread = f"{min(times):.0f} / {statistics.median(times):.0f} / {max(times):.0f}"
                what = "page" if part == "page" else "map and table alone (htmx)"
                lines.append(
                    f"| {database} | {name} | {what} | {spread} | {min(told['clocks']):.0f} | {told['queries']} "
                    f"| {told['marks']} | {told['bytes'] / 1024:.0f} |"
                )
    table = "\n".join(lines)
    return f"""# Speed of the map of projects

Measured on {time.strftime("%Y-%m-%d")}, {platform.machine()}, {os.cpu_count()} cores, Python \
{platform.python_version()}; load average of the machine at the end {os.getloadavg()[0]:.1f}. Written by `python -m benchmarks.investment_map --write`.

{rows:,} projects in 40 clusters about one district, one in ten without a place; {rounds} requests of each, \
one after the other; milliseconds of the process that serves, from the request to the last byte, as least / \
median / most, so that other work on the machine does not count. The quickest by the clock counts what a \
PostgreSQL server does besides, and whatever else the machine did. The drawing is in the page itself: nothing is fetched afterwards. The table of the first 50 in view is part of it.

| Database | Asked | Part | Milliseconds | Quickest by the clock | Queries | Marks | KiB |
|---|---|---|--:|--:|--:|--:|--:|
{table}

Promised: at most {MOST_MS} ms (median), and at most {MOST_QUERIES} queries, those of the frame (session, rights, \
menu, what waits) among them.
"""


if __name__ == "__main__":
    sys.exit(main())
