"""Kill workers in the middle of jobs, again and again, and see that each job is done once and whole.

    .venv/bin/python -m tests.reliability.kill_worker --times 20
    .venv/bin/python -m tests.postgres .venv/bin/python -m tests.reliability.kill_worker

Several workers run jobs of two kinds: imports of facts (each posts an entry and says that it is done
at one stroke) and exports of the ledger (each works for a while and leaves a file). At random moments
one of the workers gets SIGKILL and another is started in its place. In the end every job must be done,
every import be there exactly once and whole, every file be the one that its job was asked for, and
`shangheng audit verify` must find nothing.
"""

import argparse
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.journeys.server import Data
from tests.reliability.kill_server import ask, fresh

WORKERS = 2
BATCH = 24  # jobs ordered for each kill
LEASE = "2"


@dataclass
class Shop:
    """The workers of one installation."""

    data: Data

    def start(self) -> "subprocess.Popen[bytes]":
        """One more worker."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.job_kinds", "work"],
            env={**self.data.environment, "SHANGHENG_JOBS_LEASE_SECONDS": LEASE},
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def jobs(data: Data, *arguments: str) -> dict[str, Any]:
    """Ask inside of the installation."""
    return ask(data, *arguments, module="tests.reliability.job_kinds")


def faults(state: dict[str, Any], ordered: int) -> list[str]:
    """What was lost, doubled or half-done."""
    found = [*state["findings"]]
    if state["jobs"] != {"done": ordered}:
        found.append(f"{ordered} jobs were ordered, and they are {state['jobs']}")
    found += [f"import {number} is there {times} times" for number, times in state["not_once"]]
    found += [f"import {number} has {lines} postings" for number, lines in state["not_whole"]]
    found += [f"the file of job {number} is not what it should be" for number in state["bad_files"]]
    return found


def run(data: Data, *, times: int, seconds: float) -> Iterator[str]:
    """Kill `times` times; a line for each, and one at the end. Raises AssertionError for a fault."""
    ask(data, "prepare", "1")
    shop, ordered = Shop(data), 0
    workers = [shop.start() for _ in range(WORKERS)]
    try:
        for round_ in range(1, times + 1):
            ordered = jobs(data, "order", str(BATCH))["ordered"]
            time.sleep(random.uniform(0, seconds))
            still = left(data)
            victim = workers.pop(0)
            victim.kill()
            victim.wait()
            workers.append(shop.start())
            yield f"{round_}: {ordered} ordered, {still} open when a worker was killed"
        _wait(data)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    state = jobs(data, "state")
    assert not (wrong := faults(state, ordered)), "\n".join(wrong)
    yield f"{ordered} jobs done, {state['again']} taken up again, {state['postings']} postings whole"


def left(data: Data) -> int:
    """How many jobs wait or run, asked of the database itself: a process would come too late."""
    query = "SELECT count(*) FROM jobs_job WHERE state IN ('waiting', 'running')"
    opened = (
        psycopg.connect(data.database)
        if data.database.startswith("postgresql")
        else sqlite3.connect(data.database, timeout=20)
    )
    with closing(opened) as database:
        cursor = database.cursor()
        cursor.execute(query)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _wait(data: Data, seconds: float = 300) -> None:
    """Until no job is left; a busy machine may take long, but not `seconds` without one job less."""
    before, deadline = -1, 0.0
    while still := left(data):
        if still != before:
            before, deadline = still, time.monotonic() + seconds
        assert time.monotonic() < deadline, f"{still} jobs do not come to an end"
        time.sleep(0.2)


def main(arguments: list[str]) -> int:
    """Run from the command line; 1 when anything was lost, doubled or half-done."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20, help="how often to kill")
    parser.add_argument("--seconds", type=float, default=3.0, help="longest time before a kill")
    chosen = parser.parse_args(arguments)
    with fresh(own_cluster=False) as (data, _database):
        try:
            for told in run(data, times=chosen.times, seconds=chosen.seconds):
                sys.stdout.write(told + "\n")
                sys.stdout.flush()
        except AssertionError as fault:
            sys.stderr.write(f"{fault}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
