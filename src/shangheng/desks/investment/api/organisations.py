"""Operations: organisations of the registry."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.api.fields import Key
from shangheng.core.api.paging import Page, Paging, listed, paged
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import changed, made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.investment.api.common import SHORT
from shangheng.desks.investment.api.shapes import OrganisationBrief, organisation_brief
from shangheng.desks.investment.listings.organisations import ORGANISATIONS
from shangheng.desks.investment.selectors import organisations as reading
from shangheng.desks.investment.services import organisations as services
from shangheng.engines.registry.access import access_organisation
from shangheng.engines.registry.matching import find_similar
from shangheng.engines.registry.models import NameKind, Organisation

router = Router(tags=["investment"])

LONG_NAME = 200
KindName = Literal[
    "enterprise", "sole_trader", "institution", "government", "association", "foreign", "other"
]


class OrganisationRow(OrganisationBrief):
    """An organisation in a list."""

    kind: KindName
    industry: str = Field(description=_("GB/T 4754-2017 的行业代码。"))
    area: str = Field(description=_("GB/T 2260 的行政区划代码。"))
    address: str
    founded_on: date | None
    parent: OrganisationBrief | None
    created_at: datetime
    sample: bool


class NameOut(Schema):
    """A name that an organisation has or had."""

    name: str
    kind: Literal["current", "former", "short", "foreign"]
    since: date | None
    until: date | None
    source: str


class FactOut(Schema):
    """Where the value of a field is known from, and as of when."""

    field: str
    source: str
    as_of: date


class ListedOut(Schema):
    """A list on which an organisation stands in a year."""

    list: str = Field(description=_("名录的代码。"))
    year: int
    rank: int | None
    source: str


class ContactOut(Schema):
    """A person to speak to; masked without `registry.personal`."""

    name: str
    position: str
    phone: str
    email: str
    active: bool


class OrganisationOut(OrganisationRow):
    """An organisation with all that is known of it."""

    code_note: str
    names: list[NameOut]
    sources: list[FactOut]
    lists: list[ListedOut]
    contacts: list[ContactOut]


class SimilarOut(OrganisationBrief):
    """An organisation that may be the one that is meant."""

    met: str = Field(description=_("相近的那个名称，现名或曾用名。"))
    score: int = Field(description=_("相近程度，0至100。"))


class OrganisationFilters(Paging):
    """Which organisations, in which order."""

    tab: Literal["all", "party", "uncoded"] = Field(
        "all", description=_("全部、有招商项目、缺统一社会信用代码。")
    )
    q: str = Field("", max_length=SHORT, description=_("名称、曾用名、拼音、代码或编号。"))
    kind: KindName | Literal[""] = ""
    section: str = Field("", max_length=1, description=_("GB/T 4754 的门类字母。"))
    list: str = Field("", max_length=40, description=_("名录的代码。"))
    area: str = Field("", max_length=12, description=_("行政区划代码。"))
    sort: Literal["entered", "-entered", "name", "-name", "code", "-code"] = "-entered"


class Similar(Schema):
    """The name that is asked about."""

    name: str = Field(min_length=2, max_length=LONG_NAME)


class SourceIn(Schema):
    """Where something is known from."""

    source: str = Field(min_length=1, max_length=200, description=_("例如营业执照、企业填报。"))


class OrganisationChange(SourceIn):
    """What is to be different, and where it is known from; what is left out stays as it is."""

    as_of: date = Field(description=_("截至哪一天。"))
    code: str = Field("", max_length=40, description=_("统一社会信用代码。"))
    code_note: str = Field("", max_length=200, description=_("校验位不符仍保留的理由。"))
    kind: KindName = "enterprise"
    industry: str = Field("", max_length=5, description=_("GB/T 4754-2017 的行业代码。"))
    area: str = Field("", pattern=r"^([0-9]{6})?$", description=_("GB/T 2260 的6位代码。"))
    address: str = Field("", max_length=300)
    founded_on: date | None = None
    parent: str = Field(
        "", max_length=LONG_NAME, description=_("名称或统一社会信用代码；名录里没有的会登记进去。")
    )


class OrganisationIn(OrganisationChange):
    """A new organisation."""

    name: str = Field(min_length=1, max_length=LONG_NAME)


class RenameIn(SourceIn):
    """A new name from a day on; the old one becomes a former name."""

    name: str = Field(min_length=1, max_length=LONG_NAME)
    since: date


class NameIn(SourceIn):
    """Another name of an organisation."""

    name: str = Field(min_length=1, max_length=LONG_NAME)
    kind: Literal["former", "short", "foreign"]
    until: date | None = Field(None, description=_("曾用名用到哪一天。"))


class ListedIn(SourceIn):
    """A place on a list in a year; sent again, it renews rank and source."""

    list: str = Field(max_length=40, description=_("名录的代码。"))
    year: int = Field(ge=1990, le=2100)
    rank: int | None = Field(None, ge=1, le=1_000_000)


@router.get("organisations", response=Page[OrganisationRow], summary=_("企业名录"))
@permission_required("registry.view")
def list_organisations(
    request: HttpRequest, response: HttpResponse, filters: Query[OrganisationFilters]
) -> dict[str, object]:
    """The organisations of the registry, narrowed and sorted as on the page."""
    rows = listed(request, ORGANISATIONS, filters).select_related("parent")
    return paged(
        request,
        response,
        rows,
        filters,
        lambda some: [OrganisationRow(**_row(one)) for one in some],
    )


@router.get("organisations/similar", response=list[SimilarOut], summary=_("相近的单位"))
@permission_required("registry.view")
def similar_organisations(request: HttpRequest, asked: Query[Similar]) -> list[SimilarOut]:
    """Those whose names, now or formerly, resemble a name, the likeliest first: asked before one is
    registered."""
    return [
        SimilarOut(
            id=one.organisation.pk,
            name=one.organisation.name,
            code=one.organisation.code,
            met=one.name,
            score=round(one.score),
        )
        for one in find_similar(asked.name)
    ]


@router.post("organisations", response={201: OrganisationOut}, summary=_("登记单位"))
@permission_required("registry.edit")
def create_organisation(
    request: HttpRequest, response: HttpResponse, body: OrganisationIn
) -> Status[OrganisationOut]:
    """Register an organisation. A code with a wrong check digit needs `code_note`."""
    actor = person_of(request)
    values = body.model_dump()
    row = services.enter_organisation(actor=actor, at=timezone.now(), values=values)
    return made(response, _shown(actor, row.pk), f"/api/v1/investment/organisations/{row.pk}")


@router.get("organisations/{int:pk}", response=OrganisationOut, summary=_("一个单位"))
@permission_required("registry.view")
def get_organisation(request: HttpRequest, pk: Key) -> OrganisationOut:
    """An organisation with all that is known of it; one that was merged away is answered by who kept it."""
    return _shown(person_of(request), pk)


@router.patch("organisations/{int:pk}", response=OrganisationOut, summary=_("修改单位资料"))
@guarded
@permission_required("registry.edit")
def change_organisation(
    request: HttpRequest, response: HttpResponse, pk: Key, body: OrganisationChange
) -> OrganisationOut:
    """Change what is known of an organisation; each field keeps where it is known from."""
    told = {"source": body.source, "as_of": body.as_of, "code_note": body.code_note}
    values = body.model_dump(exclude_unset=True) | told
    return changed(
        response,
        _written(
            request,
            pk,
            lambda actor, row: services.change_organisation(
                actor=actor, at=timezone.now(), row=row, values=values, seen=None
            ),
        ),
    )


@router.post("organisations/{int:pk}/renaming", response={201: OrganisationOut}, summary=_("更名"))
@guarded
@permission_required("registry.edit")
def rename_organisation(
    request: HttpRequest, response: HttpResponse, pk: Key, body: RenameIn
) -> Status[OrganisationOut]:
    """Give an organisation a new name; it is still found by the old one."""
    return _told(
        request,
        response,
        pk,
        lambda actor, row: services.rename_organisation(
            actor=actor, at=timezone.now(), row=row, seen=None, **body.model_dump()
        ),
    )


@router.post("organisations/{int:pk}/names", response={201: OrganisationOut}, summary=_("别的名称"))
@guarded
@permission_required("registry.edit")
def add_organisation_name(
    request: HttpRequest, response: HttpResponse, pk: Key, body: NameIn
) -> Status[OrganisationOut]:
    """Note a former, short or foreign name."""
    values = body.model_dump() | {"kind": NameKind(body.kind)}
    return _told(
        request,
        response,
        pk,
        lambda actor, row: services.add_name(actor=actor, at=timezone.now(), row=row, **values),
    )


@router.post("organisations/{int:pk}/lists", response={201: OrganisationOut}, summary=_("登记名录"))
@guarded
@permission_required("registry.edit")
def put_organisation_on_list(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ListedIn
) -> Status[OrganisationOut]:
    """Note that an organisation stands on a list in a year."""
    values = body.model_dump()
    values["code"] = values.pop("list")
    return _told(
        request,
        response,
        pk,
        lambda actor, row: services.put_on_list(actor=actor, at=timezone.now(), row=row, **values),
    )


def _written(
    request: HttpRequest, pk: int, write: Callable[[User, Organisation], object]
) -> OrganisationOut:
    """The organisation after a write on the version that If-Match names."""
    actor = person_of(request)
    row = access_organisation(actor=actor, pk=pk, to="edit")
    with unchanged(request, lambda: _shown(actor, pk)):
        write(actor, row)
    return _shown(actor, pk)


def _told(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    write: Callable[[User, Organisation], object],
) -> Status[OrganisationOut]:
    shown = _written(request, pk, write)
    return made(response, shown, f"/api/v1/investment/organisations/{shown.id}")


def _shown(actor: User, pk: int) -> OrganisationOut:
    row = access_organisation(actor=actor, pk=pk)
    names = row.names.order_by("kind", "pk").values("name", "kind", "since", "until", "source")
    lists = row.memberships.values("list", "year", "rank", "source")
    facts = [one.source for one in reading.facts_of(row) if one.source]
    contacts = [
        ContactOut(
            name=person.name,
            position=person.position,
            phone=person.phone,
            email=person.email,
            active=contact.is_active,
        )
        for contact, person in reading.people_of(actor, [row])
    ]
    return OrganisationOut(
        **_row(row),
        code_note=row.code_note,
        names=[NameOut.model_validate(one) for one in names],
        sources=[FactOut(field=one.field, source=one.source, as_of=one.as_of) for one in facts],
        lists=[ListedOut(**one) for one in lists],
        contacts=contacts,
    )


def _row(row: Organisation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "code": row.code,
        "kind": row.kind,
        "industry": row.industry,
        "area": row.area,
        "address": row.address,
        "founded_on": row.founded_on,
        "parent": organisation_brief(row.parent),
        "created_at": row.created_at,
        "sample": row.is_sample,
    }
