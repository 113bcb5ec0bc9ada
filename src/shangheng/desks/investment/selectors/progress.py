"""How far projects had come by a day: “reached” and “now at” for each stage, beside the ledger's figures.

The day is when something happened; what is known, and when, is the moment of the page.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone

from shangheng.core.accounts.access import scope_of
from shangheng.core.lists.declaring import Asked
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.posting_rules import posting_rule
from shangheng.engines.cases.domain.workflow import Stage
from shangheng.engines.cases.models import Milestone
from shangheng.engines.cases.rulebook import version_now
from shangheng.engines.cases.selectors.milestones import holding
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.selectors.figures import answer

SIGNED, REGISTERED = "signed", "registered"
LATER = ("land_pending", "started", "producing")
"""What a summary counts beside those registered: where projects are now."""
NOT_LANDED = "investment.projects_not_landed"


def day_of(asked: Asked) -> date:
    """The day that is asked for: else the end of the page's period, or what was known by if earlier."""
    if text := asked.values.get("on"):
        return date.fromisoformat(text)
    end = Period.parse(asked.moment.period).end.last
    return min(end, timezone.localdate(asked.known_at))


def held(asked: Asked) -> QuerySet[Milestone]:
    """The milestones that hold on that day."""
    return holding(day_of(asked), asked.known_at)


def in_scope(rows: QuerySet[Project], asked: Asked, scope: str) -> QuerySet[Project]:
    """Projects signed in the year of the day: those under follow-up, the others, or both; or all."""
    if scope == "all":
        return rows.filter(case__in=held(asked).values("case"))
    signed = held(asked).filter(stage=SIGNED, occurred_on__year=day_of(asked).year)
    rows = rows.filter(case__in=signed.values("case"))
    return rows if scope == SIGNED else rows.filter(tracked=scope != "untracked")


def scope_asked(asked: Asked) -> str:
    """Which projects are looked at; those under follow-up unless told."""
    return asked.values.get("scope") or "tracked"


def been(rows: QuerySet[Project], stage: str, asked: Asked) -> QuerySet[Project]:
    """Those that had reached a stage."""
    return rows.filter(case__in=held(asked).filter(stage=stage).values("case"))


def standing_at(rows: QuerySet[Project], stage: str, asked: Asked) -> QuerySet[Project]:
    """Those of which a stage was the furthest reached."""
    further = held(asked).filter(rank__gt=version_now("investment_project").rank(stage))
    return been(rows, stage, asked).exclude(case__in=further.values("case"))


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage: how many had reached it, for how many it was the furthest, what the ledger holds."""

    stage: Stage
    reached: int
    now: int
    figure: Figure | None

    @property
    def gap(self) -> Decimal | None:
        """How much more the ledger holds than projects reached the stage; None where it holds none."""
        if self.figure is None or self.figure.value is None:
            return None
        return self.figure.value - self.reached

    @property
    def unposted(self) -> bool:
        """Whether projects reached the stage and the ledger holds nothing at all of it."""
        return self.figure is not None and self.figure.value is None and self.reached > 0

    @property
    def explained(self) -> bool:
        """Whether a difference is that the ledger counts who is there now."""
        return bool(self.gap) and self.figure is not None and self.figure.value == self.now


@dataclass(frozen=True)
class Progress:
    """What the page says above its list. `twice`: how many of those registered are now in a later stage
    that is counted as well. Where the ledger cannot be compared its figures are None."""

    day: date
    scope: str
    total: int
    amount: Decimal | None
    lines: Sequence[StageLine]
    signed: int
    tracked: int
    not_landed_figure: Figure | None
    twice: int

    def _line(self, stage: str) -> StageLine:
        return next(line for line in self.lines if line.stage.id == stage)

    @property
    def registered(self) -> int:
        """How many were registered."""
        return self._line(REGISTERED).reached

    @property
    def later(self) -> list[StageLine]:
        """The later stages that a summary counts by where projects are now."""
        return [self._line(stage) for stage in LATER]

    @property
    def added(self) -> int:
        """Those registered and those now in the later stages, simply added up."""
        return self.registered + sum(line.now for line in self.later)

    @property
    def neither(self) -> int:
        """How many are in none of these counts."""
        return self.total - (self.added - self.twice)

    @property
    def untracked(self) -> int:
        """How many of the signed are not under follow-up."""
        return self.signed - self.tracked

    @property
    def not_landed(self) -> int:
        """How many are only signed or registered."""
        return self._line(SIGNED).now + self._line(REGISTERED).now


def progress_of(asked: Asked, everybody: QuerySet[Project]) -> Progress:
    """The stages of the projects in scope on the day, out of `everybody` that the person may see."""
    scope, stages = scope_asked(asked), version_now("investment_project").stages
    rows = in_scope(everybody, asked, scope).order_by()
    theirs = held(asked).filter(case__in=rows.values("case"))
    counted = theirs.values("stage").annotate(n=Count("case", distinct=True))
    reached = dict(counted.values_list("stage", "n"))
    now = _furthest(theirs, stages)
    registered = theirs.filter(stage=REGISTERED).values("case")
    both = _furthest(theirs.filter(case__in=registered), stages)
    signed = in_scope(everybody, asked, SIGNED).order_by().values_list("tracked")
    tracked = dict(signed.annotate(Count("pk")))
    sums = rows.aggregate(count=Count("pk"), amount=Sum("agreed_cny"))
    codes, figures = _indicators(scope, day_of(asked)), _figures(asked, scope)
    return Progress(
        day=day_of(asked),
        scope=scope,
        total=sums["count"],
        amount=sums["amount"],
        lines=[
            StageLine(one, reached.get(one.id, 0), now[one.id], figures.get(codes.get(one.id, "")))
            for one in stages
        ],
        signed=sum(tracked.values()),
        tracked=tracked.get(True, 0),
        not_landed_figure=figures.get(NOT_LANDED),
        twice=sum(both[stage] for stage in LATER),
    )


def _furthest(rows: QuerySet[Milestone], stages: Sequence[Stage]) -> Counter[str]:
    """For how many cases each stage is the furthest."""
    tops = rows.values("case").annotate(top=Max("rank")).values_list("top", flat=True)
    return Counter(stages[top].id for top in tops)


def _indicators(scope: str, day: date) -> dict[str, str]:
    """By stage: the indicator that counts projects of that scope which reached it, by the rule of
    that day; of others none."""
    rule = posting_rule(day)
    if rule is None or scope not in {"tracked", SIGNED}:
        return {}
    return {
        row["stage"]: row["indicator"]
        for row in rule["postings"]
        if row["value"] == "one" and row["tracked"] == (scope == "tracked")
    }


def _figures(asked: Asked, scope: str) -> dict[str, Figure]:
    """The ledger's figures from the beginning of the year to the month of the day; it counts the
    whole district, so that whoever sees a part of it is shown none."""
    if not scope_of(asked.actor, "investment.view").everything:
        return {}
    day = day_of(asked)
    codes = [*_indicators(scope, day).values(), *([NOT_LANDED] if scope == "tracked" else [])]
    period = Period(Month(day.year, 1), Month.of(day))
    queries = {code: Query(code, period, settings.HOME_AREA) for code in codes}
    answers = answer(queries.values(), known_at=asked.known_at)
    return {code: answers[query] for code, query in queries.items()}
