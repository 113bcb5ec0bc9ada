"""Reading batches: their rows as a page shows them, and what was done with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shangheng.core.accounts.models import User
from shangheng.core.audit.models import Row
from shangheng.core.exchange.columns import Column
from shangheng.core.imports.models import Batch, BatchRow
from shangheng.core.imports.registry import Table
from shangheng.core.ui.figures import DASH


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a row before and after; `before` is None for a new object."""

    title: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of a batch: what it made or changed, and where that is seen."""

    row: BatchRow
    label: str
    url: str
    changes: Sequence[Change]


def lines_of(table: Table, batch: Batch, rows: Iterable[BatchRow], actor: User) -> list[RowLine]:
    """The rows of one page."""
    found = list(rows)
    named = table.named([row.target for row in found], actor) if found else {}
    columns = {column.key: column for column in table.columns(actor)}
    result = []
    for row in found:
        label, url = named.get(row.target, (f"#{row.target}", ""))
        result.append(RowLine(row, label, url, _changes(row, columns)))
    return result


def _changes(row: BatchRow, columns: Mapping[str, Column]) -> list[Change]:
    after: Mapping[str, object] = row.after or {}
    before: Mapping[str, object] = row.before or {}
    return [
        Change(
            columns[key].zh if key in columns else key,
            None if row.before is None else _text(before.get(key), columns.get(key)),
            _text(value, columns.get(key)),
        )
        for key, value in after.items()
        if before.get(key) != value
    ]


def _text(value: object, column: Column | None) -> str:
    if value is None or value == "":
        return DASH
    shown = column.shown(value) if column and isinstance(value, str) else value
    return str(shown)


def history(batch: Batch) -> list[Row]:
    """What the audit says of a batch, in order."""
    return list(Row.objects.filter(target=f"imports.batch:{batch.pk}").order_by("number"))
