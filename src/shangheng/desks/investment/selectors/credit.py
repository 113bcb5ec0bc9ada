"""Reading the credit ledger and the league: what each unit achieved, beside what it did for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.ui.moment import Moment
from shangheng.desks.investment.domain import credit
from shangheng.desks.investment.models import Arrival, Effort, Lead, Project, Ruling
from shangheng.desks.investment.selectors.money import ArrivalLine, lines_of
from shangheng.engines.cases.models import Milestone
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.status import PENDING, Status

SIGNED = "signed"


def rulings_of(project: Project, known_at: datetime | None = None) -> list[Ruling]:
    """The rulings on a project, as known at an instant, the latest last."""
    rows = Ruling.objects.filter(project=project)
    if known_at is not None:
        rows = rows.filter(ruled_at__lte=known_at)
    return list(
        rows.select_related("ruled_by", "document").prefetch_related("shares__unit").order_by("pk")
    )


def term_of(row: Ruling) -> credit.Term:
    """A ruling as the rules read it."""
    shares = tuple(credit.Share(one.unit_id, one.percent) for one in row.shares.all())
    return credit.Term(row.holds_from, row.holds_to, shares)


def ruling_on(rows: Iterable[Ruling], day: date) -> Ruling | None:
    """The one of some rulings that holds on a day."""
    found = None
    for row in rows:
        if term_of(row).covers(day):
            found = row
    return found


def efforts_for(actor: User) -> QuerySet[Effort]:
    """What the units did that somebody may see."""
    rows = Effort.objects.select_related("unit", "project", "entered_by", "document")
    return scope_of(actor, "investment.view").filter(rows, owner="entered_by")


class Credits:
    """Whose a project is on a day, of many projects read at once."""

    def __init__(self, projects: Iterable[Project], known_at: datetime) -> None:
        found = {row.pk: row for row in projects}
        self._lead = {pk: row.matter.unit_id for pk, row in found.items()}
        self._terms: dict[int, list[credit.Term]] = defaultdict(list)
        rows = Ruling.objects.filter(project__in=found, ruled_at__lte=known_at)
        for row in rows.prefetch_related("shares").order_by("pk"):
            self._terms[row.project_id].append(term_of(row))

    def shares(self, project: int, day: date) -> Sequence[credit.Share]:
        """By the ruling that holds; without one all of it is the lead unit's."""
        term = credit.in_force(self._terms.get(project, ()), day)
        if term is not None:
            return term.shares
        lead = self._lead.get(project)
        return [credit.Share(lead, credit.WHOLE)] if lead else []


@dataclass
class LeagueLine:
    """A unit in the league: money (亿元) and signed projects by its shares, and its effort."""

    row: OrgUnit
    recognised: Decimal = Decimal(0)
    pending: Decimal = Decimal(0)
    signed: Decimal = Decimal(0)
    agreed: Decimal = Decimal(0)
    efforts: dict[str, int] = field(default_factory=dict)
    leads: int = 0
    rank: int = 0

    @property
    def pk(self) -> int:
        """The key of the unit."""
        return self.row.pk

    def by(self, key: str) -> Decimal:
        """What it is ranked by."""
        if key in {"recognised", "pending", "signed", "agreed"}:
            return Decimal(getattr(self, key))
        return Decimal(self.leads if key == "leads" else self.efforts.get(key, 0))


def units_in_league(actor: User) -> QuerySet[OrgUnit]:
    """The units in use that somebody may see."""
    scope = scope_of(actor, "investment.view")
    rows = OrgUnit.objects.filter(is_active=True)
    if scope.everything:
        return rows
    own = {actor.unit_id} if scope.own and actor.unit_id else set()
    return rows.filter(pk__in=scope.unit_ids | own)


def league(units: Iterable[OrgUnit], moment: Moment, by: str = "recognised") -> list[LeagueLine]:
    """The units ranked, best first; equal ones share a place."""
    period, known_at = Period.parse(moment.period), moment.known_at
    lines = {unit.pk: LeagueLine(unit) for unit in units}
    _add_money(lines, period, known_at)
    _add_signed(lines, period, known_at)
    _add_effort(lines, period, known_at)
    ranked = sorted(lines.values(), key=lambda line: (-line.by(by), line.row.path))
    for place, line in enumerate(ranked, 1):
        before = ranked[place - 2] if place > 1 else None
        line.rank = before.rank if before and before.by(by) == line.by(by) else place
    return ranked


def _add_money(lines: Mapping[int, LeagueLine], period: Period, known_at: datetime) -> None:
    rows = Arrival.objects.filter(
        Q(taken_back_at=None) | Q(taken_back_at__gt=known_at),
        paid_on__range=(period.start.first, period.end.last),
        entered_at__lte=known_at,
    ).select_related("project__case")
    found = lines_of(rows, known_at)
    owners = Credits((line.row.project for line in found), known_at)
    for arrived in found:
        shares = owners.shares(arrived.row.project_id, arrived.row.paid_on)
        for unit, amount in credit.split(arrived.held(Status.RECOGNISED), shares).items():
            if unit in lines:
                lines[unit].recognised += amount
        for unit, amount in credit.split(_pending(arrived), shares).items():
            if unit in lines:
                lines[unit].pending += amount


def _pending(line: ArrivalLine) -> Decimal:
    return sum((line.held(status) for status in PENDING), Decimal(0))


def _add_signed(lines: Mapping[int, LeagueLine], period: Period, known_at: datetime) -> None:
    rows = Milestone.objects.filter(
        Q(reversal=None) | Q(reversal__recorded_at__gt=known_at),
        case__workflow="investment_project",
        stage=SIGNED,
        n=1,
        occurred_on__range=(period.start.first, period.end.last),
        recorded_at__lte=known_at,
    )
    days = dict(rows.values_list("case__subject_id", "occurred_on"))
    projects = list(Project.objects.filter(pk__in=days).select_related("case"))
    owners = Credits(projects, known_at)
    for project in projects:
        for share in owners.shares(project.pk, days[project.pk]):
            if line := lines.get(share.unit):
                line.signed += share.percent / credit.WHOLE
                line.agreed += (project.agreed_cny or Decimal(0)) * share.percent / credit.WHOLE


def _add_effort(lines: Mapping[int, LeagueLine], period: Period, known_at: datetime) -> None:
    first, last = period.start.first, period.end.last
    efforts = Effort.objects.filter(
        Q(taken_back_at=None) | Q(taken_back_at__gt=known_at),
        done_on__range=(first, last),
        entered_at__lte=known_at,
    )
    for unit, kind, n in efforts.order_by().values_list("unit", "kind").annotate(n=Count("pk")):
        if line := lines.get(unit):
            line.efforts[kind] = n
    leads = Lead.objects.filter(created_at__lte=known_at, created_at__date__range=(first, last))
    for unit, n in leads.order_by().values_list("case__unit").annotate(n=Count("pk")):
        if line := lines.get(unit):
            line.leads = n
