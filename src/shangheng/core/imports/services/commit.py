"""Taking a file in: every row or none, remembered row by row so that it can be taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.database.filling import fill, room_for_many
from shangheng.core.exchange.errors import CellError
from shangheng.core.imports.held import Upload
from shangheng.core.imports.models import Batch, BatchRow
from shangheng.core.imports.registry import Done, Fault, RowsRefused, Table
from shangheng.core.imports.services.preview import Preview, act_of, read_in, refuse, weigh


class ImportRefused(ValueError):
    """Nothing was imported; `preview` says why."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(_("文件有%d处错误，没有导入任何内容") % preview.wrong)
        self.preview = preview


@dataclass(frozen=True)
class Wish:
    """What a person says when confirming: where the data is from, and whether repeated rows go in."""

    source: str = ""
    note: str = ""
    with_repeats: bool = False


def commit(
    *,
    actor: User,
    at: datetime,
    table: Table,
    upload: Upload,
    wish: Wish | None = None,
    batch: Batch | None = None,
    found: Preview | None = None,
    tell: Callable[[], None] = lambda: None,
) -> Batch:
    """Import a file: all of its new and changed rows (and, when asked, those that repeat), or none.

    `batch` is one that was waiting for it, `found` its rows when they were read before the
    transaction; `tell` is called before anything is written. Raises ImportRefused, PermissionDenied, or whatever the
    table raises for a file that it cannot keep.
    """
    found = found or read_in(actor=actor, table=table, upload=upload)
    made = batch or Batch(created_by=actor, created_at=at, unit=actor.unit)
    alone = batch is None  # a job takes it in with the transaction that ends the job
    with room_for_many(), transaction.atomic(savepoint=alone):
        return _take_in(found, made, actor, at, upload, wish or Wish(), tell)


def _take_in(
    found: Preview,
    made: Batch,
    actor: User,
    at: datetime,
    upload: Upload,
    wish: Wish,
    tell: Callable[[], None],
) -> Batch:
    audit.take_turn()  # a table locks rows of its own: never wait for the audit while holding them
    table = found.table
    found = weigh(found, actor=actor, at=at, tries=False)
    chosen = _chosen(found, wish)
    act = act_of(found, chosen, actor=actor, at=at)
    act = replace(act, content=upload.content, source=wish.source, note=wish.note)
    tell()
    try:
        done = table.commit(act)
    except RowsRefused as error:
        faults = [Fault(chosen[f.index], f.key, f.message) for f in error.faults]
        raise ImportRefused(refuse(found, faults)) from error
    _fill(made, found, upload, wish, done)
    made.save()
    _save_rows(made, act.rows.numbers, done)
    audit.record(
        actor=actor,
        act="imports.commit",
        at=at,
        target=f"imports.batch:{made.pk}",
        label=f"{table.label}：{upload.name}",
        after=_told(made),
    )
    return made


def _chosen(found: Preview, wish: Wish) -> Sequence[int]:
    """The rows to take in. Raises ImportRefused."""
    if not found.ok:
        raise ImportRefused(found)
    if wish.with_repeats and found.table.repeats:
        return range(len(found.rows))
    chosen = found.fresh
    if not chosen:
        nothing = CellError(_("没有新的行：每一行都与已登记的记录相同"), found.sheet)
        raise ImportRefused(replace(found, errors=(nothing,)))
    return chosen


def _fill(batch: Batch, found: Preview, upload: Upload, wish: Wish, done: Done) -> None:
    layout = upload.layout
    batch.table = found.table.code
    batch.state = Batch.DONE
    batch.name = upload.name[:200]
    batch.sha256, batch.size = upload.sha256, len(upload.content)
    batch.sheet = found.sheet[:100]
    batch.columns = {str(place): key for place, key in (layout.columns if layout else {}).items()}
    batch.fixed = dict(layout.fixed) if layout else {}
    batch.source, batch.note = wish.source, wish.note
    batch.with_repeats = wish.with_repeats
    changed = sum(before is not None for before in done.before)
    batch.changed = changed
    batch.new = len(done.targets) - changed
    batch.skipped = len(found.rows) - len(done.targets)
    batch.result, batch.document = done.result, done.document


def _save_rows(batch: Batch, numbers: Sequence[int], done: Done) -> None:
    nothing: Sequence[None] = [None] * len(numbers)
    fill(
        BatchRow,
        {
            "batch_id": [batch.pk] * len(numbers),
            "number": numbers,
            "target": done.targets,
            "before": done.before or nothing,
            "after": done.after or nothing,
        },
    )


def _told(batch: Batch) -> dict[str, object]:
    return {
        "table": batch.table,
        "file": batch.name,
        "sha256": batch.sha256,
        "worksheet": batch.sheet,
        "new": batch.new,
        "rows_changed": batch.changed,
        "skipped": batch.skipped,
        "result": batch.result,
    }
