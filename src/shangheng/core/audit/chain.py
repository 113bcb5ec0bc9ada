"""The hash chain: how a row is written down for hashing. No database here.

Every row carries the SHA-256 of its own fields and of the hash before it, so that a change
anywhere breaks the chain at that place.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

GENESIS = "0" * 64
"""What stands as the previous hash of row 1."""

_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))

type Plain = bool | int | str | list[Plain] | dict[str, Plain] | None


@dataclass(frozen=True, slots=True)
class Fields:
    """What the hash of one row covers: everything in it except the hash itself."""

    number: int
    at: datetime
    actor_id: int | None
    actor_name: str
    act: str
    target: str
    label: str
    before: Plain
    after: Plain
    address: str
    previous_hash: str

    def as_dict(self) -> dict[str, Any]:
        """The fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}

    def digest(self) -> str:
        """SHA-256 (hexadecimal) over the canonical JSON: sorted keys, no spaces, UTC, UTF-8."""
        return digest_of(self.as_dict() | {"at": in_utc(self.at)})


def in_utc(at: datetime) -> str:
    """A time as it is written down for hashing."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest_of(fields: Mapping[str, object]) -> str:
    """The hash of what `Fields` hold, by name; `at` is written down already (`in_utc`)."""
    return hashlib.sha256(_JSON.encode(fields).encode()).hexdigest()


def clean(text: str) -> str:
    """`text` without what a database cannot store: NUL and halves of surrogate pairs."""
    if type(text) is str and text.isprintable():  # holds neither, and most texts are
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def plain(value: object) -> Plain:
    """`value` as JSON that comes back from any database as it went in.

    Decimals and dates become text. Raises TypeError for anything that has no exact form, floats
    included.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {clean(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return [plain(item) for item in sorted(value)]
    raise TypeError(f"an audit row cannot keep {type(value).__name__} exactly: {value!r}")
