"""The register of obstacles (堵点台账): what holds projects and leads up, the nearest deadline first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among, units_within
from shangheng.core.lists.declaring import Asked, Column, Empty, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import by, holding, since, until
from shangheng.engines.cases.models import Obstacle, ObstacleKind, ObstacleState
from shangheng.engines.cases.selectors.register import obstacles_for
from shangheng.engines.cases.subjects import subject_kind

TABS = {
    "open": _("未销号"),
    "overdue": _("已逾期"),
    "escalated": _("已提请会议"),
    "closed": _("已解决"),
    "all": _("全部"),
}


@dataclass(frozen=True)
class ObstacleLine:
    """An obstacle with the page of what it holds up."""

    row: Obstacle
    url: str

    @property
    def pk(self) -> int:
        """The key of the obstacle."""
        return self.row.pk


def _in_tab(rows: QuerySet[Obstacle], tab: str, _asked: Asked) -> QuerySet[Obstacle]:
    match tab:
        case "open":
            return rows.exclude(state=ObstacleState.CLOSED)
        case "overdue":
            late = rows.filter(due_on__lt=timezone.localdate())
            return late.exclude(state=ObstacleState.CLOSED)
        case "escalated" | "closed":
            return rows.filter(state=tab)
    return rows


def _counts(rows: QuerySet[Obstacle], asked: Asked) -> Mapping[str, int]:
    return {tab: _in_tab(rows.order_by(), tab, asked).count() for tab in TABS}


def _lines(rows: Sequence[Obstacle], _asked: Asked) -> Sequence[ObstacleLine]:
    return [
        ObstacleLine(row, subject_kind(row.case.subject_type).url(row.case.subject_id))
        for row in rows
    ]


OBSTACLES: Listing[Obstacle, ObstacleLine] = Listing(
    code="investment.obstacles",
    title=_("堵点台账"),
    about=_("项目和线索卡在哪里、谁牵头、什么时候到期；议不下来的提请会议。"),
    url="obstacles",
    permission="cases.view",
    rows=lambda asked: obstacles_for(asked.actor),
    lines=_lines,
    columns=(
        Column(
            "title",
            _("堵点"),
            lambda line: line.row.title,
            cell="investment/obstacle_cell.html",
            sort=("title",),
        ),
        Column(
            "kind", _("类别"), lambda line: str(ObstacleKind(line.row.kind).label), sort=("kind",)
        ),
        Column("case", _("事项"), lambda line: line.row.case.title, sort=("case__title",)),
        Column(
            "owner",
            _("牵头人"),
            lambda line: line.row.owner.display_name,
            sort=("owner__username",),
        ),
        Column(
            "unit",
            _("牵头单位"),
            lambda line: line.row.unit.label if line.row.unit else "",
            sort=("unit__position", "unit__code"),
        ),
        Column("due", _("期限"), lambda line: line.row.due_on, sort=("due_on", "pk"), css="nowrap"),
        Column(
            "state",
            _("状态"),
            lambda line: str(ObstacleState(line.row.state).label),
            cell="investment/obstacle_state.html",
        ),
        Column("result", _("结果"), lambda line: line.row.result, shown=False),
        Column("raised", _("提出时间"), lambda line: line.row.raised_at, sort=("pk",), shown=False),
    ),
    filters=(
        Filter("q", _("查找"), holding("title", "detail", "case__title"), kind="search"),
        Filter("kind", _("类别"), by("kind"), among(*ObstacleKind.choices)),
        Filter("unit", _("牵头单位"), by("unit"), units_within("cases.view")),
        Filter("from", _("期限不早于"), since("due_on"), kind="day"),
        Filter("to", _("期限不晚于"), until("due_on"), kind="day"),
    ),
    tabs=Tabs(label=_("范围"), choices=list(TABS.items()), narrow=_in_tab, counts=_counts),
    sort="due",
    empty=Empty(_("没有堵点"), _("在项目页登记堵点，写明谁牵头、什么时候解决。")),
    export_act="investment.export",
)
