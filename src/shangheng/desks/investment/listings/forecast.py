"""The landing forecast, project by project."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import units_within
from shangheng.core.lists.declaring import Asked, Column, Empty, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import by, holding
from shangheng.desks.investment.domain.amounts import percent
from shangheng.desks.investment.listings import cells
from shangheng.desks.investment.listings.common import stage_choices
from shangheng.desks.investment.models import Forecast, Outlook
from shangheng.desks.investment.selectors import forecast as reading
from shangheng.engines.cases.rulebook import version_now
from shangheng.methods.landing import MONEY, PAID

WORKFLOW = "investment_project"


def _month(row: Outlook, kind: str) -> str:
    told = getattr(row, f"{kind}_month")
    return f"{told:%Y-%m}" if told else ""


def _of_year(forecast: Forecast | None, asked: Asked) -> QuerySet[Outlook]:
    rows = reading.outlooks_for(asked.actor, forecast)
    return rows.filter(year=reading.year_of(forecast, asked))


def _as_it_is(rows: QuerySet[Outlook], _tab: str, _asked: Asked) -> QuerySet[Outlook]:
    """The year is what `rows` has looked at: a project is counted once."""
    return rows


def _in_words(rows: Sequence[Outlook], _asked: Asked) -> Sequence[Outlook]:
    """Each with the name of its stage, and with what is lacking in words."""
    names = {stage.id: stage.name for stage in version_now(WORKFLOW).stages}
    for row in rows:
        row.__dict__["stage_name"] = names.get(row.stage, row.stage)
        for kind in ("start", "paid"):
            chance = getattr(row, kind)
            row.__dict__[f"{kind}_percent"] = None if chance is None else percent(chance)
            row.__dict__[f"{kind}_lacks"] = _lacking(row.lacking.get(kind), names)
    return rows


def _lacking(told: Sequence[Any] | None, names: Mapping[str, str]) -> str:
    if not told:
        return ""
    stage, moves, waited = told
    if stage == MONEY:
        return say("全局只有%(n)d个项目到过资") % {"n": moves}
    name = say("到资以后") if stage.startswith(PAID) else names.get(stage, stage)
    words = {"stage": name, "moves": moves, "waited": waited}
    return say("“%(stage)s”只有%(moves)d次离开、%(waited)d个停留到这么久") % words


FORECAST: Listing[Outlook, Outlook] = Listing(
    code="investment.forecast",
    title=_("落地预测"),
    about=_("按本局项目以往在各环节停留、到资的快慢，逐个算开工和到资的概率、月份和金额。"),
    counted=_("个项目"),
    url="landing-forecast",
    permission="investment.view",
    rows=lambda asked: _of_year(reading.latest(asked.known_at), asked),
    lines=_in_words,
    columns=(
        Column(
            "name",
            _("项目"),
            lambda row: row.project.name,
            draw=lambda row, query: cells.name(row.project, query),
            sort=("project__name",),
            also=(Column("number", _("编号"), lambda row: row.project_id),),
        ),
        Column("stage", _("环节"), lambda row: row.__dict__["stage_name"], css="nowrap"),
        Column(
            "waited",
            _("已停留"),
            lambda row: row.waited,
            unit="天",  # zh-data: a unit of measure
            number=True,
            sort=("waited",),
        ),
        Column(
            "amount",
            _("协议投资额"),
            lambda row: row.project.in_cny,
            unit="亿元",  # zh-data: a unit of measure
            number=True,
            decimals=2,
            sort=("project__agreed_cny",),
        ),
        Column(
            "start",
            _("年内开工"),
            lambda row: row.__dict__["start_percent"],
            cell="investment/outlook_start.html",
            unit="%",
            number=True,
            sort=("start_order",),
            also=(
                Column(
                    "start_lacks", _("开工为什么没有算"), lambda row: row.__dict__["start_lacks"]
                ),
            ),
        ),
        Column(
            "start_month",
            _("一半可能开工于"),
            lambda row: _month(row, "start"),
            css="nowrap",
            sort=("start_month",),
        ),
        Column(
            "paid",
            _("年内到资"),
            lambda row: row.__dict__["paid_percent"],
            cell="investment/outlook_paid.html",
            unit="%",
            number=True,
            sort=("paid_order",),
            also=(
                Column("paid_lacks", _("到资为什么没有算"), lambda row: row.__dict__["paid_lacks"]),
            ),
        ),
        Column(
            "paid_month",
            _("一半可能到资于"),
            lambda row: _month(row, "paid"),
            css="nowrap",
            sort=("paid_month",),
        ),
        Column(
            "money",
            _("预计到资"),
            lambda row: None if row.money is None else round(row.money, 2),
            unit="亿元",  # zh-data: a unit of measure
            number=True,
            decimals=2,
            sort=("money_order",),
        ),
        Column(
            "low",
            _("到资时最低"),
            lambda row: row.low and round(row.low, 2),
            unit="亿元",  # zh-data: a unit of measure
            number=True,
            decimals=2,
            shown=False,
        ),
        Column(
            "high",
            _("到资时最高"),
            lambda row: row.high and round(row.high, 2),
            unit="亿元",  # zh-data: a unit of measure
            number=True,
            decimals=2,
            shown=False,
        ),
        Column(
            "unit",
            _("牵头单位"),
            lambda row: row.project.matter.unit.label if row.project.matter.unit else "",
            shown=False,
        ),
    ),
    filters=(
        Filter(
            "q",
            _("查找"),
            holding("project__name", "project__pk"),
            kind="search",
            hint=_("名称或编号"),
        ),
        Filter("stage", _("环节"), by("stage"), lambda _a: stage_choices(WORKFLOW)),
        Filter("unit", _("牵头单位"), by("project__case__unit"), units_within("investment.view")),
    ),
    tabs=Tabs(
        label=_("年度"),
        choices=[("now", _("本年")), ("next", _("下年"))],
        narrow=_as_it_is,
    ),
    sort="-money",
    head="investment/forecast_outcome.html",
    empty=Empty(
        _("没有可以预测的项目"),
        _("开工以前的项目和还没有全部到资的项目会列在这里；还没有算过的，请点“重新计算”。"),
    ),
    export_act="investment.export",
)


def listing_of(forecast: Forecast | None) -> Listing[Outlook, Outlook]:
    """The list of one forecast, which is read once for all that the page says of it."""
    return replace(
        FORECAST, rows=partial(_of_year, forecast), totals=partial(reading.outcome, forecast)
    )
