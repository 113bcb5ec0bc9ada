"""The tree of units as an Excel file."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tree.holdings import holdings
from shangheng.core.accounts.tree.reading import Node
from shangheng.core.audit.services import record
from shangheng.core.exchange.export import workbook
from shangheng.core.exchange.writing import Written


def export_tree(*, actor: User, at: datetime, nodes: Sequence[Node], on: date) -> bytes:
    """The units shown, parents first, as of a day; the export is recorded.

    Numbers of people and records are left empty for a past day. The first five columns are those
    of the import: what is changed in the file can be imported again.
    """
    kinds = holdings()
    header = [_("单位代码"), _("单位名称"), _("英文名称"), _("上级单位代码"), _("上级单位")]
    header += [_("层级"), _("状态"), _("停用日期"), _("承接单位"), _("在用人员（人）")]
    header += [_("%(name)s（%(unit)s）") % {"name": k.label, "unit": k.measure} for k in kinds]
    by_key = {node.pk: node for node in nodes}
    about = [
        _("责任单位，截至%s") % on.isoformat(),
        _("由%(name)s于%(at)s导出")
        % {"name": actor.display_name, "at": timezone.localtime(at).strftime("%Y-%m-%d %H:%M")},
    ]
    rows = [_row(node, by_key.get(node.parent or 0), len(kinds)) for node in nodes]
    content = workbook(_("责任单位"), header, rows, about)
    with transaction.atomic():
        after = {"rows": len(rows), "on": on}
        record(actor=actor, act="accounts.unit.export", at=at, after=after)
    return content


def _row(node: Node, parent: Node | None, kinds: int) -> list[Written]:
    kept: Sequence[int | None] = node.kept or [None] * kinds
    return [
        node.code,
        node.name,
        node.name_en or None,
        parent.code if parent else None,
        parent.label if parent else None,
        node.level,
        _("在用") if node.is_active else _("已停用"),
        node.since,
        node.successor or None,
        node.people,
        *kept,
    ]
