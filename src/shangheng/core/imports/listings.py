"""What was imported into one table, batch by batch, as a list of that table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.imports.access import batches_for
from shangheng.core.imports.forms import UndoForm
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import CannotUndo, Table
from shangheng.core.imports.services.undo import obstacles, undo
from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Act, Asked, Bulk, Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import by, holding, since, until

MOST_UNDONE = 20  # each is tried whole before it is offered
STATES: dict[str, Promise] = {
    Batch.DONE: _("已导入"),
    Batch.WAITING: _("等待导入"),
    Batch.FAILED: _("没有导入"),
    Batch.UNDONE: _("已撤销"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A batch and the address of its page."""

    row: Batch
    url: str

    @property
    def batch(self) -> Batch:
        """The batch, as the templates of imports call it."""
        return self.row


def _why_not(table: Table, batch: Batch, asked: Asked) -> str:
    found = obstacles(actor=asked.actor, at=asked.moment.now, table=table, batch=batch)
    if not found:
        return ""
    first = found[0]
    told = say("第%d行：") % first.number + first.message if first.number else first.message
    return (
        told
        if len(found) == 1
        else say("%(why)s（另有%(more)d处）")
        % {
            "why": told,
            "more": len(found) - 1,
        }
    )


def _undo(table: Table, bulk: Bulk[Line]) -> str:
    latest_first = sorted((line.row for line in bulk.rows), key=lambda batch: -batch.pk)
    for batch in latest_first:  # it may stand on the others
        undo(actor=bulk.actor, at=bulk.at, table=table, batch=batch, reason=bulk.data["reason"])
    return say("已撤销%d批导入。") % len(bulk.rows)


def _fetch(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    return rows.select_related("created_by", "undone_by", "unit")


COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "name",
        _("文件"),
        lambda line: line.row.name,
        cell="imports/name_cell.html",
        sort=("name", "-pk"),
    ),
    Column("new", _("新增"), lambda line: line.row.new, number=True, sort=("new", "-pk")),
    Column(
        "changed",
        _("改动"),
        lambda line: line.row.changed,
        number=True,
        sort=("changed", "-pk"),
    ),
    Column(
        "skipped",
        _("跳过"),
        lambda line: line.row.skipped,
        number=True,
        sort=("skipped", "-pk"),
    ),
    Column(
        "by",
        _("导入人"),
        lambda line: line.row.created_by.display_name,
        sort=("created_by__display_name", "-pk"),
        css="nowrap",
    ),
    Column(
        "at",
        _("导入时间"),
        lambda line: line.row.created_at,
        sort=("created_at", "pk"),
        css="nowrap",
    ),
    Column(
        "state",
        _("状态"),
        lambda line: str(STATES[line.row.state]),
        cell="imports/state_cell.html",
        sort=("state", "-pk"),
    ),
    Column("source", _("数据来源"), lambda line: line.row.source, shown=False),
    Column("note", _("说明"), lambda line: line.row.note, shown=False),
    Column(
        "unit", _("单位"), lambda line: line.row.unit.label if line.row.unit else "", shown=False
    ),
    Column("undone", _("撤销时间"), lambda line: line.row.undone_at, shown=False),
    Column("reason", _("撤销原因"), lambda line: line.row.undo_reason, shown=False),
    Column("sha256", _("文件的指纹"), lambda line: line.row.sha256, shown=False),
)


def code_of(table: str) -> str:
    """The code of the list of batches of a table."""
    return f"imports.{table}"


def batches_of(table: Table) -> Listing[Batch, Line]:
    """The list of the batches of a table."""
    url = f"{table.url_name}-batches"

    def lines(rows: Sequence[Batch], _asked: Asked) -> list[Line]:
        return [Line(row, reverse(f"{table.url_name}-batch", args=[row.pk])) for row in rows]

    return Listing(
        code=code_of(table.code),
        title=format_lazy(_("{table}的导入记录"), table=table.label),
        about=_("每个文件一批；打开一批可以看到每一行，也可以整批撤销。"),
        counted=_("批"),
        url=url,
        permission=table.permission,
        rows=lambda asked: batches_for(asked.actor, table),
        fetch=_fetch,
        lines=lines,
        columns=COLUMNS,
        sort="-at",
        moving=lambda line: line.row.is_waiting,
        filters=(
            Filter(
                "q",
                _("查找"),
                holding("name", "source", "note", "created_by__display_name"),
                kind="search",
                hint=_("文件名、来源、说明或导入人"),
            ),
            Filter("state", _("状态"), by("state"), among(*STATES.items()), every=_("全部")),
            Filter("since", _("自"), since("created_at", instant=True), kind="day"),
            Filter("until", _("至"), until("created_at", instant=True), kind="day"),
        ),
        acts=(
            Act(
                code="undo",
                label=_("撤销所选各批"),
                permission=table.permission,
                icon="arrow-back-up",
                about=table.undo_about,
                refuse=lambda line, asked: _why_not(table, line.row, asked),
                run=lambda bulk: _undo(table, bulk),
                errors=(CannotUndo,),
                form=UndoForm,
                most=MOST_UNDONE,
                danger=True,
            ),
        ),
        empty=Empty(_("还没有导入过"), url=table.url_name, action=_("导入文件")),
        none=Empty(_("没有这样的导入"), _("放宽筛选条件再试。"), url=url, action=_("看全部导入")),
    )
