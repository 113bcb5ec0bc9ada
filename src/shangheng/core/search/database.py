"""What the two databases say differently: how the index is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from shangheng.core.accounts.access import Scope
from shangheng.core.search.tokens import Need, Phrase, spelt_out

LATEST = 1_000  # things of a kind, within reach, that PostgreSQL reads before it asks its index
COMMON = 50  # of these so many, from which on walking backwards counts sooner than the index
MOST_RANKED = 1_001  # of what an index knows, the latest that are put in order: all that are shown
type Value = str | int | None
type Statement = tuple[str, list[Value]]
WHOLE = (
    3  # characters from which on a code is found by its beginning; a shorter text is a whole code
)


@dataclass(frozen=True)
class Within:
    """One kind, and what of it a person may find; `scope` is None where all of it."""

    kind: str
    scope: Scope | None

    def condition(self) -> Statement:
        """SQL over the columns of an item or a code, which say whose it is."""
        if self.scope is None or self.scope.everything:
            return "TRUE", []
        reached: list[str] = []
        values: list[Value] = []
        if self.scope.unit_ids:
            units = sorted(self.scope.unit_ids)
            reached.append(f"unit_id IN ({','.join(['%s'] * len(units))})")
            values += units
        if self.scope.own:
            reached.append("owner_id = %s")
            values.append(self.scope.user_id)
        return f"({' OR '.join(reached)})" if reached else "FALSE", values

    def tokens(self) -> list[str]:
        """Of what the index keeps of a thing, one must be there: the kind, or the kind of a unit or owner."""
        if self.scope is None or self.scope.everything:
            return [f"k{self.kind}"]
        owner = [f"o{self.scope.user_id}"] if self.scope.own else []
        units = (f"u{unit}" for unit in sorted(self.scope.unit_ids))
        return [f"k{self.kind}.{one}" for one in (*units, *owner)]


def together(withins: Iterable[Within], needs: Sequence[Need]) -> Statement:
    """SQLite: key, kind and tokens of the title of what meets every need, the latest first; end it with a limit."""
    sql = (
        "SELECT i.id, i.kind, i.heading FROM search_fts JOIN search_item i ON i.id = search_fts.rowid "
        "WHERE search_fts MATCH %s ORDER BY search_fts.rowid DESC"
    )
    return sql, [_fts5(withins, needs)]


def among_the_latest(within: Within, needs: Sequence[Need]) -> Statement:
    """PostgreSQL: the keys of what meets every need among the `LATEST`, titles first; end it with a limit."""
    condition, values = within.condition()
    sql = (
        "SELECT id FROM (SELECT id, found FROM search_item "  # noqa: S608 - ours
        f"WHERE kind = %s AND {condition} ORDER BY id DESC LIMIT {LATEST}) l "
        "WHERE found @@ %s::tsquery ORDER BY found @@ %s::tsquery DESC, id DESC"
    )
    return sql, [within.kind, *values, _tsquery(needs), _tsquery(needs, "A")]


def size(within: Within) -> Statement:
    """PostgreSQL: how many things of a kind there are within reach, up to one more than `LATEST`."""
    condition, values = within.condition()
    sql = (
        "SELECT COUNT(*) AS id FROM (SELECT 1 FROM search_item "  # noqa: S608 - ours
        f"WHERE kind = %s AND {condition} LIMIT {LATEST + 1}) c"
    )
    return sql, [within.kind, *values]


def every(within: Within, needs: Sequence[Need]) -> Statement:
    """PostgreSQL: the keys of whatever meets every need, of the latest `MOST_RANKED` the titles first.

    End it with a limit. The sum keeps the planner from walking all things backwards, which it takes
    for quick where words are common and in truth seldom meet.
    """
    met, values = _met(within, needs, "id, found")
    sql = (
        f"SELECT id FROM ({met} ORDER BY id + 0 DESC LIMIT {MOST_RANKED}) l "  # noqa: S608 - ours
        "ORDER BY found @@ %s::tsquery DESC, id DESC"
    )
    return sql, [*values, _tsquery(needs, "A")]


def backwards(within: Within, needs: Sequence[Need]) -> Statement:
    """PostgreSQL: the keys of what meets every need, without the index; end it with a limit.

    For what is common: of it the index would gather all before the first is counted.
    """
    condition, values = within.condition()
    sql = (
        f"SELECT id FROM search_item WHERE kind = %s AND {condition} "  # noqa: S608 - ours
        "AND (found @@ %s::tsquery) IS TRUE ORDER BY id DESC"
    )
    return sql, [within.kind, *values, _tsquery(needs)]


def by_the_index(within: Within, needs: Sequence[Need]) -> Statement:
    """PostgreSQL: the keys of whatever meets every need, as its index tells them; end it with a limit.

    Apart from the limit, so that the planner does not walk all things for the first thousand of them.
    """
    sql, values = _met(within, needs, "id")
    return f"SELECT id FROM (WITH met AS MATERIALIZED ({sql}) SELECT id FROM met) m", values  # noqa: S608


def any_order(within: Within, needs: Sequence[Need]) -> Statement:
    """The keys of whatever meets every need, in no order: to be counted."""
    if connection.vendor == "sqlite":
        sql = "SELECT rowid AS id FROM search_fts WHERE search_fts MATCH %s"
        return sql, [_fts5([within], needs)]
    return _met(within, needs, "id")


def _met(within: Within, needs: Sequence[Need], columns: str) -> Statement:
    """PostgreSQL: what its index knows of a kind, within reach, that meets every need."""
    reached = " | ".join(f"'{token}'" for token in within.tokens()) or "'-'"
    sql = f"SELECT {columns} FROM search_item WHERE found @@ %s::tsquery"  # noqa: S608 - ours
    return sql, [" & ".join([f"({reached})", _tsquery([_spelt_out(need) for need in needs])])]


def starting(within: Within, text: str) -> Statement:
    """The keys of what has a title that begins so, in the order of titles; end it with a limit."""
    condition, values = within.condition()
    begins, bounds = _begins("start", text)
    sql = (
        f"SELECT id FROM search_item WHERE kind = %s AND {begins} AND {condition} "  # noqa: S608
        f"ORDER BY start {_by_bytes()}, id DESC"
    )
    return sql, [within.kind, *bounds, *values]


def coded(within: Within, text: str) -> Statement:
    """The keys of what has a code that begins so, the whole code first; end it with a limit."""
    condition, values = within.condition()
    begins, bounds = _begins("text", text) if len(text) >= WHOLE else ("text = %s", [text])
    sql = (
        f"SELECT item_id AS id FROM search_code WHERE kind = %s AND {begins} "  # noqa: S608
        f"AND {condition} ORDER BY text {_by_bytes()}, item_id DESC"
    )
    return sql, [within.kind, *bounds, *values]


def _by_bytes() -> str:
    """The order that the indexes of beginnings have, so that the first few are read and no more."""
    return "" if connection.vendor == "sqlite" else "USING ~<~"


def _begins(column: str, text: str) -> Statement:
    if connection.vendor == "sqlite":
        return f"{column} >= %s AND {column} < %s", [text, text + "\U0010ffff"]
    plain = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{column} LIKE %s", [f"{plain}%"]


def _fts5(withins: Iterable[Within], needs: Sequence[Need]) -> str:
    reached = _any(f'"{token}"' for within in withins for token in within.tokens())
    parts = [f"{{heading words}} : ({_any(map(_fts5_phrase, _spelt_out(one)))})" for one in needs]
    return " AND ".join([f"reach : ({reached})", *parts])


def _spelt_out(need: Need) -> Need:
    return tuple(one for phrase in need for one in spelt_out(phrase))


def _any(parts: Iterable[str]) -> str:
    return " OR ".join(parts) or '"\x01"'


def _fts5_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.is_open else "")


def _tsquery(needs: Sequence[Need], weight: str = "") -> str:
    return " & ".join(f"({' | '.join(_ts_phrase(one, weight) for one in need)})" for need in needs)


def _ts_phrase(phrase: Phrase, weight: str) -> str:
    *before, last = phrase.tokens
    mark = f":{weight}" if weight else ""
    end = f"'{last}':*{weight}" if phrase.is_open else f"'{last}'{mark}"
    return "(" + " <-> ".join([*(f"'{one}'{mark}" for one in before), end]) + ")"
