"""Reading a rule row by row, so that every error names the file, the place in it, and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


class BadRule(ValueError):
    """A rule file says something that cannot be: `file: place: what`."""


@dataclass
class Reader:
    """One mapping of a rule file, at a place such as `versions[0].stages[2]`.

    What has been asked for counts as known; `done` refuses the rest, so that a misspelt key shows.
    """

    file: str
    place: str
    row: Any
    asked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if not isinstance(self.row, Mapping):
            raise self.bad("must be a mapping of keys to values")

    def bad(self, what: str, key: str = "") -> BadRule:
        """The error for something wrong here, or under a key."""
        place = ".".join(part for part in (self.place, key) if part)
        return BadRule(f"{self.file}: {place or '(top)'}: {what}")

    def get(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """The value under a key, of that type; `default` where it is absent. Raises BadRule."""
        self.asked.add(key)
        if key not in self.row:
            if default is ...:
                raise self.bad("is missing", key)
            return default
        value = self.row[key]
        whole = kind is int and isinstance(value, bool)
        if not isinstance(value, kind) or whole:
            raise self.bad(f"{value!r} is not of the expected type", key)
        return value

    def text(self, key: str, default: Any = ...) -> str:
        """A text that is not blank. Raises BadRule."""
        value: str = self.get(key, str, default)
        if value is not default and not value.strip():
            raise self.bad("must not be blank", key)
        return value

    def flag(self, key: str, default: Any = ...) -> bool:
        """True or false. Raises BadRule."""
        value: bool = self.get(key, bool, default)
        return value

    def day(self, key: str) -> date:
        """A date. Raises BadRule."""
        value: date = self.get(key, date)
        return value

    def texts(self, key: str, default: Any = ...) -> tuple[str, ...]:
        """A list of texts. Raises BadRule."""
        values = self.get(key, list, default)
        if any(not isinstance(value, str) for value in values):
            raise self.bad("must be a list of texts", key)
        return tuple(values)

    def rows(self, key: str, default: Any = ...) -> Iterator["Reader"]:
        """A list of mappings, each a reader of its own that must be used up. Raises BadRule."""
        for place, row in enumerate(self.get(key, list, default)):
            reader = self.into(f"{key}[{place}]", row)
            yield reader
            reader.done()

    def into(self, key: str, row: Any) -> "Reader":
        """A reader of something inside this."""
        return Reader(self.file, ".".join(part for part in (self.place, key) if part), row)

    def done(self) -> None:
        """Raises BadRule for a key that nobody has asked for."""
        if unknown := sorted(set(map(str, self.row)) - self.asked):
            raise self.bad(f"unknown key {unknown[0]!r}; known here are {sorted(self.asked)}")
