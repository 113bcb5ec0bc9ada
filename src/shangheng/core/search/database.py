"""What the two databases say differently: how the index is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from shangheng.core.accounts.access import Scope
from shangheng.core.search.tokens import Need, Phrase

type Value = str | int | None
type Statement = tuple[str, list[Value]]


@dataclass(frozen=True)
class Within:
    """One kind, and what of it a person may find; `scope` is None where all of it."""

    kind: str
    scope: Scope | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is kept from the person."""
        return self.scope is None or self.scope.everything

    def condition(self) -> Statement:
        """SQL over the columns of the item `i`."""
        if self.scope is None or self.scope.everything:
            return "TRUE", []
        reached: list[str] = []
        values: list[Value] = []
        if self.scope.unit_ids:
            units = sorted(self.scope.unit_ids)
            reached.append(f"i.unit_id IN ({','.join(['%s'] * len(units))})")
            values += units
        if self.scope.own:
            reached.append("i.owner_id = %s")
            values.append(self.scope.user_id)
        return f"({' OR '.join(reached)})" if reached else "FALSE", values

    def tokens(self) -> list[str]:
        """What FTS5 must find in `reach`: the kind, and one of the units or the owner."""
        if self.scope is None or self.scope.everything:
            return []
        owner = [f"o{self.scope.user_id}"] if self.scope.own else []
        return [*(f"u{unit}" for unit in sorted(self.scope.unit_ids)), *owner]


def matching(within: Within, needs: Sequence[Need], *, in_title: bool) -> Statement:
    """The keys of what meets every need, the latest first; end it with a limit."""
    if connection.vendor == "sqlite":
        expression = _fts5(within, needs, in_title=in_title)
        sql = "SELECT rowid AS id FROM search_fts WHERE search_fts MATCH %s ORDER BY rowid DESC"
        return sql, [expression]
    condition, values = within.condition()
    sql = (
        f"SELECT i.id FROM search_item i WHERE i.kind = %s AND {condition} "  # noqa: S608 - ours
        "AND i.found @@ %s::tsquery ORDER BY i.id DESC"
    )
    return sql, [within.kind, *values, _tsquery(needs, "A" if in_title else "")]


def starting(within: Within, text: str) -> Statement:
    """The keys of what has a title that begins so, in the order of titles."""
    condition, values = within.condition()
    begins, bounds = _begins("i.start", text)
    sql = (
        f"SELECT i.id FROM search_item i WHERE i.kind = %s AND {begins} AND {condition} "  # noqa: S608
        "ORDER BY i.start, i.id DESC"
    )
    return sql, [within.kind, *bounds, *values]


def coded(within: Within, text: str) -> Statement:
    """The keys of what has a code that begins so, the whole code first."""
    condition, values = within.condition()
    begins, bounds = _begins("c.text", text)
    sql = (
        "SELECT i.id FROM search_code c JOIN search_item i ON i.id = c.item_id "  # noqa: S608
        f"WHERE c.kind = %s AND {begins} AND {condition} ORDER BY c.text, i.id DESC"
    )
    return sql, [within.kind, *bounds, *values]


def _begins(column: str, text: str) -> Statement:
    if connection.vendor == "sqlite":
        return f"{column} >= %s AND {column} < %s", [text, text + "\U0010ffff"]
    plain = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{column} LIKE %s", [f"{plain}%"]


def _fts5(within: Within, needs: Sequence[Need], *, in_title: bool) -> str:
    column = "heading" if in_title else "{heading words}"
    parts = [f'reach : "k{within.kind}"']
    if not within.is_whole:
        parts.append(f"reach : ({_any(f'"{token}"' for token in within.tokens())})")
    parts += [f"{column} : ({_any(_fts5_phrase(one) for one in need)})" for need in needs]
    return " AND ".join(parts)


def _any(parts: Iterable[str]) -> str:
    return " OR ".join(parts) or '"\x01"'


def _fts5_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.is_open else "")


def _tsquery(needs: Sequence[Need], weight: str) -> str:
    return " & ".join(f"({' | '.join(_ts_phrase(one, weight) for one in need)})" for need in needs)


def _ts_phrase(phrase: Phrase, weight: str) -> str:
    *before, last = phrase.tokens
    mark = f":{weight}" if weight else ""
    end = f":*{weight}" if phrase.is_open else mark
    return "(" + " <-> ".join([*(f"'{one}'{mark}" for one in before), f"'{last}'{end}"]) + ")"
