"""The audit as CSV."""

import csv
import json
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.audit.models import Row

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for GBK
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of the file, the head first."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    yield str(writer.writerow(_head()))
    for row in rows:
        yield str(writer.writerow([harmless(text) for text in _columns(row)]))


def harmless(text: str) -> str:
    """`text` so that a spreadsheet does not take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _head() -> list[str]:
    return [
        _("序号"),
        _("时间"),
        _("人员编号"),
        _("人员"),
        _("操作代码"),
        _("操作"),
        _("对象"),
        _("说明"),
        _("操作前"),
        _("操作后"),
        _("来源地址"),
        _("前一条校验码"),
        _("校验码"),
    ]


def _columns(row: Row) -> list[str]:
    return [
        str(row.number),
        timezone.localtime(row.at).isoformat(sep=" ", timespec="milliseconds"),
        "" if row.actor_id is None else str(row.actor_id),
        row.actor_name,
        row.act,
        row.act_name,
        row.target,
        row.label,
        _json(row.before),
        _json(row.after),
        row.address,
        row.previous_hash,
        row.hash,
    ]


def _json(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
