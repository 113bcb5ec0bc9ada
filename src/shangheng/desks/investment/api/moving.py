"""Operations: one milestone for many projects, as on the page for many."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.api.fields import Key
from shangheng.core.api.problems import FieldError, Problem, wrong
from shangheng.core.api.wording import lazy as _
from shangheng.desks.investment.api.common import Evidence, documents_named
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.moving_many import Candidate, candidates
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.desks.investment.services.handling import HeldBack, advance_many
from shangheng.engines.cases.models.cases import TEXT
from shangheng.engines.cases.rulebook import version_now
from shangheng.engines.evidence.models import Document

router = Router(tags=["investment"])

MOST = 100  # at once: each is judged, moved, posted and told for itself


class Before(Schema):
    """Which projects, before which milestone."""

    stage: str = Field(max_length=40, description=_("里程碑所在的环节，如 signed。"))
    project: list[Key] = Field(min_length=1, max_length=MOST, description=_("项目的编号。"))


class GoingIn(Schema):
    """A project that goes on, with the vouchers that its gate asks for."""

    project: Key
    version: int | None = Field(
        None, ge=1, description=_("读到的版本；此后有人改过就不办。不写则不核对。")
    )
    evidence: Evidence = []


class MovesIn(Schema):
    """A milestone that many projects reach on one day: all go on or none."""

    stage: str = Field(max_length=40, description=_("里程碑所在的环节，如 signed。"))
    occurred_on: date
    reason: str = Field("", max_length=TEXT)
    projects: list[GoingIn] = Field(min_length=1, max_length=MOST)


class StandingOut(Schema):
    """A project before the milestone. `why` is what stands against it, but for vouchers; of each of
    `evidence` one kind is asked for."""

    project: int
    name: str
    stage: str
    version: int
    evidence: list[list[str]]
    why: str


class BeforeOut(Schema):
    """Each project as its own gate judges it for the caller."""

    projects: list[StandingOut]


@router.get("projects/moves", response=BeforeOut, summary=_("批量登记前核对"))
@permission_required("cases.act")
def check_moves(request: HttpRequest, asked: Annotated[Before, Query()]) -> BeforeOut:
    """What each project lacks for the milestone; nothing is done."""
    actor = person_of(request)
    rows = _rows(actor, asked.project, "query.project")
    _must_be_milestone(asked.stage, "query.stage")
    return BeforeOut(projects=[_standing(one) for one in candidates(actor, rows, asked.stage)])


@router.post("projects/moves", response=BeforeOut, summary=_("批量登记里程碑"))
@permission_required("cases.act")
def move_projects(request: HttpRequest, body: MovesIn) -> BeforeOut:
    """Take many projects a step on; the ledger follows. Where any is held back nothing is done, and
    `errors` says of each what stands against it (409)."""
    actor = person_of(request)
    rows = _rows(actor, [one.project for one in body.projects], "body.projects")
    _must_be_milestone(body.stage, "body.stage")
    keys = [key for one in body.projects for key in one.evidence]
    named = {one.pk: one for one in documents_named(actor, keys, "body.projects")}
    documents = {one.project: [named[key] for key in one.evidence] for one in body.projects}
    going = candidates(actor, rows, body.stage)
    if against := list(_against(body.projects, going, documents)):
        raise _held_back(against)
    try:
        advance_many(
            actor=actor,
            at=timezone.now(),
            going=going,
            occurred_on=body.occurred_on,
            documents=documents,
            reason=body.reason,
        )
    except HeldBack as error:
        raise _held_back([_told(rows.index(error.row), "refused", str(error))]) from error
    return BeforeOut(projects=[_standing(Candidate(row, body.stage, None)) for row in rows])


def _rows(actor: User, keys: Sequence[int], at: str) -> list[Project]:
    """The projects in the order in which they are named. Raises Problem (422)."""
    found = projects_for(actor).in_bulk(keys)
    if missing := [f"#{key}" for key in keys if key not in found]:
        raise wrong(at, _("没有这些项目，或不在您的查看范围内：%s") % _("、").join(missing))
    if len(found) < len(keys):
        raise wrong(at, _("同一个项目写了两次。"))
    return [found[key] for key in keys]


def _must_be_milestone(stage: str, at: str) -> None:
    if stage not in {one.id for one in version_now("investment_project").stages if one.milestone}:
        raise wrong(at, _("流程里没有这个里程碑。"))


def _against(
    asked: Sequence[GoingIn],
    going: Sequence[Candidate],
    documents: Mapping[int, Sequence[Document]],
) -> Iterator[FieldError]:
    """What stands against each: its gate, somebody's change, vouchers that are not named."""
    for place, (one, found) in enumerate(zip(asked, going, strict=True)):
        kinds = {document.kind for document in documents[one.project]}
        lacking = [choice for choice in found.documents if kinds.isdisjoint(choice)]
        if found.why:
            yield _told(place, "refused", found.why)
        elif one.version not in {None, found.row.matter.version}:
            yield _told(place, "changed", _("您读取之后有人改过；请重新核对。"))
        elif lacking:
            kinds_named = _("、").join("/".join(choice) for choice in lacking)
            yield _told(place, "evidence", _("缺凭证（种类代码）：%s") % kinds_named)


def _told(place: int, code: str, why: str) -> FieldError:
    return FieldError(f"body.projects.{place}", code, why)


def _held_back(against: Sequence[FieldError]) -> Problem:
    told = _("有%d个项目不能登记，什么也没有登记；errors 逐个写明原因。") % len(against)
    return Problem(409, told, against)


def _standing(one: Candidate) -> StandingOut:
    case = one.row.matter
    return StandingOut(
        project=one.row.pk,
        name=one.row.name,
        stage=case.stage,
        version=case.version,
        evidence=[list(choice) for choice in one.documents],
        why=one.why,
    )
