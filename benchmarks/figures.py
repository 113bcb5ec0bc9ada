"""The cockpit over ten million postings, against PostgreSQL and DuckDB on the same rows.

Sixty indicators, twenty units, ten years. Every contender answers the same question: value, pending
and growth of each indicator in a year, as known at the end of a past day. Ours answers it through
the product (`selectors.figures`, tiers of targets included), the rivals by one GROUP BY.

Run `make bench` or `.venv/bin/python -m benchmarks.figures --postings 1000000`.
"""

import argparse
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks.ledger.rules import use_benchmark_rules
from tests.postgres import OPTIONS, postgresql

RUNS = 15
POSTED = 50_000
SERVER = {
    **OPTIONS,
    "shared_buffers": "3GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "max_parallel_workers_per_gather": "2",
    "random_page_cost": "1.1",
}
OUT = Path(__file__).resolve().parent.parent / "docs" / "reference" / "figures-speed.md"


def main() -> None:
    """Build the ledger, ask every contender, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=10_000_000)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, postgresql(SERVER) as address:
        folder = Path(name)
        use_benchmark_rules(folder / "rules")
        os.environ["SHANGHENG_DATABASE"] = address
        os.environ["SHANGHENG_DATA"] = str(folder / "data")
        os.environ["DJANGO_SETTINGS_MODULE"] = "shangheng.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        text = measure(arguments.postings, folder)
    print(text)
    arguments.out.write_text(text, encoding="utf-8")


def measure(postings: int, folder: Path) -> str:
    """Fill, ask, post; the table in Markdown."""
    from benchmarks.ledger import rows
    from benchmarks.ledger.asking import Cockpit, posting_speed, same_answers
    from benchmarks.ledger.rivals import Duck, group_by

    filled = timed(lambda: rows.fill(postings))
    rolled = timed(rows.roll_up)
    duck, cockpit = Duck(folder), Cockpit()
    dice = random.Random(7)
    days = [date(2014, 1, 1) + timedelta(days=dice.randrange(2800)) for _ in range(RUNS)]
    same_answers(days[:3], duck)
    ours, raw, rival = [], [], []
    for day in days:  # in turn, so that a drift of the machine meets all alike
        ours.append(timed(partial(cockpit.ask, day)))
        raw.append(timed(partial(group_by, day.year, day)))
        rival.append(timed(partial(duck.group_by, day.year, day)))
    bare, posted = posting_speed(POSTED)
    return table(
        {
            "counts": rows.counts(),
            "filled": filled,
            "rolled": rolled,
            "ours": ours,
            "raw": raw,
            "duck": rival,
            "queries": cockpit.queries,
            "bare": bare,
            "posted": posted,
        }
    )


def timed(act: Callable[[], object]) -> float:
    """Seconds that an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def table(found: dict[str, object]) -> str:
    """What was measured, as the page of the documentation."""
    ours, raw, duck = (_median(found[name]) for name in ("ours", "raw", "duck"))
    bare, posted = float(str(found["bare"])), float(str(found["posted"]))
    counts = found["counts"]
    size = (
        ", ".join(f"{n:,} {what}" for what, n in counts.items()) if isinstance(counts, dict) else ""
    )
    return f"""# Speed of figures

Measured on {time.strftime("%Y-%m-%d")}, {platform.machine()}, {os.cpu_count()} cores, Python \
{platform.python_version()}, PostgreSQL and DuckDB on the same machine; median of {RUNS} past days, \
asked in turn. Written by `benchmarks/figures.py`.

{size}.

| The whole cockpit: 60 figures with value, pending, growth and tiers, as known on a past day | ms | to ours |
|---|---|---|
| ours, through the product ({found["queries"]} queries) | {ours * 1000:.1f} | 1 |
| one GROUP BY over the postings, PostgreSQL | {raw * 1000:.1f} | {raw / ours:.1f} |
| the same GROUP BY, DuckDB | {duck * 1000:.1f} | {duck / ours:.2f} |

| Posting {POSTED:,} facts in one act, PostgreSQL | rows a second | to bare |
|---|---|---|
| bare `bulk_create` of the same rows | {POSTED / bare:,.0f} | 1 |
| `post`: checked, digested, audited | {POSTED / posted:,.0f} | {bare / posted:.2f} |

The three contenders gave the same sums on the days that were compared before timing. Making the rows \
took {float(str(found["filled"])):.0f} s and rolling all of them up {float(str(found["rolled"])):.0f} s.
"""


def _median(values: object) -> float:
    return statistics.median(values) if isinstance(values, list) else 0.0


if __name__ == "__main__":
    main()
