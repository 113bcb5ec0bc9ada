"""Reading money in place: what arrived, what of it the city recognised, what there is to doubt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shangheng import rules
from shangheng.core.accounts.models import User
from shangheng.core.dictionaries.selectors import value, values
from shangheng.core.ui.figures import Amount
from shangheng.desks.investment.domain import money
from shangheng.desks.investment.models import Arrival, Batch, Outflow, Project
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.selectors.balances import balances
from shangheng.engines.registry.models import Organisation

CAPITAL = "investment.capital_in_place"
INDUSTRIAL = "investment.industrial_capital"
PARENTS = "parent__parent__parent"


@dataclass(frozen=True)
class ArrivalLine:
    """An arrival for reading, with what of it stands where on its way through the city (亿元)."""

    row: Arrival
    amounts: Mapping[Status, Decimal]

    @property
    def pk(self) -> int:
        """The key of the arrival."""
        return self.row.pk

    @property
    def is_live(self) -> bool:
        """Whether it counts: not taken back."""
        return self.row.taken_back_at is None

    def held(self, status: Status) -> Decimal:
        """What stands in a status; nothing is zero."""
        return self.amounts.get(status, Decimal(0))

    @property
    def counted(self) -> Amount:
        """What the ledger holds of it."""
        marks = ["sample"] if self.row.is_sample else []
        return Amount(self.row.counted_cny.normalize(), "亿元", marks)  # zh-data: a unit of measure

    @property
    def kind(self) -> str:
        """The kind of its voucher, in words."""
        return kind_name(self.row.kind)

    @cached_property
    def standing(self) -> list[tuple[Status, Amount]]:
        """The parts of it that are somewhere, in the order of recognition."""
        order = (Status.CLAIMED, Status.SUBMITTED, Status.RECOGNISED, Status.REJECTED)
        unit = "亿元"  # zh-data: a unit of measure
        return [(one, Amount(self.held(one).normalize(), unit)) for one in order if self.held(one)]


@dataclass(frozen=True)
class Doubt:
    """Something to look at before an arrival is sent to the city."""

    kind: str
    arrival: Arrival
    other: Arrival | Outflow
    days: int = 0
    part: Decimal | None = None
    alike: bool = False

    @property
    def url(self) -> str:
        """Where the other one is shown."""
        if isinstance(self.other, Arrival):
            return arrival_url(self.other.pk)
        return reverse("project-money", args=[self.other.project_id]) + "#outflows"


def arrivals_for(actor: User) -> QuerySet[Arrival]:
    """The arrivals of the projects that somebody may see."""
    return Arrival.objects.filter(project__in=projects_for(actor).values("pk")).select_related(
        "project__case__unit", "project__case__owner", "payer", "entered_by"
    )


def batches_for(actor: User) -> QuerySet[Batch]:
    """The batches in which something stands that somebody may see."""
    reached = arrivals_for(actor).order_by().values("pk")
    rows = Batch.objects.filter(items__arrival__in=reached).distinct()
    return rows.select_related("submitted_by")


def live(rows: QuerySet[Arrival]) -> QuerySet[Arrival]:
    """Those that were not taken back."""
    return rows.filter(taken_back_at=None)


def lines_of(rows: Iterable[Arrival], known_at: datetime | None = None) -> list[ArrivalLine]:
    """Arrivals with what of them stands where, in a fixed number of queries."""
    found = list(rows)
    held = balances([row.posting_id for row in found if row.posting_id], known_at)
    unit = catalogue.unit_of(catalogue.indicator(CAPITAL).versions[-1])
    return [
        ArrivalLine(
            row,
            {s: unit.from_minor(a) for s, a in held.get(row.posting_id or 0, {}).items() if a},
        )
        for row in found
    ]


def counts_as(kind: str) -> str:
    """How a kind of voucher counts: single, cumulative; "" for one that bears out no money."""
    rows = rules.load("investment_money.yaml")["vouchers"]
    return next((row["counts"] for row in rows if row["kind"] == kind), "")


def kind_choices(day: date) -> list[tuple[str, str]]:
    """The kinds of voucher that bear out money, offered on a day."""
    offered = {one.code: one.name for one in values("voucher_kinds", day)}
    rows = rules.load("investment_money.yaml")["vouchers"]
    return [(row["kind"], offered[row["kind"]]) for row in rows if row["kind"] in offered]


def kind_name(code: str) -> str:
    """A kind of voucher in the reader's language."""
    found = value("voucher_kinds", code)
    return found.name if found else code


def reuses(arrival: Arrival, files: Iterable[str]) -> list[Doubt]:
    """The live arrivals, of any project, that the same voucher may already have been used for.

    `files` are the hashes of its scans; the arrival itself may not be saved yet.
    """
    hashes = frozenset(files)
    near = Q(paid_on=arrival.paid_on, amount=arrival.amount) | Q(documents__sha256__in=hashes)
    if key := money.number_key(arrival.number):
        near |= Q(kind=arrival.kind, number_key=key)
    rows = live(Arrival.objects.filter(near)).exclude(pk=arrival.pk).distinct()
    others = {
        row.pk: row
        for row in rows.select_related("project").prefetch_related("documents").order_by("pk")
    }
    this = _voucher(arrival, hashes)
    found = money.likenesses(this, [_voucher(row, _hashes(row)) for row in others.values()])
    return [
        Doubt("number" if one.same_number else "file" if one.same_file else "payment",
              arrival, others[one.other])
        for one in found
    ]  # fmt: skip


def doubts_of(project: Project) -> list[Doubt]:
    """What there is to doubt about the money of a project: re-used vouchers, money that went round."""
    came = list(
        live(Arrival.objects.filter(project=project))
        .select_related(f"payer__{PARENTS}", "project")
        .prefetch_related("documents")
        .order_by("pk")
    )
    left = list(
        Outflow.objects.filter(project=project, taken_back_at=None).select_related(
            f"payee__{PARENTS}", "project"
        )
    )
    return [*_trips(project, came, left), *(d for row in came for d in reuses(row, _hashes(row)))]


def _trips(project: Project, came: list[Arrival], left: list[Outflow]) -> list[Doubt]:
    rule = rules.load("investment_money.yaml")["round_trip"]
    own = frozenset(root(one) for one in (project.investor, project.group) if one)
    arrivals, outflows = {row.pk: row for row in came}, {row.pk: row for row in left}
    found = money.round_trips(
        [_payment(row, own | ({root(row.payer)} if row.payer else set())) for row in came],
        [_payment(row, frozenset({root(row.payee)})) for row in left],
        window=rule["window_days"],
        tolerance=Decimal(rule["tolerance"]),
    )
    return [
        Doubt("round_trip", arrivals[t.came], outflows[t.left], t.days, t.part, t.alike)
        for t in found
    ]


def root(organisation: Organisation) -> int:
    """The head of the group that an organisation belongs to."""
    while organisation.parent is not None:
        organisation = organisation.parent
    return organisation.pk


def _payment(row: Arrival | Outflow, groups: frozenset[int]) -> money.Payment:
    return money.Payment(row.pk, row.paid_on, row.amount, row.currency, groups)


def _voucher(row: Arrival, files: frozenset[str]) -> money.Voucher:
    return money.Voucher(
        row.pk or 0, row.kind, row.number, row.amount, row.currency, row.paid_on, files
    )


def _hashes(row: Arrival) -> frozenset[str]:
    return frozenset(document.sha256 for document in row.documents.all())


def arrival_url(pk: int) -> str:
    """The page of an arrival."""
    return reverse("arrival", args=[pk])


def sums_of(lines: Iterable[ArrivalLine]) -> list[tuple[str, Amount]]:
    """What live arrivals come to: counted, and by where they stand (亿元)."""
    counting = [line for line in lines if line.is_live]
    unit = "亿元"  # zh-data: a unit of measure
    whole = sum((line.row.counted_cny for line in counting), Decimal(0))
    order = (Status.CLAIMED, Status.SUBMITTED, Status.RECOGNISED, Status.REJECTED)
    parts = [(one.word, sum((line.held(one) for line in counting), Decimal(0))) for one in order]
    return [(name, Amount(value.normalize(), unit)) for name, value in [(_("计入"), whole), *parts]]
