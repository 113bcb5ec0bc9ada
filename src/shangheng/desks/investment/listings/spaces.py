"""The list of spaces."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Asked, Choice, Column, Empty, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import by, holding
from shangheng.desks.investment.listings.common import PLACE_FILTERS
from shangheng.desks.investment.models import PriceUnit, Space, SpaceKind, SpaceState
from shangheng.desks.investment.selectors.places import listed, map_of
from shangheng.desks.investment.selectors.spaces import Standing, spaces_for, standings

TABS: list[Choice] = [*SpaceState.choices, ("all", _("全部"))]


def _narrow(rows: QuerySet[Any], tab: str, _asked: Asked) -> QuerySet[Any]:
    return rows if tab == "all" else rows.filter(state=tab)


def _counts(rows: QuerySet[Any], _asked: Asked) -> Mapping[str, int]:
    counts = {code: Count("pk", filter=Q(state=code)) for code in SpaceState.values}
    return rows.order_by().aggregate(**counts, all=Count("pk"))


def _lines(rows: Sequence[Space], asked: Asked) -> list[Standing]:
    return standings(rows, asked.actor)


def _units(_asked: Asked) -> list[Choice]:
    held = Space.objects.order_by().values("unit").distinct()
    return [
        (str(one.pk), one.label) for one in OrgUnit.objects.filter(pk__in=held).order_by("path")
    ]


SPACES: Listing[Space, Standing] = Listing(
    code="investment.spaces",
    title=_("载体"),
    about=_("地块、厂房和楼层。预留到期后自动恢复空置。"),
    url="spaces",
    permission="investment.view",
    rows=lambda asked: spaces_for(asked.actor, at=asked.known_at),
    lines=_lines,
    columns=(
        Column(
            "name",
            _("载体"),
            lambda line: line.row.name,
            cell="investment/space_cell.html",
            sort=("name",),
            also=(Column("code", _("载体编号"), lambda line: line.row.code),),
        ),
        Column(
            "kind",
            _("载体类型"),
            lambda line: str(SpaceKind(line.row.kind).label),
            sort=("kind",),
            css="nowrap",
        ),
        Column("site", _("所在园区"), lambda line: line.row.site, sort=("site",)),
        Column(
            "area",
            _("面积"),
            lambda line: line.row.area,
            cell="investment/space_area_cell.html",
            number=True,
            sort=("area",),
            also=(Column("measure", _("面积单位"), lambda line: line.area_unit),),
        ),
        Column(
            "height",
            _("净高"),
            lambda line: line.row.clear_height,
            unit="米",  # zh-data: a unit of measure
            number=True,
            decimals=2,
            sort=("clear_height",),
        ),
        Column(
            "load",
            _("楼面荷载"),
            lambda line: line.row.floor_load,
            unit="吨/平方米",  # zh-data: a unit of measure
            number=True,
            decimals=2,
            sort=("floor_load",),
        ),
        Column(
            "power",
            _("供电容量"),
            lambda line: line.row.power,
            unit="kVA",
            number=True,
            sort=("power",),
        ),
        Column(
            "price",
            _("价格"),
            lambda line: line.row.price,
            cell="investment/space_price_cell.html",
            number=True,
            sort=("price_unit", "price"),
            also=(
                Column("price_unit", _("计价单位"), lambda line: line.price_unit),
                Column("price_on", _("报价日期"), lambda line: line.row.price_on),
            ),
        ),
        Column(
            "state",
            _("状态"),
            lambda line: line.label,
            cell="investment/space_state_cell.html",
            sort=("state", "since"),
            also=(
                Column("since", _("状态日期"), lambda line: line.since),
                Column("until", _("预留到"), lambda line: line.until),
                Column(
                    "project", _("项目"), lambda line: line.project.name if line.project else ""
                ),
            ),
        ),
        Column(
            "unit",
            _("管理单位"),
            lambda line: line.row.unit.label,
            sort=("unit__position", "unit__code"),
        ),
        Column("address", _("地址"), lambda line: line.row.address, shown=False),
        Column(
            "entered", _("登记时间"), lambda line: line.row.created_at, sort=("pk",), shown=False
        ),
        Column("sample", _("示例"), lambda line: line.row.is_sample, shown=False),
    ),
    filters=(
        Filter(
            "q",
            _("查找"),
            holding("name", "code", "site", "address"),
            kind="search",
            hint=_("名称、编号、园区或地址"),
        ),
        Filter("kind", _("载体类型"), by("kind"), among(*SpaceKind.choices)),
        Filter("unit", _("管理单位"), by("unit"), _units),
        Filter("priced", _("计价单位"), by("price_unit"), among(*PriceUnit.choices)),
        *PLACE_FILTERS,
    ),
    tabs=Tabs(label=_("状态"), choices=TABS, narrow=_narrow, counts=_counts),
    sort="-entered",
    empty=Empty(
        _("还没有登记载体"),
        _("逐个登记，或者用 Excel 一次导入。"),
        url="space-new",
        action=_("登记载体"),
        permission="investment.edit",
    ),
    export_act="investment.export",
)
MAP = replace(SPACES, url="space-map", totals=map_of(SPACES, "space"), total_count=listed)
"""The same spaces under the same filters and views; what it comes to is the map."""
