"""A list page of 50 of 100,000 postings, filtered and sorted, against a bare Django view of the same rows.

The bare view has a queryset, a Paginator and a table; both render the same rows of the same columns,
once inside the frame of the product and once alone, in turn. On SQLite and on PostgreSQL.

    .venv/bin/python -m benchmarks.lists --rows 10000
    .venv/bin/python -m benchmarks.lists --write
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

INSIDE = "benchmarks.listing.inside"
ROWS, ROUNDS = 100_000, 30
MOST_QUERIES, MOST_TIMES = 10, 2.0
OUT = Path(__file__).resolve().parent.parent / "docs" / "reference" / "list-speed.md"


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
    return (
        0 if all(_kept(question) for one in found for question in one["questions"].values()) else 1
    )


def own_queries(question: dict[str, Any]) -> int:
    """How many queries the list adds to the frame."""
    return int(question["queries"]["page"] - question["queries"]["frame"])


def times_bare(question: dict[str, Any], ours: str) -> float:
    """How many times as long as the bare view: the median over the median."""
    medians = {name: statistics.median(values) for name, values in question["times"].items()}
    return float(medians[ours] / medians[f"bare {ours}"])


def _kept(question: dict[str, Any]) -> bool:
    return own_queries(question) <= MOST_QUERIES and times_bare(question, "page") <= MOST_TIMES


def page(found: list[dict[str, Any]], rows: int, rounds: int) -> str:
    """What was measured, as the page of the documentation."""
    lines = []
    for one in found:
        database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[one["vendor"]]
        for name, question in one["questions"].items():
            for ours, what in (("page", "page"), ("rows", "rows alone (htmx)")):
                mine, bare = question["times"][ours], question["times"][f"bare {ours}"]
                lines.append(
                    f"| {database} | {name} | {what} | {_spread(mine)} | {_spread(bare)} "
                    f"| {times_bare(question, ours):.2f} | {own_queries(question)} |"
                )
    table = "\n".join(lines)
    return f"""# Speed of lists

Measured on {time.strftime("%Y-%m-%d")}, {platform.machine()}, {os.cpu_count()} cores, Python \
{platform.python_version()}. Written by `python -m benchmarks.lists --write`.

50 of {rows:,} postings, {rounds} requests of each, in turn; milliseconds as least / median / most. \
The bare view is a queryset with the same filters and order, `select_related`, `prefetch_related`, a \
`Paginator` and a table with the same seven columns, behind the same middleware. It has no chips, saved \
views, choice of columns, bulk acts, export or totals. Ours does all of that and shows the same 50 rows.

| Database | List | Part | Ours | Bare | Times bare | Own queries |
|---|---|---|---|---|---|---|
{table}

Promised: the page at most {MOST_TIMES:g} times the bare page, and at most {MOST_QUERIES} queries beside \
those of the frame (menu, what waits, notices).
"""


def _spread(values: list[float]) -> str:
    return f"{min(values):.0f} / {statistics.median(values):.0f} / {max(values):.0f}"


if __name__ == "__main__":
    sys.exit(main())
