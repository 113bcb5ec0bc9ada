"""Taking a file in: every row or none, remembered row by row so that it can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.exchange.errors import CellError
from shangheng.core.imports.held import Upload
from shangheng.core.imports.models import Batch, BatchRow
from shangheng.core.imports.registry import Done, Fault, RowsRefused, Table
from shangheng.core.imports.services.preview import Preview, act_of, preview, refuse

_BATCH = 5_000


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


@transaction.atomic
def commit(
    *,
    actor: User,
    at: datetime,
    table: Table,
    upload: Upload,
    wish: Wish | None = None,
    batch: Batch | None = None,
) -> Batch:
    """Import a file: all of its new and changed rows (and, when asked, those that repeat), or none.

    `batch` is one that was waiting for it. Raises ImportRefused, PermissionDenied, or whatever the
    table raises for a file that it cannot keep.
    """
    wish = wish or Wish()
    audit.take_turn()  # a table locks rows of its own: never wait for the audit while holding them
    found = preview(actor=actor, at=at, table=_untried(table), upload=upload)
    chosen = _chosen(found, wish)
    act = act_of(found, chosen, actor=actor, at=at)
    act = replace(act, content=upload.content, source=wish.source, note=wish.note)
    try:
        with transaction.atomic():
            done = table.commit(act)
    except RowsRefused as error:
        faults = [Fault(chosen[f.index], f.key, f.message) for f in error.faults]
        raise ImportRefused(refuse(found, faults)) from error
    made = batch or Batch(created_by=actor, created_at=at, unit=actor.unit)
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


def _untried(table: Table) -> Table:
    """The table without its trial: what follows is no trial."""
    return replace(table, tries=False)


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
    nothing: Sequence[Mapping[str, object] | None] = [None] * len(numbers)
    BatchRow.objects.bulk_create(
        [
            BatchRow(batch=batch, number=number, target=target, before=before, after=after)
            for number, target, before, after in zip(
                numbers, done.targets, done.before or nothing, done.after or nothing, strict=True
            )
        ],
        batch_size=_BATCH,
    )


def _told(batch: Batch) -> dict[str, object]:
    return {
        "table": batch.table,
        "file": batch.name,
        "sha256": batch.sha256,
        "sheet": batch.sheet,
        "new": batch.new,
        "changed": batch.changed,
        "skipped": batch.skipped,
        "result": batch.result,
    }
