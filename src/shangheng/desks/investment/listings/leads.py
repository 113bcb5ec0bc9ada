"""The list of leads."""

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.dictionaries.selectors import values
from shangheng.core.lists.choosing import units_within
from shangheng.core.lists.declaring import Asked, Choice, Column, Empty, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import by, holding
from shangheng.desks.investment.listings.common import (
    at_stage_of,
    in_section,
    section_choices,
    stage_choices,
)
from shangheng.desks.investment.models import Lead
from shangheng.desks.investment.selectors.leads import leads_for, source_name
from shangheng.engines.cases.selectors.cases import stage_of
from shangheng.engines.registry.industries import industry_name

TABS = {
    "open": _("在办"),
    "pool": _("待认领"),
    "mine": _("我的"),
    "late": _("已超期"),
    "all": _("全部"),
}


def _parts(asked: Asked) -> dict[str, Q]:
    """Each tab as a condition."""
    ongoing = Q(case__closed=False)
    return {
        "open": ongoing,
        "pool": ongoing & Q(claimed_by=None),
        "mine": ongoing & Q(claimed_by=asked.actor),
        "late": ongoing & Q(case__due_on__lt=timezone.localdate()),
        "all": Q(),
    }


def _counts(rows: QuerySet[Lead], asked: Asked) -> Mapping[str, int]:
    counts = {code: Count("pk", filter=part) for code, part in _parts(asked).items()}
    return rows.order_by().aggregate(**counts)


def _sources(_asked: Asked) -> list[Choice]:
    return [(one.code, one.name) for one in values("lead_sources")]


LEADS: Listing[Lead, Lead] = Listing(
    code="investment.leads",
    title=_("招商线索"),
    about=_("新登记的在前。待认领的线索，各单位都能看到。"),
    url="leads",
    permission="investment.view",
    rows=lambda asked: leads_for(asked.actor),
    columns=(
        Column(
            "title",
            _("线索"),
            lambda row: row.title,
            cell="investment/lead_cell.html",
            sort=("title",),
            also=(Column("number", _("编号"), lambda row: row.pk),),
        ),
        Column("source", _("来源"), lambda row: source_name(row.source), sort=("source",)),
        Column("stage", _("环节"), lambda row: stage_of(row.matter).name, css="nowrap"),
        Column(
            "due",
            _("办理期限"),
            lambda row: row.matter.due_on,
            sort=("case__due_on",),
            css="nowrap",
        ),
        Column(
            "claimed",
            _("认领人"),
            lambda row: row.claimed_by.display_name if row.claimed_by else "",
            sort=("claimed_by__username",),
        ),
        Column(
            "unit",
            _("单位"),
            lambda row: row.matter.unit.label if row.matter.unit else "",
            sort=("case__unit__position", "case__unit__code"),
        ),
        Column(
            "amount",
            _("意向投资额"),
            lambda row: row.in_view,
            unit="亿元",  # zh-data: a unit of measure
            number=True,
            decimals=4,
            sort=("expected_investment",),
        ),
        Column(
            "investor",
            _("投资方"),
            lambda row: row.investor.name if row.investor else "",
            sort=("investor__name",),
            shown=False,
        ),
        Column("industry", _("行业"), lambda row: industry_name(row.industry), shown=False),
        Column("entered", _("登记时间"), lambda row: row.created_at, sort=("pk",), shown=False),
        Column("sample", _("示例"), lambda row: row.is_sample, shown=False),
    ),
    filters=(
        Filter(
            "q",
            _("查找"),
            holding("title", "investor__name", "pk"),
            kind="search",
            hint=_("名称、投资方或编号"),
        ),
        Filter("source", _("来源"), by("source"), _sources),
        Filter(
            "stage",
            _("环节"),
            at_stage_of("investment_lead"),
            lambda _a: stage_choices("investment_lead"),
        ),
        Filter("unit", _("单位"), by("case__unit"), units_within("investment.view")),
        Filter("section", _("行业门类"), in_section, section_choices),
    ),
    tabs=Tabs(
        label=_("范围"),
        choices=list(TABS.items()),
        narrow=lambda rows, tab, asked: rows.filter(_parts(asked)[tab]),
        counts=_counts,
    ),
    sort="-entered",
    empty=Empty(
        _("还没有招商线索"),
        _("听到什么就先登记下来，再慢慢补全。"),
        url="lead-new",
        action=_("登记线索"),
        permission="investment.edit",
    ),
    export_act="investment.export",
)
