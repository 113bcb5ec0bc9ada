"""Operations: milestones of projects."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.api.fields import Key
from shangheng.core.api.paging import Page, Paging, paged
from shangheng.core.api.problems import wrong
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.investment.access import access_project
from shangheng.desks.investment.api.common import Evidence, Reason, ReasonIn, documents_named
from shangheng.desks.investment.api.shapes import (
    MilestoneOut,
    ProjectOut,
    milestone_out,
    milestones_out,
    project_out,
)
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.desks.investment.services import handling
from shangheng.engines.cases.models import Milestone
from shangheng.engines.cases.models.cases import TEXT
from shangheng.engines.cases.selectors.cases import workflow_of
from shangheng.engines.cases.services import milestones

router = Router(tags=["investment"])


class MilestoneFilters(Paging):
    """Which milestones, in which order."""

    project: Key | None = Field(None, description=_("项目的编号。"))
    stage: str = Field("", max_length=40)
    since: date | None = Field(None, description=_("发生不早于。"))
    until: date | None = Field(None, description=_("发生不晚于。"))
    sort: Literal["day", "-day", "recorded", "-recorded"] = "-day"


class MilestoneIn(Schema):
    """A stage that was reached out of turn or before it was on record; the project stays where it is."""

    stage: str = Field(max_length=40)
    occurred_on: date
    note: str = Field("", max_length=TEXT)
    evidence: Evidence = []


class DayIn(Schema):
    """Another day of a milestone, and why."""

    occurred_on: date
    reason: Reason


@router.get("milestones", response=Page[MilestoneOut], summary=_("里程碑"))
@permission_required("investment.view")
def list_milestones(
    request: HttpRequest, response: HttpResponse, filters: Query[MilestoneFilters]
) -> dict[str, object]:
    """The milestones that hold of the projects within reach."""
    rows = _within(person_of(request))
    if filters.project is not None:
        rows = rows.filter(case__subject_id=filters.project)
    if filters.stage:
        rows = rows.filter(stage=filters.stage)
    if filters.since is not None:
        rows = rows.filter(occurred_on__gte=filters.since)
    if filters.until is not None:
        rows = rows.filter(occurred_on__lte=filters.until)
    down = "-" if filters.sort.startswith("-") else ""
    by = "occurred_on" if filters.sort.endswith("day") else "recorded_at"
    rows = rows.order_by(f"{down}{by}", f"{down}pk")
    return paged(request, response, rows, filters, milestones_out)


@router.post("projects/{int:pk}/milestones", response={201: ProjectOut}, summary=_("补记里程碑"))
@guarded
@permission_required("cases.act")
def record_milestone(
    request: HttpRequest, response: HttpResponse, pk: Key, body: MilestoneIn
) -> Status[ProjectOut]:
    """Record that a stage was reached; the ledger follows."""
    actor = person_of(request)
    row = access_project(actor=actor, pk=pk)
    if body.stage not in {one.id for one in workflow_of(row.matter)[1].stages}:
        raise wrong("body.stage", _("流程里没有这个环节。"))
    documents = documents_named(actor, body.evidence, "body.evidence")
    with unchanged(request, lambda: project_out(access_project(actor=actor, pk=pk))):
        handling.record_milestone(
            actor=actor,
            at=timezone.now(),
            row=row,
            stage=body.stage,
            occurred_on=body.occurred_on,
            note=body.note,
            documents=documents,
        )
    return _project(actor, response, pk)


@router.get("milestones/{int:pk}", response=MilestoneOut, summary=_("一个里程碑"))
@permission_required("investment.view")
def get_milestone(request: HttpRequest, pk: Key) -> MilestoneOut:
    """A milestone that holds."""
    return milestone_out(_one(person_of(request), pk))


@router.post("milestones/{int:pk}/correction", response={201: ProjectOut}, summary=_("更正日期"))
@guarded
@permission_required("cases.act")
def correct_milestone(
    request: HttpRequest, response: HttpResponse, pk: Key, body: DayIn
) -> Status[ProjectOut]:
    """Put another day in the place of a milestone's; the new one has to be verified anew."""
    return _changed(
        request, response, pk, milestones.correct_milestone,
        occurred_on=body.occurred_on, reason=body.reason,
    )  # fmt: skip


@router.post("milestones/{int:pk}/reversal", response={201: ProjectOut}, summary=_("冲正里程碑"))
@guarded
@permission_required("cases.view")
def reverse_milestone(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ReasonIn
) -> Status[ProjectOut]:
    """Let a milestone no longer hold; the ledger follows."""
    return _changed(request, response, pk, milestones.reverse_milestone, reason=body.reason)


def _changed(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    act: Callable[..., object],
    **told: object,
) -> Status[ProjectOut]:
    """Do something with a milestone that is as the caller saw it; the ledger follows."""
    actor, at = person_of(request), timezone.now()
    row = _one(actor, pk)
    project = access_project(actor=actor, pk=row.case.subject_id)
    with unchanged(request, lambda: milestone_out(_one(actor, pk))):
        handling.handled(
            actor=actor,
            at=at,
            row=project,
            act=lambda: act(actor=actor, at=at, milestone=row, **told),
        )
    return _project(actor, response, project.pk)


def _within(actor: User) -> QuerySet[Milestone]:
    """The milestones that hold of the projects that somebody may see."""
    cases = projects_for(actor).order_by().values("case")
    rows = Milestone.objects.filter(case__in=cases, n=1, reversal=None)
    return rows.select_related("case", "recorded_by", "verification__verifier")


def _one(actor: User, pk: int) -> Milestone:
    row = _within(actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _project(actor: User, response: HttpResponse, pk: int) -> Status[ProjectOut]:
    """The project after an act on its milestones."""
    shown = project_out(access_project(actor=actor, pk=pk))
    return made(response, shown, f"/api/v1/investment/projects/{pk}")
