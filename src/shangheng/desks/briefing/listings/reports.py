"""The list of reports: what each is about, where it stands, what has been restated since."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among, units_within
from shangheng.core.lists.declaring import Asked, Choices, Column, Empty, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import by, holding
from shangheng.desks.briefing import catalogue
from shangheng.desks.briefing.models import Report, State
from shangheng.desks.briefing.selectors.reports import Row, state_counts, visible_to, with_marks

ALL = "every"


def _templates(_asked: Asked) -> Choices:
    return list({each.code: each.name for each in catalogue.templates()}.items())


def _template(row: Row) -> str:
    names = {each.code: each.name for each in catalogue.templates()}
    return names.get(row.report.template, row.report.template)


def _in_tab(rows: QuerySet[Report], tab: str, _asked: Asked) -> QuerySet[Report]:
    return rows if tab == ALL else rows.filter(state=tab)


def _counts(rows: QuerySet[Report], _asked: Asked) -> Mapping[str, int]:
    counts = state_counts(rows)
    return {ALL: sum(counts.values()), **{state: counts.get(state, 0) for state in State}}


REPORTS: Listing[Report, Row] = Listing(
    code="briefing.reports",
    title=_("材料"),
    about=_("每个数字都取自台账，可查到凭证；印发后台账若有改动，这里会提示。"),
    counted=_("份材料"),
    url="reports",
    permission="briefing.view",
    rows=lambda asked: visible_to(asked.actor),
    lines=lambda rows, _asked: with_marks(rows, now=timezone.now()),
    columns=(
        Column(
            "title",
            _("标题"),
            lambda row: row.report.title,
            cell="briefing/report_cell.html",
            sort=("title",),
            also=(
                Column("number", _("编号"), lambda row: row.report.pk),
                Column("restated", _("发布后已变（处）"), lambda row: row.restated),
            ),
        ),
        Column("period", _("时期"), lambda row: row.report.span.name, sort=("period",)),
        Column(
            "state",
            _("状态"),
            lambda row: row.report.get_state_display(),
            cell="briefing/report_state.html",
        ),
        Column("owner", _("起草人"), lambda row: row.report.owner.display_name),
        Column(
            "known",
            _("数据截至"),
            lambda row: row.report.build.known_at if row.report.build else None,
            cell="briefing/report_known.html",
            sort=("build__known_at",),
        ),
        Column("template", _("模板"), _template, sort=("template",), shown=False),
        Column(
            "unit",
            _("单位"),
            lambda row: row.report.unit.label if row.report.unit else None,
            shown=False,
        ),
        Column(
            "created",
            _("建立时间"),
            lambda row: row.report.created_at,
            sort=("created_at",),
            shown=False,
        ),
    ),
    sort="-created",
    filters=(
        Filter(
            "q",
            _("查找"),
            holding("title", "owner__display_name", "pk"),
            kind="search",
            hint=_("标题、起草人或编号"),
        ),
        Filter("template", _("模板"), by("template"), _templates, every=_("全部模板")),
        Filter(
            "whose",
            _("起草人"),
            lambda rows, _value, asked: rows.filter(owner=asked.actor),
            among(("mine", _("我起草的"))),
            every=_("所有人"),
        ),
        Filter("unit", _("单位"), by("unit"), units_within("briefing.view"), every=_("全部单位")),
    ),
    tabs=Tabs(
        label=_("状态"),
        choices=[(ALL, _("全部")), *((state.value, state.label) for state in State)],
        narrow=_in_tab,
        counts=_counts,
    ),
    empty=Empty(
        _("还没有材料"),
        _("选一个模板和时期，正文里的数字自动取自台账。"),
        waits=_("统计员起草之后，材料会出现在这里。"),
        url="report-new",
        action=_("新建材料"),
        permission="briefing.write",
    ),
    none=Empty(
        _("没有符合条件的材料"),
        _("换一个状态，或取消上面的筛选。"),
        url="reports",
        action=_("看全部材料"),
    ),
)
