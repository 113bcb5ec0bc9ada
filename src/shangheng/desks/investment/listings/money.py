"""The lists of arrivals and of the batches in which they are sent to the city."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shangheng.core.lists.choosing import among, units_within
from shangheng.core.lists.declaring import Act, Asked, Bulk, Column, Empty, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import by, holding, numbered, since, until
from shangheng.desks.investment.access import may
from shangheng.desks.investment.forms.money import BatchForm
from shangheng.desks.investment.models import Arrival, Batch, Currency
from shangheng.desks.investment.selectors import money as reading
from shangheng.desks.investment.selectors.money import ArrivalLine
from shangheng.desks.investment.services.submitting import submit_batch, why_not_sent
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors import balances
from shangheng.engines.ledger.services.recognition import CannotMove

TABS = {
    "all": _("全部"),
    "claimed": _("待报"),
    "submitted": _("已报待认定"),
    "recognised": _("已认定"),
    "rejected": _("拒统"),
    "back": _("已撤销"),
}


def _in_tab(rows: QuerySet[Arrival], tab: str, asked: Asked) -> QuerySet[Arrival]:
    if tab == "back":
        return rows.exclude(taken_back_at=None)
    rows = rows.filter(taken_back_at=None)
    if tab == "all":
        return rows
    postings = Posting.objects.filter(arrival__isnull=False, reversal=None)
    found = balances.holding(postings, Status[tab.upper()], asked.known_at)
    return rows.filter(posting__in=found.values("pk"))


def _counts(rows: QuerySet[Arrival], asked: Asked) -> Mapping[str, int]:
    rows = rows.order_by()
    parts = {tab: Q(pk__in=_in_tab(rows, tab, asked).values("pk")) for tab in TABS}
    return rows.aggregate(**{tab: Count("pk", filter=part) for tab, part in parts.items()})


def _held(status: Status) -> Column[ArrivalLine]:
    return Column(
        f"held-{int(status)}",
        TABS[status.name.lower()],
        lambda line: line.held(status),
        unit="亿元",  # zh-data: a unit of measure
        number=True,
        decimals=4,
        shown=False,
    )


def _refused(line: ArrivalLine, asked: Asked) -> str:
    if not may(asked.actor, line.row.project, "submit"):
        return say("不在您可以提交的范围内")
    return why_not_sent(line)


def _submit(bulk: Bulk[ArrivalLine]) -> str:
    batch = submit_batch(
        actor=bulk.actor,
        at=bulk.at,
        arrivals=[line.row for line in bulk.rows],
        name=bulk.data["name"],
        note=bulk.data["note"],
    )
    count = len(bulk.rows)
    done = ngettext("%(n)d笔已作为“%(name)s”报市认定。", "%(n)d笔已作为“%(name)s”报市认定。", count)
    return done % {"n": count, "name": batch.name}


SUBMIT: Act[ArrivalLine] = Act(
    code="submit",
    label=_("报市认定"),
    icon="send",
    permission="investment.submit",
    about=_("所选到资的待报金额，以及被拒统、已补充材料的金额，作为一批报市认定。"),
    refuse=_refused,
    form=BatchForm,
    run=_submit,
    errors=(CannotMove,),
    offered=lambda asked: asked.tab in {"all", "claimed", "rejected"},
    then="tab=submitted",
)


def _totals(rows: QuerySet[Arrival], _asked: Asked) -> Mapping[str, object]:
    return rows.order_by().aggregate(n=Count("pk"), counted=Sum("counted_cny"))


def _lines(rows: Sequence[Arrival], asked: Asked) -> Sequence[ArrivalLine]:
    return reading.lines_of(rows, asked.known_at)


ARRIVALS: Listing[Arrival, ArrivalLine] = Listing(
    code="investment.arrivals",
    title=_("到资"),
    about=_("每笔一张凭证，登记即入台账；报市认定后才算数。在项目的资金页登记。"),
    url="arrivals",
    permission="investment.view",
    rows=lambda asked: reading.arrivals_for(asked.actor),
    fetch=lambda rows: rows.prefetch_related("documents"),
    lines=_lines,
    columns=(
        Column(
            "project",
            _("项目"),
            lambda line: line.row.project.name,
            cell="investment/arrival_cell.html",
            sort=("project__name",),
            also=(Column("number", _("编号"), lambda line: line.pk),),
        ),
        Column(
            "day",
            _("到账日期"),
            lambda line: line.row.paid_on,
            sort=("paid_on", "pk"),
            css="nowrap",
        ),
        Column(
            "kind",
            _("凭证种类"),
            lambda line: line.kind,
            sort=("kind",),
            also=(Column("voucher", _("凭证号"), lambda line: line.row.number),),
        ),
        Column(
            "counted",
            _("计入"),
            lambda line: line.row.counted_cny.normalize(),
            figure=lambda line: line.counted,
            unit="亿元",  # zh-data: a unit of measure
            number=True,
            decimals=4,
            sort=("counted_cny",),
        ),
        Column(
            "standing",
            _("认定情况"),
            lambda line: say("、").join(status.word for status, _amount in line.standing),
            cell="investment/arrival_standing.html",
        ),
        Column(
            "unit",
            _("牵头单位"),
            lambda line: u.label if (u := line.row.project.matter.unit) else "",
            sort=("project__case__unit__position", "project__case__unit__code"),
        ),
        Column(
            "payer",
            _("付款方"),
            lambda line: line.row.payer.name if line.row.payer else "",
            sort=("payer__name",),
        ),
        Column(
            "amount",
            _("凭证金额"),
            lambda line: line.row.amount,
            number=True,
            shown=False,
            also=(
                Column("currency", _("币种"), lambda line: line.row.currency),
                Column("rate", _("汇率"), lambda line: line.row.rate),
                Column("rate_on", _("汇率日期"), lambda line: line.row.rate_on),
            ),
        ),
        _held(Status.CLAIMED),
        _held(Status.SUBMITTED),
        _held(Status.RECOGNISED),
        _held(Status.REJECTED),
        Column(
            "files",
            _("凭证份数"),
            lambda line: len(line.row.documents.all()),
            number=True,
            shown=False,
        ),
        Column(
            "entered", _("登记时间"), lambda line: line.row.entered_at, sort=("pk",), shown=False
        ),
        Column("sample", _("示例"), lambda line: line.row.is_sample, shown=False),
    ),
    filters=(
        Filter(
            "q",
            _("查找"),
            holding("project__name", "payer__name", "number", "pk"),
            kind="search",
            hint=_("项目、付款方、凭证号或编号"),
        ),
        Filter("project", _("项目编号"), numbered("project"), kind="search"),
        Filter("unit", _("牵头单位"), by("project__case__unit"), units_within("investment.view")),
        Filter(
            "kind",
            _("凭证种类"),
            by("kind"),
            lambda asked: reading.kind_choices(asked.moment.now.date()),
        ),
        Filter("currency", _("币种"), by("currency"), among(*Currency.choices)),
        Filter("from", _("到账不早于"), since("paid_on"), kind="day"),
        Filter("to", _("到账不晚于"), until("paid_on"), kind="day"),
    ),
    tabs=Tabs(label=_("认定状态"), choices=list(TABS.items()), narrow=_in_tab, counts=_counts),
    acts=(SUBMIT,),
    totals=_totals,
    foot="investment/arrival_totals.html",
    sort="-day",
    empty=Empty(
        _("还没有到资"),
        _("打开一个招商项目，在它的资金页登记。"),
        url="projects",
        action=_("招商项目"),
        permission="investment.view",
    ),
    export_act="investment.export",
)

BATCHES: Listing[Batch, Batch] = Listing(
    code="investment.batches",
    title=_("报市批次"),
    about=_("一起报市认定的到资；答复在批次里逐笔登记。"),
    url="batches",
    permission="investment.view",
    rows=lambda asked: reading.batches_for(asked.actor).annotate(n=Count("items", distinct=True)),
    columns=(
        Column(
            "name",
            _("批次"),
            lambda row: row.name,
            cell="investment/batch_cell.html",
            sort=("name",),
        ),
        Column(
            "at", _("报出时间"), lambda row: row.submitted_at, sort=("submitted_at",), css="nowrap"
        ),
        Column("n", _("笔数"), lambda row: getattr(row, "n", None), number=True, sort=("n",)),
        Column("by", _("报送人"), lambda row: row.submitted_by.display_name),
        Column("note", _("说明"), lambda row: row.note),
    ),
    filters=(Filter("q", _("查找"), holding("name", "note", "pk"), kind="search"),),
    sort="-at",
    empty=Empty(_("还没有报市批次"), _("在到资清单里勾选，一起报市认定。")),
    export_act="investment.export",
)
