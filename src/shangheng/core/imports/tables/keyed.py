"""Tables whose rows are known by a key: a row adds an object or changes the one of its key.

A column that the file does not have is left as it is. What a batch has changed is set back to what
it was, unless somebody has changed it again since.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.exchange.columns import Value
from shangheng.core.imports.models import BatchRow
from shangheng.core.imports.registry import (
    Act,
    CannotUndo,
    Done,
    Fault,
    Match,
    Obstacle,
    Rows,
    RowsRefused,
    Undoing,
)

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Standing:
    """An object as a row of the file would say it."""

    target: int
    label: str
    values: Values
    url: str = ""


@dataclass(frozen=True)
class Keyed:
    """How the objects of a table are found and written.

    - `key(values)`: the key of a row
    - `find(actor, keys)`: what stands under keys; `at(targets)`: the same by the keys of the database
    - `write(actor, at, values, standing)`: add an object, or change the one that stands
    - `remove(actor, at, standing)`: take an object back that a batch has added

    The last two raise ValidationError for what cannot be. An empty cell empties the value, except in
    the columns of `keeps`, where it says nothing. `numbers` are the columns of decimals, `days` those
    of dates. `order(rows)` says in which order rows are written.
    """

    key: Callable[[Values], Hashable]
    find: Callable[[User, Sequence[Hashable]], Mapping[Hashable, Standing]]
    at: Callable[[Sequence[int]], Mapping[int, Standing]]
    write: Callable[[User, datetime, Values, Standing | None], None]
    remove: Callable[[User, datetime, Standing], None]
    keeps: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    order: Callable[[Sequence[Values]], Sequence[int]] = lambda rows: range(len(rows))

    def parts(self) -> dict[str, Any]:
        """What `Table` asks for."""
        return {
            "identity": self._identity,
            "known": self._known,
            "commit": self._commit,
            "undo": self._undo,
            "named": self._named,
        }

    def _named(self, targets: Sequence[int], _actor: User) -> dict[int, tuple[str, str]]:
        return {pk: (one.label, one.url) for pk, one in self.at(targets).items()}

    def _identity(self, rows: Rows) -> list[Hashable]:
        return [self.key(rows.row(index)) for index in range(len(rows))]

    def _known(self, actor: User, rows: Rows, keys: Sequence[Hashable]) -> dict[int, Match]:
        standing = self.find(actor, keys)
        return {
            index: Match(
                found.label, found.url, self._replaced(rows.row(index), found), found.target
            )
            for index, key in enumerate(keys)
            if (found := standing.get(key))
        }

    def _replaced(self, values: Values, found: Standing) -> dict[str, Value]:
        """What the row would replace."""
        return {
            key: before
            for key, before in found.values.items()
            if key in values
            and values[key] != before
            and not (key in self.keeps and values[key] is None)
        }

    def _commit(self, act: Act) -> Done:
        rows = [act.rows.row(index) for index in range(len(act.rows))]
        keys = [self.key(values) for values in rows]
        before = self.find(act.actor, keys)
        faults: list[Fault] = []
        for index in self.order(rows):
            old = before.get(keys[index])
            values = rows[index] if old is None else {**old.values, **self._said(rows[index])}
            with _told(faults, index):
                self.write(act.actor, act.at, values, old)
        if faults:
            raise RowsRefused(faults)
        now = self.find(act.actor, keys)
        after = [now[key] for key in keys]
        return Done(
            targets=[one.target for one in after],
            before=[_plain(before[key].values) if key in before else None for key in keys],
            after=[_plain(one.values) for one in after],
        )

    def _said(self, values: Values) -> dict[str, Value]:
        return {
            key: value
            for key, value in values.items()
            if value is not None or key not in self.keeps
        }

    def _undo(self, undoing: Undoing) -> dict[str, object]:
        """Set back what was changed and remove what was added; a trial is rolled back."""
        stopped: list[Obstacle] = []
        with transaction.atomic():
            standing = self.at([row.target for row in undoing.rows])
            for row in undoing.rows:
                stopped += _touched(row, standing.get(row.target))
            if not stopped:
                for row in sorted(undoing.rows, key=_backwards):
                    stopped += self._take_back(undoing, row, standing[row.target])
            if stopped or undoing.is_trial:
                transaction.set_rollback(True)
        if stopped:
            raise CannotUndo(stopped)
        removed = sum(row.before is None for row in undoing.rows)
        return {"removed": removed, "restored": len(undoing.rows) - removed}

    def _take_back(self, undoing: Undoing, row: BatchRow, found: Standing) -> list[Obstacle]:
        act = partial(self.remove, undoing.actor, undoing.at, found)
        if row.before is not None:
            back = {key: row.before[key] for key in _changed_keys(row)}
            values = {**found.values, **self._typed(back)}
            act = partial(self.write, undoing.actor, undoing.at, values, found)
        try:
            with transaction.atomic():
                act()
        except ValidationError as error:
            return [Obstacle(row.number, f"{found.label}：{_words(error)}", found.url)]
        return []

    def _typed(self, kept: Mapping[str, Any]) -> dict[str, Value]:
        """Kept values as they were."""
        return {key: self._as_value(key, value) for key, value in kept.items()}

    def _as_value(self, key: str, kept: Any) -> Value:
        if kept is None:
            return None
        if key in self.numbers:
            return Decimal(kept)
        return date.fromisoformat(kept) if key in self.days else kept


@contextmanager
def _told(faults: list[Fault], index: int) -> Iterator[None]:
    """Keep what is said against a row, by its column where that is told."""
    try:
        with transaction.atomic():
            yield
    except ValidationError as error:
        by_key = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        faults += [Fault(index, key, " ".join(words)) for key, words in by_key.items()]


def _words(error: ValidationError) -> str:
    return " ".join(error.messages)


def _changed_keys(row: BatchRow) -> list[str]:
    after: Mapping[str, object] = row.after or {}
    return [key for key in after if row.before is None or row.before.get(key) != after[key]]


def _backwards(row: BatchRow) -> tuple[bool, int]:
    """What was changed first, then what was added, the latest first: it may hang on the earlier."""
    return row.before is None, -row.target


def _touched(row: BatchRow, found: Standing | None) -> Iterator[Obstacle]:
    """Whether somebody has changed, since the import, what the import has changed."""
    if found is None:
        yield Obstacle(row.number, _("这一行的对象已经不在了"))
        return
    now, after = _plain(found.values), row.after or {}
    if [key for key in _changed_keys(row) if now.get(key) != after.get(key)]:
        message = _("“%(label)s”导入以后又改过；请先改回去，或者直接改正它")
        yield Obstacle(row.number, message % {"label": found.label}, found.url)


def _plain(values: Values) -> dict[str, object]:
    """Values as JSON keeps them."""
    return {key: _as_json(value) for key, value in values.items()}


def _as_json(value: Value) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value
