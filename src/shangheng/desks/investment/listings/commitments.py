"""The list of commitments: what is overdue and due first."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among, units_within
from shangheng.core.lists.declaring import Asked, Column, Empty, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import by, holding, since, until
from shangheng.desks.investment.domain.commitments import State
from shangheng.desks.investment.models import Commitment, PromiseKind
from shangheng.desks.investment.models.commitments import REVIEWS, SIDES
from shangheng.desks.investment.selectors import commitments as reading
from shangheng.desks.investment.selectors.commitments import CommitmentLine

TABS = {
    "all": _("全部"),
    "overdue": _("已逾期"),
    "soon": _("30天内到期"),
    "unreviewed": _("待公平竞争审查"),
}
STATES = {
    State.KEPT: _("已履行"),
    State.OVERDUE: _("已逾期"),
    State.SOON: _("即将到期"),
    State.OPEN: _("履行中"),
}


def _in_tab(rows: QuerySet[Commitment], tab: str, _asked: Asked) -> QuerySet[Commitment]:
    today = timezone.localdate()
    match tab:
        case "overdue":
            return reading.overdue(rows, today)
        case "soon":
            return reading.soon(rows, today)
        case "unreviewed":
            return reading.unreviewed(rows)
    return rows.filter(taken_back_at=None)


def _counts(rows: QuerySet[Commitment], asked: Asked) -> Mapping[str, int]:
    return {tab: _in_tab(rows.order_by(), tab, asked).count() for tab in TABS}


def _lines(rows: Sequence[Commitment], _asked: Asked) -> Sequence[CommitmentLine]:
    return reading.lines_of(rows, timezone.localdate())


COMMITMENTS: Listing[Commitment, CommitmentLine] = Listing(
    code="investment.commitments",
    title=_("承诺履约"),
    about=_(
        "协议里双方答应的事：答应多少、做到多少、什么时候到期；扶持条款要有公平竞争审查结论才能兑付。"
    ),
    url="commitments",
    permission="investment.view",
    rows=lambda asked: reading.commitments_for(asked.actor),
    lines=_lines,
    columns=(
        Column(
            "text",
            _("条款内容"),
            lambda line: line.row.text,
            cell="investment/commitment_cell.html",
            also=(Column("number", _("编号"), lambda line: line.pk),),
        ),
        Column("project", _("项目"), lambda line: line.row.project.name, sort=("project__name",)),
        Column(
            "side",
            _("承诺方"),
            lambda line: str(dict(SIDES)[line.row.side]),
            sort=("side",),
            css="nowrap",
        ),
        Column(
            "kind", _("事项"), lambda line: str(PromiseKind(line.row.kind).label), sort=("kind",)
        ),
        Column(
            "amount",
            _("承诺数"),
            lambda line: line.row.amount,
            number=True,
            also=(Column("unit", _("计量单位"), lambda line: line.row.unit),),
            cell="investment/commitment_amount.html",
        ),
        Column(
            "done",
            _("已完成"),
            lambda line: line.promise.done if line.row.amount is not None else None,
            number=True,
        ),
        Column("due", _("期限"), lambda line: line.row.due_on, sort=("due_on", "pk"), css="nowrap"),
        Column(
            "state",
            _("履约情况"),
            lambda line: str(STATES[line.state]),
            cell="investment/commitment_state.html",
        ),
        Column(
            "review",
            _("公平竞争审查"),
            lambda line: str(dict(REVIEWS)[line.row.review]),
            sort=("review",),
        ),
        Column(
            "lead",
            _("牵头单位"),
            lambda line: u.label if (u := line.row.project.matter.unit) else "",
            shown=False,
        ),
    ),
    filters=(
        Filter("q", _("查找"), holding("text", "project__name", "pk"), kind="search"),
        Filter("side", _("承诺方"), by("side"), among(*SIDES)),
        Filter("kind", _("事项"), by("kind"), among(*PromiseKind.choices)),
        Filter("unit", _("牵头单位"), by("project__case__unit"), units_within("investment.view")),
        Filter("from", _("期限不早于"), since("due_on"), kind="day"),
        Filter("to", _("期限不晚于"), until("due_on"), kind="day"),
    ),
    tabs=Tabs(label=_("范围"), choices=list(TABS.items()), narrow=_in_tab, counts=_counts),
    sort="due",
    empty=Empty(_("还没有登记承诺"), _("打开一个招商项目，在它的承诺页登记协议条款。")),
    export_act="investment.export",
)
