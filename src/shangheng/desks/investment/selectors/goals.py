"""Reading structural goals: each class against its target, and which projects fill it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from shangheng import rules
from shangheng.core.accounts.models import User
from shangheng.core.ui.moment import Moment
from shangheng.desks.investment.domain.goals import GoalClass, Version, classes_of
from shangheng.desks.investment.models import GoalClaim, Project
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.engines.cases.models import Milestone
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.balances import balances_of
from shangheng.engines.ledger.selectors.figures import answer
from shangheng.engines.ledger.selectors.targets import Goal, goals_of, rows_in_force, year_goals

DISTINCT = "investment.structural.projects"


@cache
def classes() -> list[GoalClass]:
    """The classes there are."""
    return classes_of(rules.load("structural_classes.yaml"))


def class_of(code: str) -> GoalClass | None:
    """The class of that code."""
    return next((one for one in classes() if one.code == code), None)


@dataclass(frozen=True)
class ClassLine:
    """A class (or all, each project once) in a period: what is recognised, what is claimed, targets."""

    code: str
    name: str
    indent: bool
    recognised: Figure
    claimed: Figure
    targets: Sequence[Goal]

    @property
    def shares(self) -> list[tuple[Goal, Decimal | None]]:
        """Each target with what is recognised of it, in percent."""
        value = self.recognised.value
        return [
            (goal, value / goal.value * 100 if value is not None and goal.value else None)
            for goal in self.targets
        ]


@dataclass
class Filled:
    """A project with the classes that it fills and how far each is; `project` when one may see it, and
    `unsigned` where its signing has fallen since."""

    subject: str
    standing: dict[str, Status] = field(default_factory=dict)
    project: int | None = None
    posting: dict[str, int] = field(default_factory=dict)
    unsigned: bool = False

    @property
    def cells(self) -> list[tuple[Status | None, int | None]]:
        """For each class in order: how far it is there, and the posting that says so."""
        return [(self.standing.get(one.code), self.posting.get(one.code)) for one in classes()]


def lines_of(moment: Moment) -> list[ClassLine]:
    """Every class, then all of them with each project once."""
    period, known_at = Period.parse(moment.period), moment.known_at
    wanted = [(one.code, one.name, bool(one.within), one.indicator) for one in classes()]
    wanted.append(("", _("去重合计"), False, DISTINCT))
    queries = {
        (code, counting): Query(code, period, settings.HOME_AREA, counting=counting)
        for *_names, code in wanted
        for counting in (Counting.RECOGNISED, Counting.CLAIMED)
    }
    answers = answer(queries.values(), known_at=known_at)
    goals = _targets(period.end.year, known_at)
    return [
        ClassLine(
            code,
            name,
            indent,
            answers[queries[indicator, Counting.RECOGNISED]],
            answers[queries[indicator, Counting.CLAIMED]],
            year_goals(goals, indicator),
        )
        for code, name, indent, indicator in wanted
    ]


def summed(lines: Iterable[ClassLine]) -> tuple[Decimal, Decimal]:
    """The classes added up, a project as often as it fills one: recognised, and claimed as well."""
    own = [line for line in lines if line.code and not line.indent]
    recognised = sum((line.recognised.value or Decimal(0) for line in own), Decimal(0))
    return recognised, sum((line.claimed.value or Decimal(0) for line in own), Decimal(0))


def _targets(year: int, known_at: datetime) -> list[Goal]:
    rows = rows_in_force([year], area=settings.HOME_AREA, known_at=known_at)[year]
    own = {one.indicator for one in classes()} | {DISTINCT}
    return goals_of([row for row in rows if row.indicator.code in own], {})


def filled(actor: User, moment: Moment, goal: str = "") -> list[Filled]:
    """The projects behind the figures of a period, those that fill most classes first."""
    period, known_at = Period.parse(moment.period), moment.known_at
    codes = {one.indicator: one.code for one in classes()}
    rows = list(
        Posting.objects.filter(
            series__indicator__code__in=codes,
            series__area=settings.HOME_AREA,
            occurred_on__range=(period.start.first, period.end.last),
            recorded_at__lte=known_at,
            n=1,
        )
        .exclude(reversal__recorded_at__lte=known_at)
        .select_related("series__indicator", "goal")
        .order_by("occurred_on", "pk")
    )
    held = balances_of(rows, known_at)
    seen = set(projects_for(actor).order_by().values_list("pk", flat=True))
    found: dict[str, Filled] = defaultdict(lambda: Filled(""))
    for row in rows:
        one = found[row.subject]
        one.subject, code = row.subject, codes[row.series.indicator.code]
        best = _best(held[row.pk])
        if best is not None and _order(best) >= _order(one.standing.get(code)):
            one.standing[code], one.posting[code] = best, row.pk
        claim: GoalClaim | None = getattr(row, "goal", None)
        if claim is not None and claim.project_id in seen:
            one.project = claim.project_id
    fallen = unsigned(one.project for one in found.values() if one.project)
    for one in found.values():
        one.unsigned = one.project in fallen
    kept = [one for one in found.values() if not goal or goal in one.standing]
    return sorted(kept, key=lambda one: (-len(one.standing), one.subject))


def unsigned(projects: Iterable[int]) -> set[int]:
    """Those of some projects that no signing stands for: they count in no class."""
    signed = Milestone.objects.filter(stage="signed", n=1, reversal=None).values("case")
    rows = Project.objects.filter(pk__in=list(projects)).exclude(case__in=signed)
    return set(rows.order_by().values_list("pk", flat=True))


def _best(amounts: dict[Status, int]) -> Status | None:
    there = [status for status, amount in amounts.items() if amount > 0]
    return max(there, key=_order, default=None)


def _order(status: Status | None) -> int:
    """How far a status is: rejected, claimed, submitted, recognised."""
    if status is None:
        return -1
    return 0 if status is Status.REJECTED else int(status)


@dataclass(frozen=True)
class Fit:
    """One class for one project: what it asks, what is lacking, and the claim, if there is one."""

    goal: GoalClass
    version: Version
    lacking: Sequence[str]
    unsigned: bool = False
    claim: GoalClaim | None = None
    status: Status | None = None


def fits_of(project: Project, day: date, known_at: datetime | None = None) -> list[Fit]:
    """Every class that holds on a day, for one project."""
    claims = {one.goal: one for one in GoalClaim.objects.filter(project=project, withdrawn_at=None)}
    postings = Posting.objects.filter(pk__in=[one.posting_id for one in claims.values()])
    held = balances_of(postings, known_at)
    fallen = bool(unsigned([project.pk]))
    found = []
    for goal in classes():
        version = goal.on(day)
        if version is None:
            continue
        lacking = list(version.unmet(project.agreed_cny, project.industry))
        if fallen:
            lacking.insert(0, _("还没有签约"))
        fit = Fit(goal, version, lacking, fallen)
        if claim := claims.get(goal.code):
            fit = replace(fit, claim=claim, status=_best(held.get(claim.posting_id, {})))
        found.append(fit)
    return found
