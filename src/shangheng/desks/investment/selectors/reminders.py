"""What falls due on the desk beside the clocks of cases: claims, commitments, shares, silence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from shangheng import rules
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.investment.domain import credit
from shangheng.desks.investment.models import Commitment, Effort, Lead, Project, Ruling, Status
from shangheng.desks.investment.selectors.commitments import unkept, with_done
from shangheng.desks.investment.selectors.credit import term_of
from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain.calendar import UnknownYear, working_days_between
from shangheng.engines.cases.domain.deadlines import Due, Pressure, pressure
from shangheng.methods.wording import say

GONE = (Status.LOST, Status.WITHDRAWN)
UNHEARD = {"project": ("lead",), "lead": ("registered", "assessing")}
"""The stages that one reaches without having spoken to the investor."""
TOLD = {
    Pressure.SOON: "investment.commitment_due",
    Pressure.OVERDUE: "investment.commitment_overdue",
    Pressure.ESCALATED: "investment.commitment_escalated",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Working days of `investment_reminders.yaml`, and how many reminders a person gets in a day."""

    claim: int
    commitment: int
    escalate: int
    credit: int
    silent: int
    most: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that somebody should hear of now.

    `key` is the same as long as there is nothing new to tell: it is told once. `on` is the day that it
    is about, None for silence.
    """

    kind: str
    key: str
    to: User
    unit: OrgUnit | None
    about: str
    subject: Callable[[], str]
    url: str
    on: date | None


def rule_on(day: date) -> Rule:
    """The rule in force. Raises LookupError."""
    row = rules.in_force("investment_reminders.yaml", day)
    return Rule(**{name: row[name] for name in Rule.__slots__})


def due_reminders(at: datetime, person: User | None = None) -> Iterator[Reminder]:
    """What is to be told, to one person or to all, the most pressing kinds first."""
    today = timezone.localdate(at)
    rule = rule_on(today)
    yield from _commitments(today, rule, person)
    yield from _claims(today, rule, person)
    yield from _shares(today, rule, person)
    yield from _silence(at, today, rule, person)


def _ahead(today: date, days: int) -> date:
    """A day that is surely no nearer than so many working days."""
    return today + timedelta(days=days * 2 + 14)


def _commitments(today: date, rule: Rule, person: User | None) -> Iterator[Reminder]:
    rows = with_done(_live(Commitment.objects.all(), "project__", person))
    rows = rows.filter(unkept(), due_on__lte=_ahead(today, rule.commitment))
    rows = rows.select_related("project__case__owner", "project__case__unit").order_by("due_on")
    calendar = rulebook.calendar()
    for row in rows.iterator(chunk_size=500):
        last = row.due_on or today
        due = pressure(calendar, last, today, soon=rule.commitment, escalate=rule.escalate)
        if kind := TOLD.get(due.pressure):
            yield Reminder(
                kind=kind,
                key=f"investment.commitment:{row.pk}:{last}:{due.pressure}",
                to=row.project.matter.owner,
                unit=row.project.matter.unit,
                about=row.project.name,
                subject=_saying(row.text, due),
                url=reverse("commitment", args=[row.pk]),
                on=last,
            )


def _live[M: (Commitment, Ruling)](
    rows: QuerySet[M], path: str, person: User | None
) -> QuerySet[M]:
    """Those of projects that were not given up, of one person's projects or of all."""
    given_up = Q(**{f"{path}status__in": GONE}) | Q(**{f"{path}case__stage": "terminated"})
    mine = Q(**{f"{path}case__owner": person}) if person else Q()
    return rows.exclude(given_up).filter(mine)


def _saying(title: str, due: Due) -> Callable[[], str]:
    if due.pressure is Pressure.SOON:
        return lambda: say("承诺%(day)s到期：%(title)s", day=due.on, title=title[:150])
    return lambda: say("承诺%(day)s已到期、没有履行完：%(title)s", day=due.on, title=title[:150])


def _claims(today: date, rule: Rule, person: User | None) -> Iterator[Reminder]:
    rows = Lead.objects.filter(
        Q(claimed_by=person) if person else Q(claimed_by__isnull=False),
        case__closed=False,
        claim_until__lte=_ahead(today, rule.claim),
    )
    rows = rows.select_related("claimed_by", "case__unit").order_by("claim_until", "pk")
    for row in rows.iterator(chunk_size=500):
        if row.claimed_by is None or row.claim_until is None:
            continue
        due = pressure(rulebook.calendar(), row.claim_until, today, soon=rule.claim)
        if due.pressure in {Pressure.SOON, Pressure.OVERDUE}:
            yield Reminder(
                kind="investment.claim_ending",
                key=f"investment.claim:{row.pk}:{row.claim_until}:{due.pressure}",
                to=row.claimed_by,
                unit=row.matter.unit,
                about=row.title,
                subject=_claim_saying(row.title, due),
                url=reverse("lead", args=[row.pk]),
                on=row.claim_until,
            )


def _claim_saying(title: str, due: Due) -> Callable[[], str]:
    if due.pressure is Pressure.SOON:
        return lambda: say("认领%(day)s到期，办一步就顺延：%(title)s", day=due.on, title=title)
    return lambda: say("认领%(day)s已到期，别人可以认领：%(title)s", day=due.on, title=title)


def _shares(today: date, rule: Rule, person: User | None) -> Iterator[Reminder]:
    """Rulings whose term ends, when nothing is ruled for the day after."""
    ending = _live(Ruling.objects.all(), "project__", person).filter(
        holds_to__range=(today, _ahead(today, rule.credit))
    )
    rows = Ruling.objects.filter(project__in=ending.values("project"))
    rows = rows.select_related("project__case__owner", "project__case__unit")
    terms: dict[Project, list[credit.Term]] = {}
    for row in rows.prefetch_related("shares").order_by("pk"):
        terms.setdefault(row.project, []).append(term_of(row))
    for project, ruled in terms.items():
        now = credit.in_force(ruled, today)
        if now is None or now.holds_to is None:
            continue
        due = pressure(rulebook.calendar(), now.holds_to, today, soon=rule.credit)
        after = credit.in_force(ruled, now.holds_to + timedelta(days=1))
        if after is None and due.pressure is Pressure.SOON:
            yield _share_ending(project, now.holds_to)


def _share_ending(project: Project, last: date) -> Reminder:
    return Reminder(
        kind="investment.credit_ending",
        key=f"investment.credit:{project.pk}:{last}",
        to=project.matter.owner,
        unit=project.matter.unit,
        about=project.name,
        subject=lambda: say(
            "业绩分成%(day)s期满，以后还没有裁定：%(title)s", day=last, title=project.name
        ),
        url=reverse("project-credit", args=[project.pk]),
        on=last,
    )


def _silence(at: datetime, today: date, rule: Rule, person: User | None) -> Iterator[Reminder]:
    """Leads and projects whose investor nobody has spoken to, the oldest first."""
    for rows, route in ((_silent_leads(), "lead"), (_silent_projects(), "project")):
        waiting = rows.filter(
            Q(case__owner=person) if person else Q(),
            created_at__lte=at - timedelta(days=rule.silent),
        )
        waiting = waiting.select_related("case__owner", "case__unit").order_by("created_at", "pk")
        for row in waiting.iterator(chunk_size=500):
            days = _worked_since(timezone.localdate(row.created_at), today)
            if days >= rule.silent:
                yield _unheard(row, route, days, days // rule.silent)


def _silent_leads() -> QuerySet[Lead]:
    return Lead.objects.filter(
        first_talked_on=None, case__closed=False, case__stage__in=UNHEARD["lead"]
    )


def _silent_projects() -> QuerySet[Project]:
    met = Effort.objects.filter(project=OuterRef("pk"), taken_back_at=None)
    talked = Lead.objects.filter(project=OuterRef("pk"), first_talked_on__isnull=False)
    return Project.objects.filter(
        ~Exists(met), ~Exists(talked), case__stage__in=UNHEARD["project"]
    ).exclude(status__in=GONE)


def _worked_since(day: date, today: date) -> int:
    """Working days since a day; where the holidays of a year are not known, five in seven."""
    try:
        return working_days_between(rulebook.calendar(), day, today)
    except UnknownYear:
        return (today - day).days * 5 // 7


def _unheard(row: Lead | Project, route: str, days: int, turn: int) -> Reminder:
    return Reminder(
        kind="investment.never_contacted",
        key=f"investment.silent:{route}:{row.pk}:{turn}",
        to=row.matter.owner,
        unit=row.matter.unit,
        about=str(row),
        subject=lambda: say(
            "登记%(days)d个工作日，还没有联系过投资方：%(title)s", days=days, title=str(row)
        ),
        url=reverse(route, args=[row.pk]),
        on=None,
    )
