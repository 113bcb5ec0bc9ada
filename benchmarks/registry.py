"""Finding an organisation among a million by a name that is missed, on SQLite and PostgreSQL.

    .venv/bin/python -m benchmarks.registry [--organisations 1000000] [--write]

Names are made up (`benchmarks/organisations`), a twentieth of the organisations with a former name.
Each kind of slip is asked of organisations drawn by a seed; the one meant has to stand among the ten
that are offered. Rivals answer the same questions in the same run: LIKE over the table, and rapidfuzz
over every name in memory.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.organisations.names import made
from benchmarks.organisations.slips import SLIPS, TWO, fits, same_sound
from tests.postgres import OPTIONS, postgresql

OUT = Path(__file__).resolve().parent.parent / "docs" / "reference" / "registry-speed.md"
ASKED = 250  # of each kind of slip
RIVALS_ASKED = 20  # of each kind: a rival takes its time
LIMIT = 10
SEED = 2021
NOBODY = "a name that nobody has"
KEPT = ("seconds", "cpu", "found", "first", "offered")
SERVER = {**OPTIONS, "shared_buffers": "1GB", "work_mem": "64MB", "random_page_cost": "1.1"}
DATABASES = {"SQLite": "", "PostgreSQL": "postgresql"}

Ask = Callable[[str], Sequence[int]]


@dataclass(frozen=True)
class Question:
    """A name as somebody writes it, and the key of the organisation that is meant; 0 for none."""

    kind: str
    name: str
    meant: int


def main() -> None:
    """Ask on each database in a process of its own; print and, if wished, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=1_000_000)
    parser.add_argument("--database", choices=DATABASES, action="append", help="both if not named")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        Path(arguments.inside).write_text(json.dumps(measure(arguments.organisations)))
        return
    found = {
        name: _in_process(DATABASES[name], arguments.organisations)
        for name in arguments.database or DATABASES
    }
    text = table(arguments.organisations, found)
    print(text)
    if arguments.write:
        OUT.write_text(text, encoding="utf-8")


def _in_process(database: str, count: int) -> dict[str, Any]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        address = stack.enter_context(postgresql(SERVER)) if database else ""
        result = Path(folder) / "found.json"
        subprocess.run(
            [sys.executable, "-m", "benchmarks.registry", "--organisations", str(count),
             "--inside", str(result)],
            env={**os.environ, "SHANGHENG_DATA": folder, "SHANGHENG_DATABASE": address,
                 "DJANGO_SETTINGS_MODULE": "shangheng.config.settings"},
            check=True,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(result.read_text())
        return found


def measure(count: int) -> dict[str, Any]:
    """Fill the registry of this process, ask ours and the rivals."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    connection.ensure_connection()
    from benchmarks.organisations.rows import fill
    from shangheng.engines.registry.matching import find_similar

    began = time.perf_counter()
    current, former = fill(count)
    filled = time.perf_counter() - began
    asked = list(questions(current, former))
    few = [one for at, one in enumerate(asked) if at % (ASKED // RIVALS_ASKED) == 0]

    def ours(name: str) -> Sequence[int]:
        return [match.organisation.pk for match in find_similar(name, limit=LIMIT)]

    for one in asked[:20]:
        ours(one.name)  # caches of the database and of the rules
    contenders: dict[str, tuple[Ask, Sequence[Question]]] = {
        "ours": (ours, asked),
        "LIKE on the core": (_like, few),
        "rapidfuzz over every name": (_in_memory(), few),
    }
    return {
        "filled": filled,
        "answers": {name: _answers(ask, some) for name, (ask, some) in contenders.items()},
    }


def questions(current: Sequence[Any], former: dict[int, Any]) -> Sequence[Question]:
    """The seeded questions: every kind of slip, former names, and names that nobody has."""
    dice = random.Random(SEED)
    found = [
        Question(kind, slip(current[at], dice), at + 1)
        for kind, slip in SLIPS.items()
        for at in islice(_drawn(current, dice, partial(fits, kind)), ASKED)
    ]
    found += [
        Question("former name, a sign of the same sound", same_sound(former[key], dice), key)
        for key in dice.sample(sorted(former), min(ASKED, len(former)))
    ]
    taken = {(one.brand, one.trade) for one in current}
    strangers = [one for one in made(4 * ASKED, seed=SEED) if (one.brand, one.trade) not in taken]
    return [*found, *(Question(NOBODY, one.name, 0) for one in strangers[:ASKED])]


def _drawn(
    names: Sequence[Any], dice: random.Random, wanted: Callable[[Any], bool]
) -> Iterator[int]:
    """Places of names that are wanted, in an order of chance."""
    return (at for at in dice.sample(range(len(names)), len(names)) if wanted(names[at]))


def _like(name: str) -> Sequence[int]:
    from shangheng.engines.registry.domain.names import key_of
    from shangheng.engines.registry.models import Name

    rows = Name.objects.filter(core__contains=key_of(name).core)
    return list(rows.values_list("organisation_id", flat=True)[:LIMIT])


def _in_memory() -> Ask:
    from rapidfuzz import fuzz, process

    from shangheng.engines.registry.models import Name

    rows = dict(Name.objects.values_list("pk", "whole"))
    owners = dict(Name.objects.values_list("pk", "organisation_id"))

    def ask(name: str) -> Sequence[int]:
        near = process.extract(name, rows, scorer=fuzz.ratio, limit=LIMIT)
        return [owners[pk] for _whole, _points, pk in near]

    return ask


def _answers(ask: Ask, asked: Sequence[Question]) -> dict[str, Any]:
    kinds: dict[str, dict[str, list[float]]] = {}
    for one in asked:
        began, worked = time.perf_counter(), time.process_time()
        offered = ask(one.name)
        took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked}
        kept = kinds.setdefault(one.kind, {name: [] for name in KEPT})
        for name, seconds in took.items():
            kept[name].append(seconds)
        kept["found"].append(one.meant in offered)
        kept["first"].append(list(offered[:1]) == [one.meant])
        kept["offered"].append(len(offered))
    return kinds


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def table(count: int, found: dict[str, dict[str, Any]]) -> str:
    """What was measured, as the page of the documentation."""
    parts = [
        f"""# Finding organisations: speed and accuracy

Measured on {time.strftime("%Y-%m-%d")}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, both databases and \
the questions on the same machine. Written by `benchmarks/registry.py`: {count:,} made-up organisations, one in twenty with a former name; {ASKED} \
questions of each kind ({RIVALS_ASKED} for the rivals). “Found”: the one meant is among the {LIMIT} offered. “First”: it is the first of them. “CPU”: \
of the process that asks, with SQLite in it, without the server of PostgreSQL; other work on the machine makes only the other times longer.
"""
    ]
    for database, one in found.items():
        parts.append(f"\n## {database}\n\nFilled in {one['filled']:.0f} s.\n")
        parts.append("| Asked by | | p50 ms | p95 ms | CPU p95 ms | found | first | offered |")
        parts.append("|---|---|--:|--:|--:|--:|--:|--:|")
        for contender, kinds in one["answers"].items():
            parts += [_line(contender, kind, kept) for kind, kept in kinds.items()]
            missed = [kept for kind, kept in kinds.items() if kind not in (NOBODY, TWO)]
            whole = {name: [x for kept in missed for x in kept[name]] for name in missed[0]}
            parts.append(_line(contender, "**every slip**", whole))
    return "\n".join([*parts, ""])


def _line(contender: str, kind: str, kept: dict[str, list[float]]) -> str:
    p50, p95 = (1000 * _percentile(kept["seconds"], share) for share in (0.5, 0.95))
    cpu = 1000 * _percentile(kept["cpu"], 0.95)
    stranger = kind == NOBODY
    found, first = (
        "–" if stranger else f"{_mean(kept[name]) * 100:.1f} %" for name in ("found", "first")
    )
    offered = _mean(kept["offered"])
    times = f"{p50:.1f} | {p95:.1f} | {cpu:.1f}"
    return f"| {kind} | {contender} | {times} | {found} | {first} | {offered:.1f} |"


if __name__ == "__main__":
    main()
