"""Asking the index for the few things that are shown, without reading all that a common word names.

SQLite's index is walked from its latest end, so what is common is found at once; what is rare is walked for
to the end, and so once for all kinds together. PostgreSQL's index knows no order: the latest things of each
kind are read first, and it is asked only of kinds that have more, where these do not suffice: for what is
rare. Of what it knows the latest `MOST_RANKED` are put in order; a title of those stands before a text.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import override

from django.db import connection

from shangheng.core.search import database
from shangheng.core.search.database import Statement, Value, Within
from shangheng.core.search.tokens import Need, normal

MOST_COUNTED = 1_000

type Found = dict[str, dict[int, None]]  # by kind: the keys of items, the best first


class Question(ABC):
    """What one person asks: `withins` is by kind what they may find, `needs` what must be met."""

    def __init__(self, withins: Mapping[str, Within], needs: Sequence[Need]) -> None:
        self.withins, self.needs = withins, needs

    def best(self, text: str, limit: int) -> dict[str, list[int]]:
        """By kind: a whole code first, then titles that begin so, titles that hold it, texts that do.

        Five statements at most, however many kinds there are.
        """
        found: Found = {code: {} for code in self.withins}
        start = normal(text)
        code_text = start.removeprefix("#")
        named = [(code, database.coded(one, code_text)) for code, one in self.withins.items()]
        if code_text == start:
            named += [(code, database.starting(one, start)) for code, one in self.withins.items()]
        collect(found, named, limit)
        if code_text == start:  # “#12” asks for a number, nothing else
            self.add(found, limit)
        return {code: list(keys)[:limit] for code, keys in found.items()}

    def counts(self) -> dict[str, int]:
        """By kind: how many there are, up to one more than `MOST_COUNTED`."""
        asked = []
        for code in self.withins:
            sql, values = self.countable(code)
            counted = f"SELECT COUNT(*) AS id FROM ({sql} LIMIT {MOST_COUNTED + 1}) c"  # noqa: S608
            asked.append((code, (counted, values)))
        return dict(rows(asked, 1))

    def countable(self, code: str) -> Statement:
        """What of a kind meets every need, to be counted."""
        return database.any_order(self.withins[code], self.needs)

    @abstractmethod
    def add(self, found: Found, limit: int) -> None:
        """Add titles that hold what is asked for, then texts that do, each the latest first."""


@dataclass(frozen=True)
class Latest:
    """The latest things by kind; whether these are all there are."""

    keys: Mapping[str, Sequence[int]]
    is_whole: bool


class OfSqlite(Question):
    """All kinds together, the latest `at_once` first; then those alone that others have crowded out."""

    def __init__(
        self, withins: Mapping[str, Within], needs: Sequence[Need], *, at_once: int
    ) -> None:
        super().__init__(withins, needs)
        self._at_once = at_once
        self._walked: dict[bool, Latest] = {}

    @override
    def counts(self) -> dict[str, int]:
        latest = self._latest(in_title=False)
        if latest.is_whole:
            return {code: len(keys) for code, keys in latest.keys.items()}
        return super().counts()

    @override
    def add(self, found: Found, limit: int) -> None:
        if not any(self._latest(in_title=False).keys.values()):
            return
        for in_title in (True, False):
            latest = self._latest(in_title=in_title)
            for code, keys in latest.keys.items():
                found[code].update(dict.fromkeys(keys))
            if not latest.is_whole:
                crowded_out = [
                    (code, database.together([within], self.needs, in_title=in_title))
                    for code, within in self.withins.items()
                    if len(found[code]) < limit
                ]
                collect(found, crowded_out, limit)

    def _latest(self, *, in_title: bool) -> Latest:
        if in_title not in self._walked:
            self._walked[in_title] = self._walk(in_title=in_title)
        return self._walked[in_title]

    def _walk(self, *, in_title: bool) -> Latest:
        keys: dict[str, list[int]] = {code: [] for code in self.withins}
        if not self.withins:
            return Latest(keys, is_whole=True)
        sql, values = database.together(self.withins.values(), self.needs, in_title=in_title)
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} LIMIT {self._at_once}", values)
            found = cursor.fetchall()
        for key, kind in found:
            keys[kind].append(key)
        return Latest(keys, is_whole=len(found) < self._at_once)


class OfPostgresql(Question):
    """The latest of each kind; then, of larger kinds with too few among these, what the index knows."""

    def __init__(self, withins: Mapping[str, Within], needs: Sequence[Need]) -> None:
        asked = [(code, database.size(within)) for code, within in withins.items()]
        self._sizes = dict(rows(asked, 1))
        super().__init__({code: one for code, one in withins.items() if self._sizes[code]}, needs)

    @override
    def countable(self, code: str) -> Statement:
        if self._is_small(code):
            return database.among_the_latest(self.withins[code], self.needs)
        return super().countable(code)

    @override
    def add(self, found: Found, limit: int) -> None:
        for ask, codes in (
            (database.among_the_latest, list(self.withins)),
            (database.every, [code for code in self.withins if not self._is_small(code)]),
        ):
            wanting = [
                (code, ask(self.withins[code], self.needs))
                for code in codes
                if len(found[code]) < limit
            ]
            collect(found, wanting, limit)

    def _is_small(self, code: str) -> bool:
        """Whether the latest of a kind are all of it."""
        return self._sizes[code] <= database.LATEST


def question(withins: Mapping[str, Within], needs: Sequence[Need], *, at_once: int) -> Question:
    """The question as the database at hand is best asked it."""
    if connection.vendor == "sqlite":
        return OfSqlite(withins, needs, at_once=at_once)
    return OfPostgresql(withins, needs)


def collect(found: Found, asked: Sequence[tuple[str, Statement]], limit: int) -> None:
    """Add what the statements answer, each for its kind."""
    for code, key in rows(asked, limit):
        found[code].setdefault(key)


def rows(asked: Sequence[tuple[str, Statement]], limit: int) -> list[tuple[str, int]]:
    """What many statements answer, at most `limit` rows of each, in one."""
    if not asked:
        return []
    parts: list[str] = []
    values: list[Value] = []
    for place, (_code, (sql, bound)) in enumerate(asked):
        limited = f"SELECT {place} AS place, t.id FROM ({sql} LIMIT {limit}) t"  # noqa: S608 - ours
        parts.append(f"SELECT * FROM ({limited}) p{place}")  # noqa: S608 - the same
        values += bound
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        found = cursor.fetchall()
    return [(asked[place][0], key) for place, key in sorted(found, key=lambda row: row[0])]
