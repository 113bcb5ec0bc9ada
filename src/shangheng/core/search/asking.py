"""Asking the index for the few things that are shown, without reading all that a common word names.

SQLite's index is walked from its latest end, so what is common is found at once; what is rare is walked
for to the end, and so once for all kinds together. Which of these are titles is seen in what was found:
to ask the index for titles alone would walk past every text that holds a common word. PostgreSQL's index
knows no order: the latest things of each kind are read first, and it is asked only of kinds that have
more, where these do not suffice: for what is rare. On both, the latest of what is known are
put in order; a title of those stands before a text.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import override

from django.db import connection

from shangheng.core.search import database
from shangheng.core.search.database import Statement, Value, Within
from shangheng.core.search.tokens import Need, meets, normal

MOST_COUNTED = 1_000

type Found = dict[str, dict[int, None]]  # by kind: the keys of items, the best first


class Question(ABC):
    """What one person asks: `withins` is by kind what they may find, `needs` what must be met."""

    def __init__(self, withins: Mapping[str, Within], needs: Sequence[Need]) -> None:
        self.withins, self.needs = withins, needs
        self.known: dict[str, int] = {}  # counts that answers have brought along

    def best(self, text: str, limit: int) -> dict[str, list[int]]:
        """By kind: a whole code first, then titles that begin so, titles that hold it, texts that do.

        A few statements, however many kinds there are.
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
        """By kind: how many there are, up to one more than `MOST_COUNTED`; ask for the best before."""
        left = [code for code in self.withins if code not in self.known]
        return self.known | _counted([(code, self.countable(code)) for code in left])

    @abstractmethod
    def countable(self, code: str) -> Statement:
        """What of a kind meets every need, to be counted."""

    @abstractmethod
    def add(self, found: Found, limit: int) -> None:
        """Add titles that hold what is asked for, then texts that do, each the latest first."""


class OfSqlite(Question):
    """All kinds together, the latest first; then those that others have crowded out, until none is."""

    def __init__(
        self, withins: Mapping[str, Within], needs: Sequence[Need], *, at_once: int
    ) -> None:
        super().__init__(withins, needs)
        self._at_once = at_once

    @override
    def add(self, found: Found, limit: int) -> None:
        wanting = list(self.withins)
        while wanting:
            walked = self._walk(wanting)
            is_whole = sum(map(len, walked.values())) < self._at_once
            if is_whole:
                self.known |= {code: len(keys) for code, keys in walked.items()}
            left = [code for code in wanting if len(walked[code]) < limit and not is_whole]
            if left == wanting:  # more is asked for than is ever put in order
                left = []
            for code in set(wanting).difference(left):
                found[code].update(dict.fromkeys(walked[code]))
            wanting = left

    @override
    def countable(self, code: str) -> Statement:
        return database.any_order(self.withins[code], self.needs)

    def _walk(self, codes: Sequence[str]) -> dict[str, list[int]]:
        """By kind: the latest that meet every need, of these the titles first."""
        sql, values = database.together([self.withins[code] for code in codes], self.needs)
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} LIMIT {self._at_once}", values)
            walked = cursor.fetchall()
        titles: dict[str, list[int]] = {code: [] for code in codes}
        texts: dict[str, list[int]] = {code: [] for code in codes}
        for key, kind, heading in walked:
            (titles if meets(f" {heading} ", self.needs) else texts)[kind].append(key)
        return {code: titles[code] + texts[code] for code in codes}


class OfPostgresql(Question):
    """The latest of each kind; then, of larger kinds with too few among these, what the index knows."""

    def __init__(
        self, withins: Mapping[str, Within], needs: Sequence[Need], *, at_once: int
    ) -> None:
        asked = [(code, database.size(within)) for code, within in withins.items()]
        self._sizes = dict(rows(asked, 1))
        self._latest: dict[str, int] = {}  # how many of the latest meet every need
        self._counts_latest = at_once > database.LATEST
        super().__init__({code: one for code, one in withins.items() if self._sizes[code]}, needs)

    @override
    def counts(self) -> dict[str, int]:
        left = [code for code in self.withins if code not in self._latest]
        latest = [
            (code, database.among_the_latest(self.withins[code], self.needs)) for code in left
        ]
        self._latest |= _counted(latest)
        self.known |= {code: count for code, count in self._latest.items() if self._is_small(code)}
        return super().counts()

    @override
    def countable(self, code: str) -> Statement:
        if self._latest[code] >= database.COMMON:
            return database.backwards(self.withins[code], self.needs)
        return database.by_the_index(self.withins[code], self.needs)

    @override
    def add(self, found: Found, limit: int) -> None:
        latest = self._wanting(found, limit)
        keys = rows(
            [(code, database.among_the_latest(one, self.needs)) for code, one in latest.items()],
            database.LATEST if self._counts_latest else limit,
        )
        _add(found, keys)
        if self._counts_latest:
            self._latest = dict.fromkeys(latest, 0) | Counter(code for code, _key in keys)
        rare = {c: one for c, one in self._wanting(found, limit).items() if not self._is_small(c)}
        keys = rows(
            [(code, database.every(one, self.needs)) for code, one in rare.items()],
            database.MOST_RANKED,
        )
        _add(found, keys)  # all that there are: they need not be counted once more
        self.known = dict.fromkeys(rare, 0) | Counter(code for code, _key in keys)

    def _wanting(self, found: Found, limit: int) -> dict[str, Within]:
        """The kinds of which too few are found."""
        return {code: one for code, one in self.withins.items() if len(found[code]) < limit}

    def _is_small(self, code: str) -> bool:
        """Whether the latest of a kind are all of it."""
        return self._sizes[code] <= database.LATEST


def question(withins: Mapping[str, Within], needs: Sequence[Need], *, at_once: int) -> Question:
    """The question as the database at hand is best asked it.

    `at_once` is how many of all kinds together SQLite puts in order; PostgreSQL counts by the way where it
    is more than the latest of a kind.
    """
    if connection.vendor == "sqlite":
        return OfSqlite(withins, needs, at_once=at_once)
    return OfPostgresql(withins, needs, at_once=at_once)


def _counted(asked: Sequence[tuple[str, Statement]]) -> dict[str, int]:
    """How many each statement answers, up to one more than `MOST_COUNTED`."""
    counting = [
        (code, (f"SELECT COUNT(*) AS id FROM ({sql} LIMIT {MOST_COUNTED + 1}) c", values))  # noqa: S608
        for code, (sql, values) in asked
    ]
    return dict(rows(counting, 1))


def collect(found: Found, asked: Sequence[tuple[str, Statement]], limit: int) -> None:
    """Add what the statements answer, each for its kind."""
    _add(found, rows(asked, limit))


def _add(found: Found, keys: Iterable[tuple[str, int]]) -> None:
    for code, key in keys:
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
