"""A running platform with data of its own, as a bureau would run it: `shangheng serve`."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

COMMAND = (sys.executable, "-m", "shangheng.config.cli")
START_SECONDS = 180
"""A busy machine makes the tables of a new installation as slowly as that."""


@dataclass(frozen=True)
class Data:
    """The data folder and the database of one installation."""

    folder: Path
    database: str

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `shangheng ARGUMENTS` on this data; what it printed is in `.stdout` and `.stderr`."""
        return subprocess.run(
            [*COMMAND, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that lead a process here."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "shangheng.config.settings",  # not those of the tests
            "SHANGHENG_DATA": str(self.folder),
            "SHANGHENG_DATABASE": self.database,
            "SHANGHENG_BACKUP_AT": os.environ.get("SHANGHENG_BACKUP_AT", "off"),
        }

    @classmethod
    def empty(cls, folder: Path, name: str) -> "Data":
        """Data without a table: an SQLite file in `folder`, or a new database `name` on PostgreSQL."""
        server = os.environ.get("SHANGHENG_TEST_DATABASE", "")
        if not server:
            return cls(folder, str(folder / "shangheng.sqlite3"))
        _tell(server, f'CREATE DATABASE "{name}"')
        return cls(folder, _address(server, name))

    def copy(self, folder: Path, name: str) -> "Data":
        """The same data once more; nothing may be connected to the original on PostgreSQL."""
        shutil.copytree(
            self.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sqlite3*")
        )
        server = os.environ.get("SHANGHENG_TEST_DATABASE", "")
        if server:
            original = urlsplit(self.database).path.lstrip("/")
            _tell(server, f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
            return Data(folder, _address(server, name))
        database = folder / "shangheng.sqlite3"
        with (
            closing(sqlite3.connect(self.database)) as source,
            closing(sqlite3.connect(database)) as target,
        ):
            source.backup(target)
        return Data(folder, str(database))

    def remove(self) -> None:
        """Drop the database; the folder is the test runner's to clear."""
        server = os.environ.get("SHANGHENG_TEST_DATABASE", "")
        if server:
            name = urlsplit(self.database).path.lstrip("/")
            _tell(server, f'DROP DATABASE "{name}" WITH (FORCE)')


class Server:
    """`shangheng serve` on a free port of this machine."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data.folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> None:
        """Start with further arguments of `serve`, and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port), *arguments],
                env=self.data.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not _answers(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-1500:]}")
            time.sleep(0.05)

    def stop(self) -> int:
        """Ask it to stop and wait; the exit code."""
        assert self.process is not None
        self.process.terminate()
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """End it and its workers at once, as a power cut would."""
        assert self.process is not None
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        finally:
            self.process.wait()


def _tell(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def _address(server: str, name: str) -> str:
    parts = urlsplit(server)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
