"""Kill the server while people post, again and again, and see what is left.

    .venv/bin/python -m tests.reliability.kill_server --times 20
    .venv/bin/python -m tests.postgres .venv/bin/python -m tests.reliability.kill_server
    .venv/bin/python -m tests.reliability.kill_server --postgresql

`shangheng serve` runs on fresh data, and several clients post facts with vouchers through the real
form. At a random moment all its processes get SIGKILL (with `--postgresql`, in every second round
those of the database get it too). After each restart every acknowledged posting must be there
exactly once, nothing half-written, and `shangheng audit verify` must find nothing.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import Any

from tests.journeys.server import Data, Server
from tests.postgres import Cluster, cluster
from tests.reliability.client import Client, Fact, NotAccepted
from tests.reliability.inside import PASSWORD

TWO_DECIMALS = 10**8  # smallest units of 亿元 in 0.01


@dataclass
class Ledger:
    """What the clients know: what they tried, and what was acknowledged under which number."""

    tried: dict[str, Fact] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


class Poster(threading.Thread):
    """One person who posts until the server goes away."""

    def __init__(self, server: Server, unit: int, name: str, round_: int, ledger: Ledger) -> None:
        super().__init__(daemon=True)
        self._client = Client(server.url)
        self._unit, self._name_of, self._round, self._ledger = unit, name, round_, ledger

    def run(self) -> None:
        """Post fact after fact."""
        try:
            self._client.log_in(self._name_of, PASSWORD)
            for number in count(1):
                fact = Fact(
                    f"{self._round}-{self._name_of}-{number}",
                    self._unit,
                    f"2021-{number % 12 + 1:02}-15",
                    f"{number % 97 + 1}.{self._round % 100:02}",
                )
                self._ledger.tried[fact.source] = fact
                self._ledger.acknowledged[fact.source] = self._client.post(fact)
        except NotAccepted as problem:
            self._ledger.complaints.append(str(problem))
        except (OSError, HTTPException):
            return  # the server is gone, which is the point


def ask(data: Data, *arguments: str, module: str = "tests.reliability.inside") -> dict[str, Any]:
    """Ask inside of the installation."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=data.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def faults(ledger: Ledger, state: dict[str, Any]) -> list[str]:
    """What was lost, doubled, invented or half-written."""
    found = [*ledger.complaints, *state["findings"]]
    entries: dict[str, list[Any]] = {}
    for entry in state["entries"]:
        entries.setdefault(entry["source"], []).append(entry)
    for source, number in ledger.acknowledged.items():
        kept = [pk for entry in entries.get(source, []) for pk, _amount in entry["postings"]]
        if kept != [number]:
            found.append(f"{source} was acknowledged as #{number}, and there is {kept}")
    for source, same in entries.items():
        fact = ledger.tried.get(source)
        if fact is None or len(same) > 1:
            found.append(f"{source} is there {len(same)} times, tried: {fact is not None}")
            continue
        amounts = [amount for _pk, amount in same[0]["postings"]]
        if amounts != [int(fact.value.replace(".", "")) * TWO_DECIMALS]:
            found.append(f"{source} should be {fact.value}, and is {amounts}")
        if same[0]["vouchers"] != [f"{source}.csv"]:
            found.append(f"{source} has the vouchers {same[0]['vouchers']}")
    if state["postings"] != len(state["entries"]):
        found.append(f"{state['postings']} postings in {len(state['entries'])} entries")
    if state["audit_rows"] != state["audit_head"]:
        found.append(f"{state['audit_rows']} audit rows up to number {state['audit_head']}")
    return found


def run(
    data: Data, *, times: int, clients: int, seconds: float, database: Cluster | None = None
) -> Iterator[str]:
    """Kill `times` times; a line for each, and one at the end. Raises AssertionError for a fault."""
    made = ask(data, "prepare", str(clients))
    server, ledger = Server(data), Ledger()
    for round_ in range(1, times + 1):
        server.start()
        posters = [Poster(server, made["unit"], name, round_, ledger) for name in made["clerks"]]
        for poster in posters:
            poster.start()
        before = len(ledger.acknowledged)
        _wait_for_first(ledger, posters, before)
        time.sleep(random.uniform(0, seconds))
        server.kill()
        if database is not None and round_ % 2:
            database.kill()
            database.start()
        for poster in posters:
            poster.join()
        state = ask(data, "state")
        assert not (wrong := faults(ledger, state)), "\n".join(wrong)
        yield (
            f"{round_}: {len(ledger.acknowledged)} acknowledged of {len(ledger.tried)} tried, "
            f"{state['postings']} kept, {state['documents']} vouchers, {state['audit_rows']} audit rows"
        )
    rolled = ask(data, "rollups")
    assert rolled["equal"], f"the rollups differ from the postings: {rolled}"
    yield f"rollups: {rolled['rows']} rows equal the postings {rolled['values']}"


def _wait_for_first(ledger: Ledger, posters: list[Poster], before: int) -> None:
    """Until somebody has posted: a kill during the logins would show nothing."""
    while len(ledger.acknowledged) == before and any(one.is_alive() for one in posters):
        time.sleep(0.01)


@contextmanager
def fresh(*, own_cluster: bool) -> Iterator[tuple[Data, Cluster | None]]:
    """Empty data, on a database server of its own if wanted."""
    with tempfile.TemporaryDirectory(prefix="shangheng-kill-") as folder:
        if own_cluster:
            with cluster({"listen_addresses": "", "max_connections": "50"}) as made:
                yield Data(Path(folder), made.address), made
        else:
            data = Data.empty(Path(folder), f"kill_{random.getrandbits(32)}")
            yield data, None
            data.remove()


def main(arguments: list[str]) -> int:
    """Run from the command line; 1 when anything was lost or half-written."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20, help="how often to kill")
    parser.add_argument("--clients", type=int, default=4, help="how many people post")
    parser.add_argument("--seconds", type=float, default=2.0, help="longest time between kills")
    parser.add_argument("--postgresql", action="store_true", help="kill a PostgreSQL server too")
    chosen = parser.parse_args(arguments)
    with fresh(own_cluster=chosen.postgresql) as (data, database):
        try:
            for told in run(
                data,
                times=chosen.times,
                clients=chosen.clients,
                seconds=chosen.seconds,
                database=database,
            ):
                sys.stdout.write(told + "\n")
                sys.stdout.flush()
        except AssertionError as fault:
            sys.stderr.write(f"{fault}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
