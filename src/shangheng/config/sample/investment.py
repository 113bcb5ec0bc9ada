"""Load the sample year's investment desk, through the services that people use.

The ledger holds the year's counts from the sample's own series, so that the milestones of these projects
count as held elsewhere; goals and money with a payer are posted by the desk, and by it alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from shangheng.config.sample.model import Sample, SampleBatch, SampleFact, SampleStep
from shangheng.config.sample.projects import PlannedProject, planned_projects
from shangheng.config.sample.reading import Row, yaml_file
from shangheng.config.sample.vouchers import SampleVoucher, make_paper
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.search import services as search
from shangheng.desks.investment.models import Arrival, GoalClaim, Project
from shangheng.desks.investment.services import chains, counting, goals, money, projects, submitting
from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain.workflow import Transition
from shangheng.engines.cases.services import exhibits, moving
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import Upload, store
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.registry.models import NameKind
from shangheng.engines.registry.services.contacts import add_contact
from shangheng.engines.registry.services.organisations import (
    Source,
    add_name,
    register_organisation,
)

ZONE = ZoneInfo("Asia/Shanghai")
FILE = Path(__file__).with_name("investment.yaml")
GOAL = "investment.structural."
DISTINCT = "investment.structural.projects"

type Event = tuple[datetime, str, Callable[[], None]]


class InvestmentSample:
    """Enters projects and what belongs to them, each on its day."""

    def __init__(
        self,
        sample: Sample,
        units: Mapping[str, OrgUnit],
        people: Mapping[str, User],
        users: Mapping[str, User],
    ) -> None:
        """`people` by their role, the first of each; `users` by their name."""
        self.told: Row = yaml_file(FILE)
        self.units, self.people = units, people
        self.officers = {
            person.unit: users[person.username]
            for person in sample.people
            if person.role == "investment_officer"
        }
        self.clerk, self.head = people["statistics_clerk"], people["section_head"]
        self.director = people["director"]
        self.planned = planned_projects(sample, self.told)
        self.projects: dict[str, Project] = {}
        self.papers: dict[tuple[str, str], Document] = {}
        self.claims: dict[int, GoalClaim] = {}
        self.arrivals: dict[int, Arrival] = {}
        version = rulebook.workflow("investment_project").versions[-1]
        self.ways: dict[str, Transition] = {way.id: way for way in version.transitions}

    def events(self) -> Iterator[Event]:
        """Everything that happens to the projects, with its time."""
        first = min(min(one.steps.values()) for one in self.planned)
        yield at_noon(first), self.told["source"], self._enterprises
        for one in self.planned:
            days = list(one.steps.items())
            yield at_noon(days[0][1]), one.name, partial(self._enter, one)
            for step, on in days[1:]:
                yield at_noon(on), one.name, partial(self._step, one, step, on)

    def _enterprises(self) -> None:
        first = min(min(one.steps.values()) for one in self.planned)
        for name in self.told["enterprises"]:
            register_organisation(
                actor=self.head,
                at=at_noon(first),
                name=name,
                source=Source(self.told["source"], first),
                values={"kind": "enterprise"},
            )
        for told in self.told["organisations"]:
            self._organisation(told, at_noon(first), Source(self.told["made_up"], first))
        chains.load_chains(actor=self.head, at=at_noon(first))

    def _organisation(self, told: Row, at: datetime, source: Source) -> None:
        """One that is made up, with its former name and its contact."""
        row = register_organisation(
            actor=self.head,
            at=at,
            name=told["name"],
            source=source,
            values={
                field: told[field] for field in ("industry", "area", "address") if field in told
            },
            is_sample=True,
        )
        if "former" in told:
            add_name(
                actor=self.head, at=at, organisation=row, name=told["former"],
                kind=NameKind.FORMER, source=source.text,
            )  # fmt: skip
        if "contact" in told:
            add_contact(
                actor=self.head, at=at, organisation=row, source=source, name=told["contact"]
            )

    def _enter(self, one: PlannedProject) -> None:
        on = one.steps["lead"]
        officer = self.officers[one.unit]
        self.projects[one.name] = projects.enter_project(
            actor=officer,
            at=at_noon(on),
            values={"name": one.name, **one.values},
            unit=self.units[one.unit],
            occurred_on=on,
            is_sample=True,
        )

    @transaction.atomic
    def _step(self, one: PlannedProject, step: str, on: date) -> None:
        row, officer, at = self.projects[one.name], self.officers[one.unit], at_noon(on)
        for need in self.ways[step].evidence:
            paper = self._paper(min(need.any_of), one.unit, at)
            exhibits.attach(actor=officer, at=at, case=row.matter, document=paper)
        reason = self.told["terminated"] if self.ways[step].reason else ""
        moving.move(
            actor=officer, at=at, case=row.matter, transition=step, occurred_on=on, reason=reason
        )
        row.refresh_from_db()
        if step == list(one.steps)[-1]:
            counting.bring_up_to_date(actor=officer, at=at, project=row, elsewhere=True)
            search.index(row)

    def _paper(self, kind: str, unit: str, at: datetime) -> Document:
        """A sample paper of a kind, one for all projects of a unit."""
        if (kind, unit) not in self.papers:
            made = make_paper(kind, self.units[unit].name, at)
            self.papers[kind, unit] = store(
                actor=self.officers[unit],
                at=at,
                name=made.name,
                content=made.content,
                kind=kind,
                unit=self.units[unit],
                is_sample=True,
            )
        return self.papers[kind, unit]

    # what the ledger's own batches leave to the desk

    def owns(self, fact: SampleFact) -> bool:
        """Whether the desk posts a fact: money with a payer, and projects in structural goals."""
        return bool(fact.payer) or (fact.indicator.startswith(GOAL) and bool(fact.subject))

    def post(self, batch: SampleBatch, voucher: SampleVoucher) -> None:
        """Enter money and goals of a batch at the desk."""
        for fact in filter(self.owns, batch.facts):
            project = self.projects[fact.subject]
            officer = self.officers[self.plan(fact.subject).unit]
            upload = Upload(voucher.name, voucher.content, voucher.kind)
            if fact.payer:
                self.arrivals[id(fact)] = money.enter_arrival(
                    actor=officer,
                    at=batch.recorded_at,
                    project=project,
                    values=_money(batch, fact),
                    uploads=[upload],
                    is_sample=True,
                )
            elif fact.indicator != DISTINCT:
                goal = fact.indicator.removeprefix(GOAL)
                self.claims[id(fact)] = goals.claim_goal(
                    actor=officer,
                    at=batch.recorded_at,
                    project=project,
                    goal=goal,
                    counts_on=fact.occurred_on,
                    basis=self.plan(fact.subject).basis.get(goal, ""),
                    upload=upload,
                    is_sample=True,
                )

    def decide(
        self,
        at: datetime,
        batch: SampleBatch,
        steps: Sequence[tuple[SampleFact, SampleStep]],
        reply: SampleVoucher | None,
    ) -> None:
        """Send to the city what the desk has posted of a batch, or record what it says."""
        upload = Upload(reply.name, reply.content, reply.kind) if reply else None
        for fact, step in steps:
            if (claim := self.claims.get(id(fact))) is not None:
                self._decide_goal(at, claim, step, upload)
            elif (arrival := self.arrivals.get(id(fact))) is not None:
                self._decide_money(at, batch, arrival, step, upload)

    def _decide_goal(
        self, at: datetime, claim: GoalClaim, step: SampleStep, upload: Upload | None
    ) -> None:
        if step.destination is Status.SUBMITTED:
            goals.submit_goal(actor=self.clerk, at=at, row=claim)
        else:
            goals.decide_goal(actor=self.clerk, at=at, row=claim, reason=step.reason, upload=upload)

    def _decide_money(
        self,
        at: datetime,
        batch: SampleBatch,
        arrival: Arrival,
        step: SampleStep,
        upload: Upload | None,
    ) -> None:
        if step.destination is Status.SUBMITTED:
            submitting.submit_batch(actor=self.clerk, at=at, arrivals=[arrival], name=batch.title)
            return
        refused = step.destination is Status.REJECTED
        decision = submitting.Decision(
            arrival,
            recognised=Decimal(0) if refused else step.amount,
            rejected=step.amount if refused else Decimal(0),
            reason=step.reason,
        )
        submitting.record_reply(
            actor=self.clerk,
            at=at,
            batch=arrival.batches.get(),
            decisions=[decision],
            replied_on=at.date(),
            upload=upload,
        )

    def plan(self, name: str) -> PlannedProject:
        """A project as it is planned."""
        return next(one for one in self.planned if one.name == name)


def at_noon(on: date) -> datetime:
    """The time at which the sample records what happened on a day."""
    return datetime.combine(on, time(16), ZONE)


def _money(batch: SampleBatch, fact: SampleFact) -> dict[str, Any]:
    return {
        "paid_on": fact.occurred_on,
        "kind": batch.voucher_kind,
        "number": f"SL-{batch.key}",
        "payer": fact.payer,
        "amount": fact.value * 10000,  # 万
        "currency": "CNY",
        "industrial": fact.dimensions["sector"] == "industrial",
        "note": fact.note,
    }
