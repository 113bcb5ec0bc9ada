"""The league of units, and the register of effort."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.core.lists.choosing import among, units_within
from shangheng.core.lists.declaring import Asked, Column, Empty, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import by, holding, since, until
from shangheng.desks.investment.domain.amounts import trimmed
from shangheng.desks.investment.models import Effort, EffortKind
from shangheng.desks.investment.selectors import credit as reading
from shangheng.desks.investment.selectors.credit import LeagueLine
from shangheng.engines.ledger.domain.period import Period

RANKED_BY = (
    ("recognised", _("到资（已认定）")),
    ("pending", _("到资（待认定）")),
    ("signed", _("签约项目")),
    ("agreed", _("协议投资")),
    *EffortKind.choices,
    ("leads", _("线索")),
)


def _lines(rows: Sequence[OrgUnit], asked: Asked) -> Sequence[LeagueLine]:
    return reading.league(rows, asked.moment, asked.values.get("by") or "recognised")


def _same(rows: QuerySet[OrgUnit], _value: str, _asked: Asked) -> QuerySet[OrgUnit]:
    """How the lines are ranked leaves out none of them."""
    return rows


def _number(key: str, unit: str = "", decimals: int | None = None) -> Column[LeagueLine]:
    return Column(
        key,
        dict(RANKED_BY)[key],
        lambda line: trimmed(line.by(key)),
        unit=unit,
        number=True,
        decimals=decimals,
    )


LEAGUE: Listing[OrgUnit, LeagueLine] = Listing(
    code="investment.league",
    title=_("招商排名"),
    about=_(
        "成效和投入放在一起看：到资、签约按裁定的比例分到各单位，没有裁定的归牵头单位；考察、来访、洽谈、活动、线索按本单位登记。"
    ),
    counted=_("个单位"),
    url="league",
    permission="investment.view",
    rows=lambda asked: reading.units_in_league(asked.actor),
    period=lambda rows, _asked: rows,
    lines=_lines,
    columns=(
        Column(
            "unit",
            _("单位"),
            lambda line: line.row.label,
            cell="investment/league_cell.html",
            also=(Column("rank", _("名次"), lambda line: line.rank),),
        ),
        _number("recognised", "亿元", 4),  # zh-data: a unit of measure
        _number("pending", "亿元", 4),  # zh-data: a unit of measure
        _number("signed", "个", 2),  # zh-data: a unit of measure
        _number("agreed", "亿元", 2),  # zh-data: a unit of measure
        *(_number(kind, "次") for kind in EffortKind.values),  # zh-data: a unit of measure
        _number("leads", "个"),  # zh-data: a unit of measure
    ),
    filters=(Filter("by", _("排名按"), _same, among(*RANKED_BY[1:]), every=RANKED_BY[0][1]),),
    export_act="investment.export",
)


def _in_kind(rows: QuerySet[Effort], tab: str, _asked: Asked) -> QuerySet[Effort]:
    if tab == "back":
        return rows.exclude(taken_back_at=None)
    rows = rows.filter(taken_back_at=None)
    return rows if tab == "all" else rows.filter(kind=tab)


def _counts(rows: QuerySet[Effort], _asked: Asked) -> Mapping[str, int]:
    live = rows.order_by().filter(taken_back_at=None).values_list("kind").annotate(n=Count("pk"))
    found = dict(live)
    back = rows.order_by().exclude(taken_back_at=None).count()
    return {"all": sum(found.values()), "back": back} | {
        k: found.get(k, 0) for k in EffortKind.values
    }


def _in_period(rows: QuerySet[Effort], asked: Asked) -> QuerySet[Effort]:
    period = Period.parse(asked.moment.period)
    return rows.filter(done_on__range=(period.start.first, period.end.last))


EFFORTS: Listing[Effort, Effort] = Listing(
    code="investment.efforts",
    title=_("招商活动台账"),
    about=_("外出考察、接待来访、洽谈会商、招商活动；外出考察同时计入台账指标。"),
    url="efforts",
    permission="investment.view",
    rows=lambda asked: reading.efforts_for(asked.actor).filter(entered_at__lte=asked.known_at),
    period=_in_period,
    columns=(
        Column(
            "title",
            _("内容"),
            lambda row: row.title,
            cell="investment/effort_cell.html",
            sort=("title",),
            also=(Column("number", _("编号"), lambda row: row.pk),),
        ),
        Column("kind", _("种类"), lambda row: str(EffortKind(row.kind).label), sort=("kind",)),
        Column("day", _("日期"), lambda row: row.done_on, sort=("done_on", "pk"), css="nowrap"),
        Column(
            "unit", _("单位"), lambda row: row.unit.label, sort=("unit__position", "unit__code")
        ),
        Column("place", _("地点"), lambda row: row.place),
        Column("people", _("参加人数"), lambda row: row.people, number=True, sort=("people",)),
        Column("project", _("招商项目"), lambda row: row.project.name if row.project else ""),
        Column("result", _("结果"), lambda row: row.result, css="two-lines"),
        Column(
            "document",
            _("佐证材料"),
            lambda row: row.document.name if row.document else "",
            shown=False,
        ),
        Column("by", _("登记人"), lambda row: row.entered_by.display_name, shown=False),
        Column("sample", _("示例"), lambda row: row.is_sample, shown=False),
    ),
    filters=(
        Filter("q", _("查找"), holding("title", "place", "result", "pk"), kind="search"),
        Filter("unit", _("单位"), by("unit"), units_within("investment.view")),
        Filter("from", _("不早于"), since("done_on"), kind="day"),
        Filter("to", _("不晚于"), until("done_on"), kind="day"),
    ),
    tabs=Tabs(
        label=_("种类"),
        choices=[("all", _("全部")), *EffortKind.choices, ("back", _("已撤销"))],
        narrow=_in_kind,
        counts=_counts,
    ),
    sort="-day",
    empty=Empty(
        _("还没有登记"),
        _("登记外出考察、来访、洽谈和活动，排名里投入和成效放在一起看。"),
        url="effort-new",
        action=_("登记招商活动"),
        permission="investment.edit",
    ),
    export_act="investment.export",
)
