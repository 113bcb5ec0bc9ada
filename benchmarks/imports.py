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
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    chosen = parser.parse_args()
    peers = chosen.peer_rounds
    found = []
    if chosen.database != "postgresql":
        found.append(measured(INSIDE, "", chosen.rows, chosen.rounds, peers))
    if chosen.database != "sqlite":
        with postgresql() as address:
            found.append(measured(INSIDE, address, chosen.rows, chosen.rounds, peers))
    text = page(found)
    print(text)
    if chosen.write:
        OUT.write_text(text, encoding="utf-8")
    return 0 if all(map(_kept, found)) else 1


def _kept(found: dict[str, Any]) -> bool:
    """Whether ours is as fast as it must be, against the peer as documented."""
    middle = {name: statistics.median(runs) for name, runs in found["seconds"].items() if runs}
    fast = middle["ours"] <= MOST_BARE * middle["bare"]
    return bool(fast and middle["ours"] * LEAST_PEER <= middle.get("default", float("inf")))


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

{tables}
As documented: `import_id_fields`, `clean_model_instances`, one transaction. Set for speed: besides, `use_bulk`, \
`skip_diff`, batches of 5,000, cached instances, no query per row for uniqueness. Held to: ours at most \
{MOST_BARE} × bare and at least {LEAST_PEER} × as fast as the peer as documented.
"""


def _table(found: dict[str, Any]) -> str:
    middle = {name: statistics.median(runs) for name, runs in found["seconds"].items() if runs}
    lines = [
        f"| {NAMES[name]} | {min(runs):.2f} | {middle[name]:.2f} | {max(runs):.2f} "
        f"| {found['rows'] / middle[name]:,.0f} | {middle[name] / middle['ours']:.2f} |"
        for name, runs in found["seconds"].items()
        if runs
    ]
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[found["database"]]
    runs = len(found["seconds"]["ours"])
    head = f"| {database}, {runs} runs | min s | median s | max s | rows a second | to ours |"
    return "\n".join([head, "|---|---|---|---|---|---|", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
