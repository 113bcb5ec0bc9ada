"""Operations: leads."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.api.fields import Amount, Key
from shangheng.core.api.paging import Page, Paging, listed, paged
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import changed, made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.investment.access import access_lead
from shangheng.desks.investment.api.common import LONG, SHORT, Username, people_named, unit_named
from shangheng.desks.investment.api.shapes import LeadBrief, LeadOut, lead_brief, lead_out
from shangheng.desks.investment.listings.leads import LEADS
from shangheng.desks.investment.services import leads as services

router = Router(tags=["investment"])


class LeadFilters(Paging):
    """Which leads, in which order."""

    tab: Literal["all", "open", "pool", "mine", "late"] = Field(
        "all", description=_("全部、在办、待认领、我的、已超期。")
    )
    q: str = Field("", max_length=SHORT, description=_("名称、投资方或编号。"))
    source: str = Field("", max_length=40)
    stage: str = Field("", max_length=40)
    unit: Key | None = Field(None, description=_("单位的编号。"))
    section: str = Field("", max_length=1, description=_("GB/T 4754 的门类字母。"))
    sort: Literal["entered", "-entered", "title", "-title", "due", "-due", "amount", "-amount"] = (
        "-entered"
    )


class LeadChange(Schema):
    """What is to be different; what is left out stays as it is."""

    title: str = Field("", min_length=1, max_length=SHORT)
    source: str = Field("", max_length=40, description=_("线索来源的代码。"))
    referrer: str = Field("", max_length=SHORT)
    investor: str = Field(
        "", max_length=200, description=_("名称或统一社会信用代码；名录里没有的会登记进去。")
    )
    industry: str = Field("", max_length=5, description=_("GB/T 4754-2017 的行业代码。"))
    expected_investment: Amount | None = Field(None, description=_("意向投资额，亿元。"))
    contact_name: str = Field("", max_length=60)
    contact_phone: str = Field("", max_length=30)
    content: str = Field("", max_length=LONG)
    first_talker: Username | None = Field(None, description=_("首谈人的用户名。"))
    first_talked_on: date | None = None
    assessment: str = Field("", max_length=1000)
    reply: str = Field("", max_length=1000)


class LeadIn(LeadChange):
    """A new lead."""

    title: str = Field(min_length=1, max_length=SHORT)
    source: str = Field(max_length=40, description=_("线索来源的代码。"))
    unit: Key | None = Field(None, description=_("接收单位的编号，默认本人的单位。"))


@router.get("leads", response=Page[LeadBrief], summary=_("招商线索"))
@permission_required("investment.view")
def list_leads(
    request: HttpRequest, response: HttpResponse, filters: Query[LeadFilters]
) -> dict[str, object]:
    """The leads within reach, narrowed and sorted as on the page."""
    rows = listed(request, LEADS, filters)
    return paged(request, response, rows, filters, lambda some: [lead_brief(one) for one in some])


@router.post("leads", response={201: LeadOut}, summary=_("登记线索"))
@permission_required("investment.edit")
def create_lead(request: HttpRequest, response: HttpResponse, body: LeadIn) -> Status[LeadOut]:
    """Enter a lead; it lies in the pool until it is claimed."""
    actor = person_of(request)
    values = _values(body)
    unit = unit_named(values.pop("unit", None), "body.unit")
    row = services.enter_lead(actor=actor, at=timezone.now(), values=values, unit=unit)
    shown = lead_out(actor, access_lead(actor=actor, pk=row.pk))
    return made(response, shown, f"/api/v1/investment/leads/{row.pk}")


@router.get("leads/{int:pk}", response=LeadOut, summary=_("一条线索"))
@permission_required("investment.view")
def get_lead(request: HttpRequest, pk: Key) -> LeadOut:
    """A lead."""
    actor = person_of(request)
    return lead_out(actor, access_lead(actor=actor, pk=pk))


@router.patch("leads/{int:pk}", response=LeadOut, summary=_("修改线索"))
@guarded
@permission_required("investment.edit")
def change_lead(request: HttpRequest, response: HttpResponse, pk: Key, body: LeadChange) -> LeadOut:
    """Change what is named of a lead."""
    actor = person_of(request)
    values = _values(body)
    row = access_lead(actor=actor, pk=pk, to="edit")
    with unchanged(request, lambda: lead_out(actor, access_lead(actor=actor, pk=pk))):
        services.change_lead(actor=actor, at=timezone.now(), row=row, values=values, seen=None)
    return changed(response, lead_out(actor, access_lead(actor=actor, pk=pk)))


def _values(body: LeadChange) -> dict[str, Any]:
    """What was sent, as the services take it."""
    values = body.model_dump(exclude_unset=True)
    if talker := values.get("first_talker"):
        [values["first_talker"]] = people_named([talker], "body.first_talker")
    return values
