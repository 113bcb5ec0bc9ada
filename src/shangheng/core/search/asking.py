"""Asking the index: once for all kinds together, and again only for kinds that others have crowded out.

What several kinds have in common, the walk through the places of a text, is thus made once. Where it comes
to its end before `at_once` things, it has found everything of every kind, and has counted it as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from shangheng.core.search.database import Statement, Value, Within, coded, matching, starting
from shangheng.core.search.tokens import Need, normal

MOST_COUNTED = 1_000

type Found = dict[str, dict[int, None]]  # by kind: the keys of items, the best first


@dataclass(frozen=True)
class Latest:
    """The latest things by kind; whether these are all there are."""

    keys: Mapping[str, Sequence[int]]
    is_whole: bool


class Question:
    """What one person asks: `withins` is by kind what they may find, `needs` what must be met."""

    def __init__(
        self, withins: Mapping[str, Within], needs: Sequence[Need], *, at_once: int
    ) -> None:
        self._withins, self._needs, self._at_once = withins, needs, at_once
        self._walked: dict[bool, Latest] = {}

    def best(self, text: str, limit: int) -> dict[str, list[int]]:
        """By kind: a whole code first, then titles that begin so, titles that hold it, texts that do.

        Five statements at most, however many kinds there are.
        """
        found: Found = {code: {} for code in self._withins}
        start = normal(text)
        code_text = start.removeprefix("#")
        named = [(code, coded(one, code_text)) for code, one in self._withins.items()]
        if code_text != start:  # “#12” asks for a number, nothing else
            _collect(found, named, limit)
        else:
            named += [(code, starting(one, start)) for code, one in self._withins.items()]
            _collect(found, named, limit)
            if any(self._latest(in_title=False).keys.values()):
                self._add(found, limit, in_title=True)
                self._add(found, limit, in_title=False)
        return {code: list(keys)[:limit] for code, keys in found.items()}

    def counts(self) -> dict[str, int]:
        """By kind: how many there are, up to one more than `MOST_COUNTED`."""
        latest = self._latest(in_title=False)
        if latest.is_whole:
            return {code: len(keys) for code, keys in latest.keys.items()}
        asked = []
        for code, within in self._withins.items():
            sql, values = matching([within], self._needs, in_title=False)
            counted = f"SELECT COUNT(*) AS id FROM ({sql} LIMIT {MOST_COUNTED + 1}) c"  # noqa: S608
            asked.append((code, (counted, values)))
        return dict(_rows(asked, 1))

    def _add(self, found: Found, limit: int, *, in_title: bool) -> None:
        latest = self._latest(in_title=in_title)
        for code, keys in latest.keys.items():
            found[code].update(dict.fromkeys(keys))
        if not latest.is_whole:
            crowded_out = [
                (code, matching([within], self._needs, in_title=in_title))
                for code, within in self._withins.items()
                if len(found[code]) < limit
            ]
            _collect(found, crowded_out, limit)

    def _latest(self, *, in_title: bool) -> Latest:
        if in_title not in self._walked:
            self._walked[in_title] = self._walk(in_title=in_title)
        return self._walked[in_title]

    def _walk(self, *, in_title: bool) -> Latest:
        keys: dict[str, list[int]] = {code: [] for code in self._withins}
        if not self._withins:
            return Latest(keys, is_whole=True)
        sql, values = matching(self._withins.values(), self._needs, in_title=in_title)
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} LIMIT {self._at_once}", values)
            rows = cursor.fetchall()
        for key, kind in rows:
            keys[kind].append(key)
        return Latest(keys, is_whole=len(rows) < self._at_once)


def _collect(found: Found, asked: Sequence[tuple[str, Statement]], limit: int) -> None:
    for code, key in _rows(asked, limit):
        found[code].setdefault(key)


def _rows(asked: Sequence[tuple[str, Statement]], limit: int) -> list[tuple[str, int]]:
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
        rows = cursor.fetchall()
    return [(asked[place][0], key) for place, key in sorted(rows, key=lambda row: row[0])]
