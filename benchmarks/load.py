"""Many people at once: reads and writes over HTTP, and every acknowledged write found afterwards.

    .venv/bin/python -m benchmarks.load --people 200
    .venv/bin/python -m tests.postgres .venv/bin/python -m benchmarks.load --people 1000
    .venv/bin/python -m benchmarks.load --write     200 on SQLite, then 1,000 on PostgreSQL

`shangheng serve` runs on the sample year. Each person has a session and a pace of their own: a page,
a pause (its mean is --pause), the next page; one act in twenty posts a fact with its voucher through the
real form. The people live in this process, the server in its own; both share the machine.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from tests.journeys.server import Data, Server
from tests.postgres import cluster

OUT = Path(__file__).resolve().parent.parent / "docs" / "reference" / "load.md"
ADDRESS = "SHANGHENG_TEST_DATABASE"
WRITES = 0.05
SEED = 20211231
PAGES = {
    "/targets/": 4,
    "/targets/postings/?period=2021": 4,
    "/targets/postings/?period=2021&sort=-amount&page=2": 2,
    "/targets/recognition/": 2,
    "/targets/sheets/": 1,
    "/briefing/reports/": 2,
    "/search/?q=港口": 2,
    "/jobs/": 1,
}
TOKEN = "a" * 32
NEW = "/targets/postings/new/?indicator=investment.capital_in_place"


@dataclass
class Told:
    """What the people have met."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Person:
    """Somebody with a session."""

    number: int
    client: httpx.AsyncClient
    cookies: dict[str, str]
    unit: int
    pause: float
    told: Told

    async def live(self, until: float) -> None:
        """Read and write until the time is up."""
        chance = random.Random(SEED + self.number)
        await asyncio.sleep(chance.uniform(0, self.pause))
        act = 0
        while time.monotonic() < until:
            act += 1
            begun = time.perf_counter()
            try:
                if chance.random() < WRITES:
                    await self._write(act, chance)
                    self.told.writes.append(time.perf_counter() - begun)
                else:
                    await self._read(chance)
                    self.told.reads.append(time.perf_counter() - begun)
            except httpx.HTTPError as problem:
                self.told.errors.append(type(problem).__name__)
            rest = max(until - time.monotonic(), 0)
            await asyncio.sleep(min(chance.expovariate(1 / self.pause), rest))

    async def _read(self, chance: random.Random) -> None:
        path = chance.choices(list(PAGES), list(PAGES.values()))[0]
        answer = await self.client.get(path, cookies=self.cookies)
        if answer.status_code != 200:
            self.told.errors.append(f"{answer.status_code} {path}")

    async def _write(self, act: int, chance: random.Random) -> None:
        source = f"load-{self.number}-{act}"
        fields = {
            "unit": str(self.unit),
            "occurred_on": f"2021-{chance.randint(1, 12):02}-15",
            "value": f"{chance.randint(1, 97)}.25",
            "source": source,
            "note": "",
        }
        files = {"voucher-bank_receipt": (f"{source}.csv", f"{source}\n".encode(), "text/csv")}
        headers = {"X-CSRFToken": TOKEN, "Referer": str(self.client.base_url)}
        answer = await self.client.post(
            NEW, data=fields, files=files, cookies=self.cookies, headers=headers
        )
        if answer.status_code != 302:
            self.told.errors.append(f"{answer.status_code} POST {NEW}")
            return
        self.told.acknowledged[source] = int(answer.headers["Location"].strip("/").split("/")[-1])


async def crowd(url: str, sessions: list[str], unit: int, *, pause: float, seconds: float) -> Told:
    """Let everybody live for so long."""
    told, until = Told(), time.monotonic() + seconds
    limits = httpx.Limits(
        max_connections=None, max_keepalive_connections=0
    )  # a pause outlives them
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        people = [
            Person(
                number,
                client,
                {"sessionid": key, "csrftoken": TOKEN, "django_language": "zh-hans"},
                unit,
                pause,
                told,
            )
            for number, key in enumerate(sessions)
        ]
        await asyncio.gather(*(person.live(until) for person in people))
    return told


def inside(data: Data, *arguments: str) -> dict[str, Any]:
    """Ask inside of the installation."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load_inside", *arguments],
        env=data.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def lost(told: Told, kept: dict[str, list[int]]) -> list[str]:
    """Acknowledged facts that are not in the ledger exactly once, under the number they were given."""
    return [source for source, pk in told.acknowledged.items() if kept.get(source) != [pk]]


@dataclass(frozen=True)
class Run:
    """One crowd before one server, and what came of it."""

    people: int
    database: str
    workers: int
    threads: int
    seconds: float
    told: Told
    missing: int

    @property
    def rate(self) -> float:
        """Acts a second."""
        return (len(self.told.reads) + len(self.told.writes)) / self.seconds

    def rows(self) -> list[str]:
        """The rows of the table."""
        server = f"{self.database}, {self.workers} × {self.threads}"
        ends = f"{len(self.told.errors)} | {self.missing}"
        return [
            f"| {self.people:,} | {server} | read | {_times(self.told.reads)} | {ends} |",
            f"| {self.people:,} | {server} | write | {_times(self.told.writes)} | {ends} |",
        ]


def _times(times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    shown = " | ".join(f"{cuts[at] * 1000:,.0f}" for at in (49, 94, 98))
    return f"{len(times):,} | {shown}"


def run(people: int, *, workers: int, threads: int, pause: float, seconds: float) -> Run:
    """Load the sample year, let the people work, and look what is kept."""
    with tempfile.TemporaryDirectory(prefix="shangheng-load-") as folder:
        data = Data.empty(Path(folder), f"load_{os.getpid()}_{people}")
        loaded = data.run("demo", "--no-serve")
        if loaded.returncode:
            raise RuntimeError(loaded.stderr)
        made = inside(data, "sessions", str(people))
        server = Server(data)
        server.start("--workers", str(workers), "--threads", str(threads))
        try:
            begun = time.monotonic()
            told = asyncio.run(
                crowd(server.url, made["sessions"], made["unit"], pause=pause, seconds=seconds)
            )
            spent = time.monotonic() - begun
        finally:
            with suppress(subprocess.TimeoutExpired):  # it is killed then, which may lose nothing
                server.stop()
        kept = inside(data, "kept")
        database = "PostgreSQL" if data.database.startswith("postgres") else "SQLite"
        data.remove()
    return Run(people, database, workers, threads, spent, told, len(lost(told, kept)))


def both(chosen: argparse.Namespace) -> Iterator[Run]:
    """A bureau's crowd on SQLite, then a district's on PostgreSQL."""
    pace = {"pause": chosen.pause, "seconds": chosen.seconds}
    os.environ.pop(ADDRESS, None)
    yield run(chosen.people or 200, workers=2, threads=8, **pace)
    with cluster({"listen_addresses": "", "max_connections": "100"}) as made:
        os.environ[ADDRESS] = made.address
        try:
            yield run(chosen.people or 1000, workers=8, threads=4, **pace)
        finally:
            del os.environ[ADDRESS]


def page(runs: Sequence[Run], chosen: argparse.Namespace) -> str:
    """The page of the reference."""
    day = datetime.now(tz=UTC).date().isoformat()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    rows = "\n".join(row for one in runs for row in one.rows())
    rates = ", ".join(f"{one.rate:,.1f} ({one.database})" for one in runs)
    return f"""# Many people at once

Measured on {day}, {machine}; people, server and database share the machine. Written by `python -m benchmarks.load --write`.

Each person has a session, opens pages of the sample year with a mean pause of {chosen.pause:g} s, and posts a fact with its voucher
at one act in twenty, for {chosen.seconds:g} s. A write is lost when it was acknowledged and is not in the ledger exactly once afterwards.

| People | Database, processes × threads | Act | Count | Median ms | p95 ms | p99 ms | Errors | Writes lost |
|---|---|---|---|---|---|---|---|---|
{rows}

Acts a second: {rates}.
"""


def main(arguments: list[str]) -> int:
    """Run and print the rows of the table; 1 when a write was lost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, help="how many; 200 unless told")
    parser.add_argument("--pause", type=float, default=60.0, help="mean pause of a person, seconds")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--workers", type=int, default=2, help="of shangheng serve")
    parser.add_argument("--threads", type=int, default=8, help="of shangheng serve")
    parser.add_argument("--write", action="store_true", help=f"both databases; renews {OUT.name}")
    chosen = parser.parse_args(arguments)
    if chosen.write:
        runs = list(both(chosen))
        OUT.write_text(page(runs, chosen), encoding="utf-8")
    else:
        pace = {"pause": chosen.pause, "seconds": chosen.seconds}
        size = {"workers": chosen.workers, "threads": chosen.threads}
        runs = [run(chosen.people or 200, **size, **pace)]
    print(page(runs, chosen))
    for one in runs:
        print(f"{one.database}: {sorted(set(one.told.errors))[:8]}")
    return 1 if any(one.missing for one in runs) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
