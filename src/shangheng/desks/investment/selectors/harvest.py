"""What came of leads, by where they came from: leads → projects → signed → landed, the money agreed and what of it arrived."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from shangheng.core.accounts.models import User
from shangheng.core.dictionaries.selectors import values
from shangheng.desks.investment.models import Arrival, Project
from shangheng.desks.investment.selectors.leads import leads_for
from shangheng.engines.cases.models import Milestone


@dataclass
class Source:
    """One source: how many leads, and how far the projects came that they became.

    A project that several leads of a source led to counts once. In 亿元: `agreed` of signed ones,
    `arrived` by vouchers, of all of them.
    """

    name: str
    leads: int = 0
    given_up: int = 0
    projects: set[int] = field(default_factory=set)
    signed: set[int] = field(default_factory=set)
    landed: set[int] = field(default_factory=set)
    agreed: Decimal = Decimal(0)
    arrived: Decimal = Decimal(0)


@dataclass(frozen=True)
class Harvest:
    """The sources of a year, and what they come to; a project of several sources counts once there."""

    sources: list[Source]
    total: Source


def harvest_of(actor: User, year: int) -> Harvest:
    """The leads that were entered in a year, as far as somebody sees them. Four queries."""
    rows = leads_for(actor).filter(created_at__year=year).order_by()
    found = list(rows.values_list("source", "project", "case__stage"))
    projects = {project for _source, project, _stage in found if project is not None}
    reached = _reached(projects)
    agreed = dict(Project.objects.filter(pk__in=projects).values_list("pk", "agreed_cny"))
    arrived = _arrived(projects)
    sources = {one.code: Source(one.name) for one in values("lead_sources")}
    total = Source("")
    for code, project, stage in found:
        for source in (sources.setdefault(code, Source(code)), total):
            source.leads += 1
            source.given_up += stage == "closed"
            if project is not None:
                _count(source, project, reached[project])
    for source in (*sources.values(), total):
        source.agreed = sum((agreed[one] or Decimal(0) for one in source.signed), Decimal(0))
        source.arrived = sum((arrived[one] for one in source.projects), Decimal(0))
    shown = [one for one in sources.values() if one.leads]
    return Harvest(sorted(shown, key=lambda one: -one.leads), total)


def _count(source: Source, project: int, stages: set[str]) -> None:
    source.projects.add(project)
    if "signed" in stages:
        source.signed.add(project)
    if "registered" in stages:
        source.landed.add(project)


def _arrived(projects: Iterable[int]) -> defaultdict[int, Decimal]:
    """The money of each project that arrived by vouchers and was not taken back, in 亿元."""
    rows = Arrival.objects.filter(project__in=list(projects), taken_back_at=None)
    found: defaultdict[int, Decimal] = defaultdict(Decimal)
    for project, amount in rows.values_list("project", "counted_cny"):
        found[project] += amount
    return found


def _reached(projects: Iterable[int]) -> defaultdict[int, set[str]]:
    """The stages that each project has reached."""
    rows = Milestone.objects.filter(
        n=1,
        reversal=None,
        case__subject_type="investment.project",
        case__subject_id__in=list(projects),
        stage__in=["signed", "registered"],
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for project, stage in rows.values_list("case__subject_id", "stage"):
        found[project].add(stage)
    return found
