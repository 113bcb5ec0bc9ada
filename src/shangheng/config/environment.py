"""Reading settings from the environment, failing loudly.

Every variable is read through `Environment`, which remembers what it was asked for, so that a
test can hold the list against `docs/reference/settings.md`.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SECRET_LENGTH = 32
MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


class BadSetting(Exception):
    """A variable of the environment has a value that cannot be used."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(
            f"环境变量 {name}={value!r} 不可用:应为{wanted}。 ({name}: wanted {wanted})"
        )


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over; `ssl` from the start, `tls` after STARTTLS."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    ssl: bool
    tls: bool


class Environment:
    """The environment variables of one process, read by kind."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.names: list[str] = []

    @classmethod
    def from_process(cls) -> "Environment":
        """The environment of the running process."""
        return cls(os.environ)

    def given(self) -> dict[str, str]:
        """Our variables that are set, as they were given."""
        return {
            name: value for name, value in self._variables.items() if name.startswith("SHANGHENG_")
        }

    def _get(self, name: str) -> str:
        self.names.append(name)
        return self._variables.get(name, "").strip()

    def text(self, name: str, *, default: str) -> str:
        """A text; empty means the default."""
        return self._get(name) or default

    def words(self, name: str, *, default: list[str]) -> list[str]:
        """Texts parted by commas."""
        value = self._get(name)
        return [word.strip() for word in value.split(",") if word.strip()] if value else default

    def networks(self, name: str) -> list[IPv4Network | IPv6Network]:
        """Addresses or networks (10.0.0.1, 10.0.0.0/8) parted by commas; none by default."""
        try:
            return [ip_network(word) for word in self.words(name, default=[])]
        except ValueError:
            wanted = "IP 地址或网段 IP addresses or networks"
            raise BadSetting(name, self._variables[name], wanted) from None

    def count(self, name: str, *, default: int) -> int:
        """A whole number that may be 0."""
        return (
            0
            if self._variables.get(name, "").strip() == "0"
            else self.number(name, default=default)
        )

    def number(self, name: str, *, default: int) -> int:
        """A positive whole number."""
        value = self._get(name)
        if not value:
            return default
        if not value.isascii() or not value.isdigit() or int(value) == 0:
            raise BadSetting(name, value, "正整数 a positive whole number")
        return int(value)

    def hour(self, name: str, *, default: time) -> time:
        """A time of the day, 17:00."""
        value = self._get(name)
        return _hour(name, value, value) if value else default

    def hour_or_off(self, name: str, *, default: time) -> time | None:
        """A time of the day, or `off` for never."""
        return None if self._variables.get(name) == "off" else self.hour(name, default=default)

    def hours(self, name: str) -> tuple[time, time] | None:
        """From one time of the day to another, 20:00-08:00; none by default."""
        value = self._get(name)
        if not value:
            return None
        start, _dash, end = value.partition("-")
        return _hour(name, value, start), _hour(name, value, end)

    def mail_server(self, name: str) -> MailServer | None:
        """`smtp://`, `smtps://` (TLS from the start) or `smtp+tls://` (STARTTLS); none by default."""
        value = self._get(name)
        if not value:
            return None
        wanted = "smtp://用户:密码@主机:端口 (smtp, smtps, smtp+tls)"
        try:
            parts = urlsplit(value)
            port = parts.port
        except ValueError:
            raise BadSetting(name, "…", wanted) from None
        if parts.scheme not in MAIL_PORTS or not parts.hostname:
            raise BadSetting(name, "…", wanted)  # it may hold a password
        return MailServer(
            parts.hostname,
            port or MAIL_PORTS[parts.scheme],
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            ssl=parts.scheme == "smtps",
            tls=parts.scheme == "smtp+tls",
        )

    def scanner(self, name: str) -> str:
        """Where clamd listens: `unix:/path` or `tcp://host:port`; empty for none."""
        value = self._get(name)
        if value and not value.startswith(("unix:/", "tcp://")):
            raise BadSetting(
                name, value, "unix:/路径 或 tcp://主机:端口  (unix:/path, tcp://host:port)"
            )
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """0 or 1."""
        value = self._get(name)
        if not value:
            return default
        if value not in {"0", "1"}:
            raise BadSetting(name, value, "0 或 1  (0 or 1)")
        return value == "1"

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of some words; the first is the default."""
        value = self._get(name) or choices[0]
        if value not in choices:
            wanted = "、".join(choices)
            raise BadSetting(name, value, f"{wanted} 之一 one of {', '.join(choices)}")
        return value

    def path(self, name: str, *, default: Path) -> Path:
        """A folder or file; relative ones are taken from the working folder."""
        return Path(self._get(name) or default).expanduser().absolute()

    def key(self, name: str) -> str:
        """A secret of at least 32 characters that is kept nowhere here; empty when there is none."""
        value = self._get(name)
        if value and len(value) < SECRET_LENGTH:
            raise BadSetting(name, "…", "至少32个字符 at least 32 characters")
        return value

    def secret(self, name: str, *, keep_in: Path) -> str:
        """A secret of at least 32 characters; without one, a random one is made and kept in a file."""
        if value := self.key(name):
            return value
        if not keep_in.exists():
            private_folder(keep_in.parent)
            descriptor = os.open(keep_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
        return keep_in.read_text().strip()

    def database(self, name: str, *, default: Path) -> dict[str, Any]:
        """`postgresql://user:password@host:port/name` or the path of an SQLite file."""
        value = self._get(name) or str(default)
        if value.startswith(("postgresql://", "postgres://")):
            return _postgresql(name, value)
        if "://" in value:
            raise BadSetting(
                name, value, "postgresql://… 或 SQLite 文件路径 or the path of an SQLite file"
            )
        return _sqlite(Path(value).expanduser().absolute())


def private_folder(folder: Path) -> None:
    """Make a folder that nobody else of this machine can look into; one that is there stays as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _hour(name: str, value: str, text: str) -> time:
    try:
        return datetime.strptime(text.strip(), "%H:%M").time()  # noqa: DTZ007 - an hour of any day
    except ValueError:
        raise BadSetting(
            name, value, "时刻，如 17:00 或 20:00-08:00  hours such as 17:00"
        ) from None


def _sqlite(file: Path) -> dict[str, Any]:
    """One writer at a time, taken at the start of a transaction: nothing fails half-way with “locked”."""
    private_folder(file.parent)
    return {
        "ENGINE": "shangheng.core.database.sqlite",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # synchronous=FULL: an acknowledged posting survives a power cut, not only a killed process
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
        },
    }


def _postgresql(name: str, value: str) -> dict[str, Any]:
    parts = urlsplit(value)
    query = dict(parse_qsl(parts.query))
    database = unquote(parts.path.lstrip("/"))
    if not database:
        raise BadSetting(name, value, "含数据库名的地址 an address with a database name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }
