"""Projects by how far they had come on a day."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Asked, Column, Empty, Filter
from shangheng.desks.investment.listings.common import stage_choices
from shangheng.desks.investment.listings.projects import PROJECTS
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors import progress
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.engines.cases.rulebook import version_now

SCOPES = (
    ("signed", _("全部签约项目")),
    ("untracked", _("未列入跟踪的签约项目")),
    ("all", _("所有项目")),
)


def _as_it_is(rows: QuerySet[Project], _value: str, _asked: Asked) -> QuerySet[Project]:
    """What `rows` of the listing has already looked at."""
    return rows


def _with_day(rows: Sequence[Project], asked: Asked) -> Sequence[Project]:
    """Each with the stage that was its furthest on the day, and since when."""
    stages = version_now("investment_project").stages
    found = progress.held(asked).filter(case__in=[row.case_id for row in rows])
    furthest: dict[int, tuple[int, str]] = {}
    for case, rank, on in found.values_list("case", "rank", "occurred_on"):
        furthest[case] = max(furthest.get(case, (-1, "")), (rank, on.isoformat()))
    for row in rows:
        if (there := furthest.get(row.case_id or 0)) is not None:
            row.stage_then, row.since_then = stages[there[0]].name, there[1]
    return rows


PROGRESS = replace(
    PROJECTS,
    code="investment.progress",
    title=_("项目进展"),
    about=_("截至某一天，到过和现在在每个环节的项目各有多少，与台账相差多少。"),
    url="project-progress",
    rows=lambda asked: progress.in_scope(
        projects_for(asked.actor), asked, progress.scope_asked(asked)
    ),
    columns=(
        PROJECTS.columns[0],
        Column("then", _("当日环节"), lambda row: row.stage_then, css="nowrap"),
        Column("since", _("到达日期"), lambda row: row.since_then, css="nowrap"),
        *(one for one in PROJECTS.columns[1:] if one.key != "stage"),
    ),
    lines=_with_day,
    filters=(
        Filter("on", _("截至"), _as_it_is, kind="day"),
        Filter("scope", _("范围"), _as_it_is, among(*SCOPES), every=_("跟踪的签约项目")),
        Filter("been", _("到过"), progress.been, lambda _a: stage_choices("investment_project")),
        Filter(
            "now", _("当日在"), progress.standing_at, lambda _a: stage_choices("investment_project")
        ),
        *(one for one in PROJECTS.filters if one.key in {"q", "unit", "landing", "section"}),
    ),
    totals=lambda _rows, asked: progress.progress_of(asked, projects_for(asked.actor)),
    head="investment/progress.html",
    empty=Empty(_("这一天还没有这样的项目"), _("换一个截至日期，或者把范围改为“所有项目”。")),
)
