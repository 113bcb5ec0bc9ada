"""Opening very many cases at once, as `moving.open_case` opens each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.core.audit.services import Told, record_many
from shangheng.core.database.filling import fill
from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain.deadlines import due_day
from shangheng.engines.cases.domain.history import Act
from shangheng.engines.cases.domain.workflow import Version
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case, Milestone, Step
from shangheng.engines.cases.services.recording import day_of
from shangheng.engines.cases.subjects import subject_kind
from shangheng.methods.wording import say


@dataclass(frozen=True, slots=True)
class Opening:
    """A case to open: about which new subject, whose it is, since which day its stage is reached."""

    subject_id: int
    title: str
    owner: int
    unit: int
    occurred_on: date


@transaction.atomic(savepoint=False)
def open_cases(
    *,
    actor: User,
    at: datetime,
    workflow: str,
    openings: Sequence[Opening],
    is_sample: bool = False,
) -> list[int]:
    """Begin cases about subjects that have none yet: their keys, in order. Nobody watches them, so
    nobody is told.

    Raises CannotDo for a day to come, PermissionDenied, UnknownWorkflow, UnknownSubject.
    """
    _must_reach(actor, openings)
    if any(one.occurred_on > day_of(at) for one in openings):
        raise CannotDo(say("里程碑是已经发生的事，日期不能晚于今天。"))
    rule = rulebook.workflow(workflow)
    subject_kind(rule.subject)
    version = rule.on(day_of(at))
    count = len(openings)
    same: dict[str, Sequence[Any]] = {
        "owner_id": [one.owner for one in openings],
        "unit_id": [one.unit for one in openings],
        "stage": [version.start] * count,
    }
    cases = list(
        fill(
            Case,
            {
                **same,
                "workflow": [rule.id] * count,
                "workflow_version": [version.number] * count,
                "subject_type": [rule.subject] * count,
                "subject_id": [one.subject_id for one in openings],
                "title": [one.title for one in openings],
                "visit": [1] * count,
                "entered_at": [at] * count,
                "due_on": [_due(version, at)] * count,
                "opened_by_id": [actor.pk] * count,
                "opened_at": [at] * count,
                "is_sample": [is_sample] * count,
            },
        )
    )
    _add_logs(actor, at, version, cases, openings)
    told = [_told(pk, one, version.start) for pk, one in zip(cases, openings, strict=True)]
    record_many(actor=actor, at=at, told=told)
    return cases


def _due(version: Version, at: datetime) -> date | None:
    """The last day of the clock of the first stage."""
    clock = version.stage(version.start).clock
    return due_day(rulebook.calendar(), clock, day_of(at), []).on


def _add_logs(
    actor: User, at: datetime, version: Version, cases: list[int], openings: Sequence[Opening]
) -> None:
    """The first step of each case, and the milestone that it reaches."""
    stage, count = version.stage(version.start), len(cases)
    steps = fill(
        Step,
        {
            "case_id": cases,
            "number": [1] * count,
            "act": [Act.OPEN.value] * count,
            "stage": [stage.id] * count,
            "owner_id": [one.owner for one in openings],
            "unit_id": [one.unit for one in openings],
            "actor_id": [actor.pk] * count,
            "at": [at] * count,
        },
    )
    if not stage.milestone:
        return
    fill(
        Milestone,
        {
            "case_id": cases,
            "stage": [stage.id] * count,
            "rank": [version.rank(stage.id)] * count,
            "occurred_on": [one.occurred_on for one in openings],
            "recorded_at": [at] * count,
            "recorded_by_id": [actor.pk] * count,
            "step_id": list(steps),
        },
    )


def _must_reach(actor: User, openings: Sequence[Opening]) -> None:
    """Raises PermissionDenied."""
    scope = scope_of(actor, "cases.act")
    for unit, owner in {(one.unit, one.owner) for one in openings}:
        if not scope.covers(unit_id=unit, owner_id=owner):
            raise PermissionDenied


def _told(pk: int, one: Opening, stage: str) -> Told:
    after = {"step": 1, "stage": stage, "owner": one.owner, "unit": one.unit}
    return Told(f"cases.{Act.OPEN.value}", f"cases.case:{pk}", one.title, after=after)
