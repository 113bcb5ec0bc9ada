"""Load the sample year into an empty ledger, through the same services that people use.

Everything happens at the time at which it is said to have happened, in that order, so that the
ledger can be asked what was known on any day of the sample year.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shangheng.config.sample.around import AroundProjects
from shangheng.config.sample.facts import load_sample
from shangheng.config.sample.investment import InvestmentSample
from shangheng.config.sample.model import (
    BadSample,
    Sample,
    SampleBatch,
    SampleFact,
    SampleGrowthPoint,
    SamplePerson,
    SampleStep,
    SampleTarget,
)
from shangheng.config.sample.on_chains import OnChains
from shangheng.config.sample.vouchers import SampleVoucher, make_reply, make_voucher
from shangheng.core.accounts import services as accounts
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.units import create_unit
from shangheng.desks.targets.domain.sheets import PointDraft, converted
from shangheng.desks.targets.services.sheets import add_growth_point, measure_of
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import store
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.line import Line
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.domain.targets import Base
from shangheng.engines.ledger.domain.units import Unit
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.posting import post
from shangheng.engines.ledger.services.publishing import Statement, publish
from shangheng.engines.ledger.services.recognition import Move, move
from shangheng.engines.ledger.services.rollups import catch_up_to_yesterday
from shangheng.engines.ledger.services.targets import open_sheet, propose, sign_sheet

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Account:
    """A demonstration account with its password, as printed on the terminal."""

    username: str
    display_name: str
    role: str
    password: str


@dataclass(frozen=True)
class Decision:
    """Steps of recognition that were taken at one moment, by key of their batch."""

    at: datetime
    batch: SampleBatch
    steps: tuple[tuple[SampleFact, SampleStep], ...]


class SampleLoader:
    """Posts the sample year in order of time."""

    def __init__(self, sample: Sample, progress: Progress) -> None:
        self.sample = sample
        self.progress = progress
        self.units: dict[str, OrgUnit] = {}
        self.people: dict[str, User] = {}
        self.users: dict[str, User] = {}
        self.postings: dict[int, Posting] = {}
        self.replies: dict[str, Document] = {}

    def load(self) -> list[Account]:
        """Make people and units, post every fact, keep what was published, set the targets."""
        now = timezone.now()  # accounts are new, whatever the age of what they post
        for unit in self.sample.units:
            self.units[unit.code] = create_unit(
                actor=None,
                at=now,
                code=unit.code,
                name=unit.zh,
                name_en=unit.en,
                parent=self.units.get(unit.parent),
            )
        accounts_made = [self._person(person, now) for person in self.sample.people]
        self.desk = InvestmentSample(self.sample, self.units, self.people, self.users)
        events = self._events()
        for number, (_, title, act) in enumerate(events, start=1):
            self.progress(number, len(events), title)
            act()
        catch_up_to_yesterday(at=now)
        return accounts_made

    def _person(self, person: SamplePerson, at: datetime) -> Account:
        password = secrets.token_urlsafe(9) + "Aa1!"
        user = accounts.create_user(
            actor=None,
            at=at,
            username=person.username,
            display_name=person.display_name,
            password=password,
            unit=self.units[person.unit],
            must_change_password=False,
        )
        # the password is made today, whatever the sample's calendar says: it has not expired
        User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now())
        accounts.grant(actor=None, at=at, user=user, role=person.role)
        self.users[person.username] = user
        self.people.setdefault(person.role, user)
        return Account(person.username, person.display_name, person.role, password)

    def _events(self) -> list[tuple[datetime, str, Callable[[], None]]]:
        every = (self.desk, AroundProjects(self.desk), OnChains(self.desk))
        events = [event for one in every for event in one.events()]
        for batch in self.sample.batches:
            events.append((batch.recorded_at, batch.title, partial(self._post, batch)))
            events += [
                (decision.at, f"认定 {batch.title}", partial(self._decide, decision))
                for decision in _decisions(batch)
            ]
        for year in sorted({target.year for target in self.sample.targets}):
            events.append((self._signed(year), f"{year}年目标", partial(self._targets, year)))
        events.append((self.sample.published_at, self.sample.title, self._publish))
        return sorted(events, key=lambda event: event[0])

    def _signed(self, year: int) -> datetime:
        """A year's targets were in force from its first working day, the coming year's when published."""
        published = self.sample.published_at
        return min(datetime(year, 3, 1, 9, tzinfo=published.tzinfo), published)

    def _post(self, batch: SampleBatch) -> None:
        voucher = make_voucher(batch)
        with transaction.atomic():
            self._post_rest(batch, voucher)
            self.desk.post(batch, voucher)

    def _post_rest(self, batch: SampleBatch, voucher: SampleVoucher) -> None:
        """Post what the desk does not."""
        facts = [fact for fact in batch.facts if not self.desk.owns(fact)]
        if not facts:
            return
        clerk = self.people["statistics_clerk"]
        document = store(
            actor=clerk,
            at=batch.recorded_at,
            name=voucher.name,
            content=voucher.content,
            kind=voucher.kind,
            unit=clerk.unit,
            is_sample=True,
        )
        entry = post(
            actor=clerk,
            at=batch.recorded_at,
            lines=[self._line(fact, document) for fact in facts],
            source=batch.source[:300],
            note=batch.note[:500],
        )
        rows = entry.postings.order_by("pk")
        self.postings |= {id(fact): row for fact, row in zip(facts, rows, strict=True)}

    def _line(self, fact: SampleFact, document: Document) -> Line:
        return Line(
            indicator=fact.indicator,
            unit_id=self.units[fact.unit].pk,
            area=fact.area,
            value=fact.value,
            unit_of_measure=fact.measure,
            occurred_on=fact.occurred_on,
            dimensions=fact.dimensions,
            subject=fact.subject,
            documents=(document.pk,),
            is_sample=fact.is_sample,
        )

    def _decide(self, decision: Decision) -> None:
        reply = None
        if any(step.destination is Status.REJECTED for _, step in decision.steps):
            reply = make_reply(decision.batch)
        self.desk.decide(decision.at, decision.batch, decision.steps, reply)
        moves = [
            Move(
                self.postings[id(fact)].pk, step.origin, step.destination, step.amount, step.reason
            )
            for fact, step in decision.steps
            if not self.desk.owns(fact)
        ]
        if not moves:
            return
        submitted = decision.steps[0][1].destination is Status.SUBMITTED
        document = None
        if any(step.destination is Status.REJECTED for _, step in decision.steps):
            document = self._reply(decision)
        move(
            actor=self.people["statistics_clerk"],
            at=decision.at,
            moves=moves,
            act="ledger.submit" if submitted else "ledger.decide",
            document=document,
            note="示例",
        )

    def _reply(self, decision: Decision) -> Document | None:
        reply = make_reply(decision.batch)
        clerk = self.people["statistics_clerk"]
        if reply is None:
            return None
        return store(
            actor=clerk,
            at=decision.at,
            name=reply.name,
            content=reply.content,
            kind=reply.kind,
            unit=clerk.unit,
            is_sample=True,
        )

    def _targets(self, year: int) -> None:
        at = self._signed(year)
        clerk, director = self.people["statistics_clerk"], self.people["director"]
        sheet = open_sheet(actor=clerk, at=at, year=year, source=self.sample.title, is_sample=True)
        for target in self.sample.targets:
            if target.year == year:
                propose(
                    actor=clerk,
                    at=at,
                    sheet=sheet,
                    indicator=target.indicator,
                    tier=target.tier,
                    area=self.sample.area,
                    value=target.value,
                    growth=target.growth,
                    base=_base(target),
                )
        for point in self.sample.growth_points:
            if point.year == year:
                add_growth_point(
                    actor=clerk,
                    at=at,
                    sheet=sheet,
                    indicator=point.indicator,
                    point=_point(point, measure_of(sheet, point.indicator)),
                )
        sign_sheet(actor=director, at=at, sheet=sheet)

    def _publish(self) -> None:
        publish(
            actor=self.people["statistics_clerk"],
            at=self.sample.published_at,
            source=self.sample.title,
            statements=[
                Statement(
                    label=row.label,
                    indicator=row.indicator,
                    area=row.area,
                    period=row.period,
                    measure=row.measure,
                    text=row.text,
                    unit_of_measure=row.unit,
                    tier=row.tier,
                    subject=row.subject,
                    place=row.place,
                )
                for row in self.sample.published
            ],
        )


def load(progress: Progress) -> list[Account]:
    """Load the sample year and keep its accounts beside the data. The ledger must be empty."""
    made = SampleLoader(load_sample(), progress).load()
    keep = accounts_file()
    descriptor = os.open(keep, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([account.__dict__ for account in made], file, ensure_ascii=False, indent=1)
    return made


def accounts_file() -> Path:
    """Where the passwords of the demonstration accounts are kept, readable by the owner only."""
    return Path(settings.DATA_DIR) / "demo-accounts.json"


def kept_accounts() -> list[Account]:
    """The demonstration accounts of an earlier load; none when there was none."""
    if not accounts_file().exists():
        return []
    return [Account(**row) for row in json.loads(accounts_file().read_text(encoding="utf-8"))]


def _decisions(batch: SampleBatch) -> Iterator[Decision]:
    steps = [(fact, step) for fact in batch.facts for step in fact.steps]
    ordered = sorted(steps, key=lambda pair: pair[1].at)
    for at, group in groupby(ordered, key=lambda pair: pair[1].at):
        yield Decision(at, batch, tuple(group))


def _point(point: SampleGrowthPoint, measure: Unit) -> PointDraft:
    """A growth point in the indicator's unit: the summary names 万美元, the ledger keeps 亿美元."""
    typed = catalogue.units()[point.unit]
    low, high = converted(point.low, typed, measure), converted(point.high, typed, measure)
    if low is None or high is None:
        raise BadSample(f"growth point {point.subject}: {point.unit} is not {measure.code}")
    return PointDraft(
        name=point.subject,
        due_on=point.date,
        low=low,
        high=high,
        unit=measure.code,
        probability=point.probability * 100,
        note=point.note,
        source=point.place,
    )


def _base(target: SampleTarget) -> Base | None:
    if target.base is None:
        return None
    return Base(target.base, target.base_period, target.base_known_at, target.base_source)
