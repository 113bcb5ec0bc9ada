"""Handing the list of postings out, exactly as it was filtered, with a row in the audit trail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.exchange.export import csv_text, workbook
from shangheng.core.exchange.writing import Written
from shangheng.desks.targets import words
from shangheng.desks.targets.selectors.lines import ORDER, PostingLine
from shangheng.desks.targets.selectors.postings import lines_of
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.models import Posting

CHUNK = 1_000
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class File:
    """A file to hand out."""

    name: str
    media_type: str
    content: bytes
    rows: int = 0


def export_postings(
    *,
    actor: User | None,
    at: datetime,
    rows: QuerySet[Posting],
    known_at: datetime,
    form: str,
    told: dict[str, str],
) -> File:
    """The postings `rows` (of `read`) as xlsx or csv, as known at an instant.

    `told` says in the audit trail how they were chosen. `actor` is None for the command line.
    """
    count = rows.count()
    lines = (
        line
        for chunk in batched(rows.iterator(CHUNK), CHUNK)
        for line in lines_of(chunk, known_at=known_at)
    )
    table: Iterator[list[Written]] = (_row(line) for line in lines)
    if form == "csv":
        content = csv_text(_header(), table).encode()
    else:
        content = workbook(_("入账记录"), _header(), table)
    name = f"{_('入账记录')}-{timezone.localtime(at):%Y%m%d-%H%M}.{form}"
    with transaction.atomic():
        after = {"rows": count, "known_at": known_at.isoformat(), **told}
        audit.record(actor=actor, act="targets.export", at=at, label=name, after=after)
    return File(name, MEDIA[form], content, count)


def _header() -> list[str]:
    return [
        _("编号"),
        _("指标"),
        _("指标编码"),
        _("责任单位"),
        _("地区"),
        _("分组"),
        _("对象"),
        _("数值"),
        _("计量单位"),
        _("发生日期"),
        *(words.status_word(status) for status in ORDER),
        _("冲销"),
        _("凭证份数"),
        _("数据来源"),
        _("说明"),
        _("经办人"),
        _("登记时间"),
        _("示例"),
    ]


def _row(line: PostingLine) -> list[Written]:
    row = line.row
    return [
        row.pk,
        line.name,
        row.series.indicator.code,
        row.series.unit.label,
        catalogue.area_name(row.series.area),
        ";".join(f"{axis}={value}" for axis, value in line.dimensions),
        row.subject,
        line.view.value,
        line.view.unit,
        row.occurred_on,
        *(line.view.amounts.get(status) for status in ORDER),
        _reversal(line),
        len(row.evidence.all()),
        row.entry.source,
        row.entry.note,
        row.entry.actor.display_name,
        timezone.localtime(row.recorded_at).replace(tzinfo=None),
        _("示例") if row.is_sample else "",
    ]


def _reversal(line: PostingLine) -> str:
    if line.is_reversal:
        return _("冲销#%d") % (line.row.reverses_id or 0)
    if line.is_taken_back:
        return _("已被#%d冲销") % line.row.reversal.pk
    return ""
