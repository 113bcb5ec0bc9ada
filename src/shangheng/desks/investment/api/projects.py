"""Operations: projects."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.api.fields import Amount, Degrees, Key
from shangheng.core.api.paging import Page, Paging, listed, paged
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import changed, made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.investment.access import access_project
from shangheng.desks.investment.api.common import (
    LONG,
    SHORT,
    Evidence,
    Username,
    documents_named,
    people_named,
    unit_named,
)
from shangheng.desks.investment.api.shapes import (
    ProjectBrief,
    ProjectOut,
    project_brief,
    project_out,
)
from shangheng.desks.investment.listings.projects import PROJECTS
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.services import handling
from shangheng.desks.investment.services import projects as services
from shangheng.engines.cases.models.cases import TEXT

router = Router(tags=["investment"])

KindName = Literal["new", "expansion", "upgrade"]
CapitalName = Literal["domestic", "foreign"]
StatusName = Literal["on_track", "delayed", "dormant", "lost", "withdrawn"]


class ProjectFilters(Paging):
    """Which projects, in which order."""

    q: str = Field("", max_length=SHORT, description=_("名称、企业或编号。"))
    stage: str = Field("", max_length=40, description=_("现在所处的环节。"))
    status: StatusName | Literal[""] = ""
    unit: Key | None = Field(None, description=_("牵头单位的编号。"))
    landing: Key | None = Field(None, description=_("落地单位的编号。"))
    section: str = Field("", max_length=1, description=_("GB/T 4754 的门类字母。"))
    capital: CapitalName | Literal[""] = ""
    kind: KindName | Literal[""] = ""
    closed: Literal["", "no", "yes"] = Field("", description=_("推进中，或已达产或终止。"))
    since: date | None = Field(None, description=_("登记不早于。"))
    until: date | None = Field(None, description=_("登记不晚于。"))
    sort: Literal[
        "entered", "-entered", "name", "-name", "amount", "-amount", "status", "-status"
    ] = "-entered"


class ProjectChange(Schema):
    """What is to be different; what is left out stays as it is."""

    name: str = Field("", min_length=1, max_length=SHORT)
    kind: KindName = "new"
    capital: CapitalName = "domestic"
    investor: str = Field(
        "", max_length=200, description=_("名称或统一社会信用代码；名录里没有的会登记进去。")
    )
    group: str = Field("", max_length=200)
    company: str = Field("", max_length=200, description=_("落地企业的名称或代码。"))
    agreed_investment: Amount | None = Field(
        None, description=_("协议投资额，亿（币种见 currency）。")
    )
    currency: Literal["CNY", "USD", "EUR", "HKD", "JPY", "GBP"] = "CNY"
    rate: Amount | None = Field(None, description=_("1单位外币折多少人民币；人民币不填。"))
    rate_on: date | None = None
    industry: str = Field("", max_length=5, description=_("GB/T 4754-2017 的行业代码。"))
    chain: str = Field("", max_length=SHORT)
    needs_land: bool | None = None
    land_area: Amount | None = Field(None, description=_("用地面积，亩。"))
    parcel: str = Field("", max_length=SHORT)
    space_area: Amount | None = Field(None, description=_("厂房楼宇面积，平方米。"))
    longitude: Degrees | None = Field(None, ge=-180, le=180, description=_("经度，WGS-84 的度。"))
    latitude: Degrees | None = Field(None, ge=-90, le=90, description=_("纬度，与经度一起填。"))
    statistics_code: str = Field("", max_length=30)
    landing_unit: Key | None = Field(None, description=_("落地单位的编号。"))
    team: list[Username] = Field([], max_length=50, description=_("专班成员的用户名。"))
    tracked: bool = Field(True, description=_("是否列入重点跟踪。"))
    note: str = Field("", max_length=LONG)


class ProjectIn(ProjectChange):
    """A new project."""

    name: str = Field(min_length=1, max_length=SHORT)
    unit: Key | None = Field(None, description=_("牵头单位的编号，默认本人的单位。"))
    occurred_on: date | None = Field(None, description=_("得到线索的日期，默认今天。"))


class StatusIn(Schema):
    """How a project goes; anything but on_track needs a reason."""

    status: StatusName
    reason: str = Field("", max_length=500)


class MoveIn(Schema):
    """A step of the workflow, with what its gate asks for."""

    transition: str = Field(
        max_length=40, description=_("流程里的步骤，如 sign、register、start。")
    )
    occurred_on: date | None = Field(None, description=_("到达环节的日期，默认今天。"))
    reason: str = Field("", max_length=TEXT)
    evidence: Evidence = []


@router.get("projects", response=Page[ProjectBrief], summary=_("招商项目"))
@permission_required("investment.view")
def list_projects(
    request: HttpRequest, response: HttpResponse, filters: Query[ProjectFilters]
) -> dict[str, object]:
    """The projects within reach, narrowed and sorted as on the page."""
    rows = listed(request, PROJECTS, filters)
    return paged(
        request, response, rows, filters, lambda some: [project_brief(one) for one in some]
    )


@router.post("projects", response={201: ProjectOut}, summary=_("登记项目"))
@permission_required("investment.edit")
def create_project(
    request: HttpRequest, response: HttpResponse, body: ProjectIn
) -> Status[ProjectOut]:
    """Enter a project; the caller owns it, `unit` leads it."""
    actor = person_of(request)
    values = _values(body)
    row = services.enter_project(
        actor=actor,
        at=timezone.now(),
        unit=unit_named(values.pop("unit", None), "body.unit"),
        occurred_on=values.pop("occurred_on", None),
        team=values.pop("team", []),
        values=values,
    )
    return made(response, _shown(actor, row.pk), f"/api/v1/investment/projects/{row.pk}")


@router.get("projects/{int:pk}", response=ProjectOut, summary=_("一个项目"))
@permission_required("investment.view")
def get_project(request: HttpRequest, pk: Key) -> ProjectOut:
    """A project with its milestones."""
    return _shown(person_of(request), pk)


@router.patch("projects/{int:pk}", response=ProjectOut, summary=_("修改项目"))
@guarded
@permission_required("investment.edit")
def change_project(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ProjectChange
) -> ProjectOut:
    """Change what is named of a project; the ledger follows."""
    values = _values(body)
    team = values.pop("team", None)
    return _written(
        request,
        response,
        pk,
        lambda actor, row: services.change_project(
            actor=actor, at=timezone.now(), row=row, values=values, team=team, seen=None
        ),
        to="edit",
    )


@router.put("projects/{int:pk}/status", response=ProjectOut, summary=_("调整推进状态"))
@guarded
@permission_required("investment.edit")
def set_project_status(
    request: HttpRequest, response: HttpResponse, pk: Key, body: StatusIn
) -> ProjectOut:
    """Say how a project goes."""
    return _written(
        request,
        response,
        pk,
        lambda actor, row: services.set_status(
            actor=actor,
            at=timezone.now(),
            row=row,
            status=body.status,
            reason=body.reason,
            seen=None,
        ),
        to="edit",
    )


@router.post("projects/{int:pk}/moves", response={201: ProjectOut}, summary=_("推进一步"))
@guarded
@permission_required("cases.act")
def move_project(
    request: HttpRequest, response: HttpResponse, pk: Key, body: MoveIn
) -> Status[ProjectOut]:
    """Take a project a step on: its milestone is reached, the ledger follows. What the gate lacks is
    told in `detail` (409)."""
    documents = documents_named(person_of(request), body.evidence, "body.evidence")
    shown = _written(
        request,
        response,
        pk,
        lambda actor, row: handling.advance(
            actor=actor,
            at=timezone.now(),
            row=row,
            transition=body.transition,
            documents=documents,
            occurred_on=body.occurred_on,
            reason=body.reason,
            seen=None,
        ),
    )
    return made(response, shown, f"/api/v1/investment/projects/{pk}")


def _shown(actor: User, pk: int) -> ProjectOut:
    return project_out(access_project(actor=actor, pk=pk))


def _written(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    write: Callable[[User, Project], object],
    to: Literal["view", "edit"] = "view",
) -> ProjectOut:
    """The project after a write on the version that If-Match names."""
    actor = person_of(request)
    row = access_project(actor=actor, pk=pk, to=to)
    with unchanged(request, lambda: _shown(actor, pk)):
        write(actor, row)
    return changed(response, _shown(actor, pk))


def _values(body: ProjectChange) -> dict[str, Any]:
    """What was sent, as the services take it."""
    values = body.model_dump(exclude_unset=True)
    if "landing_unit" in values:
        values["landing_unit"] = unit_named(values["landing_unit"], "body.landing_unit")
    if "team" in values:
        values["team"] = people_named(values["team"], "body.team")
    return values
