"""The list of projects."""

from dataclasses import replace
from operator import attrgetter

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among, units_within
from shangheng.core.lists.declaring import Act, Asked, Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import by, holding, since, until
from shangheng.desks.investment.listings import cells
from shangheng.desks.investment.listings.common import (
    PLACE_FILTERS,
    at_stage_of,
    in_section,
    section_choices,
    stage_choices,
)
from shangheng.desks.investment.models import Capital, Kind, Project, Status
from shangheng.desks.investment.selectors.board import board_of
from shangheng.desks.investment.selectors.diary import diary_of
from shangheng.desks.investment.selectors.places import listed, map_of
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.engines.cases.selectors.cases import stage_of
from shangheng.engines.registry.industries import industry_name


def _closed(rows: QuerySet[Project], value: str, _asked: Asked) -> QuerySet[Project]:
    return rows.filter(case__closed=value == "yes")


PROJECTS: Listing[Project, Project] = Listing(
    code="investment.projects",
    title=_("招商项目"),
    counted=_("个项目"),
    about=_("新登记的在前。"),
    url="projects",
    permission="investment.view",
    rows=lambda asked: projects_for(asked.actor),
    columns=(
        Column(
            "name",
            _("项目"),
            lambda row: row.name,
            draw=cells.name,
            sort=("name",),
            also=(Column("number", _("编号"), lambda row: row.pk),),
        ),
        Column("stage", _("环节"), lambda row: stage_of(row.matter).name, css="nowrap"),
        Column(
            "status",
            _("推进状态"),
            lambda row: str(Status(row.status).label),
            draw=cells.status,
            sort=("status",),
        ),
        Column(
            "amount",
            _("协议投资额"),
            lambda row: row.in_cny,
            unit="亿元",  # zh-data: a unit of measure
            number=True,
            decimals=4,
            sort=("agreed_cny",),
        ),
        Column("industry", _("行业"), lambda row: industry_name(row.industry), sort=("industry",)),
        Column(
            "unit",
            _("牵头单位"),
            lambda row: row.matter.unit.label if row.matter.unit else "",
            sort=("case__unit__position", "case__unit__code"),
        ),
        Column(
            "landing",
            _("落地单位"),
            lambda row: row.landing_unit.label if row.landing_unit else "",
            sort=("landing_unit__position", "landing_unit__code"),
        ),
        Column(
            "owner",
            _("负责人"),
            lambda row: row.matter.owner.display_name,
            sort=("case__owner__username",),
        ),
        Column(
            "investor",
            _("投资方"),
            lambda row: row.investor.name if row.investor else "",
            sort=("investor__name",),
            shown=False,
        ),
        Column(
            "company",
            _("落地企业"),
            lambda row: row.company.name if row.company else "",
            shown=False,
        ),
        Column(
            "original",
            _("协议原币金额"),
            lambda row: row.agreed,
            number=True,
            shown=False,
            also=(Column("currency", _("币种"), lambda row: row.currency),),
        ),
        Column("kind", _("项目类型"), lambda row: str(Kind(row.kind).label), shown=False),
        Column("capital", _("资金性质"), lambda row: str(Capital(row.capital).label), shown=False),
        Column("chain", _("产业链位置"), lambda row: row.chain, shown=False),
        Column("entered", _("登记时间"), lambda row: row.created_at, sort=("pk",), shown=False),
        Column("sample", _("示例"), lambda row: row.is_sample, shown=False),
    ),
    filters=(
        Filter(
            "q",
            _("查找"),
            holding("name", "investor__name", "company__name", "pk"),
            kind="search",
            hint=_("名称、企业或编号"),
        ),
        Filter(
            "stage",
            _("环节"),
            at_stage_of("investment_project"),
            lambda _a: stage_choices("investment_project"),
        ),
        Filter("status", _("推进状态"), by("status"), among(*Status.choices)),
        Filter("unit", _("牵头单位"), by("case__unit"), units_within("investment.view")),
        Filter("landing", _("落地单位"), by("landing_unit"), units_within("investment.view")),
        Filter("section", _("行业门类"), in_section, section_choices),
        Filter("capital", _("资金性质"), by("capital"), among(*Capital.choices)),
        Filter("kind", _("项目类型"), by("kind"), among(*Kind.choices)),
        Filter(
            "closed", _("办结"), _closed, among(("no", _("推进中")), ("yes", _("已达产或终止")))
        ),
        *PLACE_FILTERS,
        Filter("from", _("登记不早于"), since("created_at", instant=True), kind="day"),
        Filter("to", _("登记不晚于"), until("created_at", instant=True), kind="day"),
    ),
    sort="-entered",
    empty=Empty(
        _("还没有招商项目"),
        _("登记一个，或者从线索转来。"),
        url="project-new",
        action=_("登记项目"),
        permission="investment.edit",
    ),
    acts=(
        Act(
            code="move",
            label=_("批量登记里程碑"),
            permission="cases.act",
            icon="circle-check",
            page="projects-move",
        ),
    ),
    export_act="investment.export",
)

_DRAWN = replace(PROJECTS, acts=())
BOARD = replace(_DRAWN, url="project-board", totals=board_of, total_count=attrgetter("count"))
"""The same projects under the same filters and views; what it comes to is the board."""
DIARY = replace(_DRAWN, url="project-diary", totals=diary_of)
"""The same; what it comes to is the calendar of a month."""
MAP = replace(
    _DRAWN,
    url="project-map",
    totals=map_of(PROJECTS, "project"),
    total_count=listed,
    whole_count=attrgetter("whole"),
)
"""The same; what it comes to is the map."""
