"""Many people at once: reads and writes over HTTP, and every acknowledged write found afterwards.

    .venv/bin/python -m benchmarks.load --people 200
    .venv/bin/python -m tests.postgres .venv/bin/python -m benchmarks.load --people 1000

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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.journeys.server import Data, Server

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
            await asyncio.sleep(chance.expovariate(1 / self.pause))

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


def line(name: str, times: list[float]) -> str:
    """How long it took."""
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return f"{name} | {len(times)} | {cuts[49] * 1000:.0f} | {cuts[94] * 1000:.0f} | {cuts[98] * 1000:.0f}"


def main(arguments: list[str]) -> int:
    """Run and print the rows of the table; 1 when a write was lost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--pause", type=float, default=30.0, help="mean pause of a person, seconds")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--workers", type=int, default=2, help="of shangheng serve")
    parser.add_argument("--threads", type=int, default=8, help="of shangheng serve")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="shangheng-load-") as folder:
        data = Data.empty(Path(folder), f"load_{os.getpid()}")
        loaded = data.run("demo", "--no-serve")
        assert loaded.returncode == 0, loaded.stderr
        made = inside(data, "sessions", str(chosen.people))
        server = Server(data)
        server.start("--workers", str(chosen.workers), "--threads", str(chosen.threads))
        try:
            begun = time.monotonic()
            told = asyncio.run(
                crowd(
                    server.url,
                    made["sessions"],
                    made["unit"],
                    pause=chosen.pause,
                    seconds=chosen.seconds,
                )
            )
            spent = time.monotonic() - begun
        finally:
            server.stop()
        kept = inside(data, "kept")
        data.remove()
    missing = lost(told, kept)
    acts = len(told.reads) + len(told.writes)
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{chosen.people} people, {chosen.workers} × {chosen.threads}, {acts / spent:.1f} acts/s")
    print("act | count | median ms | p95 ms | p99 ms")
    print(line("read", told.reads))
    print(line("write", told.writes))
    print(f"errors {len(told.errors)}: {sorted(set(told.errors))[:8]}")
    print(f"writes acknowledged {len(told.acknowledged)}, lost or doubled {len(missing)}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
