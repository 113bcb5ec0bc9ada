"""The operation log: every act, in words, with what it changed."""

import json
from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.administration.listings.narrowing import (
    SINCE,
    UNTIL,
    by_person,
    by_words,
    people_of,
    units,
)
from shangheng.core.administration.selectors import REFUSED, Act, acts
from shangheng.core.audit import objects
from shangheng.core.audit.acts import acts as known_acts
from shangheng.core.audit.chain import Plain
from shangheng.core.audit.models import Row
from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Asked, Choice, Choices, Column, Empty, Filter, Listing

FIELDS: dict[str, Promise] = {
    "login": _("登录"),
    "access": _("越权"),
    "accounts": _("人员与权限"),
    "api": _("访问令牌"),
    "notices": _("消息"),
    "dictionaries": _("字典"),
    "audit": _("审计"),
    "imports": _("导入"),
    "evidence": _("凭证"),
    "ledger": _("台账"),
    "targets": _("绩效目标"),
    "briefing": _("材料"),
    "jobs": _("任务"),
    "lists": _("列表"),
    "registry": _("主体"),
    "cases": _("事项"),
    "operations": _("运行"),
    "investment": _("招商引资"),
}


def _act_choices(_asked: Asked) -> Choices:
    """Every act under the field of work that it belongs to, and each field as a whole."""
    groups: dict[str, list[Choice]] = {}
    for act in known_acts().values():
        field = act.code.partition(".")[0]
        name = FIELDS.get(field, field)
        whole = (f"{field}.", say("%s：全部操作") % name)
        groups.setdefault(str(name), [whole]).append((act.code, act.name))
    return list(groups.items())


def _by_act(rows: QuerySet[Row], value: str, _asked: Asked) -> QuerySet[Row]:
    return rows.filter((f"act__{'startswith' if value.endswith('.') else 'exact'}", value))


def _object_choices(_asked: Asked) -> Choices:
    return [(kind.code, kind.name) for kind in objects.kinds().values()]


def _by_outcome(rows: QuerySet[Row], value: str, _asked: Asked) -> QuerySet[Row]:
    return rows.filter(act__in=REFUSED) if value == "refused" else rows.exclude(act__in=REFUSED)


def _json(name: str) -> Callable[[Act], str]:
    def text(line: Act) -> str:
        value: Plain = getattr(line.row, name)
        return "" if value is None else json.dumps(value, ensure_ascii=False)

    return text


OPERATIONS: Listing[Row, Act] = Listing(
    code="administration.operations",
    title=_("操作日志"),
    about=_("谁、何时、从哪里、做了什么、改了什么。一条不能改、不能删，前后相扣。"),
    counted=_("次操作"),
    url="audit",
    permission="audit.view",
    export_permission="audit.export",
    export_act="audit.export",
    rows=lambda _asked: Row.objects.all(),
    lines=lambda rows, asked: acts(rows, asked.actor),
    columns=(
        Column(
            "act",
            _("操作"),
            lambda line: line.row.act_name,
            cell="administration/act_cell.html",
            sort=("act", "number"),
            also=(
                Column("kind", _("对象"), lambda line: line.object.kind),
                Column("label", _("说明"), lambda line: line.object.label),
            ),
        ),
        Column(
            "changes", _("改动"), lambda line: line.told, cell="administration/changes_cell.html"
        ),
        Column(
            "person",
            _("人员"),
            lambda line: line.row.actor_name,
            cell="administration/actor_cell.html",
            sort=("actor_name", "number"),
            also=(Column("unit", _("单位"), lambda line: line.unit),),
        ),
        Column("at", _("时间"), lambda line: line.row.at, sort=("number",), css="nowrap"),
        Column(
            "outcome",
            _("结果"),
            lambda line: line.outcome,
            cell="administration/outcome_cell.html",
            css="nowrap",
        ),
        Column("address", _("来源地址"), lambda line: line.address),
        Column("number", _("序号"), lambda line: line.row.number, sort=("number",), shown=False),
        Column("code", _("操作代码"), lambda line: line.row.act, shown=False),
        Column("target", _("对象代码"), lambda line: line.row.target, shown=False),
        Column("before", _("操作前"), _json("before"), shown=False),
        Column("after", _("操作后"), _json("after"), shown=False),
        Column("previous", _("前一条校验码"), lambda line: line.row.previous_hash, shown=False),
        Column("hash", _("校验码"), lambda line: line.row.hash, shown=False),
    ),
    sort="-at",
    filters=(
        Filter("q", _("查找"), by_words, kind="search", hint=_("说明、对象或序号")),
        Filter("actor", _("人员"), by_person, kind="search", hint=_("姓名或登录名")),
        Filter("act", _("操作"), _by_act, _act_choices, every=_("全部操作")),
        Filter(
            "object",
            _("对象"),
            lambda rows, value, _asked: rows.filter(target__startswith=f"{value}:"),
            _object_choices,
            every=_("全部对象"),
        ),
        Filter(
            "unit",
            _("单位"),
            lambda rows, value, _asked: rows.filter(actor_id__in=people_of(value).values("pk")),
            units,
            every=_("全部单位"),
        ),
        Filter(
            "outcome",
            _("结果"),
            _by_outcome,
            among(("done", _("已办")), ("refused", _("被拒"))),
            every=_("不限"),
        ),
        SINCE,
        UNTIL,
    ),
    none=Empty(_("没有查到记录"), _("放宽筛选条件再试。"), url="audit", action=_("看全部操作")),
)
