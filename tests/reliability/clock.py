"""Set the clock of a running server back: `.venv/bin/python -m tests.reliability.clock`.

`shangheng serve` runs with a wall clock that a file shifts (`clock.c`, which a C compiler makes). A fact is posted and the year's
figure quoted; the clock goes back two hours, more facts are posted, the clock goes on. The server
must take every fact, the quoted figure must be the same ever after, and nothing may be half-written.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import which

from tests.journeys.server import Data, Server
from tests.reliability.kill_server import Ledger, ask, faults
from tests.reliability.outage import post, status_of

SOURCE = Path(__file__).with_suffix(".c")
COMPILER = which("cc")
BACK = timedelta(hours=2)


@dataclass(frozen=True)
class Led(Data):
    """An installation whose processes take the time from the wall clock and the file `folder/clock`."""

    @property
    def environment(self) -> dict[str, str]:
        """As that of every installation, with the clock before it."""
        return {
            **super().environment,
            "LD_PRELOAD": str(self.folder / "clock.so"),
            "CLOCK_SHIFT": str(self.folder / "clock"),
        }

    def compile(self) -> None:
        """Make the library that stands before the clock."""
        library = str(self.folder / "clock.so")
        made = [str(COMPILER), "-shared", "-fPIC", "-O2", "-o", library, str(SOURCE)]
        subprocess.run(made, check=True)

    def shift(self, by: timedelta) -> None:
        """Set the clock this much forward; back, if it is negative."""
        new = self.folder / "clock.new"
        new.write_text(f"{by.total_seconds():.0f}\n", encoding="ascii")
        new.rename(self.folder / "clock")  # nobody reads half a line


def set_back() -> Iterator[str]:
    """Set the clock back under the server and forward again. Raises AssertionError for a fault."""
    with tempfile.TemporaryDirectory(prefix="shangheng-clock-") as folder:
        made = Data.empty(Path(folder), "clock")
        data, ledger = Led(made.folder, made.database), Ledger()
        data.compile()
        unit = ask(data, "prepare", "1")["unit"]
        server = Server(data)
        server.start()
        try:
            post(server, ledger, unit, "before")
            quoted = ask(data, "quote")
            yield f"before: {quoted['value']} as known at {quoted['known_at']}"
            data.shift(-BACK)
            post(server, ledger, unit, "meanwhile")
            post(server, ledger, unit, "again")
            assert status_of(server, "/readyz") == 200, "the server is not ready"
            _still(data, quoted)
            yield "clock set back two hours: facts are taken, the quoted figure stays"
            data.shift(timedelta(0))
            post(server, ledger, unit, "after")
            _still(data, quoted)
            whole = ask(data, "quote")
            assert whole["value"] != quoted["value"], "what was posted meanwhile is not known"
            yield f"clock right again: {whole['value']}, the quoted figure stays"
        finally:
            server.kill()
        wrong = faults(ledger, ask(data, "state"))
        assert not wrong, "\n".join(wrong)
        made.remove()
    yield "nothing acknowledged lost, nothing half-written"


def _still(data: Data, quoted: dict[str, str]) -> None:
    told = ask(data, "known", quoted["known_at"])["value"]
    assert told == quoted["value"], f"{quoted['value']} was quoted, now it is {told}"


def main() -> int:
    """Run it; 1 for a fault."""
    if not COMPILER:
        sys.stdout.write("skipped: there is no C compiler (Debian: apt install gcc libc6-dev)\n")
        return 0
    try:
        for told in set_back():
            sys.stdout.write(told + "\n")
            sys.stdout.flush()
    except AssertionError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
