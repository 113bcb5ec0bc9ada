"""Operations: spaces."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.api.fields import Amount, Degrees, Key, Number
from shangheng.core.api.own.accounts import UnitBrief, unit_brief
from shangheng.core.api.paging import Page, Paging, listed, paged
from shangheng.core.api.problems import wrong
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import changed, made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.investment.access import access_project, access_space
from shangheng.desks.investment.api.common import SHORT, unit_named
from shangheng.desks.investment.domain.amounts import trimmed
from shangheng.desks.investment.listings.spaces import SPACES
from shangheng.desks.investment.models import Space
from shangheng.desks.investment.selectors.spaces import Standing, history, spaces_for, standings
from shangheng.desks.investment.services import spaces as services

router = Router(tags=["investment"])

KindName = Literal["parcel", "plant", "floor"]
PriceUnitName = Literal["", "per_mu", "monthly", "per_sqm"]
GivenName = Literal["free", "let", "sold"]
StateName = Literal["free", "reserved", "let", "sold"]


class SpaceBrief(Schema):
    """A space in a list. Areas are in 亩 for a parcel, in 平方米 for the others."""

    id: int
    code: str
    name: str
    kind: KindName
    site: str
    address: str
    area: Number = Field(description=_("面积：地块按亩，厂房和楼层按平方米。"))
    clear_height: Number | None = Field(description=_("净高，米。"))
    floor_load: Number | None = Field(description=_("楼面荷载，吨/平方米。"))
    power: Number | None = Field(description=_("供电容量，kVA。"))
    price: Number | None
    price_unit: PriceUnitName = Field(description=_("万元/亩、元/平方米·月、元/平方米。"))
    price_on: date | None
    longitude: Number | None = Field(description=_("经度，WGS-84 的度；不知道为 null。"))
    latitude: Number | None = Field(description=_("纬度，WGS-84 的度。"))
    unit: UnitBrief
    state: StateName
    since: date = Field(description=_("从哪一天起是这个状态。"))
    until: date | None = Field(description=_("预留到哪一天，当天仍有效。"))
    project: int | None = Field(description=_("占用它的项目的编号；看不到那个项目也为 null。"))
    sample: bool


class SpaceEventOut(Schema):
    """What became of a space on a day, and was not undone."""

    id: int
    state: StateName
    on: date
    until: date | None
    project: int | None
    note: str
    recorded_at: datetime
    recorded_by: str


class SpaceOut(SpaceBrief):
    """A space by itself, with what became of it, the latest first."""

    note: str
    events: list[SpaceEventOut]


class SpaceFilters(Paging):
    """Which spaces, in which order."""

    tab: Literal["all", "free", "reserved", "let", "sold"] = Field(
        "all", description=_("全部、空置、已预留、已租、已售。")
    )
    q: str = Field("", max_length=SHORT, description=_("名称、编号、园区或地址。"))
    kind: KindName | Literal[""] = ""
    unit: Key | None = Field(None, description=_("管理单位的编号。"))
    priced: PriceUnitName = Field("", description=_("计价单位。"))
    sort: Literal["entered", "-entered", "name", "-name", "area", "-area", "price", "-price"] = (
        "-entered"
    )


class SpaceChange(Schema):
    """What is to be different; what is left out stays as it is."""

    code: str = Field("", min_length=1, max_length=40, description=_("不重复。"))
    name: str = Field("", min_length=1, max_length=SHORT)
    kind: KindName = "parcel"
    site: str = Field("", max_length=SHORT)
    address: str = Field("", max_length=200)
    area: Amount | None = Field(None, gt=0, description=_("面积：地块按亩，厂房和楼层按平方米。"))
    clear_height: Amount | None = Field(None, description=_("净高，米。"))
    floor_load: Amount | None = Field(None, description=_("楼面荷载，吨/平方米。"))
    power: Amount | None = Field(None, description=_("供电容量，kVA。"))
    price: Amount | None = Field(None, description=_("与计价单位、报价日期一起填。"))
    price_unit: PriceUnitName = ""
    price_on: date | None = None
    longitude: Degrees | None = Field(None, ge=-180, le=180, description=_("经度，WGS-84 的度。"))
    latitude: Degrees | None = Field(None, ge=-90, le=90, description=_("纬度，与经度一起填。"))
    unit: Key | None = Field(None, description=_("管理单位的编号。"))
    note: str = Field("", max_length=1000)


class SpaceIn(SpaceChange):
    """A new space, and how it stands."""

    code: str = Field(min_length=1, max_length=40, description=_("不重复。"))
    name: str = Field(min_length=1, max_length=SHORT)
    kind: KindName
    area: Amount = Field(gt=0, description=_("面积：地块按亩，厂房和楼层按平方米。"))
    unit: Key | None = Field(None, description=_("管理单位的编号，默认本人的单位。"))
    state: GivenName = "free"
    since: date | None = Field(None, description=_("状态日期，默认今天。"))


class StateIn(Schema):
    """How a space stands from a day on."""

    state: GivenName
    on: date | None = Field(None, description=_("默认今天。"))
    note: str = Field("", max_length=500, description=_("已售的要改状态，须写明为什么。"))


class ReservationIn(Schema):
    """A space held for a project until a day."""

    project: Key = Field(description=_("项目的编号。"))
    until: date = Field(description=_("当天仍有效，第二天起自动恢复空置。"))
    note: str = Field("", max_length=500)


class UndoIn(Schema):
    """What is to be undone: the last event of the space."""

    event: Key = Field(description=_("events 里第一条的编号。"))


@router.get("spaces", response=Page[SpaceBrief], summary=_("载体"))
@permission_required("investment.view")
def list_spaces(
    request: HttpRequest, response: HttpResponse, filters: Query[SpaceFilters]
) -> dict[str, object]:
    """The spaces as they stand now, narrowed and sorted as on the page."""
    actor = person_of(request)
    rows = listed(request, SPACES, filters)
    return paged(
        request,
        response,
        rows,
        filters,
        lambda some: [SpaceBrief(**_brief(one)) for one in standings(some, actor)],
    )


@router.post("spaces", response={201: SpaceOut}, summary=_("登记载体"))
@permission_required("investment.edit")
def create_space(request: HttpRequest, response: HttpResponse, body: SpaceIn) -> Status[SpaceOut]:
    """Enter a space that is free, let or sold."""
    actor = person_of(request)
    values = body.model_dump()
    state, since = values.pop("state"), values.pop("since")
    values["unit"] = _keeper(actor, values["unit"])
    row = services.enter_space(
        actor=actor, at=timezone.now(), values=values, state=state, since=since
    )
    return made(response, _shown(actor, row.pk), f"/api/v1/investment/spaces/{row.pk}")


@router.get("spaces/{int:pk}", response=SpaceOut, summary=_("一个载体"))
@permission_required("investment.view")
def get_space(request: HttpRequest, pk: Key) -> SpaceOut:
    """A space as it stands now, with what became of it."""
    return _shown(person_of(request), pk)


@router.patch("spaces/{int:pk}", response=SpaceOut, summary=_("修改载体"))
@guarded
@permission_required("investment.edit")
def change_space(
    request: HttpRequest, response: HttpResponse, pk: Key, body: SpaceChange
) -> SpaceOut:
    """Change what is named of a space."""
    values = body.model_dump(exclude_unset=True)
    if "unit" in values:
        values["unit"] = unit_named(values["unit"], "body.unit")
    return changed(
        response,
        _written(
            request,
            pk,
            lambda actor, row: services.change_space(
                actor=actor, at=timezone.now(), row=row, values=values, seen=None
            ),
            to="edit",
        ),
    )


@router.post("spaces/{int:pk}/states", response={201: SpaceOut}, summary=_("变更载体状态"))
@guarded
@permission_required("investment.edit")
def set_space_state(
    request: HttpRequest, response: HttpResponse, pk: Key, body: StateIn
) -> Status[SpaceOut]:
    """Say that a space is free, let or sold; one that was reserved is let or sold to its project."""
    shown = _written(
        request,
        pk,
        lambda actor, row: services.set_state(
            actor=actor, at=timezone.now(), row=row, seen=None, **body.model_dump()
        ),
        to="edit",
    )
    return made(response, shown, f"/api/v1/investment/spaces/{pk}")


@router.post("spaces/{int:pk}/reservations", response={201: SpaceOut}, summary=_("预留载体"))
@guarded
@permission_required("investment.edit")
def reserve_space(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ReservationIn
) -> Status[SpaceOut]:
    """Hold a free space for a project that the caller may change."""
    project = access_project(actor=person_of(request), pk=body.project, to="edit")
    shown = _written(
        request,
        pk,
        lambda actor, row: services.reserve(
            actor=actor,
            at=timezone.now(),
            row=row,
            project=project,
            until=body.until,
            note=body.note,
        ),
    )
    return made(response, shown, f"/api/v1/investment/spaces/{pk}")


@router.post("spaces/{int:pk}/undo", response={201: SpaceOut}, summary=_("撤销载体的上一步"))
@guarded
@permission_required("investment.edit")
def undo_space_event(
    request: HttpRequest, response: HttpResponse, pk: Key, body: UndoIn
) -> Status[SpaceOut]:
    """Undo the last event of a space; it stands again as before."""
    shown = _written(
        request,
        pk,
        lambda actor, row: services.undo_event(
            actor=actor, at=timezone.now(), row=row, event=body.event
        ),
    )
    return made(response, shown, f"/api/v1/investment/spaces/{pk}")


def _keeper(actor: User, pk: int | None) -> OrgUnit:
    """The unit that keeps a new space. Raises Problem (422)."""
    unit = unit_named(pk, "body.unit") or actor.unit
    if unit is None:
        raise wrong("body.unit", _("您不属于任何单位，请写明由哪个单位管理。"))
    return unit


def _written(
    request: HttpRequest,
    pk: int,
    write: Callable[[User, Space], object],
    to: Literal["view", "edit"] = "view",
) -> SpaceOut:
    """The space after a write on the version that If-Match names."""
    actor = person_of(request)
    row = access_space(actor=actor, pk=pk, to=to)
    with unchanged(request, lambda: _shown(actor, pk)):
        write(actor, row)
    return _shown(actor, pk)


def _shown(actor: User, pk: int) -> SpaceOut:
    row = get_object_or_404(spaces_for(actor, at=timezone.now()), pk=pk)
    [line] = standings([row], actor)
    events = [
        SpaceEventOut.model_validate(
            {
                "id": one.pk,
                "state": one.state,
                "on": one.on,
                "until": one.until,
                "project": project.pk if project else None,
                "note": one.note,
                "recorded_at": one.recorded_at,
                "recorded_by": one.recorded_by.username,
            }
        )
        for one, project in history(row, actor)
        if one.undone_at is None
    ]
    return SpaceOut(**_brief(line), note=row.note, events=events)


def _brief(line: Standing) -> dict[str, Any]:
    row = line.row
    return {
        "id": row.pk,
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "site": row.site,
        "address": row.address,
        "area": trimmed(row.area),
        "clear_height": trimmed(row.clear_height),
        "floor_load": trimmed(row.floor_load),
        "power": trimmed(row.power),
        "price": trimmed(row.price),
        "price_unit": row.price_unit,
        "price_on": row.price_on,
        "longitude": trimmed(row.longitude),
        "latitude": trimmed(row.latitude),
        "unit": unit_brief(row.unit),
        "state": line.state,
        "since": line.since,
        "until": line.until,
        "project": line.project.pk if line.project else None,
        "sample": row.is_sample,
    }
