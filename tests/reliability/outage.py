"""Take the database away and bring it back, fill the disk and clear it: `… -m tests.reliability.outage`.

    .venv/bin/python -m tests.reliability.outage database
    .venv/bin/python -m tests.reliability.outage disk

`database`: a PostgreSQL server of its own is killed under `shangheng serve`. Pages must say so with 503,
and a fact must be posted again, without anybody's doing, once the server is back.
`disk`: the data folder lies on a small file system (a tmpfs, which needs root) that is filled up. A
posting must be refused with 503, what was acknowledged before must be there, nothing half-written, and
after clearing up a fact must be posted again.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.journeys.server import Data, Server
from tests.postgres import cluster
from tests.reliability.client import Client, Fact, NotAccepted
from tests.reliability.inside import PASSWORD
from tests.reliability.kill_server import Ledger, ask, faults

DURABLE = {"listen_addresses": "", "max_connections": "50"}
SIZE = 96  # MiB of the small disk
STILL_TAKEN = 200  # postings at most that fit into blocks which SQLite already has


def post(server: Server, ledger: Ledger, unit: int, source: str) -> None:
    """Post a fact as a clerk who logs in anew. Raises NotAccepted or OSError."""
    fact = Fact(source, unit, "2021-03-15", "1.25")
    ledger.tried[source] = fact
    client = Client(server.url)
    client.log_in("clerk1", PASSWORD)
    ledger.acknowledged[source] = client.post(fact)


def status_of(server: Server, path: str = "/login/") -> int:
    """How a page answers; 0 when it does not."""
    try:
        with urlopen(server.url + path, timeout=30) as answer:
            return int(answer.status)
    except HTTPError as told:
        return told.code
    except (OSError, HTTPException):
        return 0


def until_posted(server: Server, ledger: Ledger, unit: int, source: str, seconds: float) -> float:
    """Try until a fact is accepted; how long that took."""
    begun = time.monotonic()
    for number in range(1000):
        try:
            post(server, ledger, unit, f"{source}-{number}")
        except (NotAccepted, OSError, HTTPException):
            assert time.monotonic() - begun < seconds, "it does not recover"
            time.sleep(0.5)
        else:
            break
    return time.monotonic() - begun


def without_database() -> Iterator[str]:
    """Kill PostgreSQL under the server. Raises AssertionError for a fault."""
    with tempfile.TemporaryDirectory(prefix="shangheng-out-") as folder, cluster(DURABLE) as made:
        data, ledger = Data(Path(folder), made.address), Ledger()
        unit = ask(data, "prepare", "1")["unit"]
        server = Server(data)
        server.start()
        try:
            post(server, ledger, unit, "before")
            made.kill()
            told = refused(server, unit, ledger)
            assert told == 503, f"a posting without a database is answered {told}"
            yield "database gone: 503, and the server stays up"
            made.start()
            spent = until_posted(server, ledger, unit, "after", 60)
            yield f"database back: a fact is posted after {spent:.1f} s"
        finally:
            server.kill()
        _nothing_amiss(data, ledger)
    yield "nothing acknowledged lost, nothing half-written"


def on_a_full_disk() -> Iterator[str]:
    """Fill the disk under the server. Raises AssertionError for a fault."""
    with small_disk() as folder:
        data, ledger = Data(folder, str(folder / "shangheng.sqlite3")), Ledger()
        unit = ask(data, "prepare", "1")["unit"]
        server = Server(data)
        server.start()
        try:
            post(server, ledger, unit, "before")
            filler = folder / "filler"
            fill(filler)
            told = until_refused(server, unit, ledger)
            assert told == 503, f"a posting on a full disk is answered {told}"
            yield "disk full: 503, and the server stays up"
            filler.unlink()
            spent = until_posted(server, ledger, unit, "after", 60)
            yield f"disk cleared: a fact is posted after {spent:.1f} s"
        finally:
            server.kill()
        _nothing_amiss(data, ledger)
    yield "nothing acknowledged lost, nothing half-written"


def until_refused(server: Server, unit: int, ledger: Ledger) -> int:
    """The status with which a posting is refused at last: a full disk still takes what needs no new block."""
    answers = (
        refused(server, unit, ledger, f"meanwhile-{number}") for number in range(STILL_TAKEN)
    )
    return next(filter(None, answers), 0)


def refused(server: Server, unit: int, ledger: Ledger, source: str = "meanwhile") -> int:
    """The status with which a login and posting is refused; 0 when it is accepted."""
    try:
        post(server, ledger, unit, source)
    except HTTPError as told:
        return told.code
    except NotAccepted as told:
        return int(str(told).split(": ")[1].split()[0])
    return 0


def fill(file: Path) -> None:
    """Write until nothing more fits."""
    with file.open("wb", buffering=0) as out:
        for size in (1024 * 1024, 4096, 1):
            try:
                while True:
                    out.write(b"x" * size)
            except OSError:
                continue


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of SIZE MiB, in memory."""
    with tempfile.TemporaryDirectory(prefix="shangheng-disk-") as name:
        options = ["-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", name]
        subprocess.run(["mount", *options], check=True, capture_output=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=False, capture_output=True)


def _nothing_amiss(data: Data, ledger: Ledger) -> None:
    assert not (wrong := faults(ledger, ask(data, "state"))), "\n".join(wrong)


def may_mount() -> bool:
    """Whether this user may mount a small disk."""
    if os.geteuid():
        return False
    try:
        with small_disk():
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def main(arguments: list[str]) -> int:
    """Run one of them; 1 for a fault."""
    if arguments not in (["database"], ["disk"]):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    if arguments == ["disk"] and not may_mount():
        sys.stdout.write("skipped: only root may mount a small disk\n")
        return 0
    try:
        for told in without_database() if arguments == ["database"] else on_a_full_disk():
            sys.stdout.write(told + "\n")
            sys.stdout.flush()
    except AssertionError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
