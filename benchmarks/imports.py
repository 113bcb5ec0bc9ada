"""Importing an Excel file of twelve columns: ours, the bare minimum, and django-import-export.

Every contender reads the same .xlsx into the same empty table with the same checks; only the bare
one checks nothing. They take turns, and must leave the same rows. On SQLite and on PostgreSQL.

    .venv/bin/python -m benchmarks.imports --rows 10000
    .venv/bin/python -m benchmarks.imports --write
"""

import argparse
import os
import platform
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.installation import measured
from tests.postgres import postgresql

INSIDE = "benchmarks.importing.inside"
ROWS = 100_000
PEER_SHARE = (
    10  # the peers import one row of so many, since as documented 100,000 take them many minutes
)
ROUNDS = 3
NAMES = {
    "bare": "bare: calamine and `bulk_create`, nothing checked",
    "preview": "ours, the preview",
    "ours": "ours, the import",
    "tuned": "django-import-export, everything set for speed",
    "default": "django-import-export, as documented",
}
MOST_BARE, LEAST_PEER = 3, 10
OUT = Path(__file__).resolve().parent.parent / "docs" / "reference" / "import-speed.md"


def main() -> int:
    """Measure on both databases; 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="runs of each contender")
    parser.add_argument("--peer-rounds", type=int, default=1, help="runs of the slow ones")
    parser.add_argument(
        "--peer-share", type=int, default=PEER_SHARE, help="1: the peers import all"
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    chosen = parser.parse_args()
    asked = (chosen.rows, chosen.rounds, chosen.peer_rounds, chosen.rows // chosen.peer_share)
    found = []
    if chosen.database != "postgresql":
        found.append(measured(INSIDE, "", *asked))
    if chosen.database != "sqlite":
        with postgresql() as address:
            found.append(measured(INSIDE, address, *asked))
    text = page(found)
    print(text)
    if chosen.write:
        OUT.write_text(text, encoding="utf-8")
    return 0 if all(map(_kept, found)) else 1


def _a_row(one: dict[str, Any]) -> float:
    """Microseconds of the processors for a row, of the middle run."""
    return float(statistics.median(one["cpu"]) / one["rows"] * 1e6)


def _kept(measured: dict[str, Any]) -> bool:
    """Whether ours is as fast as it must be, against the peer as documented."""
    told = {name: _a_row(one) for name, one in measured["found"].items() if one["cpu"]}
    fast = told["ours"] <= MOST_BARE * told["bare"]
    return bool(fast and told["ours"] * LEAST_PEER <= told.get("default", float("inf")))


def page(found: list[dict[str, Any]]) -> str:
    """What was measured, as the page of the documentation."""
    rows, size = found[0]["rows"], found[0]["bytes"] / 1024**2
    tables = "\n".join(_table(one) for one in found)
    peer = version("django-import-export")
    return f"""# Speed of imports

Measured on {time.strftime("%Y-%m-%d")}, {platform.machine()}, {os.cpu_count()} cores, Python \
{platform.python_version()}, django-import-export {peer}; contenders in turn, whole runs. Written by \
`python -m benchmarks.imports --write`.

An .xlsx of {rows:,} rows and 12 columns ({size:.1f} MB) into a table that holds 1,000 other rows: types, \
required cells, two lists of choices, decimals, lengths, no day ahead, no code twice in the file or in the table. \
All contenders left the same rows. The import is the whole of it: the container unpacked and counted, hidden \
rows and error cells looked for, every row kept for undo, the audit written.

The peers import the first {found[0]["found"]["default"]["rows"]:,} of these rows: compare what a row takes. \
“CPU” is what the importing process and the server's process together computed, “clock” what passed, whatever \
else the machine did; middle runs.

{tables}
As documented: `import_id_fields`, `clean_model_instances`, one transaction. Set for speed: besides, `use_bulk`, \
`skip_diff`, batches of 5,000, cached instances, no query per row for uniqueness. Held to: ours at most \
{MOST_BARE} × bare and at least {LEAST_PEER} × as fast as the peer as documented.
"""


def _table(measured: dict[str, Any]) -> str:
    found = {name: one for name, one in measured["found"].items() if one["cpu"]}
    ours = _a_row(found["ours"])
    lines = [
        f"| {NAMES[name]} | {one['rows']:,} | {len(one['cpu'])} | {statistics.median(one['cpu']):.2f} "
        f"| {statistics.median(one['clock']):.2f} | {_a_row(one):,.0f} | {_a_row(one) / ours:.2f} |"
        for name, one in found.items()
    ]
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[measured["database"]]
    head = f"| {database} | rows | runs | CPU s | clock s | CPU µs a row | to ours |"
    return "\n".join([head, "|---|--:|--:|--:|--:|--:|--:|", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
