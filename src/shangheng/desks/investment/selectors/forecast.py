"""The landing forecast as it was last worked out: what it says of whom, what that comes to, what is new since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, F, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.core.jobs.models import OPEN, Job
from shangheng.core.lists.declaring import Asked
from shangheng.desks.investment.domain.amounts import hundredth
from shangheng.desks.investment.models import Forecast, Outlook
from shangheng.desks.investment.selectors.landing_history import facts
from shangheng.desks.investment.selectors.money import CAPITAL
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.selectors.figures import answer
from shangheng.engines.ledger.selectors.targets import Goal, goals_of, rows_in_force, year_goals
from shangheng.methods import landing

KIND = "investment.forecast"
"""The job that works it out."""
LEAST = 0.01
"""A chance below which a project is not named as a growth point."""


def latest(known_at: datetime) -> Forecast | None:
    """The forecast that was known at an instant."""
    return Forecast.objects.exclude(done_at=None).filter(known_at__lte=known_at).first()


def outlooks_for(actor: User, forecast: Forecast | None) -> QuerySet[Outlook]:
    """What a forecast says of the projects that somebody may see; what is not known comes last."""
    seen = projects_for(actor).order_by().values("pk")
    return (
        Outlook.objects.filter(forecast=forecast, project__in=seen)
        .select_related("project__case__unit")
        .annotate(
            start_order=Coalesce("start", -1.0),
            paid_order=Coalesce("paid", -1.0),
            money_order=Coalesce("money", Decimal(-1)),
        )
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """A tier of the year: what lacks to it after what is in the ledger and what is expected."""

    goal: Goal
    lacks: Decimal | None  # None while the ledger does not know the year: missing is not nought


@dataclass(frozen=True, slots=True)
class Starts:
    """How many are expected to start in the year, and the middle 80 % of it; `unknown` are left out."""

    mean: Decimal
    low: int
    high: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Money:
    """What is expected to come in the year (亿元), and the middle 80 % of it; `unknown` and `unpriced`
    projects are left out."""

    count: int
    mean: Decimal
    low: Decimal
    high: Decimal
    unknown: int
    unpriced: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a forecast comes to for one year. `figure` and `gaps` only for who sees all projects."""

    forecast: Forecast | None
    year: int
    starts: Starts
    money: Money
    figure: Figure | None = None
    gaps: Sequence[Gap] = ()


def outcome(forecast: Forecast | None, rows: QuerySet[Outlook], asked: Asked) -> Outcome:
    """What the rows of one year of a forecast come to, held against the targets of that year."""
    year = year_of(forecast, asked)
    plain = Outlook.objects.filter(pk__in=rows.order_by().values("pk"))
    odds, paid = F("start") * (1 - F("start")), Cast("money", FloatField())
    told = plain.aggregate(
        starts=Sum("start"),
        odds=Sum(odds),
        unsure=Count("pk", filter=Q(start=None, has_started=False)),
        likely=Count("pk", filter=Q(start__gt=0)),
        comes=Sum(paid),
        spread=Sum("variance"),
        paying=Count("pk", filter=Q(money__gt=0)),
        unpaid=Count("pk", filter=Q(paid=None, lacking__has_key="paid")),
        unpriced=Count("pk", filter=Q(paid__gt=0, money=None)),
    )
    mean = told["starts"] or 0.0
    if told["likely"] <= landing.MANY:
        chances = plain.filter(start__gt=0).values_list("start", flat=True)
        _mean, low, high = landing.spread(one or 0.0 for one in chances)
    else:
        low, high = map(round, landing.normal_spread(mean, told["odds"]))
    starts = Starts(Decimal(f"{mean:.1f}"), low, high, told["unsure"])
    least, most = landing.normal_spread(told["comes"] or 0.0, told["spread"] or 0.0)
    money = Money(
        told["paying"], hundredth(told["comes"] or 0.0), hundredth(least), hundredth(most),
        told["unpaid"], told["unpriced"],
    )  # fmt: skip
    if forecast is None or not scope_of(asked.actor, "investment.view").everything:
        return Outcome(forecast, year, starts, money)
    figure, goals = _against(year, asked.known_at)
    gaps = [Gap(one, _lacking(one, figure, money)) for one in goals]
    return Outcome(forecast, year, starts, money, figure, gaps)


def _lacking(goal: Goal, figure: Figure, money: Money) -> Decimal | None:
    return None if figure.value is None else goal.value - figure.value - money.mean


def year_of(forecast: Forecast | None, asked: Asked) -> int:
    """The year that a tab of the list stands for."""
    known_at = forecast.known_at if forecast else asked.known_at
    return timezone.localdate(known_at).year + (asked.tab == "next")


def _against(year: int, known_at: datetime) -> tuple[Figure, list[Goal]]:
    """What the ledger holds of the year, and its targets."""
    query = Query(CAPITAL, Period.year(year), settings.HOME_AREA)
    rows = rows_in_force([year], area=settings.HOME_AREA, known_at=known_at)[year]
    own = [row for row in rows if row.indicator.code == CAPITAL]
    return answer([query], known_at=known_at)[query], year_goals(goals_of(own, {}), CAPITAL)


@dataclass(frozen=True, slots=True)
class Standing:
    """How old the forecast is: how many facts came since, and the job that works on another."""

    forecast: Forecast | None
    newer: int
    job: Job | None


def standing(forecast: Forecast | None, known_at: datetime) -> Standing:
    """How a forecast stands against what was known at an instant."""
    now = facts(known_at)
    seen = forecast.seen if forecast else {}
    newer = sum(abs(count - seen.get(name, 0)) for name, count in now.items())
    job = Job.objects.filter(kind=KIND).only("state", "done", "total", "finished_at").first()
    running = job if job and (job.state in OPEN or _failed_since(job, forecast)) else None
    return Standing(forecast, newer, running)


def _failed_since(job: Job, forecast: Forecast | None) -> bool:
    if job.state != "failed" or job.finished_at is None:
        return False
    return forecast is None or forecast.done_at is None or job.finished_at > forecast.done_at


def money_to_come(actor: User, forecast: Forecast | None, year: int) -> QuerySet[Outlook]:
    """The projects from which money may come in a year, those that bring most on average first."""
    rows = outlooks_for(actor, forecast).filter(
        year=year, paid__gte=LEAST, money__gt=0, due_on__isnull=False
    )
    return rows.order_by("-money", "project")


def starts_to_come(actor: User, forecast: Forecast | None, year: int) -> QuerySet[Outlook]:
    """The projects that may start in a year, the likeliest first."""
    rows = outlooks_for(actor, forecast).filter(year=year, start__gte=LEAST)
    return rows.order_by("-start", "project")
