"""One lead or project as its page shows it: what is missing next, the way so far, what is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise
from statistics import median

from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.access import only_reads
from shangheng.core.accounts.models import User
from shangheng.core.dictionaries.selectors import values
from shangheng.desks.investment.models import Lead, Project
from shangheng.engines.cases.domain import history
from shangheng.engines.cases.domain.deadlines import Due
from shangheng.engines.cases.domain.interpreter import Lack, Offer
from shangheng.engines.cases.domain.workflow import Stage
from shangheng.engines.cases.models import (
    Case,
    Comment,
    Exhibit,
    Milestone,
    Obstacle,
    ObstacleState,
    Override,
    Signing,
    Step,
    Task,
)
from shangheng.engines.cases.selectors.cases import (
    due_of,
    entries_of,
    offers,
    reaches,
    stage_of,
    standing_exhibits,
    ways_back,
    workflow_of,
)
from shangheng.engines.cases.selectors.register import due_on
from shangheng.engines.cases.selectors.wording import Wanted, wanted
from shangheng.engines.cases.services.milestones import standing
from shangheng.engines.cases.services.overriding import waiting_overrides
from shangheng.engines.cases.services.telling import act_name

ENOUGH = 5  # cases below which a usual length of a stage says nothing
OWN_PAGES = {"convert": "lead-convert"}
RECENT = 200  # cases that the usual length is taken from


@dataclass(frozen=True, slots=True)
class Way:
    """A step that leads on: what is missing for it, who can supply it, the page that takes it."""

    offer: Offer
    wanted: tuple[Wanted, ...]
    page: str

    @property
    def permitted(self) -> bool:
        """Whether this person may take it once everything is there."""
        barred = {Lack.PERMISSION, Lack.OTHER_PERSON}
        return not any(lack.lack in barred for lack in self.offer.missing)

    @property
    def url(self) -> str:
        """Where this person takes it; "" when they may not."""
        return self.page if self.permitted else ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage on the timeline: its milestone if it was reached, days until the one after."""

    stage: Stage
    milestone: Milestone | None
    verified_by: str
    days: int | None
    here: bool


@dataclass(frozen=True, slots=True)
class Open:
    """A task or obstacle with its deadline as it looks today, and whether this person may act on it."""

    thing: Task | Obstacle
    due: Due
    may_act: bool


@dataclass(frozen=True)
class File:
    """Everything that the page of a lead or project shows of its case."""

    row: Project | Lead
    case: Case
    stage: Stage
    due: Due
    ways: Sequence[Way]
    back: Sequence[Stage]
    timeline: Sequence[Reached]
    days_here: int
    usual_days: int | None
    obstacles: Sequence[Open]
    tasks: Sequence[Open]
    exhibits: Sequence[tuple[Exhibit, str]]
    comments: Sequence[Comment]
    steps: Sequence[tuple[Step, str, str]]
    overrides: Sequence[Override]
    signings: Sequence[Signing]
    watching: bool
    may_talk: bool
    may_act: bool
    may_verify: bool
    may_override: bool
    can_undo: bool

    @property
    def open_obstacles(self) -> int:
        """How many hold it up."""
        return sum(one.thing.state != ObstacleState.CLOSED for one in self.obstacles)  # type: ignore[union-attr] # an obstacle


def file_of(actor: User, row: Project | Lead) -> File:
    """What the page shows, for somebody who may see it."""
    case, today = row.matter, timezone.localdate()
    stage = stage_of(case)
    milestones = list(
        standing(case).select_related("recorded_by", "verification__verifier").order_by("rank")
    )
    steps = list(case.steps.select_related("actor", "owner").order_by("-number"))
    may_act = reaches(actor, "cases.act", case)
    version = workflow_of(case)[1]
    undoable = history.last_undoable(entries_of(case))
    kinds = {one.code: one.name for one in values("voucher_kinds")}
    return File(
        row=row,
        case=case,
        stage=stage,
        due=due_of(case, today),
        ways=() if case.closed else _ways(row, actor),
        back=ways_back(case) if may_act else (),
        timeline=_timeline(case, milestones, today),
        days_here=_days_here(case, stage, milestones, today),
        usual_days=usual_days(case.workflow, stage.id),
        obstacles=_open(case.obstacles.select_related("owner", "unit"), actor, may_act, today),
        tasks=_open(case.tasks.select_related("assignee"), actor, may_act, today),
        exhibits=[(one, kinds.get(one.kind, one.kind)) for one in standing_exhibits(case)],
        comments=list(case.comments.select_related("author")),
        steps=[(one, act_name(one.act), version.stage(one.stage).name) for one in steps],
        overrides=waiting_overrides(case),
        signings=list(case.signings.filter(visit=case.visit).select_related("person")),
        watching=case.watchers.filter(person=actor).exists(),
        may_talk=not only_reads(actor),
        may_act=may_act,
        may_verify=reaches(actor, "cases.verify", case),
        may_override=reaches(actor, "cases.override", case),
        can_undo=any(
            undoable is not None and one.number == undoable.number and one.actor_id == actor.pk
            for one in steps
        ),
    )


def usual_days(workflow: str, stage: str) -> int | None:
    """The median of days that the bureau's latest cases took from a stage to their next; None for
    too few."""
    held = Milestone.objects.filter(n=1, reversal=None, case__workflow=workflow)
    been = held.filter(stage=stage).order_by("-occurred_on").values_list("case", flat=True)
    days: dict[int, list[tuple[int, date, str]]] = {}
    rows = held.filter(case__in=list(been[:RECENT])).values_list(
        "case", "rank", "occurred_on", "stage"
    )
    for case, rank, on, code in rows:
        days.setdefault(case, []).append((rank, on, code))
    lengths = [
        length for some in days.values() if (length := _length(sorted(some), stage)) is not None
    ]
    return round(median(lengths)) if len(lengths) >= ENOUGH else None


def _length(reached: list[tuple[int, date, str]], stage: str) -> int | None:
    """Days from a stage to the one reached after it; None where its day lies before."""
    place = next(place for place, (_rank, _on, code) in enumerate(reached) if code == stage)
    if place + 1 == len(reached):
        return None
    days = (reached[place + 1][1] - reached[place][1]).days
    return days if days >= 0 else None


def _ways(row: Project | Lead, actor: User) -> list[Way]:
    """The steps on, with what is missing."""
    case = row.matter
    found = [
        offer
        for offer in offers(case, actor)
        if offer.transition.id != "claim"  # a button of its own: it makes the lead one's own
    ]
    told = iter(wanted(case, [lack for offer in found for lack in offer.missing], actor))
    return [
        Way(offer, tuple(islice(told, len(offer.missing))), way_url(row, offer.transition.id))
        for offer in found
    ]


def way_url(row: Project | Lead, transition: str) -> str:
    """The page that takes a step: its gate, or one of its own where the desk does more."""
    kind = row._meta.model_name
    if own := OWN_PAGES.get(transition):
        return reverse(own, args=[row.pk])
    return reverse(f"{kind}-move", args=[row.pk, transition])


def _timeline(case: Case, milestones: Sequence[Milestone], today: date) -> list[Reached]:
    """The stages that are milestones, in the order of the rule."""
    there = {row.stage: row for row in milestones}
    following = {row.stage: later.occurred_on for row, later in pairwise(milestones)}
    line = []
    version = workflow_of(case)[1]
    given_up = {way.target for way in version.transitions if way.reason}
    for stage in version.stages:
        if not stage.milestone or (stage.id in given_up and stage.id not in there):
            continue
        row = there.get(stage.id)
        days = None
        if row is not None and not stage.final:
            days = (following.get(stage.id, today) - row.occurred_on).days
        verification = getattr(row, "verification", None)
        by = verification.verifier.display_name if verification else ""
        line.append(Reached(stage, row, by, days, stage.id == case.stage))
    return line


def _days_here(case: Case, stage: Stage, milestones: Iterable[Milestone], today: date) -> int:
    """How long it has stood in its stage: since its milestone, else since it came there."""
    since = next((row.occurred_on for row in milestones if row.stage == stage.id), None)
    return (today - (since or timezone.localdate(case.entered_at))).days


def _open(things: Iterable[Task | Obstacle], actor: User, may_act: bool, today: date) -> list[Open]:
    return [
        Open(
            thing,
            due_on(thing.due_on, today),
            may_act
            or (
                not only_reads(actor)
                and actor.pk == (thing.assignee_id if isinstance(thing, Task) else thing.owner_id)
            ),
        )
        for thing in things
    ]
