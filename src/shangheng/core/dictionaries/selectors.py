"""Reading the values of a dictionary: the built-in ones with what the bureau has made of them.

The rows of the database are kept in memory, so that no page pays for them: a change is seen at once
by the process that makes it, and by any other after `KEPT_SECONDS`.
"""

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from shangheng import rules
from shangheng.core.dictionaries.declaring import Dictionary, dictionary
from shangheng.core.dictionaries.models import Entry
from shangheng.methods.wording import named

KEPT_SECONDS = 30
STEP = 10  # between the positions of built-in values, so that others fit in between


@dataclass(frozen=True)
class Value:
    """One value. It is offered from `valid_from` (None: ever since) to `valid_to`, both included.

    `built_in` is the row of the rules it comes from, None for an addition of the bureau.
    """

    code: str
    zh: str
    en: str
    position: int
    valid_from: date | None
    valid_to: date | None
    retired_on: date | None
    note: str
    built_in: dict[str, Any] | None

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return named(self.zh, self.en or self.zh)

    @property
    def is_renamed(self) -> bool:
        """Whether the rules call it otherwise."""
        return self.built_in is not None and self.built_in["zh"] != self.zh

    def offered_on(self, day: date) -> bool:
        """Whether it can be chosen on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        ended = self.valid_to is not None and self.valid_to < day
        return begun and not ended and (self.retired_on is None or day < self.retired_on)


class _Kept:
    """The rows of the database, as long as they are fresh."""

    until = 0.0
    rows: dict[tuple[str, str], Entry] = {}


def forget() -> None:
    """Read the database again at the next question."""
    _Kept.until = 0.0


def values(code: str, day: date | None = None) -> list[Value]:
    """The values of a dictionary in order: those offered on `day`, or all that there ever were.

    Raises UnknownDictionary.
    """
    found = _merged(dictionary(code), _entries())
    return [one for one in found if day is None or one.offered_on(day)]


def built_in(code: str, day: date) -> list[Value]:
    """The values of the rules alone that are offered on `day`: what holds for every bureau."""
    return [one for one in _merged(dictionary(code), {}) if one.offered_on(day)]


def rows(code: str, day: date | None = None) -> list[dict[str, Any]]:
    """The same as rows of the rules are written: code, zh, en and what else stands there."""
    return [
        {**(one.built_in or {}), "code": one.code, "zh": one.zh, "en": one.en or one.zh}
        for one in values(code, day)
    ]


def value(code: str, key: str) -> Value | None:
    """One value, retired or not; None for a key that never was."""
    return next((one for one in values(code) if one.code == key), None)


def _entries() -> dict[tuple[str, str], Entry]:
    now = time.monotonic()
    if now >= _Kept.until:
        _Kept.rows = {(one.dictionary, one.code): one for one in Entry.objects.all()}
        _Kept.until = now + KEPT_SECONDS
    return _Kept.rows


def _merged(declared: Dictionary, entries: dict[tuple[str, str], Entry]) -> list[Value]:
    built_in = rules.load(declared.file)
    found = [
        _value(row, place * STEP, entries.get((declared.code, row["code"])))
        for place, row in enumerate(built_in, 1)
    ]
    known = {row["code"] for row in built_in}
    found += [
        Value(e.code, e.zh, e.en, e.position, None, None, e.retired_on, e.note, None)
        for (of, code), e in entries.items()
        if of == declared.code and code not in known
    ]
    return sorted(found, key=lambda one: (one.position, one.code))


def _value(row: dict[str, Any], position: int, entry: Entry | None) -> Value:
    return Value(
        code=row["code"],
        zh=entry.zh if entry else row["zh"],
        en=entry.en if entry else row["en"],
        position=entry.position if entry else position,
        valid_from=row.get("valid_from"),
        valid_to=row.get("valid_to"),
        retired_on=entry.retired_on if entry else None,
        note=entry.note if entry else "",
        built_in=row,
    )
